/**
 * Runs the tests and ends with one plain line: `N passed, N failed`.
 * `npm test -- session` runs only files whose path has that word.
 *
 * Each file is a program of its own that prints TAP. tap's own runner would
 * load hooks for TypeScript, mocks and coverage into each of them and into every
 * process that it starts: 4 s of work for a file, and compiled tests need none of it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
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
const TIMEOUT_S = 400;
/** A file that does not even do that is ended. */
const GRACE_S = 20;

/** What measures how soon something real ends, and takes a machine's time away to see what then is left out; and two emulated boards, which must keep up with the clock: nothing runs beside it. */
const alone = files.filter((file) => /\/(pipeline\/(recorder|lip-sync|sources-live)|journeys\/two-signs)\./.test(file));
/** Whole rooms, one at a time: their boards work in real time, and have the processor whenever they need it. */
const rooms = files.filter((file) => /\/(journeys|faults)\//.test(file) && !alone.includes(file));
/** The rest gives way to them. The longest begin, so that they do not end alone. */
const LONGEST = /\/kiosk\/(view|viewer|screens)\.|\/sign-faults\./;
const others = files.filter((file) => !rooms.includes(file) && !alone.includes(file)).sort((a, b) => Number(LONGEST.test(b)) - Number(LONGEST.test(a)) || Number(b.includes('/kiosk/')) - Number(a.includes('/kiosk/')));
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

/** Each file is a session of its own (setsid(2)), for the kernel to serve one before the other. */
const running = new Set<ChildProcess>();

/** sched(7), "The autogroup feature": the least that a session can have where another one wants the processor. */
const GIVES_WAY = '19';

function giveWay({ pid }: ChildProcess): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, GIVES_WAY);
  } catch {
    // A kernel without such groups: all are equal.
  }
}

/** With all that it has started and that has not left its group. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const child of running) end(child);
    process.exit(1);
  });
}

async function run(file: string, givesWay: boolean): Promise<void> {
  const began = performance.now();
  const sum = { pass: 0, fail: 0 };
  const parser = new Parser();
  count(parser, sum);
  const child = spawn(process.execPath, ['--enable-source-maps', file], { env: { ...process.env, TAP_TIMEOUT: String(TIMEOUT_S) }, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  running.add(child);
  if (givesWay) giveWay(child);
  const late = setTimeout(() => end(child), (TIMEOUT_S + GRACE_S) * 1000);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => { text += more; parser.write(more); });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(late);
  running.delete(child);
  await new Promise<void>((resolve) => { parser.on('complete', () => resolve()); parser.end(); });
  const ok = code === 0 && parser.ok && sum.fail === 0;
  if (!ok && sum.fail === 0) sum.fail = 1; // a run that broke off has failed, whatever it counted
  totals.pass += sum.pass;
  totals.fail += sum.fail;
  totals.files += 1;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`# Subtest: ${file}\n${text.replace(/^TAP version 14\n/, '').trimEnd().replaceAll(/^(?=.)/gm, '    ')}\n${ok ? '' : 'not '}ok ${totals.files} - ${file} # time=${seconds}s\n`);
}

/** One after the other, until none is left. */
async function runAll(waiting: string[], givesWay = false): Promise<void> {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) await run(file, givesWay);
}

const began = performance.now();
console.log(`TAP version 14\n1..${files.length}`);
// When the rooms are done, their place is for the rest as well: they wait for much of their time.
await Promise.all([runAll(rooms).then(() => runAll(others, true)), ...Array.from({ length: availableParallelism() }, () => runAll(others, true))]);
await runAll(alone);
console.log(`tests took ${((performance.now() - began) / 1000).toFixed(0)} s`);
console.log(`${totals.pass} passed, ${totals.fail} failed`);
process.exitCode = totals.fail === 0 ? 0 : 1;
