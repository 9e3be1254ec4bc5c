/**
 * The 7.5" panel: a UC8179 controller and the glass behind it, as far as the
 * firmware can tell the difference. Pure: time comes from `after`.
 */
import { crc16 } from './crc.js';
import { BusyLine, JUNK, type PanelHooks, type PanelModel } from './panel-model.js';

const WIDTH = 800;
const HEIGHT = 480;
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

export class Uc8179 implements PanelModel {
  readonly width = WIDTH;
  readonly height = HEIGHT;
  readonly busyIsHigh = false; // BUSY_N
  readonly glass = new Uint8Array(BYTES).fill(0xff);
  busyWrites = 0;
  strangeWrites = 0;

  readonly #hooks: PanelHooks;
  readonly #refreshMs: number;
  readonly #line: BusyLine;
  readonly #picture = new Uint8Array(BYTES).fill(JUNK);
  #command: number = COMMANDS.panelSetting;
  #position = 0;
  #booster = false;
  #inverted = false;

  constructor(refreshMs: number, hooks: PanelHooks) {
    this.#refreshMs = refreshMs;
    this.#hooks = hooks;
    this.#line = new BusyLine(hooks);
  }

  get busy(): boolean {
    return this.#line.busy;
  }

  get glassCrc(): number {
    return crc16(this.glass);
  }

  reset(): void {
    this.#booster = false;
    this.#inverted = false;
    this.#line.release();
  }

  losePower(): void {
    this.#picture.fill(JUNK);
    this.reset();
  }

  take(byte: number, isCommand: boolean): void {
    if (this.busy) this.busyWrites++;
    else if (isCommand) this.#takeCommand(byte);
    else this.#takeData(byte);
  }

  #takeCommand(command: number): void {
    this.#command = command;
    this.#position = 0;
    if (!KNOWN.has(command)) this.strangeWrites++;
    if (command === COMMANDS.powerOn) this.#line.hold(POWER_ON_MS, () => void (this.#booster = true));
    if (command === COMMANDS.powerOff) this.#line.hold(POWER_OFF_MS, () => void (this.#booster = false));
    if (command === COMMANDS.refresh && this.#booster) this.#line.hold(this.#refreshMs, () => this.#show());
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
}
