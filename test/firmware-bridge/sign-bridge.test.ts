/** The whole sign, host side: real process, real Johnny-Five, real firmware in the emulated board behind a pseudo-terminal. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import t from 'tap';
import { draw } from '../../firmware-bridge/sign/draw.js';
import { PANELS, type Panel } from '../../firmware-bridge/sign/panels.js';
import { pairSign } from '../../firmware-bridge/sign/pairing.js';
import { createSign, type SignBridge } from '../../firmware-bridge/sign/sign.js';
import { DeviceProgram, monotonic } from '../../hardware/virtual/program.js';
import { Pty } from '../../hardware/virtual/pty.js';
import type { SignContract } from '../../hardware/virtual/sign/contract.js';
import type { Clock, Face, SignReport, SignWish } from '../../session/ports.js';
import { buildFirmware, PLACE } from '../fakes/sign-bench.js';

const CLOCK: Clock = { now: monotonic, wall: () => new Date(), after: (ms, callback) => { const timer = setTimeout(callback, ms); return () => clearTimeout(timer); } };
const BEAT_EVERY_MS = 250;
/** The machine may be busy: only what never comes fails. */
const DEADLINE_MS = 25_000;
const RECORDING: Face = { kind: 'recording', purpose: 'Coaching', audience: 'only-me', mode: 'picture-and-sound' };
const PAUSED: Face = { kind: 'paused' };

type Answered = Extract<SignReport, { kind: 'answered' }>;

/** Stands for the conductor: hands out a token every 250 ms and listens. */
class Room {
  wish: SignWish = { face: { kind: 'not-recording' }, relay: 'open' };
  readonly sign: SignBridge;
  readonly #listeners = new Set<(report: SignReport) => void>();
  readonly #beats: NodeJS.Timeout;

  constructor(path: string, key: Buffer) {
    const log = { info: () => undefined, warn: () => undefined };
    this.sign = createSign({ path, baudRate: 115_200, key, place: PLACE, clock: CLOCK, log });
    this.sign.onReport((report) => { for (const listener of this.#listeners) listener(report); });
    this.#beats = setInterval(() => this.sign.beat({ issuedAt: monotonic(), wish: this.wish }), BEAT_EVERY_MS);
  }

  /** The next report that is as wanted. @throws Error with the last reports, after the deadline. */
  next(what: string, wanted: (report: SignReport) => boolean): Promise<SignReport> {
    const seen: string[] = [];
    return new Promise((resolve, reject) => {
      const done = (): void => { clearTimeout(impatience); this.#listeners.delete(listen); };
      const listen = (report: SignReport): void => {
        seen.push(JSON.stringify(report));
        if (!wanted(report)) return;
        done();
        resolve(report);
      };
      const impatience = setTimeout(() => { done(); reject(new Error(`${what} did not come; last reports: ${seen.slice(-3).join(' ')}`)); }, DEADLINE_MS);
      this.#listeners.add(listen);
    });
  }

  answered(what: string, wanted: (report: Answered) => boolean): Promise<Answered> {
    return this.next(what, (report) => report.kind === 'answered' && wanted(report)) as Promise<Answered>;
  }
  shown(face: Face): Promise<Answered> {
    return this.answered(`${face.kind} shown`, ({ shown, wish }) => shown && wish.face.kind === face.kind);
  }
  lost(fault: string): Promise<SignReport> {
    return this.next(fault, (report) => report.kind === 'lost' && report.fault === fault);
  }

  async close(): Promise<void> {
    clearInterval(this.#beats);
    await this.sign.close();
    await this.sign.close();
  }
}

// Beyond tap's 30 s for a file: the board lives in real time, and the machine may be busy.
t.setTimeout(240_000);

t.test('the sign, from its pairing to a restart of its board', async (t) => {
  const folder = t.testdir();
  const path = join(folder, 'sign');
  const key = randomBytes(16);
  const board = new DeviceProgram<SignContract>(new URL('../../hardware/virtual/sign/main.js', import.meta.url), {
    hexPath: buildFirmware(), ptyPath: path, eepromPath: join(folder, 'eeprom'), refreshMs: 300,
  });
  t.teardown(() => board.close());
  await board.ready;

  const stranger = new Room(path, key);
  await stranger.lost('SIGN_UNPAIRED');
  await stranger.close();
  t.pass('a board without a key is told as unpaired');

  await t.rejects(pairSign(path, key), { code: 'SIGN_BUTTON_NOT_HELD', message: /Hold the Stop button/ });
  await board.do({ do: 'press' });
  await pairSign(path, key);
  await t.rejects(pairSign(path, key), { code: 'SIGN_ALREADY_PAIRED' }, 'once and for all');
  await board.do({ do: 'release' });
  await t.rejects(pairSign(join(folder, 'nothing'), key), { code: 'SIGN_NO_PORT' });

  const room = new Room(path, key);
  t.teardown(() => room.close());
  t.match(await room.shown({ kind: 'not-recording' }), { relay: 'open', stopPressed: false });
  t.match(await board.snapshot(), { lamp: 'dark', serviceLed: 'lit', busyWrites: 0 });

  const unplugged = room.lost('SIGN_LOST');
  await board.do({ do: 'unplug' });
  await unplugged;
  await board.do({ do: 'plug' });
  await room.shown({ kind: 'not-recording' });
  t.pass('unplugged and plugged in again, it is confirmed again');

  room.wish = { face: RECORDING, relay: 'closed' };
  const askedAt = monotonic();
  const closed = await room.answered('relay proven closed', ({ shown, relay }) => shown && relay === 'closed');
  t.ok(closed.requestedAt > askedAt && closed.requestedAt < monotonic());
  t.equal(closed.wish, room.wish, 'the very wish that went with the beat');
  const lit = await board.snapshot();
  t.match(lit, { lamp: 'lit', relay: 'closed', busyWrites: 0 });
  t.ok(Buffer.from(lit.glassBits).equals(draw(RECORDING, PANELS[1] as Panel, PLACE).bits), 'the glass is the drawn face, bit for bit');

  const button = room.next('Stop', ({ kind }) => kind === 'button');
  const latched = room.answered('Stop latched', ({ stopPressed, relay }) => stopPressed && relay === 'open');
  await board.do({ do: 'press' });
  await button;
  await latched;
  await board.do({ do: 'release' });
  t.equal((await board.snapshot()).relay, 'open', 'Stop opens the relay, whatever is wished');

  const stopped = room.sign.pid as number;
  const silent = room.lost('SIGN_SILENT');
  const faulty = room.answered('the board’s own fault', ({ fault, shown }) => !shown && fault === 'SIGN_FAULT');
  process.kill(stopped, 'SIGSTOP');
  await silent;
  t.match(await faulty, { stopPressed: true }, 'neither fault nor Stop is armed away under a recording');
  t.not(room.sign.pid, stopped);
  t.throws(() => process.kill(stopped, 0), { code: 'ESRCH' }, 'the process that stood still is gone');

  room.wish = { face: PAUSED, relay: 'open' };
  t.match(await room.shown(PAUSED), { relay: 'open', stopPressed: false }, 'armed again, once nothing may be captured');

  const restarted = room.lost('SIGN_RESTARTED');
  await board.do({ do: 'reset' });
  await restarted;
  await room.answered('the restarted board', ({ fault, relay }) => fault === undefined && relay === 'open');
  t.pass('a board that restarted is told, and armed again while nothing may be captured');

  const last = room.sign.pid as number;
  await room.close();
  t.throws(() => process.kill(last, 0), { code: 'ESRCH' }, 'closing leaves no process behind');
});

t.test('a board that is not our sign is told as that, and one that says nothing as silent', async (t) => {
  const sevenBit = (text: string): number[] => [...Buffer.from(text, 'latin1')].flatMap((letter) => [letter & 0x7f, letter >> 7]);
  const noPins = Array<number>(20).fill(0x7f);
  /** What StandardFirmata says (Firmata protocol 2.6), by what it is asked. */
  const answers: [asked: number[], answer: number[]][] = [
    [[0xf9], [0xf9, 2, 6]],
    [[0xf0, 0x79, 0xf7], [0xf0, 0x79, 2, 6, ...sevenBit('StandardFirmata.ino'), 0xf7]],
    [[0xf0, 0x6b, 0xf7], [0xf0, 0x6c, ...noPins, 0xf7]],
    [[0xf0, 0x69, 0xf7], [0xf0, 0x6a, ...noPins, 0xf7]],
  ];
  const path = join(t.testdir(), 'other');
  let talks = true;
  const pty = await Pty.open(path, (bytes) => {
    if (talks) for (const [asked, answer] of answers) if (bytes.includes(Buffer.from(asked))) pty.write(Uint8Array.from(answer));
  });
  t.teardown(() => pty.unplug());
  const room = new Room(path, randomBytes(16));
  t.teardown(() => room.close());
  await room.lost('SIGN_WRONG_BOARD');
  talks = false;
  await room.lost('SIGN_SILENT');
});

t.test('a key of another length is refused before anything is started', async (t) => {
  const options = { path: '/nowhere', baudRate: 115_200, key: Buffer.alloc(15), place: PLACE, clock: CLOCK, log: { info: () => undefined, warn: () => undefined } };
  t.throws(() => createSign(options), { message: 'the sign\'s key has 16 bytes, not 15; pair the sign again' });
  await t.rejects(pairSign('/nowhere', Buffer.alloc(17)), RangeError);
});
