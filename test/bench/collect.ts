/**
 * `npm run bench:collect -- [--mebibytes 1024] [--times 3]`: a copy onto an ext4
 * of its own beside cp(1), sync(1), a dropped cache and sha256sum(1); a download
 * beside nginx(8), both read by curl(1) at 1 Gbit/s at most.
 */
import { execFile, execFileSync, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import type { FromDownload, ToDownload } from '../../kiosk/lan/download-process.js';
import { collect } from '../../pipeline/collect/collect.js';
import { loopDisk } from '../fakes/loop-disk.js';
import { nginx } from './nginx.js';

const RESULTS = 'test/bench/results/collect.json';
const GIGABIT = 125_000_000;
const TOKEN = 'T'.repeat(22);
const { values } = parseArgs({ options: { mebibytes: { type: 'string', default: '1024' }, times: { type: 'string', default: '3' } } });
const [mebibytes, times] = [Number(values.mebibytes), Number(values.times)];
const bytes = mebibytes * 1024 * 1024;

const base = mkdtempSync(path.join(tmpdir(), 'bench-collect-'));
const session = path.join(base, 'session');
const part = path.join(session, 'part-01.mp4.age');
mkdirSync(session);
writeFileSync(path.join(session, 'journal.jsonl'), '{}\n');
const block = randomBytes(1024 * 1024);
writeFileSync(part, '');
for (let i = 0; i < mebibytes; i += 1) writeFileSync(part, block, { flag: 'a' });

const loads: number[] = [];
const fastest = (all: readonly number[]): number => Math.min(...all);
async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  loads.push(loadavg()[0] ?? 0);
  return performance.now() - began;
}

/** In turn, so that both meet the same load. */
async function copies(): Promise<{ ours: number[]; theirs: number[] }> {
  const disk = await loopDisk(Math.ceil(mebibytes * 1.15) + 64);
  const [ours, theirs]: [number[], number[]] = [[], []];
  try {
    for (let time = 0; time < times; time += 1) {
      ours.push(await timed(() => collect([{ folder: session, name: 'ours' }], disk.folder)));
      rmSync(path.join(disk.folder, 'ours'), { recursive: true });
      execFileSync('sync', ['-f', disk.folder]);
      theirs.push(await timed(() => {
        execFileSync('cp', ['-r', session, path.join(disk.folder, 'theirs')]);
        execFileSync('sync', ['-f', disk.folder]);
        writeFileSync('/proc/sys/vm/drop_caches', '1');
        execFileSync('sha256sum', [part], { stdio: 'ignore' });
        execFileSync('sha256sum', [path.join(disk.folder, 'theirs', 'part-01.mp4.age')], { stdio: 'ignore' });
      }));
      rmSync(path.join(disk.folder, 'theirs'), { recursive: true });
      execFileSync('sync', ['-f', disk.folder]);
    }
  } finally {
    disk.close();
  }
  return { ours, theirs };
}

const curl = (url: string): Promise<number> => timed(() => new Promise<void>((resolve, reject) => {
  execFile('curl', ['-sf', '--limit-rate', String(GIGABIT), '-o', '/dev/null', url], (error) => error === null ? resolve() : reject(new Error(error.message)));
}));

/** A link for each download, since each is used up by it. */
async function ourDownload(): Promise<number> {
  const child = fork(new URL('../../kiosk/lan/download-process.js', import.meta.url), [], { execPath: '/usr/bin/ionice', execArgv: ['-c', '3', process.execPath], env: {} });
  try {
    const host = await new Promise<string>((resolve) => {
      child.on('message', (message: FromDownload) => { if (message.kind === 'listening') resolve(message.host); });
      child.send({
        kind: 'serve', address: '127.0.0.1', port: 0, token: TOKEN, language: 'en', code: 'KRTV', fileName: 'one.zip', entries: [{ name: 'part-01.mp4.age', path: part }], date: '2026-11-23T08:15:00Z', bytesPerSecond: GIGABIT, lifeMs: 600_000,
      } satisfies ToDownload);
    });
    // The page waits for the checksums, as a teacher does who types the address.
    checksums.push(await curl(`http://${host}/${TOKEN}`));
    return await curl(`http://${host}/${TOKEN}/one.zip`);
  } finally {
    child.kill('SIGKILL');
  }
}
const checksums: number[] = [];

async function downloads(): Promise<{ ours: number[]; theirs: number[]; peer: string }> {
  const work = path.join(base, 'nginx');
  mkdirSync(work);
  const peer = await nginx(session, work);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let time = 0; time < times; time += 1) {
    ours.push(await ourDownload());
    theirs.push(await curl(`${peer.address}/part-01.mp4.age`));
  }
  peer.close();
  return { ours, theirs, peer: peer.version };
}

const rate = (ms: number): number => Math.round(bytes / 1e6 / (ms / 1000));
const beside = ({ ours, theirs }: { ours: number[]; theirs: number[] }) => ({ ours: rate(fastest(ours)), theirs: rate(fastest(theirs)), ratio: Number((fastest(theirs) / fastest(ours)).toFixed(2)), all: { ours: ours.map(rate), theirs: theirs.map(rate) } });

try {
  const copy = beside(await copies());
  const loaded = await downloads();
  const result = {
    date: new Date().toISOString().slice(0, 10), machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`, load: `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`,
    mebibytes, unit: 'MB/s, the fastest of each',
    copy: { ...copy, beside: 'cp -r, sync -f, drop_caches, sha256sum of both' },
    download: { ...beside(loaded), beside: `${loaded.peer}, both read by curl --limit-rate 125000000`, checksumsMs: Math.round(fastest(checksums)) },
  };
  console.log(JSON.stringify(result, null, 2));
  writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(base, { recursive: true, force: true });
}
