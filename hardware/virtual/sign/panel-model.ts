/** What the board can tell of a panel, whichever controller it has. */

export interface PanelModel {
  readonly width: number;
  readonly height: number;
  readonly busyIsHigh: boolean;
  readonly busy: boolean;
  /** What the glass shows, upright: rows from the top, MSB left, 1 = white. It keeps it without power. */
  readonly glass: Uint8Array;
  /** CRC-16/MCRF4XX of the picture on the glass, in the order in which its bytes were written. */
  readonly glassCrc: number;
  /** Bytes that came while the controller was busy: a driver's mistake. */
  readonly busyWrites: number;
  /** Commands and data that this model does not know or that make no sense: a driver's mistake, or the model's gap. */
  readonly strangeWrites: number;
  /** RST was low. A refresh under way leaves the old picture, or worse, on a real glass. */
  reset(): void;
  /** The supply is gone, and with it what the memory held. */
  losePower(): void;
  /** One byte by SPI while CS is low. */
  take(byte: number, isCommand: boolean): void;
}

export interface PanelHooks {
  /** Calls back after so many milliseconds of the panel's time. */
  after(ms: number, then: () => void): void;
  onBusy(busy: boolean): void;
  /** The glass shows another picture. */
  onGlass(): void;
}

/** What a panel's memory is said to hold after power-on: anything. */
export const JUNK = 0x5a;

/** The BUSY line of a controller, and what ends with it. */
export class BusyLine {
  readonly #hooks: PanelHooks;
  #busy = false;
  /** Raised by a reset, so that what was under way does not come to its end. */
  #life = 0;

  constructor(hooks: PanelHooks) {
    this.#hooks = hooks;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Busy for so long; `then` is done first, and not at all where a reset comes between. */
  hold(ms: number, then: () => void): void {
    const life = this.#life;
    this.#set(true);
    this.#hooks.after(ms, () => {
      if (life !== this.#life) return;
      then();
      this.#set(false);
    });
  }

  /** Busy until a reset. */
  holdForEver(): void {
    this.#set(true);
  }

  release(): void {
    this.#life++;
    this.#set(false);
  }

  #set(busy: boolean): void {
    this.#busy = busy;
    this.#hooks.onBusy(busy);
  }
}
