/** Everything that can be checked without running the program: types, lint, arrows between the rooms, unused code. */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { missingTranslations } from './languages.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

const CHECKS = [
  ['types', 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']],
  ['types of the screen', 'typescript/bin/tsc', ['-p', 'kiosk/screen/tsconfig.json']],
  ['types of the page at home', 'typescript/bin/tsc', ['-p', 'kiosk/viewer/tsconfig.json']],
  ['types of the LAN page', 'typescript/bin/tsc', ['-p', 'kiosk/lan/browser/tsconfig.json']],
  ['lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']],
  ['arrows between the rooms', 'dependency-cruiser/bin/dependency-cruise.mjs', ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', '.']],
  ['unused code', 'knip/bin/knip.js', []],
];

let failed = 0;
for (const [name, program, args] of CHECKS) {
  const began = Date.now();
  const { status } = spawnSync(process.execPath, [`node_modules/${program}`, ...args], { stdio: 'inherit' });
  console.log(`check: ${name}: ${status === 0 ? 'good' : 'NOT GOOD'} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (status !== 0) failed += 1;
}
const missing = await missingTranslations();
for (const [language, sentence] of missing.slice(0, 20)) console.log(`  ${language}: ${sentence}`);
console.log(`check: languages: ${missing.length === 0 ? 'complete' : `NOT COMPLETE, ${missing.length} translations are missing`}`);
process.exitCode = failed + missing.length === 0 ? 0 : 1;
