/** The recorder with real GStreamer and real processes: what is kept, what ends capture, and how soon. */
import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { FaultCode, RecorderEvent } from '../../session/ports.js';
import { RAW_FRAMES } from '../../pipeline/launch-line.js';
import { monotonic } from '../../pipeline/monotonic.js';
import { ForkedRecorder } from '../../pipeline/recorder.js';
import type { FromRecorder, Level, ToRecorder } from '../../pipeline/recorder-messages.js';
import type { SourceSettings } from '../../pipeline/sources.js';
import { loadDeviceKey } from '../../pipeline/vault/device-key.js';
import { verifySession } from '../../pipeline/vault/verify.js';
import { age, openPart, output } from './keys.js';
import { PLAN, vaultIn, type VaultScene } from './recorded.js';
import type { Begun } from './service.js';
import { slowSync } from '../fakes/slow-sync.js';
import { stopwatch } from '../fakes/stopwatch.js';
import { syntheticRoom, type SyntheticRoom } from './synthetic-room.js';

/** No wait in these tests is for longer than this; where it is reached, the test fails. */
const PATIENCE_MS = 40_000;

interface Scene extends VaultScene {
  readonly folder: string;
  readonly recorder: ForkedRecorder;
  readonly logged: string[];
  /** Resolves with the next event of this kind, with the time at which it came. @param of its fault; any where it is not given */
  readonly next: (kind: RecorderEvent['kind'], of?: FaultCode) => Promise<{ at: number; fault?: FaultCode }>;
  /** Confirms every 250 ms until `quiet`; `requests` are the times. */
  readonly requests: number[];
  quiet(): void;
}

async function scene(t: Test, sources: SourceSettings): Promise<Scene> {
  const folder = t.testdir();
  const house = await vaultIn(folder);
  const logged: string[] = [];
  const recorder = new ForkedRecorder({ sources, nextPart: () => house.vault.nextPart(), log: (...line) => void logged.push(line.join(' ')), testHooks: true });
  const requests: number[] = [];
  const confirm = (): void => { requests.push(monotonic()); recorder.confirm(requests.at(-1) ?? 0); };
  const beats = setInterval(() => { if (requests.length > 0) confirm(); }, 250);
  t.teardown(async () => { clearInterval(beats); await recorder.close(); await house.vault.end(); });
  const next: Scene['next'] = (kind, of) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no "${kind}" came; ${logged.join('; ')}`)), PATIENCE_MS);
    recorder.onEvent((event) => {
      if (event.kind !== kind || (of !== undefined && 'fault' in event && event.fault !== of)) return;
      clearTimeout(late);
      resolve({ at: monotonic(), ...event });
    });
  });
  recorder.onEvent(({ kind }) => {
    if (kind !== 'ready') return;
    requests.push(monotonic());
    recorder.open(requests.at(-1) ?? 0);
  });
  return { ...house, folder, recorder, logged, next, requests, quiet: () => clearInterval(beats) };
}

/** Records until there are `ms` of media in the room's time. */
async function recordPart({ recorder, next }: Scene, ms: number): Promise<void> {
  const capturing = next('capturing');
  recorder.prepare({ kind: 'part', plan: PLAN });
  await capturing;
  await sleep(ms);
}

interface Probe { readonly codecs: string[]; readonly ends: number[]; readonly monotonous: boolean }

/** What ffprobe(1) finds: codecs with pixel format, when each track ends, whether decode times rise. */
async function probe(plain: Buffer): Promise<Probe> {
  const stdout = await output('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,pix_fmt:packet=stream_index,dts_time,duration_time', '-of', 'json', '-i', 'pipe:0'], plain);
  const { streams, packets } = JSON.parse(stdout.plain.toString()) as { streams: { codec_name: string; pix_fmt?: string }[]; packets: { stream_index: number; dts_time: string; duration_time: string }[] };
  const tracks = streams.map((_, i) => packets.filter(({ stream_index }) => stream_index === i).map(({ dts_time, duration_time }) => ({ dts: Number(dts_time), duration: Number(duration_time) })));
  return {
    codecs: streams.map(({ codec_name, pix_fmt }) => [codec_name, pix_fmt].filter(Boolean).join(' ')),
    ends: tracks.map((track) => { const last = track.at(-1); return last === undefined ? 0 : (last.dts + last.duration) * 1000; }),
    monotonous: tracks.every((track) => track.every(({ dts }, i) => i === 0 || dts > (track[i - 1]?.dts ?? Infinity))),
  };
}

const part = (folder: string, number: number): string => path.join(folder, `part-0${number}.mp4.age`);
const isAlive = (pid: number): boolean => { try { process.kill(pid, 0); return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')); } catch { return false; } };
async function goneAt(pid: number): Promise<number> {
  const patience = monotonic() + PATIENCE_MS;
  while (isAlive(pid)) {
    if (monotonic() > patience) throw new Error(`process ${pid} does not end`);
    await sleep(5);
  }
  return monotonic();
}

/**
 * Gives the threads that encode the picture what is left of one processor beside a busy loop: a machine that is too slow.
 * GStreamer names a thread after the pad that it pushes from. @returns how to end that.
 */
function starveEncoder(pid: number): () => void {
  const busy = spawn('setpriv', ['--pdeathsig', 'KILL', 'taskset', '-c', '0', 'nice', '-n', '19', 'sh', '-c', 'while :; do :; done'], { stdio: 'ignore' });
  const named = (thread: string): string => readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8');
  for (const thread of readdirSync(`/proc/${pid}/task`).filter((each) => named(each).startsWith(`${RAW_FRAMES}:src`))) {
    spawnSync('taskset', ['-c', '-p', '0', thread]);
    spawnSync('chrt', ['--idle', '-p', '0', thread]);
  }
  return () => void busy.kill('SIGKILL');
}

/** One for each test: a reader that is killed or stopped in the middle leaves its source in no known state for the next. */
async function roomFor(test: Test): Promise<SyntheticRoom> {
  const room = await syntheticRoom();
  test.teardown(() => room.close());
  return room;
}

// What nobody but the recorder itself ends is measured alone, the rest at the same time.
await t.test('P2.1 nobody confirms any more: capture ends by itself, and nothing later is kept', async (t) => {
  const house = await scene(t, (await roomFor(t)).sources);
  await house.vault.begin(PLAN);
  const folder = house.vault.folderOf(house.vault.current ?? '');
  await recordPart(house, 1500);
  const ended = house.next('ended');
  house.quiet();
  const [first = 0, last = 0] = [house.requests[0], house.requests.at(-1)];
  const within = stopwatch(last);
  const { at, fault } = await ended;
  await house.vault.end();
  t.equal(fault, 'LEASE_ENDED');
  t.ok(...within(1900, at, 'request → gone'));
  const { plain, ending } = await openPart(house.key, part(folder, 1));
  t.equal(ending, 'complete', 'closed in order');
  const { ends } = await probe(plain);
  t.ok(Math.max(...ends) <= last - first, `kept ${ends.map(Math.round).join('/')} ms of ${(last - first).toFixed(0)} ms confirmed`);
});

await t.test('the main thread hangs, and no service watches: the worker ends the process', async (t) => {
  const child = fork(new URL('../../pipeline/recorder-process.js', import.meta.url), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, NODE_OPTIONS: '' } });
  const send = (message: ToRecorder): void => void child.send(message);
  const heard = (kind: FromRecorder['kind']): Promise<void> => new Promise((resolve) => child.on('message', (message: FromRecorder) => { if (message.kind === kind) resolve(); }));
  const [ready, capturing, exit] = [heard('ready'), heard('capturing'), once(child, 'exit')];
  send({ kind: 'prepare', mode: 'framing', sources: (await roomFor(t)).sources, testHooks: true });
  await ready;
  let requestedAt = monotonic();
  send({ kind: 'open', requestedAt });
  const beats = setInterval(() => { requestedAt = monotonic(); send({ kind: 'confirm', requestedAt }); }, 250);
  t.teardown(() => { clearInterval(beats); child.kill('SIGKILL'); });
  await capturing;
  await sleep(300);
  clearInterval(beats);
  const within = stopwatch(requestedAt);
  send({ kind: 'spin' });
  const [, signal] = await exit as [number | null, string];
  t.equal(signal, 'SIGKILL');
  t.ok(...within(1900, monotonic(), 'request → gone'));
  t.ok(monotonic() - requestedAt > 1500, 'and not before its deadline');
});

t.jobs = 3;

t.test('a lesson of two parts: sealed while it is captured, and open to age(1)', async (t) => {
  const house = await scene(t, (await roomFor(t)).sources);
  const { vault, recorder, key, devicePublicKey, requests, next } = house;
  const levels: Level[] = [];
  recorder.onLevel((level) => levels.push(level));
  await vault.begin(PLAN);
  const folder = vault.folderOf(vault.current ?? '');
  const spans: number[] = [];
  for (const ms of [3000, 1200]) {
    requests.length = 0;
    await recordPart(house, ms);
    const ended = next('ended');
    const within = stopwatch();
    recorder.stop();
    const { at, fault } = await ended;
    t.ok(...within(500, at, 'stop → gone'));
    t.equal(fault, undefined);
    spans.push((requests.at(-1) ?? 0) - (requests[0] ?? 0));
  }
  await vault.end();
  t.same(await verifySession(folder, devicePublicKey), { kind: 'complete', parts: 2, words: 'complete' });
  t.ok(levels.length > 20 && levels.every(({ rms: [rms = 0] }) => rms < 0 && rms > -60), `levels come (${levels.length})`);
  for (const [i, span] of spans.entries()) {
    const { plain, code } = await age(key, part(folder, i + 1));
    t.equal(code, 0, 'age opens it');
    const { codecs, ends, monotonous } = await probe(plain);
    t.same(codecs, ['h264 yuv420p', 'aac']);
    t.ok(monotonous, 'time stamps rise');
    t.ok(ends.every((end) => end <= span && end > span - 2500), `kept ${ends.map(Math.round).join('/')} of ${span.toFixed(0)} ms confirmed`);
  }
  const checkpoints = readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { kind: string; part: number; moof?: number }).filter((record) => record.kind === 'checkpoint' && record.part === 1);
  t.ok(checkpoints.length >= 3, `checkpoints (${checkpoints.length})`);
  const { plain } = await openPart(key, part(folder, 1));
  for (const { moof } of checkpoints) if (moof !== undefined && plain.toString('latin1', moof + 4, moof + 8) !== 'moof') t.fail(`no moof at ${moof}`);
});

for (const [what, hang] of [['hangs', ({ recorder }: Scene) => recorder.spin()], ['is stopped as a whole', ({ recorder }: Scene) => void process.kill(recorder.pid ?? 0, 'SIGSTOP')]] as const)
  t.test(`the recorder ${what} while beats go on: it is killed at the deadline, and what it had written is kept`, async (t) => {
    const house = await scene(t, (await roomFor(t)).sources);
    await house.vault.begin(PLAN);
    const folder = house.vault.folderOf(house.vault.current ?? '');
    await recordPart(house, 1500);
    const ended = house.next('ended');
    house.quiet();
    const last = house.requests.at(-1) ?? 0;
    const within = stopwatch(last);
    hang(house);
    const { at, fault } = await ended;
    t.equal(fault, 'LEASE_ENDED');
    t.ok(...within(1900, at, 'request → gone'));
    await house.vault.end();
    t.match(await verifySession(folder, house.devicePublicKey), { kind: 'complete' });
    const { plain, ending } = await openPart(house.key, part(folder, 1));
    t.equal(ending, 'cut');
    t.ok(((await probe(plain)).ends[0] ?? 0) > 300, 'its prefix plays');
  });

t.test('the service is killed: the recorder leaves at once, the file opens, and the journal says interrupted', async (t) => {
  const folder = t.testdir();
  const service = fork(new URL('./service.js', import.meta.url), [folder, JSON.stringify((await roomFor(t)).sources)], { env: { ...process.env, NODE_OPTIONS: '' } });
  t.teardown(() => service.kill('SIGKILL'));
  const [begun] = await once(service, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) }) as [Begun];
  const within = stopwatch();
  service.kill('SIGKILL');
  t.ok(...within(500, await goneAt(begun.recorderPid), 'orphaned → gone'));
  const { publicKey } = await loadDeviceKey(begun.deviceKeyFile);
  t.match(await verifySession(begun.folder, publicKey), { kind: 'interrupted', part: 1 });
  t.same((await probe((await age({ file: begun.keyFile }, part(begun.folder, 1))).plain)).codecs, ['h264 yuv420p', 'aac']);
});

t.test('a recorder whose service is gone before it is up leaves by itself', async (t) => {
  const child = fork(new URL('../../pipeline/recorder-process.js', import.meta.url), [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, NODE_OPTIONS: '' } });
  t.teardown(() => child.kill('SIGKILL'));
  const exit = once(child, 'exit', { signal: AbortSignal.timeout(PATIENCE_MS) });
  child.disconnect();
  t.ok(await exit);
});

t.test('the recorder is killed: an openable part, a plain reason', async (t) => {
  const house = await scene(t, (await roomFor(t)).sources);
  await house.vault.begin(PLAN);
  const folder = house.vault.folderOf(house.vault.current ?? '');
  await recordPart(house, 2000);
  const ended = house.next('ended');
  process.kill(house.recorder.pid ?? 0, 'SIGKILL');
  t.equal((await ended).fault, 'RECORDER_FAILED');
  await house.vault.end();
  t.match(await verifySession(folder, house.devicePublicKey), { kind: 'complete' });
  const { plain, code } = await age(house.key, part(folder, 1));
  t.equal(code, 1, 'age says that the end is missing');
  t.ok((await probe(plain)).monotonous, 'and gives all there is');
});

t.test('framing shows, and keeps nothing', async (t) => {
  const house = await scene(t, (await roomFor(t)).sources);
  const pictures: Buffer[] = [];
  house.recorder.onPreview((jpeg) => pictures.push(jpeg));
  const warnings: unknown[] = [];
  house.recorder.onEvent((event) => { if (event.kind === 'warning') warnings.push(event.fault); });
  const capturing = house.next('capturing');
  house.recorder.prepare({ kind: 'framing' });
  await capturing;
  await sleep(1000);
  const ended = house.next('ended');
  house.recorder.stop();
  t.equal((await ended).fault, undefined);
  t.same(warnings, [], 'and warns of nothing: a preview may leave out pictures');
  t.ok(pictures.length >= 5 && pictures.every((jpeg) => jpeg.readUInt16BE() === 0xffd8), `JPEG pictures (${pictures.length})`);
  t.same(readdirSync(path.join(house.folder, 'vault')), []);
});

t.test('a clap is heard while framing, with the pictures around it; in silence none is', async (t) => {
  const ticking = await syntheticRoom({ sound: 'ticks' });
  t.teardown(() => ticking.close());
  const house = await scene(t, ticking.sources);
  const capturing = house.next('capturing');
  house.recorder.prepare({ kind: 'framing' });
  await capturing;
  const clap = await house.recorder.listenForClap(5000);
  t.ok((clap?.pictures.length ?? 0) >= 15, `${clap?.pictures.length} pictures`);
  t.ok(clap?.pictures.every(({ jpeg }, i, all) => jpeg.readUInt16BE() === 0xffd8 && (all[i + 1]?.atMs ?? Infinity) > (all[i]?.atMs ?? NaN)), 'whole, and in order');
  t.equal(clap?.pictures.some(({ atMs }) => atMs <= clap.soundAtMs) && clap.pictures.some(({ atMs }) => atMs > clap.soundAtMs), true, 'from before and after');
  const ended = house.next('ended');
  const unheard = house.recorder.listenForClap(60_000);
  house.recorder.stop();
  await ended;
  t.equal(await unheard, undefined, 'the end of framing ends the listening');
});

t.test('no sound at all: the room is told, and recording goes on', async (t) => {
  const silent = await syntheticRoom({ sound: 'silence' });
  t.teardown(() => silent.close());
  const house = await scene(t, silent.sources);
  await house.vault.begin(PLAN);
  const warned = house.next('warning', 'SOUND_DEAD');
  await recordPart(house, 2500);
  t.equal((await warned).fault, 'SOUND_DEAD');
});

t.test('a source that is not there', async (t) => {
  const { sources } = await roomFor(t);
  const house = await scene(t, { ...sources, video: { ...sources.video, socket: '/nowhere/picture.shm' } as SourceSettings['video'] });
  await house.vault.begin(PLAN);
  const ended = house.next('ended');
  house.recorder.prepare({ kind: 'part', plan: PLAN });
  t.equal((await ended).fault, 'SOURCE_MISSING');
  t.notOk(existsSync(part(house.vault.folderOf(house.vault.current ?? ''), 1)), 'no part without media');
});

for (const [what, happens] of [
  ['the picture is unplugged', (own: SyntheticRoom) => own.unplug('picture')],
  ['the sound freezes', (own: SyntheticRoom) => own.freeze('sound')],
] as const)
  t.test(`${what}: a stall within seconds`, async (t) => {
    const own = await syntheticRoom();
    t.teardown(() => own.close());
    const house = await scene(t, own.sources);
    await house.vault.begin(PLAN);
    await recordPart(house, 500);
    const ended = house.next('ended');
    happens(own);
    t.equal((await ended).fault, 'SOURCE_STALLED');
  });

t.test('a disk that takes its time: a warning, and Stop is as quick as ever', async (t) => {
  const disk = slowSync(t);
  const house = await scene(t, (await roomFor(t)).sources);
  await house.vault.begin(PLAN);
  const folder = house.vault.folderOf(house.vault.current ?? '');
  await recordPart(house, 500);
  const warned = house.next('warning');
  disk.slow();
  t.equal((await warned).fault, 'STORAGE_SLOW');
  const ended = house.next('ended');
  const within = stopwatch();
  house.recorder.stop();
  const { at, fault } = await ended;
  t.equal(fault, undefined);
  t.ok(...within(500, at, 'stop → gone'));
  disk.quick();
  await house.vault.end();
  t.match(await verifySession(folder, house.devicePublicKey), { kind: 'complete' });
  t.match(readFileSync(path.join(folder, 'journal.jsonl'), 'utf8'), '"kind":"storage-slow"');
  t.equal((await openPart(house.key, part(folder, 1))).ending, 'complete', 'and the file is whole');
});

t.test('overload: pictures are left out before the encoder, people are told, the journal counts them, and the file plays', async (t) => {
  const house = await scene(t, { video: { kind: 'test', pattern: 'snow', width: 1920, height: 1080, fps: 60 }, sound: { kind: 'test', wave: 'sine', channels: 1 } });
  await house.vault.begin(PLAN);
  const folder = house.vault.folderOf(house.vault.current ?? '');
  await recordPart(house, 500);
  // A disk that is shared may be slow meanwhile, and is warned of, too.
  const warned = house.next('warning', 'FRAMES_DROPPED');
  const relieve = starveEncoder(house.recorder.pid ?? 0);
  t.teardown(relieve);
  t.equal((await warned).fault, 'FRAMES_DROPPED');
  relieve();
  const ended = house.next('ended');
  house.recorder.stop();
  t.equal((await ended).fault, undefined, 'it went on');
  await house.vault.end();
  const told = [...readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').matchAll(/"frames":(\d+),.*"kind":"frames-dropped"/g)];
  t.ok(told.length > 0 && told.every(([, frames]) => Number(frames) > 0), `${told.map(([, frames]) => frames).join(' and ')} pictures`);
  const { plain } = await openPart(house.key, part(folder, 1));
  t.equal((await output('sh', ['-c', 'ffmpeg -v error -i pipe:0 -f null - 2>&1'], plain)).plain.toString(), '', 'a decoder has no complaint');
});
