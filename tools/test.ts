/**
 * Runs the tests (tap, on the compiled output) and ends with one plain line:
 * `N passed, N failed`. `npm test -- session` runs only files whose path has
 * that word.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const words = process.argv.slice(2);
const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `dist/test/${name.replace(/\.ts$/, '.js')}`)
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();

if (files.length === 0) {
  console.error(`no test file has ${words.join(' or ')} in its path`);
  process.exit(1);
}

/** Whole rooms measure times: they run by themselves, after everything else, a room for each core at most. */
const alone = files.filter((file) => /\/(journeys|faults)\//.test(file));
const together = files.filter((file) => !alone.includes(file));
const totals = { pass: 0, fail: 0 };
let sound = true;

async function tap(jobs: number, these: readonly string[]): Promise<void> {
  if (these.length === 0) return;
  const args = ['node_modules/tap/dist/esm/run.mjs', '--reporter=tap', '--no-color', '--disable-coverage', '--allow-empty-coverage', '--timeout=240', `--jobs=${jobs}`, ...these];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let tail = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    process.stdout.write(text);
    tail = (tail + text).slice(-4096);
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  // tap's own footer counts leaf assertions and files that crashed or timed out.
  const footer = [...tail.matchAll(/^# \{ (total: [^}]*) \}$/gm)].at(-1)?.[1];
  const count = (name: string): number => Number(new RegExp(`${name}: (\\d+)`).exec(footer ?? '')?.[1] ?? 0);
  totals.pass += count('pass');
  totals.fail += count('fail');
  if (code !== 0 || footer === undefined) sound = false;
}

const began = Date.now();
await tap(availableParallelism(), together);
await tap(Math.min(2, availableParallelism()), alone);
if (!sound && totals.fail === 0) totals.fail = 1; // a run that broke off has failed, whatever it counted
console.log(`tests took ${((Date.now() - began) / 1000).toFixed(0)} s`);
console.log(`${totals.pass} passed, ${totals.fail} failed`);
process.exitCode = totals.fail === 0 ? 0 : 1;
