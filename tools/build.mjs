/** Builds what runs: service and tests (tsc), the kiosk's screen (esbuild), its sounds, the sign's firmware (make). A part whose sources are older than its last build is left alone. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const NOT_SOURCES = new Set(['generated', 'node_modules', 'dist', 'data', 'build', '.git', '.tap']);

/** Newest change below a file or folder, in milliseconds. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => !NOT_SOURCES.has(name)).map((name) => newest(join(path, name)));
  return Math.max(stat.mtimeMs, ...inside);
}

function run(command, args, failure) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (!error && status === 0) return;
  console.error(`build: ${failure}${error ? ` (${error.message})` : ''}`);
  process.exit(1);
}

const SERVICE = ['main.ts', 'house.ts', 'desks', 'session', 'firmware-bridge', 'pipeline', 'kiosk/server', 'kiosk/keys', 'kiosk/lan', 'kiosk/speech', 'kiosk/protocol.ts', 'kiosk/protocol', 'config', 'hardware/virtual', 'tools', 'test', 'tsconfig.json', 'tsconfig.base.json'];

/** What a school edits, read at the start: the sample that comes with the product. */
const READ = ['config/practice/code-of-practice.md', 'config/practice/training', 'config/school-calendar.json'];

/** By the panel's controller: the door's default, and where the virtual classroom looks for the others. */
const FIRMWARES = { uc8179: 'dist/hardware/sign', ssd1683: 'dist/hardware/sign/ssd1683', ssd1680: 'dist/hardware/sign/ssd1680' };

const PARTS = [
  {
    name: 'service',
    sources: SERVICE,
    build: () => {
      run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], 'the service does not compile');
      for (const file of READ) cpSync(file, join('dist', file), { recursive: true });
    },
  },
  {
    name: 'screen',
    sources: ['kiosk/screen', 'kiosk/keys', 'kiosk/speech/words.ts', 'kiosk/protocol.ts', 'kiosk/protocol'],
    build: async () => {
      await (await import('./languages.mjs')).buildLanguages();
      await (await import('../kiosk/screen/build.mjs')).buildScreen('dist/screen');
    },
  },
  {
    // By what the service's part compiled before it.
    name: 'sounds',
    sources: ['kiosk/speech'],
    build: async () => (await import('../dist/kiosk/speech/build.js')).buildSounds('dist/screen/sounds'),
  },
  {
    name: 'page at home',
    sources: ['kiosk/viewer', 'kiosk/keys', 'pipeline/seal'],
    build: async () => (await import('../kiosk/viewer/build.mjs')).buildViewer('dist/viewer'),
  },
  {
    name: 'LAN page',
    sources: ['kiosk/lan', 'kiosk/screen/icon.svg'],
    build: async () => (await import('../kiosk/lan/build.mjs')).buildDoor('dist/door'),
  },
  {
    name: 'firmware',
    // The board's own faces are drawn by the same code as the service's.
    sources: ['hardware/sign', 'firmware-bridge/sign', 'tools/board-faces.ts', 'tools/pack-rows.ts'],
    build: () => Object.entries(FIRMWARES).forEach(([panel, folder]) => run('make', ['-s', '-C', 'hardware/sign', `PANEL=${panel}`, `BUILD=${join(root, folder)}`], 'the sign’s firmware does not compile')),
  },
];

mkdirSync('dist', { recursive: true });
for (const { name, sources, build } of PARTS) {
  const stamp = `dist/.built-${name}`;
  const changed = Math.max(newest('package-lock.json'), newest('tools/build.mjs'), ...sources.map(newest));
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= changed) continue;
  console.log(`build: ${name}`);
  await build();
  writeFileSync(stamp, '');
  utimesSync(stamp, new Date(), new Date(Math.ceil(changed)));
}
