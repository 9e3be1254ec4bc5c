/** Builds the screen: one script, one style sheet, the fonts, the page. Served as they are. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * What a script imports before it can run, near and far.
 * @param {import('esbuild').Metafile['outputs']} outputs by their paths
 * @param {string} path of the script
 * @returns {Set<string>} paths
 */
function neededBy(outputs, path, needed = new Set()) {
  for (const { path: other, kind } of outputs[path].imports) {
    if (kind !== 'import-statement' || needed.has(other)) continue;
    needed.add(other);
    neededBy(outputs, other, needed);
  }
  return needed;
}

/** @param {string} outDir made where it is missing; files of the same name are replaced */
export async function buildScreen(outDir) {
  await mkdir(outDir, { recursive: true });
  // Their names change with their texts.
  await rm(join(outDir, 'parts'), { recursive: true, force: true });
  const { metafile: { outputs } } = await build({
    entryPoints: [{ in: join(here, 'kiosk.ts'), out: 'kiosk' }, { in: join(here, 'kiosk.css'), out: 'kiosk' }],
    outdir: outDir,
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    metafile: true,
    chunkNames: 'parts/[name]-[hash]',
    target: 'chrome120',
    tsconfig: join(here, 'tsconfig.json'),
    assetNames: 'fonts/[name]',
    loader: { '.woff2': 'file', '.woff': 'empty' },
    logLevel: 'warning',
  });
  await copyFile(join(here, 'icon.svg'), join(outDir, 'icon.svg'));
  // Asked for with the page, and not only once the first script was read.
  const [script = ''] = Object.keys(outputs).filter((path) => path.endsWith('/kiosk.js'));
  const preloads = [...neededBy(outputs, script)].map((path) => `    <link rel="modulepreload" href="/${relative(outDir, path)}">\n`);
  // Until the script draws: a lamp, which is the same in every language, and waits for no request.
  const [page, lamp] = await Promise.all(['index.html', 'icon.svg'].map((name) => readFile(join(here, name), 'utf8')));
  await writeFile(join(outDir, 'index.html'), page.replace('  </head>', `${preloads.join('')}  </head>`).replace('<!-- icon.svg -->', lamp.trim()));
}
