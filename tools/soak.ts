/**
 * `npm run soak -- NAME [--size N] [--chunk N]`: a test that runs too long for
 * `npm test`. It goes on where it was interrupted, and keeps its result in
 * test/soaks/NAME.json. `--chunk` repeats one chunk by itself. Without a name:
 * which ones there are.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Figures, Soak } from '../test/soaks/soak.js';

const HERE = 'test/soaks';
const KEPT = 'data/soaks';
const USAGE = 'npm run soak -- [NAME [--size N] [--chunk N]]';

interface Progress {
  readonly size: number;
  readonly subject: string;
  readonly chunks: number;
  readonly seconds: number;
  readonly figures: Figures;
}

const names = readdirSync(HERE).filter((file) => file.endsWith('.ts') && file !== 'soak.ts').map((file) => file.slice(0, -'.ts'.length));
const load = async (name: string): Promise<Soak> => ((await import(`../test/soaks/${name}.js`)) as { soak: Soak }).soak;

const { positionals, values } = readArguments();
const [name] = positionals;
if (name === undefined || !names.includes(name) || positionals.length > 1) {
  for (const one of names) console.log(`${one}: ${(await load(one)).claim}`);
  process.exit(name === undefined ? 0 : explain(positionals.length > 1 ? 'one soak at a time' : `there is no soak ${name}`));
}
const soak = await load(name);
if (values.chunk !== undefined) console.log(JSON.stringify(await soak.run(wholeNumber('--chunk', values.chunk, 0), soak.chunk)));
else process.exitCode = await runAll(name, soak, values.size === undefined ? soak.size : wholeNumber('--size', values.size, 1));

/** @returns the exit code. */
async function runAll(name: string, soak: Soak, size: number): Promise<number> {
  const kept = `${KEPT}/${name}.json`;
  let progress = begin(kept, size, soak.subject());
  console.log(`${name}: ${soak.claim}; ${size.toLocaleString('en')} ${soak.unit}, ${progress.subject}${progress.chunks === 0 ? '' : `, going on after chunk ${progress.chunks}`}`);
  let broken: { readonly chunk: number; readonly why: string } | undefined;
  for (const chunks = Math.ceil(size / soak.chunk); progress.chunks < chunks && broken === undefined;) {
    const began = performance.now();
    try {
      const figures = await soak.run(progress.chunks, Math.min(soak.chunk, size - progress.chunks * soak.chunk));
      progress = { ...progress, chunks: progress.chunks + 1, seconds: progress.seconds + (performance.now() - began) / 1000, figures: sum(progress.figures, figures) };
    } catch (error) {
      broken = { chunk: progress.chunks, why: error instanceof Error ? error.message : String(error) };
    }
    writeWhole(kept, progress);
    if (progress.chunks % Math.ceil(chunks / 20) === 0) console.log(`  ${((progress.chunks / chunks) * 100).toFixed(0)} %, ${progress.seconds.toFixed(0)} s`);
  }
  const { subject, seconds, figures } = progress;
  writeWhole(`${HERE}/${name}.json`, {
    claim: soak.claim, held: broken === undefined, ...(broken === undefined ? {} : { broken }), subject, size, unit: soak.unit, date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`, seconds: Math.round(seconds), figures,
  });
  if (broken === undefined) {
    rmSync(kept, { force: true });
    console.log(`${name}: held; ${JSON.stringify(figures)}`);
    return 0;
  }
  console.error(`${name}: BROKEN in chunk ${broken.chunk}: ${broken.why}\nby itself: npm run soak -- ${name} --chunk ${broken.chunk}`);
  return 1;
}

/** Where an earlier run of the same size, on the same subject, was interrupted; else at the beginning. */
function begin(kept: string, size: number, subject: string): Progress {
  mkdirSync(KEPT, { recursive: true });
  if (existsSync(kept)) {
    const before = JSON.parse(readFileSync(kept, 'utf8')) as Progress;
    if (before.size === size && before.subject === subject) return before;
  }
  return { size, subject, chunks: 0, seconds: 0, figures: {} };
}

/** So that an interruption leaves the old file or the new one. */
function writeWhole(path: string, value: object): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

function sum(a: Figures, b: Figures): Figures {
  return Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((figure) => [figure, (a[figure] ?? 0) + (b[figure] ?? 0)]));
}

function readArguments(): { positionals: string[]; values: { size?: string; chunk?: string } } {
  try {
    return parseArgs({ allowPositionals: true, options: { size: { type: 'string' }, chunk: { type: 'string' } } });
  } catch (error) {
    process.exit(explain((error as Error).message));
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  process.exit(explain(`${option} takes a whole number from ${least}, not ${text}`));
}

/** @returns the exit code of a command that was not understood. */
function explain(what: string): number {
  console.error(`soak: ${what}\n${USAGE}`);
  return 2;
}
