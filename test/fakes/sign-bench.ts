/** The sign's firmware on a bench: built from source, run in emulated time as fast as the machine can, with a host that does as the test says. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CPU } from 'avr8js';
import type { Place } from '../../firmware-bridge/sign/faces.js';
import { CYCLES_PER_MS, EEPROM_BYTES } from '../../hardware/virtual/sign/avr.js';
import { Board, type BoardCommand } from '../../hardware/virtual/sign/board.js';
import type { SignEvent } from '../../hardware/virtual/sign/contract.js';
import { parseHex } from '../../hardware/virtual/sign/hex.js';
import { PANELS, type PanelId } from '../../hardware/virtual/sign/panels.js';
import { SUBS, arm, beat, faceBegin, faceData, faceOwn, faceShow, frame, messages, packBits, pair, readBoard, readStatus, type BoardSays, type Message, type Status } from './sign-host.js';

export const WANTED = { dark: 0, cameraOn: 1, recording: 2, paused: 3 } as const;
export const ACTUAL = { ...WANTED, checking: 4, assume: 5, outOfOrder: 6 } as const;
export const FAULT = { none: 0, notArmed: 1, beatsLost: 2, lampDark: 3, lampLit: 4, relayWelded: 5, relayOpen: 6 } as const;
export const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

/** Where the signs of the tests hang. */
export const PLACE: Place = { languages: ['en'], room: 'Room 12' };

/** Compiled beside this file. */
const TOOLS = fileURLToPath(new URL('../../tools', import.meta.url));

/** Builds the firmware into a new folder. @returns the path of its hex file. */
export function buildFirmware({ panel = 1, languages = ['en'] }: { panel?: PanelId; languages?: readonly string[] } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'sign-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const variables = [`BUILD=${folder}`, `TOOLS=${TOOLS}`, `PANEL=${PANELS[panel].controller}`, `LANGUAGES=${languages.join(',')}`];
  execFileSync('make', ['-s', '-C', 'hardware/sign', ...variables], { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(folder, 'sign.hex');
}

/** Of the ATmega328P: internal SRAM, behind the registers (datasheet, "SRAM Data Memory"). */
const SRAM_FROM = 0x100;
/** Improbable as a value, and what nobody wrote. */
const PAINT = 0xa5;

/** Runs boards whose memory was painted before they started. @returns the fewest bytes between variables and stack that a board left as they were. */
export function smallestHeadroom(run: () => void): number {
  const painted = new Set<CPU>();
  const reset = Object.getOwnPropertyDescriptor(CPU.prototype, 'reset') as { value: (this: CPU) => void };
  CPU.prototype.reset = function (this: CPU): void {
    reset.value.call(this);
    this.data.fill(PAINT, SRAM_FROM);
    painted.add(this);
  };
  try {
    run();
  } finally {
    Object.defineProperty(CPU.prototype, 'reset', reset);
  }
  return Math.min(...Array.from(painted, ({ data }) => longestRun(data.subarray(SRAM_FROM))));
}

function longestRun(memory: Uint8Array): number {
  let [longest, run] = [0, 0];
  for (const byte of memory) {
    run = byte === PAINT ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

interface BenchOptions {
  readonly refreshMs?: number;
  readonly panel?: PanelId;
  readonly eeprom?: Uint8Array;
}

export interface Wish {
  readonly wanted: number;
  readonly close?: boolean;
}

/** What tests choose to say wrongly. */
export interface Lie {
  readonly seq?: number;
  readonly bootId?: number;
  readonly key?: Buffer;
  readonly ack?: number;
}

export class SignBench {
  readonly board: Board;
  readonly events: SignEvent[] = [];
  readonly eeprom: Uint8Array;
  bootId = 0;
  seq = 0;
  ack = 0;
  #sent: number[] = [];
  #transfer = 0;
  #nonce = 0;

  constructor(hexPath: string, { refreshMs = 300, panel = 1, eeprom = new Uint8Array(EEPROM_BYTES).fill(0xff) }: BenchOptions = {}) {
    this.eeprom = eeprom;
    this.board = new Board({
      program: parseHex(readFileSync(hexPath, 'latin1')),
      eeprom,
      panel,
      refreshMs,
      at: (cycles) => cycles / CYCLES_PER_MS,
      onEvent: (event) => this.events.push(event),
      onByte: (byte) => this.#sent.push(byte),
      onEepromChange: () => undefined,
    });
  }

  /** A board that is paired, has tested its lamp and shows CHECKING; boot id known, not armed. */
  static paired(hexPath: string, options?: BenchOptions): SignBench {
    const bench = new SignBench(hexPath, options);
    bench.run(1500);
    bench.pair();
    bench.hello();
    return bench;
  }

  static armed(hexPath: string, options?: BenchOptions): SignBench {
    const bench = SignBench.paired(hexPath, options);
    bench.arm();
    return bench;
  }

  pair(): void {
    this.do('press');
    this.run(50);
    this.say(pair(KEY), 200);
    this.do('release');
    this.run(50);
  }

  do(command: BoardCommand): void {
    this.board.command(command);
  }

  run(ms: number): void {
    this.board.run(ms);
  }

  /** The board's time in milliseconds. */
  get now(): number {
    return this.board.cycles / CYCLES_PER_MS;
  }

  /** Says bytes to the board and lets time pass. @returns the sign's messages that came meanwhile. */
  say(bytes: Uint8Array, ms = 30): Message[] {
    this.#sent = [];
    this.board.receive(bytes);
    this.run(ms);
    return messages(this.#sent);
  }

  /** The same, as plain bytes. */
  sayRaw(bytes: Uint8Array, ms = 30): number[] {
    this.say(bytes, ms);
    return this.#sent;
  }

  hello(): BoardSays {
    const board = readBoard(this.#one(this.say(frame(SUBS.hello, Buffer.alloc(0))), SUBS.board));
    if (board.bootId !== this.bootId) this.seq = this.ack = 0;
    this.bootId = board.bootId;
    return board;
  }

  /** @returns the result of ARMED. */
  arm(lie: Lie = {}): number {
    const bytes = arm(lie.key ?? KEY, lie.seq ?? ++this.seq, lie.bootId ?? this.bootId);
    return this.#one(this.say(bytes), SUBS.armed).readUInt8(4);
  }

  beatBytes(wish: Wish, lie: Lie = {}): Buffer {
    const nonce = Buffer.alloc(8, ++this.#nonce);
    return beat(lie.key ?? KEY, {
      seq: lie.seq ?? ++this.seq, bootId: lie.bootId ?? this.bootId, nonce,
      wanted: wish.wanted, close: wish.close ?? false, faceCrc: 0, ack: lie.ack ?? this.ack,
    });
  }

  /** One beat, and its STATUS, which the next beat acknowledges. */
  beat(wish: Wish, ms = 30): Status {
    const status = this.readStatus(this.say(this.beatBytes(wish), ms));
    this.ack = status.number;
    return status;
  }

  /** A beat every 250 ms. @returns the last STATUS. */
  beats(wish: Wish, forMs: number): Status {
    let status = this.beat(wish, 250);
    for (let passed = 250; passed < forMs; passed += 250) status = this.beat(wish, 250);
    return status;
  }

  readStatus(heard: readonly Message[]): Status {
    const found = heard.find(({ sub }) => sub === SUBS.status);
    if (found === undefined) throw new Error(`no STATUS among ${JSON.stringify(heard)}`);
    return readStatus(KEY, found);
  }

  /** @returns [sub, reason] of a REFUSED. */
  refused(heard: readonly Message[]): number[] {
    return [...this.#one(heard, SUBS.refused)];
  }

  /** Sends a face with two messages under way, beating meanwhile. @returns the code of SHOWN. */
  face(picture: Uint8Array, crc: number, wish: Wish): number {
    this.send(picture, crc, wish);
    return this.#shown(faceShow(this.#transfer, crc), wish);
  }

  /** Orders a face of the board's own, beating meanwhile. @returns the code of SHOWN. */
  faceOwn(face: number, wish: Wish): number {
    return this.#shown(faceOwn(++this.#transfer, face), wish);
  }

  #shown(order: Buffer, wish: Wish): number {
    const isAnswer = ({ sub, body }: Message): boolean => sub === SUBS.shown && body.readUInt8(0) === this.#transfer;
    let shown = this.say(order).find(isAnswer);
    for (let i = 0; i < 200 && shown === undefined; i++) shown = this.say(this.beatBytes(wish), 100).find(isAnswer);
    if (shown === undefined) throw new Error('no SHOWN within 20 s');
    return shown.body.readUInt8(1);
  }

  /** Sends a face without showing it. @returns how many messages it took. */
  send(picture: Uint8Array, crc: number, wish: Wish): number {
    const transfer = ++this.#transfer;
    this.#expectAck(this.say(faceBegin(transfer, crc), 5), 0, 0);
    const parts = packBits(picture);
    for (let i = 0; i < parts.length; i += 2) {
      const two = parts.slice(i, i + 2);
      const heard = this.say(Buffer.concat([...two.map((part, j) => faceData(transfer, i + j, part)), this.beatBytes(wish)]), 80); // blank pixels: 64 a byte, 2.6 us each
      two.forEach((_, j) => this.#expectAck(heard.filter(({ sub }) => sub === SUBS.faceAck).slice(j), 0, i + j + 1));
      this.readStatus(heard);
    }
    return parts.length;
  }

  get transfer(): number {
    return this.#transfer;
  }

  /** Gaps between two rises of the lamp, in cycles, that are shorter than 500 ms. */
  get tooFast(): number[] {
    const rises = this.events.flatMap((event) => (event.what === 'lamp' && event.lit ? [event.cycles] : []));
    return rises.map((at, i) => at - (rises[i - 1] ?? -Infinity)).filter((gap) => gap < 500 * CYCLES_PER_MS);
  }

  #expectAck(heard: readonly Message[], code: number, next: number): void {
    const body = this.#one(heard, SUBS.faceAck);
    if (body.readUInt8(1) !== code || body.readUInt16LE(2) !== next) throw new Error(`FACE_ACK ${body.toString('hex')} instead of code ${String(code)}, next ${String(next)}`);
  }

  #one(heard: readonly Message[], sub: number): Buffer {
    const found = heard.find((message) => message.sub === sub);
    if (found === undefined) throw new Error(`no message ${sub.toString(16)} among ${JSON.stringify(heard)}`);
    return found.body;
  }
}
