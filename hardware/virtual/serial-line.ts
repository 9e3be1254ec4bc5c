/** A device's serial line: the time that bytes need on the wire, and everything that can go wrong on it. */
import { lineFaults, type LineFault, type LineFaultName, type Piece } from './line-faults.js';
import { monotonic } from './program.js';
import { Pty } from './pty.js';

export type { LineFaultName } from './line-faults.js';

/** The commands that every device with a serial line understands. */
export type LineCommand =
  | { readonly do: 'plug' }
  | { readonly do: 'unplug' }
  /** Several come into force together, in this order; they replace those before. An answer that one of those held back is lost. */
  | { readonly do: 'line'; readonly fault: LineFaultName | readonly LineFaultName[] };

/** 8N1: start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** One direction of the line: bytes arrive in order, no faster than the baud rate allows. */
class Wire {
  readonly #msPerByte: number;
  readonly #deliver: (bytes: Uint8Array) => void;
  readonly #under: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #freeAt = 0;

  constructor(baudRate: number, deliver: (bytes: Uint8Array) => void) {
    this.#msPerByte = (BITS_PER_BYTE * 1000) / baudRate;
    this.#deliver = deliver;
  }

  carry(bytes: Uint8Array, afterMs: number): void {
    this.#freeAt = Math.max(monotonic() + afterMs, this.#freeAt) + bytes.length * this.#msPerByte;
    this.#under.push({ at: this.#freeAt, bytes });
    if (this.#under.length === 1) this.#wait();
  }

  /** Whatever is under way is lost. */
  cut(): void {
    clearTimeout(this.#timer);
    this.#under.length = 0;
    this.#freeAt = 0;
  }

  /** One timer for all: two of their own could overtake each other. */
  #wait(): void {
    clearTimeout(this.#timer);
    const [next] = this.#under;
    if (next !== undefined) this.#timer = setTimeout(() => this.#arrive(), Math.ceil(next.at - monotonic()));
  }

  #arrive(): void {
    for (let [next] = this.#under; next !== undefined && next.at <= monotonic(); [next] = this.#under) {
      this.#under.shift();
      this.#deliver(next.bytes);
    }
    this.#wait();
  }
}

export class SerialLine {
  readonly #pty: Pty;
  readonly #in: Wire;
  readonly #out: Wire;
  #names: readonly LineFaultName[] = ['none'];
  #faults: readonly LineFault[] = [];

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
    const pty = await Pty.open(link, (bytes) => line.#send(bytes));
    const line: SerialLine = new SerialLine(pty, inward, new Wire(baudRate, (bytes) => pty.write(bytes)));
    return line;
  }

  get plugged(): boolean {
    return this.#pty.plugged;
  }

  /** The first of them, where there are several. */
  get fault(): LineFaultName {
    return this.#names[0] ?? 'none';
  }

  /** @param afterMs how long the device thinks before it answers. */
  say(answer: Uint8Array, afterMs: number): void {
    const whole: readonly Piece[] = [{ afterMs, bytes: answer }];
    for (const piece of this.#faults.reduce((pieces, { carries }) => carries?.(pieces) ?? pieces, whole)) this.#out.carry(piece.bytes, piece.afterMs);
  }

  /** What is on the wire and not yet there is lost, as when the device loses its power. */
  cut(): void {
    this.#in.cut();
    this.#out.cut();
  }

  async do(command: LineCommand): Promise<void> {
    switch (command.do) {
      case 'plug':
        return this.#pty.plug();
      case 'unplug':
        return this.close();
      case 'line':
        this.#names = typeof command.fault === 'string' ? [command.fault] : command.fault;
        this.#faults = lineFaults(this.#names);
        return;
    }
  }

  close(): void {
    this.cut();
    this.#pty.unplug();
  }

  #send(bytes: Uint8Array): void {
    if (this.#faults.some(({ echoes }) => echoes)) this.#out.carry(bytes, 0);
    this.#in.carry(this.#faults.reduce((heard, { hears }) => hears?.(heard) ?? heard, bytes), 0);
  }
}
