/**
 * A whole room around a real sign in emulated time, in one process: the real
 * firmware on the emulated board, the real host side (its dialogue, its judge,
 * the conductor and the machine), and a camera, a microphone and a recorder
 * that obey. Johnny-Five, the process border and the pseudo-terminal are not in
 * it: test/firmware-bridge/sign-bridge.test.ts and test/faults have those.
 */
import { readFileSync } from 'node:fs';
import { Dialogue } from '../../firmware-bridge/sign/dialogue.js';
import { draw } from '../../firmware-bridge/sign/draw.js';
import type { Place } from '../../firmware-bridge/sign/faces.js';
import type { Panel } from '../../firmware-bridge/sign/panels.js';
import { packBits } from '../../firmware-bridge/sign/packbits.js';
import type { Painter, Painting } from '../../firmware-bridge/sign/painter.js';
import { encode, FACE_DATA_BYTES } from '../../firmware-bridge/sign/protocol.js';
import { scan } from '../../firmware-bridge/sign/scan.js';
import { createSign } from '../../firmware-bridge/sign/sign.js';
import type { Hearing, SignChild } from '../../firmware-bridge/sign/sign-child.js';
import type { Down, EndReason, Start, Up } from '../../firmware-bridge/sign/sign-messages.js';
import { frame, frames } from '../../firmware-bridge/sign/sysex.js';
import { CYCLES_PER_MS } from '../../hardware/virtual/sign/avr.js';
import { Board } from '../../hardware/virtual/sign/board.js';
import type { SignEvent } from '../../hardware/virtual/sign/contract.js';
import { parseHex } from '../../hardware/virtual/sign/hex.js';
import type { PanelId } from '../../hardware/virtual/sign/panels.js';
import type { Face } from '../../session/ports.js';
import type { HandClock } from './clock.js';
import { FakeHouse } from './house.js';
import { KEY, PLACE } from './sign-bench.js';

/** How far the board lives before the host is looked at again. */
const STEP_MS = 2;
/** A message between two processes. */
const IPC_MS = 1;
/** Opening the port and Johnny-Five's questions, as measured with the real ones. */
const CONNECT_MS = 40;
const TICK_MS = 50;

/** The line between board and process. */
class Line {
  plugged = true;
  heard: (bytes: Uint8Array) => void = () => undefined;
  lost: () => void = () => undefined;
  /** Flips one bit in so many bytes, counted over both directions; 0 for a clean line. */
  noiseEvery = 0;
  #bytes = 0;

  pass(bytes: Uint8Array): Uint8Array {
    if (this.noiseEvery === 0) return bytes;
    return bytes.map((byte) => (++this.#bytes % this.noiseEvery === 0 ? byte ^ (1 << (this.#bytes / this.noiseEvery & 7)) : byte));
  }
}

/** Stands for the forked process: the real dialogue, as far away as IPC is. */
class NearChild implements SignChild {
  readonly pid = undefined;
  readonly #clock: HandClock;
  readonly #hearing: Hearing;
  readonly #line: Line;
  #dialogue: Dialogue | undefined;
  #over = false;

  constructor(clock: HandClock, start: Start, hearing: Hearing, line: Line, write: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#hearing = hearing;
    this.#line = line;
    const end = (reason: EndReason, evidence: string): void => {
      if (this.#over) return;
      this.#tell({ tell: 'ended', reason, evidence });
      this.kill();
    };
    line.lost = () => end('port', 'unplugged');
    clock.after(CONNECT_MS, () => {
      if (this.#over) return;
      if (!line.plugged) return end('port', 'nothing there');
      const dialogue = new Dialogue({ now: () => clock.now(), send: (message) => write(frame(encode(message, start.key))), tell: (up) => this.#tell(up), end }, start);
      this.#dialogue = dialogue;
      let pending: Uint8Array = new Uint8Array();
      line.heard = (bytes) => {
        const found = frames(pending, bytes);
        pending = found.pending;
        for (const payload of found.payloads) if (!this.#over) dialogue.hear(payload);
      };
      const tick = (): void => {
        if (this.#over) return;
        dialogue.tick();
        clock.after(TICK_MS, tick);
      };
      tick();
    });
  }

  ask(down: Down): void {
    this.#clock.after(IPC_MS, () => {
      if (this.#over) return;
      if (down.ask === 'face') this.#dialogue?.takeFace(down.face, down.as);
      if (down.ask === 'beat') this.#dialogue?.follow(down.order);
    });
  }

  kill(): void {
    if (this.#over) return;
    this.#over = true;
    this.#line.heard = () => undefined;
    this.#clock.after(2 * IPC_MS, () => this.#hearing.gone(false, {}));
  }

  close(): Promise<void> {
    this.#over = true;
    return Promise.resolve();
  }

  #tell(up: Up): void {
    this.#clock.after(IPC_MS, () => this.#hearing.heard(up));
  }
}

const painted = new Map<string, Painting>();
/** Draws at once, and each face only once in a run of the tests. */
const PAINTER: Painter = {
  paint(face: Face, panel: Panel, place: Place) {
    const key = JSON.stringify([face, panel, place]);
    const known = painted.get(key);
    if (known !== undefined) return known;
    const { bits, crc } = draw(face, panel, place);
    const painting: Painting = { kind: 'painted', face: { crc, pieces: packBits(scan(bits, panel), FACE_DATA_BYTES) } };
    painted.set(key, painting);
    return painting;
  },
  close: () => Promise.resolve(),
};

export class SignRoom {
  readonly house: FakeHouse;
  readonly board: Board;
  readonly events: SignEvent[] = [];
  readonly line = new Line();
  readonly #zero: number;
  #sent: number[] = [];

  /** @param eeprom of a board that is paired with KEY; it is copied. */
  constructor(hexPath: string, eeprom: Uint8Array, refreshMs: number, panel: PanelId = 1) {
    this.board = new Board({
      program: parseHex(readFileSync(hexPath, 'latin1')), eeprom: Uint8Array.from(eeprom), refreshMs, panel,
      at: (cycles) => cycles / CYCLES_PER_MS,
      onEvent: (event) => this.events.push(event),
      onByte: (byte) => { if (this.line.plugged) this.#sent.push(byte); },
      onEepromChange: () => undefined,
    });
    this.house = new FakeHouse((clock) => createSign({
      path: '', baudRate: 0, key: KEY, place: PLACE, clock, log: { info: () => undefined, warn: () => undefined },
      parts: {
        painter: PAINTER,
        startChild: (_, start, hearing) => new NearChild(clock, start, hearing, this.line, (bytes) => { if (this.line.plugged) this.board.receive(this.line.pass(bytes)); }),
      },
    }));
    this.#zero = this.house.clock.now();
  }

  /** Milliseconds since the board got power. */
  get now(): number {
    return this.house.clock.now() - this.#zero;
  }

  unplug(): void {
    this.line.plugged = false;
    this.#sent = [];
    this.line.lost();
  }

  /** Lets time pass for all. */
  async pass(ms: number): Promise<void> {
    for (const end = this.now + ms; this.now < end;) {
      this.house.clock.pass(STEP_MS);
      this.#live();
      const bytes = this.line.pass(Uint8Array.from(this.#sent.splice(0)));
      if (bytes.length > 0) this.line.heard(bytes);
      await Promise.resolve();
    }
  }

  /** Lets time pass for the board alone: the service stands still. */
  hang(ms: number): void {
    this.house.clock.leap(ms);
    this.#live();
  }

  /** Until it is so. @throws Error where it is not within `ms`. */
  async until(what: string, isSo: () => boolean, ms = 30_000): Promise<void> {
    for (const end = this.now + ms; !isSo();) {
      if (this.now > end) throw new Error(`${what} did not come within ${ms} ms; the room is ${this.house.phase}`);
      await this.pass(STEP_MS);
    }
  }

  #live(): void {
    this.board.runUntil(this.now * CYCLES_PER_MS);
  }
}
