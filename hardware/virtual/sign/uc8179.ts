/**
 * The 7.5" panel: a UC8179 controller and the glass behind it, as far as the
 * firmware can tell the difference. Pure: time comes from `after`.
 */

export const WIDTH = 800;
export const HEIGHT = 480;
const BYTES = (WIDTH / 8) * HEIGHT;

/**
 * Measured on a real GDEW075T7 by the GxEPD2 library (src/epd/GxEPD2_750_T7.h:
 * power_on_time 134.5 ms, power_off_time 40.0 ms, full_refresh_time 4108 ms).
 */
export const POWER_ON_MS = 134;
const POWER_OFF_MS = 40;
export const REFRESH_MS = 4108;

/** Commands by the UC8179 datasheet's "Command Table". */
const COMMANDS = {
  panelSetting: 0x00, powerSetting: 0x01, powerOff: 0x02, powerOn: 0x04, boosterSoftStart: 0x06, deepSleep: 0x07,
  oldPicture: 0x10, refresh: 0x12, newPicture: 0x13, dualSpi: 0x15, dataInterval: 0x50, tcon: 0x60, resolution: 0x61, gateStart: 0x65, vcom: 0x82,
} as const;
const KNOWN = new Set<number>(Object.values(COMMANDS));

export interface PanelHooks {
  /** Calls back after so many milliseconds of the panel's time. */
  after(ms: number, then: () => void): void;
  onBusy(busy: boolean): void;
  /** The glass shows another picture. */
  onGlass(): void;
}

export class Uc8179 {
  /** What the glass shows: rows from the top, MSB left, 1 = white. It keeps it without power. */
  readonly glass = new Uint8Array(BYTES).fill(0xff);
  /** Bytes that came while the controller was busy: a driver's mistake. */
  busyWrites = 0;
  /** Commands that this model does not know, and data beyond the picture. */
  strangeWrites = 0;

  readonly #hooks: PanelHooks;
  readonly #refreshMs: number;
  /** Memory after power-on holds anything. */
  readonly #picture = new Uint8Array(BYTES).fill(0x5a);
  #command: number = COMMANDS.panelSetting;
  #position = 0;
  #booster = false;
  #inverted = false;
  #busy = false;
  /** Raised by a reset, so that what was under way does not come to its end. */
  #life = 0;

  constructor(refreshMs: number, hooks: PanelHooks) {
    this.#refreshMs = refreshMs;
    this.#hooks = hooks;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** RST was low, or the power was gone. A refresh under way leaves the old picture, or worse, on a real glass. */
  reset(): void {
    this.#life++;
    this.#booster = false;
    this.#inverted = false;
    this.#setBusy(false);
  }

  /** One byte by SPI while CS is low. */
  take(byte: number, isCommand: boolean): void {
    if (this.#busy) this.busyWrites++;
    else if (isCommand) this.#takeCommand(byte);
    else this.#takeData(byte);
  }

  #takeCommand(command: number): void {
    this.#command = command;
    this.#position = 0;
    if (!KNOWN.has(command)) this.strangeWrites++;
    if (command === COMMANDS.powerOn) this.#beBusy(POWER_ON_MS, () => void (this.#booster = true));
    if (command === COMMANDS.powerOff) this.#beBusy(POWER_OFF_MS, () => void (this.#booster = false));
    if (command === COMMANDS.refresh && this.#booster) this.#beBusy(this.#refreshMs, () => this.#show());
  }

  #takeData(byte: number): void {
    const position = this.#position++;
    // CDI, DDX[0]: 1 means that a 1 is white.
    if (this.#command === COMMANDS.dataInterval && position === 0) this.#inverted = (byte & 1) === 0;
    if (this.#command !== COMMANDS.newPicture) return;
    if (position < BYTES) this.#picture[position] = byte;
    else this.strangeWrites++;
  }

  #show(): void {
    for (const [i, pixels] of this.#picture.entries()) this.glass[i] = this.#inverted ? ~pixels : pixels;
    this.#hooks.onGlass();
  }

  #beBusy(ms: number, then: () => void): void {
    const life = this.#life;
    this.#setBusy(true);
    this.#hooks.after(ms, () => {
      if (life !== this.#life) return;
      then();
      this.#setBusy(false);
    });
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.#hooks.onBusy(busy);
  }
}
