/**
 * Noise on the sign's line: random, mutated, replayed and foreign messages into
 * the real firmware, as fast as the line takes them, while a host that has the
 * key beats in between.
 */
import { CYCLES_PER_MS } from '../../hardware/virtual/sign/avr.js';
import { buildFirmware, KEY, SignBench, WANTED } from '../fakes/sign-bench.js';
import { arm, beat, faceBegin, faceData, faceShow, frame, messages, pair, readStatus, SUBS } from '../fakes/sign-host.js';
import { dice, type Figures, type Soak } from './soak.js';

const CHUNK_BYTES = 25_000;
/** 115200 baud, ten bits a byte (hardware/sign/PROTOCOL.md, Link). */
const BYTES_PER_MS = 11.52;
/** Between two beats of the host: 250 ms of line time, less the beat's own. */
const BETWEEN_BEATS = 2800;
/** A board that is well answers by then: what waits in its buffers has gone through. */
const CALM_MS = 400;
/** Where the nonce stands in a BEAT's body (PROTOCOL.md). */
const NONCE_AT = [8, 16] as const;
const STRANGER = Buffer.alloc(16, 0x5a);

/** The service LED is the host's, by plain Firmata: noise may light it. */
const MUST_NOT_MOVE: ReadonlySet<string> = new Set(['lamp', 'relay', 'glass', 'boot']);
const STATES = ['unpaired', 'checking', 'dark', 'recording'] as const;
type Standing = (typeof STATES)[number];
const WISHES = { dark: { wanted: WANTED.dark }, recording: { wanted: WANTED.recording, close: true } } as const;

let hex: string | undefined;

/** A board in that state, its lamp and relay at rest there. */
function boardIn(state: Standing): SignBench {
  hex ??= buildFirmware();
  if (state === 'unpaired') {
    const blank = new SignBench(hex);
    blank.run(1500);
    return blank;
  }
  if (state === 'checking') return SignBench.paired(hex);
  const bench = SignBench.armed(hex);
  bench.beats(WISHES[state], 1000);
  return bench;
}

/** What a line may bring that nobody with the key has sent. */
function noise(roll: (limit: number) => number, bench: SignBench): Buffer {
  const nonce = Buffer.from(Array.from({ length: 8 }, () => roll(256)));
  const foreign = { seq: bench.seq + 1 + roll(100), bootId: bench.bootId, nonce, wanted: roll(4), close: roll(2) === 1, faceCrc: roll(0x10000), ack: roll(256) };
  switch (roll(9)) {
    case 0: return Buffer.from(Array.from({ length: 1 + roll(200) }, () => roll(256)));
    case 1: return beat(STRANGER, foreign);
    case 2: return arm(STRANGER, foreign.seq, foreign.bootId);
    case 3: return pair(STRANGER); // refused: nobody holds the button
    case 4: return frame(roll(0x80), Buffer.from(Array.from({ length: roll(260) }, () => roll(256))));
    case 5: return damaged(roll, beat(STRANGER, foreign));
    case 6: return damaged(roll, faceData(roll(256), roll(400), Buffer.from(Array.from({ length: 1 + roll(120) }, () => roll(256)))));
    case 7: return Buffer.concat([faceBegin(roll(256), roll(0x10000)), damaged(roll, faceShow(roll(256), roll(0x10000)))]);
    default: return beat(STRANGER, foreign).subarray(0, 1 + roll(40)); // cut off by what follows
  }
}

function damaged(roll: (limit: number) => number, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let flips = 1 + roll(4); flips > 0; flips--) {
    const at = roll(copy.length);
    copy[at] = (copy[at] as number) ^ (1 << roll(8));
  }
  return copy;
}

function run(number: number, bytes = CHUNK_BYTES): Figures {
  const roll = dice(number);
  const state = STATES[number % STATES.length] as Standing;
  const bench = boardIn(state);
  const [eventsBefore, eeprom] = [bench.events.length, Buffer.from(bench.eeprom)];
  const sent = new Set<string>();
  const old: Buffer[] = [];
  const heard: number[] = [];
  let [said, beats] = [0, 0];
  while (said < bytes) {
    const parts: Buffer[] = [];
    let length = 0;
    while (length < BETWEEN_BEATS) {
      const replay = old.length > 0 && roll(10) === 0;
      const part = replay ? old[roll(old.length)] as Buffer : noise(roll, bench);
      parts.push(part);
      length += part.length;
    }
    if (state === 'dark' || state === 'recording') {
      const own = bench.beatBytes(WISHES[state]);
      sent.add(messages([...own])[0]?.body.toString('hex', ...NONCE_AT) ?? '');
      old.push(own);
      parts.push(own);
      beats++;
    }
    const all = Buffer.concat(parts);
    said += all.length;
    heard.push(...bench.sayRaw(all, Math.ceil(all.length / BYTES_PER_MS)));
  }
  heard.push(...bench.sayRaw(Buffer.of(0xf7), CALM_MS));
  const broken = (what: string): never => { throw new Error(`chunk ${number} (${state}): ${what}`); };

  const changes = bench.events.slice(eventsBefore).filter(({ what }) => MUST_NOT_MOVE.has(what));
  if (changes.length > 0) broken(`noise moved something: ${JSON.stringify(changes[0])}`);
  if (!Buffer.from(bench.eeprom).equals(eeprom)) broken('the EEPROM was written');
  const statuses = messages(heard).filter(({ sub }) => sub === SUBS.status);
  for (const message of statuses) {
    const { nonce } = readStatus(KEY, message);
    if (!sent.has(nonce)) broken(`a STATUS that nobody with the key asked for: nonce ${nonce}`);
  }
  if (!messages(bench.sayRaw(frame(SUBS.hello, Buffer.alloc(0)), CALM_MS)).some(({ sub }) => sub === SUBS.board)) broken('no answer to HELLO');
  return { bytes: said, beats, statuses: statuses.length, emulatedMs: Math.round(bench.board.cycles / CYCLES_PER_MS) };
}

export const soak: Soak & { run(number: number, bytes?: number): Figures } = {
  claim: 'noise on the line hangs nothing, forges no light, moves neither lamp nor relay, and writes no memory',
  size: 10_000_000,
  unit: 'bytes',
  chunk: CHUNK_BYTES,
  run,
};
