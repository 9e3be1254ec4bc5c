/** Builds what the LAN page loads: one small script, one style sheet, the icon. */
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** @param {string} outDir made where it is missing; files of the same name are replaced */
export async function buildDoor(outDir) {
  await mkdir(outDir, { recursive: true });
  await build({
    entryPoints: [{ in: join(here, 'browser/door.ts'), out: 'door' }, { in: join(here, 'browser/door.css'), out: 'door' }],
    outdir: outDir,
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'ascii',
    // Whatever phone a visitor brings: five years of browsers.
    target: ['chrome87', 'firefox78', 'safari15'],
    tsconfig: join(here, 'browser/tsconfig.json'),
    logLevel: 'warning',
  });
  await copyFile(join(here, '../screen/icon.svg'), join(outDir, 'icon.svg'));
}
