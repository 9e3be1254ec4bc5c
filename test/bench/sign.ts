/**
 * `npm run bench:sign`: how long the owner waits for the sign, and how fast it
 * answers. The start is timed in emulated time, so that a busy machine changes
 * nothing; the round trip over the real process and pseudo-terminal, beside a
 * bare echo on the same kind of line.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPort } from '../../firmware-bridge/serial/link.js';
import { systemTimers } from '../../firmware-bridge/serial/timers.js';
import { pairSign } from '../../firmware-bridge/sign/pairing.js';
import { createSign } from '../../firmware-bridge/sign/sign.js';
import { CYCLES_PER_MS } from '../../hardware/virtual/sign/avr.js';
import { DeviceProgram, monotonic } from '../../hardware/virtual/program.js';
import { Pty } from '../../hardware/virtual/pty.js';
import type { SignContract } from '../../hardware/virtual/sign/contract.js';
import { PANELS, type PanelId } from '../../hardware/virtual/sign/panels.js';
import { POWER_ON_MS } from '../../hardware/virtual/sign/uc8179.js';
import { PLAN } from '../fakes/house.js';
import { buildFirmware, PLACE, SignBench, WANTED } from '../fakes/sign-bench.js';
import { SignRoom } from '../fakes/sign-room.js';

const RESULTS = 'test/bench/results/sign.json';
const BEATS = 200;
const EVERY_MS = 50;
/** A BEAT and a STATUS on the wire (PROTOCOL.md: 33 and 37 bytes of body, packed and framed). */
const BEAT_BYTES = 42;

const hex = buildFirmware();

/** `powerOnMs`: before the refresh, where the panel's own time does not hold it. */
const STARTS: readonly { readonly panel: PanelId; readonly name: string; readonly powerOnMs: number }[] = [
  { panel: 1, name: '7.5" 800x480', powerOnMs: POWER_ON_MS },
  { panel: 2, name: '4.2" 400x300', powerOnMs: 0 },
  { panel: 3, name: '2.9" 296x128', powerOnMs: 0 },
];

/** From the owner's Start, in milliseconds of emulated time. */
async function start({ panel, powerOnMs }: (typeof STARTS)[number], firmware: string, eeprom: Uint8Array, preloaded: boolean): Promise<Record<string, number>> {
  const { refreshMs } = PANELS[panel];
  const room = new SignRoom(firmware, eeprom, refreshMs, panel);
  const { conductor } = room.house;
  await room.until('rest', () => room.house.phase === 'idle');
  conductor.request({ kind: 'signed-in', owner: PLAN.owner });
  if (preloaded) conductor.request({ kind: 'choose', owner: PLAN.owner, purpose: PLAN.purpose, mode: PLAN.mode });
  await room.pass(5000);
  const [askedAt, glassesBefore] = [room.now, room.events.filter(({ what }) => what === 'glass').length];
  conductor.request({ kind: 'start', plan: PLAN });
  await room.until('the face', () => room.events.filter(({ what }) => what === 'glass').length > glassesBefore);
  const shownAt = room.events.findLast(({ what }) => what === 'glass')?.at ?? NaN;
  await room.until('the confirmation', () => conductor.published.state.room.shown?.face.kind === 'recording');
  const round = Math.round;
  const panelMs = powerOnMs + refreshMs;
  return { transfer: round(shownAt - askedAt - panelMs), panelPowerOn: powerOnMs, panelRefresh: refreshMs, confirm: round(room.now - shownAt), total: round(room.now - askedAt), overPanel: round(room.now - askedAt - panelMs) };
}

/** Cycles from the last byte of a BEAT on the line to the first of STATUS: two MACs, and what is between. */
function answerCycles(): number {
  const bench = SignBench.armed(hex);
  bench.beats({ wanted: WANTED.dark }, 1000);
  const bytes = bench.beatBytes({ wanted: WANTED.dark });
  const lineMs = bytes.length / 11.52;
  let ms = Math.floor(lineMs);
  let heard = bench.sayRaw(bytes, ms).length;
  for (; heard === 0 && ms < 100; ms += 0.05) heard = bench.sayRaw(Buffer.alloc(0), 0.05).length;
  return Math.round((ms - lineMs) * CYCLES_PER_MS);
}

async function roundTrips(folder: string): Promise<{ sign: Spread; echo: Spread }> {
  const path = join(folder, 'sign');
  const key = randomBytes(16);
  const board = new DeviceProgram<SignContract>(new URL('../../hardware/virtual/sign/main.js', import.meta.url), { hexPath: hex, ptyPath: path, eepromPath: join(folder, 'eeprom'), refreshMs: 300 });
  await board.ready;
  await board.do({ do: 'press' });
  await pairSign(path, key);
  await board.do({ do: 'release' });
  const log = { info: () => undefined, warn: () => undefined };
  const sign = createSign({ path, baudRate: 115_200, key, place: PLACE, clock: { ...systemTimers, wall: () => new Date() }, log });
  const taken: number[] = [];
  await new Promise<void>((resolve) => {
    let settled = false;
    sign.onReport((report) => {
      if (report.kind !== 'answered') return;
      settled ||= report.shown;
      if (settled) taken.push(monotonic() - report.requestedAt);
      if (taken.length === BEATS) resolve();
    });
    const beats = setInterval(() => {
      if (taken.length >= BEATS) clearInterval(beats);
      else sign.beat({ issuedAt: monotonic(), wish: { face: { kind: 'not-recording' }, relay: 'open' } });
    }, EVERY_MS);
  });
  await sign.close();
  await board.close();
  return { sign: spread(taken), echo: await echo(join(folder, 'echo')) };
}

/** The same number of bytes there and back, with nothing at the other end but what sends them back. */
async function echo(path: string): Promise<Spread> {
  const pty: Pty = await Pty.open(path, (bytes) => pty.write(bytes));
  const port = await openPort(path, 115_200);
  const taken: number[] = [];
  for (let i = 0; i < BEATS; i++) {
    const began = monotonic();
    await new Promise<void>((resolve) => {
      let came = 0;
      const count = (bytes: Buffer): void => {
        came += bytes.length;
        if (came < BEAT_BYTES) return;
        port.off('data', count);
        resolve();
      };
      port.on('data', count);
      port.write(Buffer.alloc(BEAT_BYTES, 0x55));
    });
    taken.push(monotonic() - began);
  }
  await new Promise<void>((resolve) => port.close(() => resolve()));
  pty.unplug();
  return spread(taken);
}

interface Spread { readonly p50: number; readonly p95: number; readonly max: number }
function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(1));
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const folder = mkdtempSync(join(tmpdir(), 'bench-sign-'));
const loadBefore = loadavg()[0];
const startToConfirmedMs: Record<string, object> = {};
for (const kind of STARTS) {
  const firmware = buildFirmware({ panel: kind.panel });
  const { eeprom } = SignBench.paired(firmware, { refreshMs: 300, panel: kind.panel });
  startToConfirmedMs[kind.name] = { preloaded: await start(kind, firmware, eeprom, true), notPreloaded: await start(kind, firmware, eeprom, false) };
}
const result = {
  date: new Date().toISOString().slice(0, 10), machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}`, loadBefore,
  startToConfirmedMs,
  boardAnswersAfterCycles: answerCycles(),
  roundTripMs: await roundTrips(folder),
  loadAfter: loadavg()[0],
};
rmSync(folder, { recursive: true, force: true });
mkdirSync('test/bench/results', { recursive: true });
writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
