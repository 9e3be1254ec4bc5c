/**
 * `npm run soak -- NAME [SIZE]`: a test that runs too long for `npm test`. It
 * goes on where it was interrupted, and keeps its result in
 * test/soaks/NAME.json. Without a name: which ones there are.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Figures, Soak } from '../test/soaks/soak.js';

const HERE = 'test/soaks';
const names = readdirSync(HERE).filter((file) => file.endsWith('.ts') && file !== 'soak.ts').map((file) => file.slice(0, -'.ts'.length));
const [name, size] = process.argv.slice(2);

interface Progress {
  readonly size: number;
  readonly chunks: number;
  readonly seconds: number;
  readonly figures: Figures;
}

if (name === undefined || !names.includes(name)) {
  for (const one of names) console.log(`${one}: ${(await load(one)).claim}`);
  process.exit(name === undefined ? 0 : 2);
}
const soak = await load(name);
const total = Number(size ?? soak.size);
const kept = `data/soaks/${name}.json`;
mkdirSync('data/soaks', { recursive: true });
let progress: Progress = { size: total, chunks: 0, seconds: 0, figures: {} };
if (existsSync(kept)) {
  const before = JSON.parse(readFileSync(kept, 'utf8')) as Progress;
  if (before.size === total) progress = before;
}

console.log(`${name}: ${soak.claim}; ${total.toLocaleString('en')} ${soak.unit}${progress.chunks === 0 ? '' : `, going on after ${(progress.chunks * soak.chunk).toLocaleString('en')}`}`);
for (const chunks = Math.ceil(total / soak.chunk); progress.chunks < chunks;) {
  const began = performance.now();
  const figures = await soak.run(progress.chunks);
  progress = { size: total, chunks: progress.chunks + 1, seconds: progress.seconds + (performance.now() - began) / 1000, figures: sum(progress.figures, figures) };
  writeFileSync(kept, JSON.stringify(progress));
  if (progress.chunks % 10 === 0) console.log(`  ${((progress.chunks / chunks) * 100).toFixed(0)} %, ${progress.seconds.toFixed(0)} s`);
}
const result = {
  claim: soak.claim, held: true, size: total, unit: soak.unit, date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`, seconds: Math.round(progress.seconds), figures: progress.figures,
};
writeFileSync(`${HERE}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
rmSync(kept);
console.log(`${name}: held; ${JSON.stringify(progress.figures)}`);

async function load(which: string): Promise<Soak> {
  return ((await import(`../test/soaks/${which}.js`)) as { soak: Soak }).soak;
}

function sum(a: Figures, b: Figures): Figures {
  return Object.fromEntries([...new Set([...Object.keys(a), ...Object.keys(b)])].map((figure) => [figure, (a[figure] ?? 0) + (b[figure] ?? 0)]));
}
