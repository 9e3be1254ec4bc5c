/**
 * `npm run bench:pipeline -- [--seconds 30] [--times 10] [--minutes 0]`: what
 * recording costs beside the same elements without us and beside ffmpeg(1), how
 * fast it starts and stops, how fast a part is sealed and opened. `--minutes`
 * watches the recorder's memory for so long.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { monotonic } from '../../pipeline/monotonic.js';
import type { SourceSettings } from '../../pipeline/sources.js';
import { flashAndBeep } from '../fakes/flash-and-beep.js';
import { age } from '../pipeline/keys.js';
import { cpuOver, ffmpeg, gstLaunch, memory } from './pipeline-peers.js';
import { sealingSpeeds } from './pipeline-seal.js';
import type { Ask, Told } from './pipeline-service.js';

const RESULTS = 'test/bench/results/pipeline.json';
const SIZES = { '720p30': { width: 1280, height: 720 }, '1080p30': { width: 1920, height: 1080 } } as const;
const SEALED_MIB = 256;
const PATIENCE_MS = 15_000;
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '30' }, times: { type: 'string', default: '10' }, minutes: { type: 'string', default: '0' } } });
const [seconds, times, minutes] = [Number(values.seconds), Number(values.times), Number(values.minutes)];

/** A service in its own process, asked and heard by IPC. */
class Service {
  readonly #child: ChildProcess;

  constructor(folder: string, sources: SourceSettings) {
    mkdirSync(folder);
    this.#child = fork(new URL('./pipeline-service.js', import.meta.url), [folder, JSON.stringify(sources)]);
  }

  async ask(ask: Ask): Promise<void> {
    await new Promise<void>((resolve) => { this.#child.send(ask, () => resolve()); });
  }

  next<K extends Told['kind']>(kind: K): Promise<Extract<Told, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the service did not say "${kind}"`)), PATIENCE_MS);
      const hear = (told: Told): void => {
        if (told.kind !== kind) return;
        clearTimeout(late);
        this.#child.off('message', hear);
        resolve(told as Extract<Told, { kind: K }>);
      };
      this.#child.on('message', hear);
    });
  }

  async heard<K extends Told['kind']>(ask: Ask, kind: K): Promise<Extract<Told, { kind: K }>> {
    const told = this.next(kind);
    await this.ask(ask);
    return told;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Pictures of gst-launch-1.0(1): a still one, one where little moves, and one with noise in a corner, which fills the whole rate. */
type Pattern = 'gradient' | 'ball' | 'smpte';

async function room(pattern: Pattern, { width, height }: { width: number; height: number }): Promise<{ sources: SourceSettings; close: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const [picture, sound] = [join(folder, 'p'), join(folder, 's')];
  const sink = (socket: string, mib: number): string => `shmsink socket-path=${socket} wait-for-connection=false sync=true shm-size=${mib * 1024 * 1024}`;
  const line = `videotestsrc is-live=true pattern=${pattern} ! video/x-raw,format=I420,width=${width},height=${height},framerate=30/1 ! ${sink(picture, 64)}`
    + ` audiotestsrc is-live=true wave=pink-noise volume=0.2 samplesperbuffer=960 ! audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved ! ${sink(sound, 1)}`;
  const program = spawn('setpriv', ['--pdeathsig', 'KILL', 'gst-launch-1.0', '-q', ...line.split(' ')], { stdio: 'ignore' });
  await sleep(1500);
  return {
    sources: { video: { kind: 'shm', socket: picture, width, height, fps: 30 }, sound: { kind: 'shm', socket: sound, channels: 1 } },
    close: () => { program.kill('SIGKILL'); rmSync(folder, { recursive: true, force: true }); },
  };
}

/** Recorder, gst-launch and ffmpeg on the same sources at the same time. */
async function live(folder: string, size: keyof typeof SIZES): Promise<object> {
  const own = await room('ball', SIZES[size]);
  const service = new Service(join(folder, size), own.sources);
  await service.next('up');
  await service.ask('measure loop');
  await sleep(5000);
  const idle = await service.heard('loop', 'loop');
  const { pid } = await service.heard('start', 'recording');
  const peers = [gstLaunch(own.sources), ffmpeg(own.sources, join(folder, size))] as const;
  await service.ask('measure loop');
  let filmAtFirst = 0;
  const film = setTimeout(() => { filmAtFirst = statSync(peers[1].file, { throwIfNoEntry: false })?.size ?? 0; }, seconds * 500);
  const [recorder = NaN, launched = NaN, filmed = NaN] = await cpuOver([pid, ...peers.map((peer) => peer.pid)], seconds);
  clearTimeout(film);
  const loop = await service.heard('loop', 'loop');
  const starved = statSync(peers[1].file).size <= filmAtFirst; // one that gets nothing costs nothing
  for (const peer of peers) peer.close();
  const peakMiB = memory(pid, 'VmHWM');
  await service.heard('stop', 'ended');
  service.close();
  own.close();
  return {
    cpuSeconds: { over: seconds, recorder, gstLaunch: launched, ...(starved ? {} : { ffmpeg: filmed }), toGstLaunch: recorder / launched, ...(starved ? {} : { toFfmpeg: recorder / filmed }) },
    recorderPeakMiB: peakMiB, serviceLoopP99Ms: { recording: loop.p99Ms, idle: idle.p99Ms },
  };
}

/** MiB at each minute. The last, for it may be long: by then the machine need not be quiet any more. */
async function memoryOf(folder: string): Promise<number[]> {
  const own = await room('smpte', SIZES['720p30']);
  const service = new Service(join(folder, 'memory'), own.sources);
  await service.next('up');
  const { pid } = await service.heard('start', 'recording');
  const each: number[] = [];
  for (let minute = 0; minute < minutes; minute++) {
    await sleep(60_000);
    each.push(memory(pid, 'VmRSS'));
  }
  await service.heard('stop', 'ended');
  service.close();
  own.close();
  return each;
}

async function paddingOf(folder: string, pattern: Pattern): Promise<number> {
  const own = await room(pattern, SIZES['720p30']);
  const service = new Service(join(folder, pattern), own.sources);
  await service.next('up');
  const { file, keyFile } = await service.heard('start', 'recording');
  await sleep(seconds * 1000);
  await service.heard('stop', 'ended');
  service.close();
  own.close();
  return padding((await age({ file: keyFile }, file)).plain);
}

/** Bytes of `free` boxes for each hundred of everything else. */
function padding(plain: Buffer): number {
  let free = 0;
  for (let at = 0; at + 8 <= plain.length;) {
    const size = plain.readUInt32BE(at);
    if (size < 8) throw new Error(`no box at ${at}`);
    if (plain.toString('latin1', at + 4, at + 8) === 'free') free += size;
    at += size;
  }
  return (100 * free) / (plain.length - free);
}

async function startsAndStops(folder: string): Promise<object> {
  let closedAt = 0;
  let open = 0;
  const devices = await flashAndBeep({ ...SIZES['720p30'], onReader: (_track, change) => {
    open += change === 'opened' ? 1 : -1;
    if (open === 0) closedAt = monotonic();
  } });
  const service = new Service(join(folder, 'starts'), devices.sources);
  await service.next('up');
  const [written, synced, stopped]: number[][] = [[], [], []];
  for (let i = 0; i < times; i++) {
    const { confirmedAt, writtenAt, syncedAt } = await service.heard('start', 'recording');
    written?.push(writtenAt - confirmedAt);
    synced?.push(syncedAt - confirmedAt);
    await sleep(300 + 37 * i); // at another moment of beat and sync each time
    const [stopping] = await Promise.all([service.next('stopping'), service.heard('stop', 'ended')]);
    stopped?.push(closedAt - stopping.at);
  }
  service.close();
  await devices.close();
  return { times, confirmedToFirstMediaWrittenMs: spread(written ?? []), confirmedToFirstMediaSyncedMs: spread(synced ?? []), stopToDevicesClosedMs: spread(stopped ?? []) };
}

function spread(figures: readonly number[]): { median: number; worst: number } {
  const sorted = [...figures].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? NaN, worst: sorted.at(-1) ?? NaN };
}

const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 100) / 100 : value);

const folder = mkdtempSync(join(tmpdir(), 'bench-pipeline-'));
try {
  const before = loadavg()[0];
  const result = {
    date: new Date().toISOString().slice(0, 10), machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`, loadBefore: before,
    sealingMiBPerSecond: await sealingSpeeds(folder, SEALED_MIB),
    startsAndStops: await startsAndStops(folder),
    '720p30': await live(folder, '720p30'),
    '1080p30': await live(folder, '1080p30'),
    paddingPercent: { still: await paddingOf(folder, 'gradient'), littleMoves: await paddingOf(folder, 'ball'), fullRate: await paddingOf(folder, 'smpte') },
    loadAfter: loadavg()[0],
    ...(minutes === 0 ? {} : { recorderMiBByMinute: await memoryOf(folder) }),
  };
  const text = JSON.stringify(result, rounded, 2);
  mkdirSync('test/bench/results', { recursive: true });
  writeFileSync(RESULTS, `${text}\n`);
  console.log(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
