/**
 * The board around the chip: panel, lamp and its two sensors, relay with
 * mirror contact, Stop button. Lives in emulated time only; who runs it decides
 * how fast that passes. Pins as in hardware/sign/pins.h.
 */
import { Avr, CYCLES_PER_MS, type ResetCause } from './avr.js';
import type { BoardSnapshot, SignCommand, SignEvent } from './contract.js';
import { NOISE, NoisyWire, type NoiseRates } from './noise.js';
import type { PanelModel } from './panel-model.js';
import { PANELS, type PanelId } from './panels.js';

const D = { button: 2, lamp: 3, led: 4, relay: 5, mirror: 6, busy: 7 } as const;
const B = { rst: 0, dc: 1, cs: 2 } as const;
const CHANNEL = { photo: 0, shunt: 1 } as const;

/** Volts at the sensors: far from the firmware's thresholds (1.25 V and 0.63 V), as trimmed on a bench. */
const VOLTS = { light: 3, ambient: 0.2, current: 1.5, none: 0 } as const;
/** A small signal relay's contact moves within 3 ms either way. */
const RELAY_MOVES_MS = 3;

export type BoardCommand = Exclude<SignCommand['do'], 'plug' | 'unplug'>;
type Told = SignEvent extends infer E ? (E extends SignEvent ? Omit<E, 'at' | 'cycles'> : never) : never;

export interface BoardOptions {
  readonly program: Uint16Array;
  /** Changed in place. */
  readonly eeprom: Uint8Array;
  /** Default 1. */
  readonly panel?: PanelId;
  /** Default: a real panel's. */
  readonly refreshMs?: number;
  /** How bad the line is while there is `noise`. */
  readonly noise?: Partial<NoiseRates>;
  /** The moment of a cycle, for `at`. */
  readonly at: (cycles: number) => number;
  readonly onEvent: (event: SignEvent) => void;
  /** A byte from the board's UART. */
  readonly onByte: (byte: number) => void;
  readonly onEepromChange: () => void;
}

export class Board {
  readonly #options: BoardOptions;
  readonly #panelId: PanelId;
  readonly #panel: PanelModel;
  readonly #faults = new Set<'lamp-broken' | 'lamp-covered' | 'sensor-stuck' | 'relay-welded' | 'relay-jammed' | 'panel-absent' | 'panel-stuck' | 'noise'>();
  readonly #timers: { at: number; then: () => void }[] = [];
  readonly #wires: { readonly toBoard: NoisyWire; readonly toHost: NoisyWire };
  #chip: Avr | undefined;
  #cycles = 0;
  #portB = 0;
  #portD = 0;
  #lit = false;
  #contactClosed = false;
  #pressed = false;
  #boots = 0;

  constructor(options: BoardOptions) {
    this.#options = options;
    const rates = { ...NOISE, ...options.noise };
    this.#wires = { toBoard: new NoisyWire(rates, 0), toHost: new NoisyWire(rates, 1) };
    this.#panelId = options.panel ?? 1;
    const kind = PANELS[this.#panelId];
    this.#panel = kind.make(options.refreshMs ?? kind.refreshMs, {
      after: (ms, then) => this.#after(ms, then),
      onBusy: () => this.#tellBusy(),
      onGlass: () => this.#tell({ what: 'glass', crc: this.#panel.glassCrc }),
    });
    this.command('power-on');
  }

  get cycles(): number {
    return this.#chip?.cycles ?? this.#cycles;
  }

  get powered(): boolean {
    return this.#chip !== undefined;
  }

  /** Lets emulated time pass up to the given cycle. */
  runUntil(cycles: number): void {
    while (this.cycles < cycles) {
      const stop = Math.min(cycles, this.#timers[0]?.at ?? cycles);
      if (this.#chip === undefined) this.#cycles = Math.max(this.#cycles, stop);
      else this.#chip.run(stop);
      while ((this.#timers[0]?.at ?? Infinity) <= this.cycles) this.#timers.shift()?.then();
    }
  }

  /** Lets so many milliseconds of emulated time pass. */
  run(ms: number): void {
    this.runUntil(this.cycles + ms * CYCLES_PER_MS);
  }

  /** Bytes from the host. */
  receive(bytes: Uint8Array): void {
    this.#chip?.receive(this.#faults.has('noise') ? this.#wires.toBoard.pass(bytes) : bytes);
  }

  command(command: BoardCommand): void {
    switch (command) {
      case 'press': return this.#press(true);
      case 'release': return this.#press(false);
      case 'power-on': return this.#powerOn();
      case 'power-off': return this.#powerOff();
      case 'reset': return this.#chip?.reset('external');
      case 'hang': return this.#chip?.hang();
      case 'break-lamp':
        this.#faults.add('lamp-broken');
        return this.#lightLamp();
      case 'mend-lamp':
        this.#faults.delete('lamp-broken');
        return this.#lightLamp();
      case 'cover-lamp': return void this.#faults.add('lamp-covered');
      case 'uncover-lamp': return void this.#faults.delete('lamp-covered');
      case 'stick-sensor': return void this.#faults.add('sensor-stuck');
      case 'unstick-sensor': return void this.#faults.delete('sensor-stuck');
      case 'weld-relay': return void this.#faults.add('relay-welded');
      case 'unweld-relay':
        this.#faults.delete('relay-welded');
        return this.#moveContact();
      case 'jam-relay':
        this.#faults.add('relay-jammed');
        return this.#moveContact();
      case 'unjam-relay':
        this.#faults.delete('relay-jammed');
        return this.#moveContact();
      case 'panel-absent':
        this.#faults.add('panel-absent');
        return this.#tellBusy();
      case 'panel-present':
        this.#faults.delete('panel-absent');
        return this.#panel.losePower();
      case 'panel-stuck':
        this.#faults.add('panel-stuck');
        return this.#tellBusy();
      case 'panel-unstuck':
        this.#faults.delete('panel-stuck');
        return this.#tellBusy();
      case 'noise': return void this.#faults.add('noise');
      case 'quiet': return void this.#faults.delete('noise');
    }
  }

  snapshot(): BoardSnapshot {
    return {
      lamp: this.#lit ? 'lit' : 'dark',
      relay: this.#contactClosed ? 'closed' : 'open',
      button: this.#pressed ? 'pressed' : 'released',
      serviceLed: this.#high(this.#portD, D.led) ? 'lit' : 'dark',
      powered: this.powered,
      panel: this.#panelId,
      width: this.#panel.width,
      height: this.#panel.height,
      glassBits: this.#panel.glass.slice(),
      glassCrc: this.#panel.glassCrc,
      busyWrites: this.#panel.busyWrites,
      strangeWrites: this.#panel.strangeWrites,
      boots: this.#boots,
      cycles: this.cycles,
    };
  }

  #powerOn(): void {
    if (this.#chip !== undefined) return;
    this.#tell({ what: 'power', on: true });
    this.#chip = new Avr(this.#options.program, this.#options.eeprom, this.#cycles, {
      sent: (byte) => this.#send(byte),
      outputs: (portB, portD) => this.#drive(portB, portD),
      shifted: (byte) => this.#shift(byte),
      volts: (channel) => this.#volts(channel),
      reset: (cause) => this.#booted(cause),
      remembered: () => this.#options.onEepromChange(),
    });
    this.#setInputs();
  }

  #powerOff(): void {
    if (this.#chip === undefined) return;
    this.#cycles = this.#chip.cycles;
    this.#chip = undefined;
    this.#panel.losePower();
    this.#drive(0, 0);
    this.#tell({ what: 'power', on: false });
  }

  /** At a reset all pins float, and their pull-downs let go of lamp, LED and relay. */
  #booted(cause: ResetCause): void {
    this.#boots++;
    this.#drive(0, 0);
    this.#tell({ what: 'boot', cause });
  }

  #setInputs(): void {
    this.#chip?.setInput('D', D.button, !this.#pressed);
    this.#chip?.setInput('D', D.mirror, !this.#contactClosed);
    this.#tellBusy();
  }

  #press(pressed: boolean): void {
    if (pressed === this.#pressed) return;
    this.#pressed = pressed;
    this.#setInputs();
    this.#tell({ what: 'button', pressed });
  }

  #drive(portB: number, portD: number): void {
    const before = this.#portD;
    if (this.#high(this.#portB, B.rst) && !this.#high(portB, B.rst)) this.#panel.reset();
    this.#portB = portB;
    this.#portD = portD;
    this.#lightLamp();
    const changed = before ^ portD;
    if (this.#high(changed, D.led)) this.#tell({ what: 'service-led', lit: this.#high(portD, D.led) });
    if (this.#high(changed, D.relay)) this.#after(RELAY_MOVES_MS, () => this.#moveContact());
  }

  #moveContact(): void {
    const pulled = this.#high(this.#portD, D.relay) && !this.#faults.has('relay-jammed');
    const closed = pulled || (this.#contactClosed && this.#faults.has('relay-welded'));
    if (closed === this.#contactClosed) return;
    this.#contactClosed = closed;
    this.#setInputs();
    this.#tell({ what: 'relay', state: closed ? 'closed' : 'open' });
  }

  #lightLamp(): void {
    const lit = this.#high(this.#portD, D.lamp) && !this.#faults.has('lamp-broken');
    if (lit === this.#lit) return;
    this.#lit = lit;
    this.#tell({ what: 'lamp', lit });
  }

  #volts(channel: number): number {
    switch (channel) {
      case CHANNEL.photo: {
        if (this.#faults.has('sensor-stuck')) return VOLTS.light;
        return this.#lit && !this.#faults.has('lamp-covered') ? VOLTS.light : VOLTS.ambient;
      }
      case CHANNEL.shunt: return this.#lit ? VOLTS.current : VOLTS.none;
      default: return VOLTS.none;
    }
  }

  #shift(byte: number): void {
    if (this.#high(this.#portB, B.cs) || this.#faults.has('panel-absent')) return;
    this.#panel.take(byte, !this.#high(this.#portB, B.dc));
  }

  #send(byte: number): void {
    if (!this.#faults.has('noise')) return this.#options.onByte(byte);
    for (const arrived of this.#wires.toHost.pass(Uint8Array.of(byte))) this.#options.onByte(arrived);
  }

  /** The pull-up holds BUSY high where there is no panel. */
  #tellBusy(): void {
    const busy = this.#faults.has('panel-stuck') || this.#panel.busy;
    this.#chip?.setInput('D', D.busy, this.#faults.has('panel-absent') || busy === this.#panel.busyIsHigh);
  }

  #high(port: number, bit: number): boolean {
    return (port & (1 << bit)) !== 0;
  }

  #after(ms: number, then: () => void): void {
    const at = this.cycles + Math.round(ms * CYCLES_PER_MS);
    const index = this.#timers.findIndex((timer) => timer.at > at);
    this.#timers.splice(index < 0 ? this.#timers.length : index, 0, { at, then });
    this.#chip?.pauseBy(at);
  }

  #tell(told: Told): void {
    const { cycles } = this;
    this.#options.onEvent({ ...told, cycles, at: this.#options.at(cycles) });
  }
}
