/**
 * Noise on the sign's line: damaged, cut, spliced, replayed, foreign and random
 * messages into the real firmware, as fast as the line takes them, while a host
 * that has the key beats in between, or falls silent.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CYCLES_PER_MS } from '../../hardware/virtual/sign/avr.js';
import { noise } from '../fakes/line-noise.js';
import { ACTUAL, buildFirmware, FAULT, KEY, SignBench, WANTED, type Wish } from '../fakes/sign-bench.js';
import { arm, frame, messages, readStatus, SUBS } from '../fakes/sign-host.js';
import { dice, type Figures, type Soak } from './soak.js';

const CHUNK_BYTES = 25_000;
/** 115200 baud, ten bits a byte (hardware/sign/PROTOCOL.md, Link). */
const BYTES_PER_MS = 11.52;
/** Between two beats of the host: 250 ms of line time, less the beat's own. */
const BETWEEN_BEATS = 2800;
/** A board that is well answers by then: what waits in its buffers has gone through. */
const CALM_MS = 400;
/** Without a beat the board says so by itself after 2 s (PROTOCOL.md, Timing); this is enough to see it. */
const SILENCE_MS = 2500;
const LEASE_MS = 2000;
const LAPSE_LATEST_MS = 2100;

/** The service LED is the host's, by plain Firmata: noise may light it. */
const MUST_NOT_MOVE: ReadonlySet<string> = new Set(['lamp', 'relay', 'glass', 'boot']);
const STATES = ['unpaired', 'checking', 'dark', 'recording', 'lapsing'] as const;
type Standing = (typeof STATES)[number];
const DARK: Wish = { wanted: WANTED.dark };
const RECORDING: Wish = { wanted: WANTED.recording, close: true };
/** What a host with the key wants meanwhile; where there is none, none beats. */
const WISHES: Record<Standing, Wish | undefined> = { unpaired: undefined, checking: undefined, dark: DARK, recording: RECORDING, lapsing: RECORDING };

let built: string | undefined;
const firmware = (): string => (built ??= buildFirmware());

function boardIn(state: Standing): SignBench {
  const wish = WISHES[state];
  if (wish !== undefined) {
    const bench = SignBench.armed(firmware());
    bench.beats(wish, 1000);
    return bench;
  }
  if (state === 'checking') return SignBench.paired(firmware());
  const blank = new SignBench(firmware());
  blank.run(1500);
  return blank;
}

/** One board under noise, and what it did. */
class Trial {
  readonly #name: string;
  readonly #roll: (limit: number) => number;
  readonly #bench: SignBench;
  readonly #wish: Wish | undefined;
  readonly #eeprom: Buffer;
  readonly #figures: Record<string, number> = { bytes: 0, beats: 0, statuses: 0 };
  /** Nonces of the host's own beats that are not answered yet. */
  readonly #asked = new Set<string>();
  readonly #old: Buffer[] = [];
  /** The beginning of a message that was cut by the end of the time it was listened to. */
  #rest: readonly number[] = [];
  #eventsSeen: number;
  #beatAt: number;

  constructor(number: number, state: Standing) {
    this.#name = `chunk ${number} (${state})`;
    this.#roll = dice(number);
    this.#bench = boardIn(state);
    this.#wish = WISHES[state];
    this.#eeprom = Buffer.from(this.#bench.eeprom);
    this.#eventsSeen = this.#bench.events.length;
    this.#beatAt = this.#bench.now - 250; // the last of boardIn
    if (this.#wish !== undefined) this.#old.push(arm(KEY, 1, this.#bench.bootId));
  }

  get bytes(): number {
    return this.#figures.bytes ?? 0;
  }

  /** So many bytes of noise, and then the host's own beat, where it has one to say. */
  pass(length: number, beating: boolean): void {
    const temptation = this.#wish === RECORDING ? DARK : RECORDING;
    const parts: Buffer[] = [];
    for (let said = 0; said < length;) {
      const { kind, bytes } = noise(this.#roll, { bench: this.#bench, temptation, old: this.#old });
      parts.push(bytes);
      said += bytes.length;
      this.#count(kind);
    }
    if (beating && this.#wish !== undefined) parts.push(this.#ownBeat(this.#wish));
    const all = Buffer.concat(parts);
    this.#count('bytes', all.length);
    this.#beatAt = beating ? this.#bench.now + all.length / BYTES_PER_MS : this.#beatAt;
    this.#hear(this.#bench.sayRaw(all, Math.ceil(all.length / BYTES_PER_MS)));
  }

  /** Ends whatever message noise has left open, and lets the board work it off. */
  calm(): void {
    this.#hear(this.#bench.sayRaw(Buffer.of(0xf7), CALM_MS));
  }

  nothingMoved(): void {
    const [moved] = this.#moves();
    if (moved !== undefined) this.#broken(`noise moved something: ${JSON.stringify(moved)}`);
  }

  /** Noise is no beat: the board ended the recording by itself, in its own time. */
  lapsed(): void {
    const moves = this.#moves();
    const told = moves.map((move) => (move.what === 'relay' ? `relay ${move.state}` : move.what === 'lamp' ? `lamp ${move.lit ? 'lit' : 'dark'}` : move.what));
    if (told.join(', ') !== 'relay open, lamp dark, glass') this.#broken(`without a beat there came: ${told.join(', ')}`);
    const after = (moves[0]?.at ?? NaN) - this.#beatAt;
    if (!(after > LEASE_MS && after < LAPSE_LATEST_MS)) this.#broken(`the relay opened ${after.toFixed(0)} ms after the last beat`);
    this.#count('lapses');
  }

  /** The host with the key is back, and is obeyed. */
  resume(): void {
    const result = this.#bench.arm();
    if (result !== 0) this.#broken(`ARM answered by ${result}`);
    this.#old.push(arm(KEY, this.#bench.seq, this.#bench.bootId));
    this.#bench.beats(RECORDING, 2000);
    const { actual, relay } = this.#bench.beat(RECORDING, 250);
    if (actual !== ACTUAL.recording || (relay & 3) !== 3) this.#broken(`armed again it does not record: actual ${actual}, relay ${relay}`);
    this.#moves();
  }

  /** All that must hold at the end. */
  end(): Figures {
    if (!Buffer.from(this.#bench.eeprom).equals(this.#eeprom)) this.#broken('the EEPROM was written');
    const heard = messages(this.#bench.sayRaw(frame(SUBS.hello, Buffer.alloc(0)), CALM_MS));
    if (!heard.some(({ sub }) => sub === SUBS.board)) this.#broken('no answer to HELLO');
    if (this.#wish !== undefined) {
      const { actual, fault, lampWorst } = this.#bench.beat(this.#wish);
      if (actual !== this.#wish.wanted || fault !== FAULT.none || lampWorst !== 0) this.#broken(`it does not follow any more: actual ${actual}, fault ${fault}, lampWorst ${lampWorst}`);
    }
    return { ...this.#figures, emulatedMs: Math.round(this.#bench.board.cycles / CYCLES_PER_MS) };
  }

  #ownBeat(wish: Wish): Buffer {
    const own = this.#bench.beatBytes(wish);
    this.#asked.add(messages([...own])[0]?.body.toString('hex', 8, 16) ?? ''); // the nonce, by PROTOCOL.md
    this.#old.push(own);
    this.#count('beats');
    return own;
  }

  /** A STATUS answers one beat of ours, once, under the key. */
  #hear(bytes: readonly number[]): void {
    for (const message of messages([...this.#rest, ...bytes])) {
      if (message.sub !== SUBS.status) continue;
      const { nonce } = readStatus(KEY, message);
      if (!this.#asked.delete(nonce)) this.#broken(`a STATUS that nobody with the key asked for: nonce ${nonce}`);
      this.#count('statuses');
    }
    const open = bytes.lastIndexOf(0xf0);
    this.#rest = open > bytes.lastIndexOf(0xf7) ? bytes.slice(open) : [];
  }

  #moves(): SignBench['events'] {
    const { events } = this.#bench;
    const moves = events.slice(this.#eventsSeen).filter(({ what }) => MUST_NOT_MOVE.has(what));
    this.#eventsSeen = events.length;
    return moves;
  }

  #count(what: string, by = 1): void {
    this.#figures[what] = (this.#figures[what] ?? 0) + by;
  }

  #broken(what: string): never {
    throw new Error(`${this.#name}: ${what}`);
  }
}

function run(number: number, bytes: number): Figures {
  const state = STATES[number % STATES.length] as Standing;
  const trial = new Trial(number, state);
  if (state === 'lapsing') {
    trial.pass(SILENCE_MS * BYTES_PER_MS, false);
    trial.calm();
    trial.lapsed();
    trial.resume();
  }
  for (const end = trial.bytes + bytes; trial.bytes < end;) trial.pass(BETWEEN_BEATS, true);
  trial.calm();
  trial.nothingMoved();
  return trial.end();
}

export const soak: Omit<Soak, 'run'> & { run(number: number, bytes: number): Figures } = {
  claim: 'noise on the line hangs nothing, forges no light, moves neither lamp nor relay, delays no fault, and writes no memory',
  size: 10_000_000,
  unit: 'bytes',
  chunk: CHUNK_BYTES,
  subject: () => `firmware ${createHash('sha256').update(readFileSync(firmware())).digest('hex').slice(0, 12)}`,
  run,
};
