/**
 * `npm run bench:devices`: how long it takes from a wish to its read-back, beside
 * what wire and device take by themselves for what was exchanged: bytes on the
 * line, the device's time to answer, and its travel. Camera and Tesira are the
 * virtual ones, at their usual speeds of mechanics and answer.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { monotonic } from '../../hardware/virtual/program.js';
import { deviceRig, type CameraHalf, type MicrophoneHalf, type Rig } from '../fakes/device-rig.js';

const RESULTS = 'test/bench/results/devices.json';
const TIMES = { camera: 10, microphone: 60 };
const BAUD_RATES = [9600, 38_400] as const;
const BITS_PER_BYTE = 10;
const WITHIN_MS = 30_000;
/** What the virtual devices take from a question to its answer by default (their contract.ts). */
const ANSWER_MS = { camera: 17, microphone: 5 };
/** 115° from the view: as far as a wall beside the class is. */
const PARKING = { pan: 0x1800, tilt: 0 };
/** No recheck falls into a measurement. */
const RECHECK_MS = 600_000;
/** As the driver subscribes (firmware-bridge/microphone/tesira/microphone.ts). */
const NEWS_TOKEN = 'lamplight';

interface Taken {
  readonly ms: number;
  readonly ownMs: number;
}

/** First answers of a camera in bytes: an ACK for a command, else by inquiry. */
const ANSWER_BYTES: Readonly<Record<string, number>> = { '09 00 02': 10, '09 04 00': 4, '09 06 12': 11, '09 04 47': 7, '09 06 10': 5 };
const bytesOf = (hexed: string): number => (hexed.length + 1) / 3;
const viscaBytes = (said: string): number => bytesOf(said) + (ANSWER_BYTES[said.slice(3, 11)] ?? 3);

/** What is asked while it travels costs nothing of its own. */
async function cameraTakes(camera: CameraHalf, pose: 'view' | 'aside' | 'parked', baudRate: number): Promise<Taken> {
  const { events } = camera;
  events.splice(0);
  const began = monotonic();
  await camera.reach(pose, WITHIN_MS);
  const ms = monotonic() - began;
  const from = events.find(({ what }) => what === 'moving')?.at ?? Infinity;
  const to = events.findLast(({ what }) => what === 'settled')?.at ?? Infinity;
  const said = events.flatMap((event) => (event.what === 'heard' && (event.at <= from || event.at > to) ? [event.bytes] : []));
  const lineMs = said.reduce((sum, message) => sum + (viscaBytes(message) * BITS_PER_BYTE * 1000) / baudRate + ANSWER_MS.camera, 0);
  return { ms, ownMs: lineMs + (to - from) };
}

/** What it tells of itself where its mute was subscribed to (hardware/virtual/microphone/ttp.ts). */
const newsOf = (heard: string, muted: boolean): number => (heard.includes(' set mute ') ? `! "publishToken":"${NEWS_TOKEN}" "value":${muted}\r\n`.length : 0);

/** It sends each command back before its answer. */
async function microphoneTakes(microphone: MicrophoneHalf, state: 'open' | 'muted', baudRate: number): Promise<Taken> {
  const { events } = microphone;
  events.splice(0);
  const began = monotonic();
  await microphone.reach(state, WITHIN_MS);
  const ms = monotonic() - began;
  const said = events.flatMap((event) => (event.what === 'heard' ? [event.line] : []));
  const answers = (line: string): number => (line.includes(' set ') ? '+OK\r\n' : `+OK "value":${state === 'muted'}\r\n`).length;
  const bytes = said.reduce((sum, line) => sum + `${line}\n`.length + `${line}\r\n`.length + answers(line) + newsOf(line, state === 'muted'), 0);
  return { ms, ownMs: (bytes * BITS_PER_BYTE * 1000) / baudRate + said.length * ANSWER_MS.microphone };
}

/** Set, and read back. */
async function gainTakes({ driver, events }: MicrophoneHalf, dB: number, baudRate: number): Promise<Taken> {
  events.splice(0);
  const began = monotonic();
  await driver.setGain(dB);
  const ms = monotonic() - began;
  const said = events.flatMap((event) => (event.what === 'heard' ? [event.line] : []));
  const answers = (line: string): number => (line.includes(' set ') ? '+OK\r\n' : `+OK "value":${dB.toFixed(6)}\r\n`).length;
  const bytes = said.reduce((sum, line) => sum + `${line}\n`.length + `${line}\r\n`.length + answers(line), 0);
  return { ms, ownMs: (bytes * BITS_PER_BYTE * 1000) / baudRate + said.length * ANSWER_MS.microphone };
}

async function alternately<S extends string>(times: number, states: readonly S[], take: (state: S) => Promise<Taken>): Promise<Map<S, Taken[]>> {
  const taken = new Map(states.map((state) => [state, [] as Taken[]]));
  for (let i = 0; i < times; i += 1) for (const state of states) taken.get(state)?.push(await take(state));
  return taken;
}

function spread(all: readonly Taken[]): object {
  const at = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
  const [p50, p99, ownP50] = [at(all.map(({ ms }) => ms), 0.5), at(all.map(({ ms }) => ms), 0.99), at(all.map(({ ownMs }) => ownMs), 0.5)];
  const round = (value: number): number => Number(value.toFixed(1));
  return { p50: round(p50), p99: round(p99), wireAndDeviceP50: round(ownP50), times: Number((p50 / ownP50).toFixed(2)), p99Times: Number(at(all.map(({ ms, ownMs }) => ms / ownMs), 0.99).toFixed(2)) };
}

const named = (taken: ReadonlyMap<string, readonly Taken[]>): object => Object.fromEntries([...taken].map(([state, all]) => [state, spread(all)]));

async function measured(baudRate: number): Promise<object> {
  const rig: Rig = await deviceRig({ recheckMs: RECHECK_MS, parking: PARKING, camera: { baudRate, answerMs: ANSWER_MS.camera }, microphone: { baudRate, answerMs: ANSWER_MS.microphone } });
  try {
    const { camera, microphone } = rig;
    await Promise.all([camera.reach('aside', WITHIN_MS), microphone.reach('muted', WITHIN_MS)]);
    return {
      cameraMs: named(await alternately(TIMES.camera, ['view', 'aside'] as const, (pose) => cameraTakes(camera, pose, baudRate))),
      gainMs: named(await alternately(TIMES.microphone / 2, ['-6', '3'] as const, (dB) => gainTakes(microphone, Number(dB), baudRate))),
      microphoneMs: named(await alternately(TIMES.microphone, ['open', 'muted'] as const, (state) => microphoneTakes(microphone, state, baudRate))),
    };
  } finally {
    await rig.close();
  }
}

const loadBefore = loadavg()[0];
const wishToVerified: Record<string, object> = {};
for (const baudRate of BAUD_RATES) wishToVerified[`${baudRate} baud`] = await measured(baudRate);
const result = {
  date: new Date().toISOString().slice(0, 10), machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`, loadBefore, loadAfter: loadavg()[0],
  goal: 'at most 1.2 times what wire and device take for what was exchanged',
  wishToVerified,
};
mkdirSync('test/bench/results', { recursive: true });
writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
