/**
 * Solomon's SSD1680 and SSD1683 with a black and white glass, as far as the
 * firmware can tell the difference. Pure: time comes from `after`. Commands by
 * the SSD1680 datasheet's "Command Table". Not modelled, and counted as strange:
 * waveforms of one's own, differential refresh (display mode 2), other scan orders.
 */
import { crc16 } from './crc.js';
import { BusyLine, JUNK, type PanelHooks, type PanelModel } from './panel-model.js';
import { PictureMemory } from './ssd16xx-memory.js';

export interface Ssd16xxGlass {
  /** The controller's memory: bytes in a row, and rows. */
  readonly memory: { readonly columns: number; readonly rows: number };
  /** The glass as it hangs. */
  readonly width: number;
  readonly height: number;
  /** Where an upright pixel lies in the controller's terms. */
  readonly native: (x: number, y: number) => { readonly column: number; readonly row: number };
  /** Sources before the first that the glass is joined to; left out where `21` says so (source output mode). */
  readonly sourcesBefore: number;
  readonly powerOnMs: number;
  readonly powerOffMs: number;
}

const COMMANDS = { driverOutput: 0x01, deepSleep: 0x10, entry: 0x11, softReset: 0x12, update: 0x20, updateOptions: 0x21, updateSequence: 0x22, newPicture: 0x24, oldPicture: 0x26, xWindow: 0x44, yWindow: 0x45, x: 0x4e, y: 0x4f } as const;
/** Data bytes that belong to each command: voltages, soft start (0C), temperature (18, 1A), VCOM (2C), border (3C), NOP (7F) and the above. */
const DATA: Readonly<Record<number, number>> = {
  0x01: 3, 0x03: 1, 0x04: 3, 0x0c: 4, 0x10: 1, 0x11: 1, 0x12: 0, 0x18: 1, 0x1a: 2, 0x20: 0, 0x21: 2, 0x22: 1,
  0x24: Infinity, 0x26: Infinity, 0x2c: 1, 0x3c: 1, 0x44: 2, 0x45: 4, 0x4e: 1, 0x4f: 2, 0x7f: 0,
};
/** Bits of the update sequence. */
const SEQUENCE = { analogOn: 0x40, loadWaveform: 0x10, mode2: 0x08, display: 0x04, analogOff: 0x02 } as const;
/** Low half of the first byte of `21`: what is made of the black and white memory. */
const RAM_OPTION = { asZero: 0x4, inverse: 0x8 } as const;
/** `12`: "BUSY pad will output high during operation"; GxEPD2 waits "10ms according to specs". */
const SOFT_RESET_MS = 10;

export class Ssd16xx implements PanelModel {
  readonly width: number;
  readonly height: number;
  readonly busyIsHigh = true;
  readonly glass: Uint8Array;
  busyWrites = 0;
  strangeWrites = 0;
  glassCrc: number;

  readonly #hooks: PanelHooks;
  readonly #refreshMs: number;
  readonly #form: Ssd16xxGlass;
  readonly #line: BusyLine;
  readonly #memory: PictureMemory;
  readonly #newPicture: Uint8Array;
  readonly #oldPicture: Uint8Array;
  /** Where the bytes of the latest new picture went, in their order. */
  #written: number[] = [];
  #command = 0x7f;
  #data: number[] = [];
  #count = 0;
  #registers = { gates: 0, ramOption: 0, sourcesLeftOut: false, sequence: 0xff };
  #analog = false;
  #waveform = false;

  constructor(form: Ssd16xxGlass, refreshMs: number, hooks: PanelHooks) {
    this.#form = form;
    this.#refreshMs = refreshMs;
    this.#hooks = hooks;
    this.#line = new BusyLine(hooks);
    this.width = form.width;
    this.height = form.height;
    this.glass = new Uint8Array((form.width / 8) * form.height).fill(0xff);
    this.glassCrc = crc16(this.glass);
    const { columns, rows } = form.memory;
    this.#memory = new PictureMemory(columns, rows);
    this.#newPicture = new Uint8Array(columns * rows).fill(JUNK);
    this.#oldPicture = new Uint8Array(columns * rows).fill(JUNK);
    this.#setDefaults();
  }

  get busy(): boolean {
    return this.#line.busy;
  }

  reset(): void {
    this.#setDefaults();
    this.#line.release();
  }

  losePower(): void {
    this.#newPicture.fill(JUNK);
    this.#oldPicture.fill(JUNK);
    this.reset();
  }

  take(byte: number, isCommand: boolean): void {
    if (this.busy) this.busyWrites++;
    else if (isCommand) this.#takeCommand(byte);
    else this.#takeData(byte);
  }

  #setDefaults(): void {
    this.#memory.reset();
    this.#registers = { gates: this.#form.memory.rows, ramOption: 0, sourcesLeftOut: false, sequence: 0xff };
    this.#analog = this.#waveform = false;
    this.#begin(0x7f);
  }

  #begin(command: number): void {
    this.#command = command;
    this.#data = [];
    this.#count = 0;
  }

  #takeCommand(command: number): void {
    const expected = DATA[this.#command] ?? 0;
    this.#be(expected === Infinity || this.#count >= expected); // a register was left half written
    this.#be(DATA[command] !== undefined);
    this.#begin(command);
    if (command === COMMANDS.softReset) this.#line.hold(SOFT_RESET_MS, () => this.#setDefaults());
    if (command === COMMANDS.update) this.#update();
    if (command === COMMANDS.newPicture) this.#written = [];
  }

  #takeData(byte: number): void {
    this.#count++;
    if (this.#command === COMMANDS.newPicture || this.#command === COMMANDS.oldPicture) return this.#store(byte);
    this.#be(this.#count <= (DATA[this.#command] ?? 0));
    this.#data.push(byte);
    if (this.#count === DATA[this.#command]) this.#register(this.#data);
  }

  #store(byte: number): void {
    const at = this.#memory.next();
    this.#be(at !== undefined && this.#count <= this.#memory.windowBytes);
    if (at === undefined) return;
    if (this.#command === COMMANDS.oldPicture) {
      this.#oldPicture[at] = byte;
    } else {
      this.#newPicture[at] = byte;
      this.#written.push(at);
    }
  }

  #register([a = 0, b = 0, c = 0, d = 0]: readonly number[]): void {
    switch (this.#command) {
      case COMMANDS.driverOutput:
        this.#registers.gates = (a | ((b & 1) << 8)) + 1;
        return this.#be(c === 0);
      case COMMANDS.deepSleep:
        if (a !== 0) this.#line.holdForEver();
        return;
      case COMMANDS.entry: return void (this.#memory.entry = a);
      case COMMANDS.updateOptions:
        this.#registers.ramOption = a & 0x0f;
        this.#registers.sourcesLeftOut = (b & 0x80) !== 0;
        return;
      case COMMANDS.updateSequence: return void (this.#registers.sequence = a);
      case COMMANDS.xWindow: return this.#be(this.#memory.setXWindow(a, b));
      case COMMANDS.yWindow: return this.#be(this.#memory.setYWindow(a | (b << 8), c | (d << 8)));
      case COMMANDS.x: return this.#be(this.#memory.setX(a));
      case COMMANDS.y: return this.#be(this.#memory.setY(a | (b << 8)));
    }
  }

  #update(): void {
    const { sequence } = this.#registers;
    const has = (bit: number): boolean => (sequence & bit) !== 0;
    this.#analog ||= has(SEQUENCE.analogOn);
    this.#waveform ||= has(SEQUENCE.loadWaveform);
    const shows = this.#analog && this.#waveform && !has(SEQUENCE.mode2);
    this.#be(shows || !has(SEQUENCE.display));
    // A refresh's time is that of its whole sequence, as it was measured.
    const ms = has(SEQUENCE.display) && shows ? this.#refreshMs : has(SEQUENCE.analogOff) ? this.#form.powerOffMs : this.#form.powerOnMs;
    this.#line.hold(ms, () => {
      if (has(SEQUENCE.analogOff)) this.#analog = false;
      if (has(SEQUENCE.display) && shows) this.#show();
    });
  }

  #show(): void {
    const { gates, ramOption, sourcesLeftOut } = this.#registers;
    const { columns } = this.#form.memory;
    const shift = sourcesLeftOut ? 0 : this.#form.sourcesBefore;
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const { column, row } = this.#form.native(x, y);
        if (row >= gates) continue; // never driven: it stays as it was
        const at = column + shift;
        const stored = (((this.#newPicture[row * columns + (at >> 3)] ?? 0) >> (7 - (at & 7))) & 1) === 1;
        const white = ramOption === RAM_OPTION.asZero ? false : stored !== (ramOption === RAM_OPTION.inverse);
        const bit = 0x80 >> (x & 7);
        const index = (y * this.width + x) >> 3;
        this.glass[index] = white ? (this.glass[index] ?? 0) | bit : (this.glass[index] ?? 0) & ~bit;
      }
    }
    this.glassCrc = crc16(Uint8Array.from(this.#written, (at) => this.#newPicture[at] ?? 0));
    this.#hooks.onGlass();
  }

  /** Counts what is not as it should be. */
  #be(sound: boolean): void {
    if (!sound) this.strangeWrites++;
  }
}
