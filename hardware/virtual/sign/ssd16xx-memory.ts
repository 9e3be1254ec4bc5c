/**
 * How the SSD16xx controllers walk through their picture memory (datasheet
 * SSD1680, "Command Table": 11 data entry mode, 44 and 45 window, 4E and 4F
 * counters). One byte holds eight pixels side by side in X, MSB first.
 */

/** Bits of data entry mode: ID0, ID1 and AM. */
const ENTRY = { xUp: 1, yUp: 2, yFirst: 4 } as const;

export class PictureMemory {
  /** Bytes in a row, and rows. */
  readonly columns: number;
  readonly rows: number;
  entry = ENTRY.xUp | ENTRY.yUp;
  #xWindow: readonly [start: number, end: number];
  #yWindow: readonly [start: number, end: number];
  #x = 0;
  #y = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#xWindow = [0, columns - 1];
    this.#yWindow = [0, rows - 1];
  }

  /** As after a reset of hardware or software; what is stored stays. */
  reset(): void {
    this.entry = ENTRY.xUp | ENTRY.yUp;
    this.#xWindow = [0, this.columns - 1];
    this.#yWindow = [0, this.rows - 1];
    this.#x = this.#y = 0;
  }

  /** @returns false where that lies outside the memory. */
  setXWindow(start: number, end: number): boolean {
    this.#xWindow = [start, end];
    return Math.max(start, end) < this.columns;
  }

  setYWindow(start: number, end: number): boolean {
    this.#yWindow = [start, end];
    return Math.max(start, end) < this.rows;
  }

  setX(x: number): boolean {
    this.#x = x;
    return within(x, this.#xWindow);
  }

  setY(y: number): boolean {
    this.#y = y;
    return within(y, this.#yWindow);
  }

  /** Bytes that the window holds. */
  get windowBytes(): number {
    return size(this.#xWindow) * size(this.#yWindow);
  }

  /** Where the next byte goes, and on to the one after it; undefined outside the memory. */
  next(): number | undefined {
    const at = this.#x < this.columns && this.#y < this.rows ? this.#y * this.columns + this.#x : undefined;
    if ((this.entry & ENTRY.yFirst) !== 0) {
      if (this.#stepY()) this.#stepX();
    } else if (this.#stepX()) {
      this.#stepY();
    }
    return at;
  }

  /** @returns whether it went round to the window's start. */
  #stepX(): boolean {
    const [start, end] = this.#xWindow;
    const round = this.#x === end;
    this.#x = round ? start : (this.#x + ((this.entry & ENTRY.xUp) !== 0 ? 1 : -1)) & 0x3f;
    return round;
  }

  #stepY(): boolean {
    const [start, end] = this.#yWindow;
    const round = this.#y === end;
    this.#y = round ? start : (this.#y + ((this.entry & ENTRY.yUp) !== 0 ? 1 : -1)) & 0x1ff;
    return round;
  }
}

const within = (value: number, [start, end]: readonly [number, number]): boolean => value >= Math.min(start, end) && value <= Math.max(start, end);
const size = ([start, end]: readonly [number, number]): number => Math.abs(end - start) + 1;
