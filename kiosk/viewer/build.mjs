/** Builds the page for a teacher's own computer: one HTML file that holds everything, asks for nothing, and says so in its policy. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const digest = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** @param {string} outDir made where it is missing; `Open my recordings.html` in it is replaced */
export async function buildViewer(outDir) {
  const { outputFiles: [bundle] } = await build({
    entryPoints: [join(here, 'viewer.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    // Two years of browsers: this one runs on whatever a teacher has.
    target: ['chrome120', 'firefox121', 'safari17'],
    tsconfig: join(here, 'tsconfig.json'),
    write: false,
    logLevel: 'warning',
  });
  // Inside an HTML file the first of these words would end the script.
  const script = bundle.text.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const style = (await transform(await readFile(join(here, 'viewer.css'), 'utf8'), { loader: 'css', minify: true })).code.trim();
  // Workers come from this page's own script, films from memory; nothing may be asked of any network.
  const policy = `default-src 'none'; script-src ${digest(script)}; style-src ${digest(style)}; worker-src blob:; media-src blob:; base-uri 'none'; form-action 'none'`;
  const pieces = { POLICY: policy, STYLE: style, SCRIPT: script };
  const page = (await readFile(join(here, 'page.html'), 'utf8')).replace(/\{\{(POLICY|STYLE|SCRIPT)\}\}/g, (_, name) => pieces[name]);
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'Open my recordings.html'), page);
}
