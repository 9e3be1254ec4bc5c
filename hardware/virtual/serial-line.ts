/** A device's serial line: the time that bytes need on the wire, and everything that can go wrong on it. */
import { monotonic } from './program.js';
import { Pty } from './pty.js';

interface LineFault {
  /** Whether the device still hears the host. */
  readonly hears: boolean;
  /** What becomes of an answer: pieces, each with its delay in ms. */
  readonly carries: (answer: Uint8Array) => readonly { readonly afterMs: number; readonly bytes: Uint8Array }[];
}

const whole = (afterMs: number) => (bytes: Uint8Array) => [{ afterMs, bytes }];

/** What the line does to the conversation, by name; `none` is a sound line. */
const LINE_FAULTS = {
  none: { hears: true, carries: whole(0) },
  /** The wire back to the host is broken: the device obeys, and nobody hears of it. */
  silent: { hears: true, carries: () => [] },
  /** Hung, or both wires broken: it neither hears nor answers. */
  dead: { hears: false, carries: () => [] },
  /** Every byte but the last is damaged, so that frames end where they should and say nonsense. */
  garbled: { hears: true, carries: (answer) => [{ afterMs: 0, bytes: answer.map((byte, i) => (i < answer.length - 1 ? byte ^ 0x2a : byte)) }] },
  /** A busy device: 3.1 s to an ACK was seen on a PTZOptics camera under load. */
  slow: { hears: true, carries: whole(3100) },
  /** Byte by byte, as a driver with a small buffer hands them on. */
  split: { hears: true, carries: (answer) => Array.from(answer, (byte, i) => ({ afterMs: i * 2, bytes: Uint8Array.of(byte) })) },
  doubled: { hears: true, carries: (answer) => [{ afterMs: 0, bytes: answer }, { afterMs: 0, bytes: answer }] },
} as const satisfies Record<string, LineFault>;

export type LineFaultName = keyof typeof LINE_FAULTS;

/** The commands that every device with a serial line understands. */
export type LineCommand =
  | { readonly do: 'plug' }
  | { readonly do: 'unplug' }
  | { readonly do: 'line'; readonly fault: LineFaultName };

/** 8N1: start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** One direction of the line: bytes arrive in order, no faster than the baud rate allows. */
class Wire {
  readonly #msPerByte: number;
  readonly #deliver: (bytes: Uint8Array) => void;
  readonly #under = new Set<NodeJS.Timeout>();
  #freeAt = 0;

  constructor(baudRate: number, deliver: (bytes: Uint8Array) => void) {
    this.#msPerByte = (BITS_PER_BYTE * 1000) / baudRate;
    this.#deliver = deliver;
  }

  carry(bytes: Uint8Array, afterMs: number): void {
    const now = monotonic();
    this.#freeAt = Math.max(now + afterMs, this.#freeAt) + bytes.length * this.#msPerByte;
    const timer = setTimeout(() => {
      this.#under.delete(timer);
      this.#deliver(bytes);
    }, Math.ceil(this.#freeAt - now));
    this.#under.add(timer);
  }

  /** Whatever is under way is lost. */
  cut(): void {
    for (const timer of this.#under) clearTimeout(timer);
    this.#under.clear();
    this.#freeAt = 0;
  }
}

export class SerialLine {
  readonly #pty: Pty;
  readonly #in: Wire;
  readonly #out: Wire;
  #fault: LineFaultName = 'none';

  private constructor(pty: Pty, inward: Wire, out: Wire) {
    this.#pty = pty;
    this.#in = inward;
    this.#out = out;
  }

  /**
   * @param link path that the service opens.
   * @param hear called with what the host sent, once it has crossed the wire.
   */
  static async open(link: string, baudRate: number, hear: (bytes: Uint8Array) => void): Promise<SerialLine> {
    const inward = new Wire(baudRate, hear);
    const pty = await Pty.open(link, (bytes) => {
      if (LINE_FAULTS[line.#fault].hears) inward.carry(bytes, 0);
    });
    const line: SerialLine = new SerialLine(pty, inward, new Wire(baudRate, (bytes) => pty.write(bytes)));
    return line;
  }

  get plugged(): boolean {
    return this.#pty.plugged;
  }

  get fault(): LineFaultName {
    return this.#fault;
  }

  /** @param afterMs how long the device thinks before it answers. */
  say(answer: Uint8Array, afterMs: number): void {
    for (const piece of LINE_FAULTS[this.#fault].carries(answer)) this.#out.carry(piece.bytes, afterMs + piece.afterMs);
  }

  async do(command: LineCommand): Promise<void> {
    switch (command.do) {
      case 'plug':
        return this.#pty.plug();
      case 'unplug':
        return this.close();
      case 'line':
        this.#fault = command.fault;
        return;
    }
  }

  close(): void {
    this.#in.cut();
    this.#out.cut();
    this.#pty.unplug();
  }
}
