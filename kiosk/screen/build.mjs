/** Builds the screen: one script, one style sheet, the fonts, the page. Served as they are. */
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** @param {string} outDir made where it is missing; files of the same name are replaced */
export async function buildScreen(outDir) {
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: [{ in: join(here, 'kiosk.ts'), out: 'kiosk' }, { in: join(here, 'kiosk.css'), out: 'kiosk' }],
    outdir: outDir,
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    target: 'chrome120',
    tsconfig: join(here, 'tsconfig.json'),
    assetNames: 'fonts/[name]',
    loader: { '.woff2': 'file', '.woff': 'empty' },
    logLevel: 'warning',
  });
  await Promise.all(['index.html', 'icon.svg'].map((name) => copyFile(join(here, name), join(outDir, name))));
}
