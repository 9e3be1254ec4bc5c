/**
 * Runs the tests and ends with one plain line: `N passed, N failed`.
 * `npm test -- session` runs only files whose path has that word.
 *
 * Each file is a program of its own that prints TAP. tap's own runner would
 * load hooks for TypeScript, mocks and coverage into each of them and into every
 * process that it starts: 4 s of work for a file, and compiled tests need none of it.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Parser } from 'tap-parser';

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

/** Of one file; a test that reaches it says so itself. */
const TIMEOUT_S = 300;
/** A file that does not even do that is ended. */
const GRACE_S = 20;

/** What measures how soon something real ends, and takes a machine's time away to see what then is left out: nothing runs beside it. */
const alone = files.filter((file) => /\/(pipeline\/(recorder|lip-sync|sources-live)|journeys\/two-signs)\./.test(file));
/** Whole rooms, by themselves, after everything else, one for each core. */
const rooms = files.filter((file) => /\/(journeys|faults)\//.test(file) && !alone.includes(file));
const others = files.filter((file) => !rooms.includes(file) && !alone.includes(file));
const totals = { files: 0, pass: 0, fail: 0 };

/** Counts what is asserted, not the tests that hold it; a test that fails without a failed assertion counts as one. */
function count(parser: Parser, sum: { pass: number; fail: number }): void {
  let failedInside: number | undefined;
  parser.on('child', (child: Parser) => {
    const before = sum.fail;
    count(child, sum);
    child.on('complete', () => { failedInside = sum.fail - before; });
  });
  parser.on('assert', ({ ok }) => {
    if (failedInside === undefined) sum[ok ? 'pass' : 'fail'] += 1;
    else if (!ok && failedInside === 0) sum.fail += 1;
    failedInside = undefined;
  });
}

async function run(file: string): Promise<void> {
  const began = performance.now();
  const sum = { pass: 0, fail: 0 };
  const parser = new Parser();
  count(parser, sum);
  const child = spawn(process.execPath, ['--enable-source-maps', file], { env: { ...process.env, TAP_TIMEOUT: String(TIMEOUT_S) }, stdio: ['ignore', 'pipe', 'inherit'] });
  const late = setTimeout(() => child.kill('SIGKILL'), (TIMEOUT_S + GRACE_S) * 1000);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => { text += more; parser.write(more); });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(late);
  await new Promise<void>((resolve) => { parser.on('complete', () => resolve()); parser.end(); });
  const ok = code === 0 && parser.ok && sum.fail === 0;
  if (!ok && sum.fail === 0) sum.fail = 1; // a run that broke off has failed, whatever it counted
  totals.pass += sum.pass;
  totals.fail += sum.fail;
  totals.files += 1;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`# Subtest: ${file}\n${text.replace(/^TAP version 14\n/, '').trimEnd().replaceAll(/^(?=.)/gm, '    ')}\n${ok ? '' : 'not '}ok ${totals.files} - ${file} # time=${seconds}s\n`);
}

/** So many at a time. */
async function runAll(these: readonly string[], jobs: number): Promise<void> {
  const waiting = [...these];
  const next = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await run(file);
  };
  await Promise.all(Array.from({ length: jobs }, next));
}

const began = performance.now();
console.log(`TAP version 14\n1..${files.length}`);
// They wait for much of their time: for browsers, boards and each other. The longest begin, so that they do not end alone.
const longest = others.filter((file) => file.includes('/kiosk/')).toReversed();
await runAll([...longest, ...others.filter((file) => !longest.includes(file))], availableParallelism() + 1);
await runAll(alone, 1);
await runAll(rooms, availableParallelism());
console.log(`tests took ${((performance.now() - began) / 1000).toFixed(0)} s`);
console.log(`${totals.pass} passed, ${totals.fail} failed`);
process.exitCode = totals.fail === 0 ? 0 : 1;
