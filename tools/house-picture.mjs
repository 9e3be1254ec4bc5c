/** `npm run house`: draws the rooms and the arrows between them, as dependency-cruiser finds them, into docs/house.svg. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

function run(command, args, input) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input, maxBuffer: 1 << 26 });
  if (error || status !== 0) throw new Error(`${command} did not work: ${error?.message ?? stderr.toString()}`);
  return stdout;
}

const ROOMS = ['main.ts', 'house.ts', 'desks', 'session', 'firmware-bridge', 'pipeline', 'kiosk', 'config'];
const dot = run(process.execPath, ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.mjs', '--output-type', 'archi', '--include-only', `^(${ROOMS.join('|')})`, ...ROOMS]);
mkdirSync('docs', { recursive: true });
writeFileSync('docs/house.svg', run('dot', ['-Tsvg'], dot));
console.log('drawn: docs/house.svg');
