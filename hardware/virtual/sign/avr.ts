/**
 * An ATmega328P that runs a real hex file. The only importer of avr8js; what
 * that emulator does otherwise than the chip is put right here (version 0.21.1).
 */
import {
  AVRADC, AVRClock, AVREEPROM, AVRIOPort, AVRSPI, AVRTimer, AVRUSART, AVRWatchdog, CPU, avrInstruction,
  adcConfig, portBConfig, portCConfig, portDConfig, spiConfig, timer0Config, timer1Config, timer2Config, usart0Config, watchdogConfig,
} from 'avr8js';

/** Cycles of the crystal in one millisecond. */
export const CYCLES_PER_MS = 16_000;
/** Bytes of EEPROM (ATmega328P datasheet, "Memories"). */
export const EEPROM_BYTES = 1024;

const SRAM_BYTES = 0x800;
const MCUSR = 0x54;
const SLEEP = 0x9588;
const UCSR0A_RXC = 0x80;
const UCSR0B_RXEN = 0x10;

/** Bits of MCUSR (ATmega328P datasheet, "MCUSR – MCU Status Register"). */
const RESET_CAUSES = { 'power-on': 0x01, external: 0x02, watchdog: 0x08 } as const;
export type ResetCause = keyof typeof RESET_CAUSES;

/** What the board hears from the chip. */
export interface Wiring {
  /** A byte left the UART. */
  sent(byte: number): void;
  /** Levels of the outputs; inputs read 0. */
  outputs(portB: number, portD: number): void;
  /** A byte was shifted out by SPI. */
  shifted(byte: number): void;
  /** Volts at an analogue input. */
  volts(channel: number): number;
  /** The chip has just been reset: every pin floats. */
  reset(cause: ResetCause): void;
  /** A byte of the EEPROM was changed. */
  remembered(): void;
}

export class Avr {
  readonly #program: Uint16Array;
  readonly #eeprom: Uint8Array;
  readonly #wiring: Wiring;
  #cpu: CPU;
  #uart: AVRUSART;
  #ports: { B: AVRIOPort; D: AVRIOPort };
  #watchdogBit = false;
  #hung = false;
  #until = 0;
  readonly #incoming: number[] = [];
  readonly #inputs = { B: 0, D: 0 };

  /** @param eeprom EEPROM_BYTES bytes, changed in place. */
  constructor(program: Uint16Array, eeprom: Uint8Array, cycles: number, wiring: Wiring) {
    this.#program = program;
    this.#eeprom = eeprom;
    this.#wiring = wiring;
    ({ cpu: this.#cpu, uart: this.#uart, ports: this.#ports } = this.#assemble('power-on', cycles));
    wiring.reset('power-on');
  }

  get cycles(): number {
    return this.#cpu.cycles;
  }

  /** The level at an input pin. */
  setInput(port: 'B' | 'D', bit: number, high: boolean): void {
    this.#inputs[port] = high ? this.#inputs[port] | (1 << bit) : this.#inputs[port] & ~(1 << bit);
    this.#ports[port].setPin(bit, high);
  }

  /** Bytes on the line to the UART, which takes them at its own baud rate. */
  receive(bytes: Uint8Array): void {
    this.#incoming.push(...bytes);
    this.#pump();
  }

  reset(cause: ResetCause): void {
    ({ cpu: this.#cpu, uart: this.#uart, ports: this.#ports } = this.#assemble(cause, this.#cpu.cycles));
    this.#hung = false;
    this.#incoming.length = 0;
    this.#wiring.reset(cause);
  }

  /** The program stands still with interrupts off, until a reset. */
  hang(): void {
    this.#hung = true;
  }

  /** Ends the run under way at the given cycle, if it would go further: something outside the chip is due then. */
  pauseBy(cycle: number): void {
    this.#until = Math.min(this.#until, cycle);
  }

  /** Runs to the given cycle, or an instruction beyond it, but no further than a reset. */
  run(until: number): void {
    this.#until = until;
    while (this.#cpu.cycles < this.#until) {
      if (this.#hung) this.#skip();
      else this.#execute();
      if (this.#watchdogBit) {
        this.#watchdogBit = false;
        this.reset('watchdog');
        return;
      }
    }
  }

  /** The hot loop: on a chip that is awake, nearly all time is spent here. */
  #execute(): void {
    const cpu = this.#cpu;
    const program = this.#program;
    while (cpu.cycles < this.#until) {
      const at = cpu.pc;
      avrInstruction(cpu);
      cpu.tick();
      if (program[at] === SLEEP && cpu.pc === at + 1) this.#sleep(at);
    }
  }

  /** avr8js takes SLEEP for NOP. Here time jumps from event to event until an interrupt leads elsewhere. */
  #sleep(at: number): void {
    const cpu = this.#cpu;
    while (cpu.pc === at + 1 && cpu.cycles < this.#until) {
      this.#jump();
      cpu.tick();
    }
    if (cpu.pc === at + 1) cpu.pc = at; // still asleep
  }

  /** Time passes for the peripherals alone. */
  #skip(): void {
    const cpu = this.#cpu;
    const status = cpu.data[95] ?? 0;
    cpu.data[95] = status & 0x7f; // SREG without I: no interrupt is taken
    this.#jump();
    cpu.tick();
    cpu.data[95] = status;
  }

  #jump(): void {
    const cpu = this.#cpu;
    const { nextClockEvent } = cpu as unknown as { nextClockEvent: { cycles: number } | null };
    cpu.cycles = Math.max(cpu.cycles, Math.min(nextClockEvent?.cycles ?? this.#until, this.#until));
  }

  #pump(): void {
    if (!this.#uart.rxEnable) {
      this.#incoming.length = 0; // nobody listens
      return;
    }
    const [byte] = this.#incoming;
    if (byte !== undefined && !this.#uart.rxBusy) {
      this.#incoming.shift();
      this.#uart.writeByte(byte);
    }
  }

  /** Peripherals of avr8js do not survive a reset, so each reset makes a new chip. */
  #assemble(cause: ResetCause, cycles: number): { cpu: CPU; uart: AVRUSART; ports: { B: AVRIOPort; D: AVRIOPort } } {
    const cpu = new CPU(this.#program, SRAM_BYTES);
    cpu.cycles = cycles;
    cpu.data[MCUSR] = RESET_CAUSES[cause];
    cpu.reset = () => {
      this.#watchdogBit = true;
      this.#until = 0;
    };
    new AVRTimer(cpu, timer0Config);
    new AVRTimer(cpu, timer2Config);
    this.#assembleClock(cpu);
    new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, CYCLES_PER_MS * 1000));
    new AVRIOPort(cpu, portCConfig);
    new AVREEPROM(cpu, {
      readMemory: (address) => this.#eeprom[address] ?? 0xff,
      writeMemory: (address, value) => this.#remember(address, (this.#eeprom[address] ?? 0xff) & value),
      eraseMemory: (address) => this.#remember(address, 0xff),
    });
    const ports = { B: new AVRIOPort(cpu, portBConfig), D: new AVRIOPort(cpu, portDConfig) };
    const tellOutputs = (): void =>
      this.#wiring.outputs(
        (cpu.data[portBConfig.PORT] ?? 0) & (cpu.data[portBConfig.DDR] ?? 0),
        (cpu.data[portDConfig.PORT] ?? 0) & (cpu.data[portDConfig.DDR] ?? 0),
      );
    for (const name of ['B', 'D'] as const) {
      ports[name].addListener(tellOutputs);
      for (let bit = 0; bit < 8; bit++) ports[name].setPin(bit, (this.#inputs[name] & (1 << bit)) !== 0);
    }
    this.#assembleAnalogue(cpu);
    this.#assembleSpi(cpu);
    return { cpu, ports, uart: this.#assembleUart(cpu) };
  }

  /**
   * avr8js wakes up at every count of a timer. Of timer 1, which the firmware
   * runs in CTC mode, only the compare match and the return to zero matter, so
   * the events between are left out: a sleeping board costs a fraction.
   */
  #assembleClock(cpu: CPU): void {
    const timer = new AVRTimer(cpu, timer1Config) as unknown as {
      count: (reschedule?: boolean, external?: boolean) => void;
      readonly divider: number;
      readonly lastCycle: number;
      readonly tcnt: number;
      readonly ocrA: number;
      readonly updateDivider: boolean;
    };
    const { count } = timer;
    timer.count = (reschedule = true, external = false) => {
      const starting = timer.updateDivider; // then avr8js plans the next event itself
      count(false, external);
      if (!reschedule || starting || timer.divider === 0) return;
      const counts = timer.tcnt < timer.ocrA ? timer.ocrA - timer.tcnt : 1;
      cpu.addClockEvent(timer.count, timer.lastCycle + counts * timer.divider - cpu.cycles);
    };
  }

  #assembleAnalogue(cpu: CPU): void {
    const adc = new AVRADC(cpu, adcConfig);
    const read = adc.onADCRead;
    adc.onADCRead = (input) => {
      for (const channel of [0, 1]) adc.channelValues[channel] = this.#wiring.volts(channel);
      read(input);
    };
  }

  #assembleSpi(cpu: CPU): void {
    const spi = new AVRSPI(cpu, spiConfig, CYCLES_PER_MS * 1000);
    spi.onByte = (byte) => {
      this.#wiring.shifted(byte);
      cpu.addClockEvent(() => spi.completeTransfer(0), spi.transferCycles);
    };
  }

  #assembleUart(cpu: CPU): AVRUSART {
    const uart = new AVRUSART(cpu, usart0Config, CYCLES_PER_MS * 1000);
    uart.onByteTransmit = (byte) => this.#wiring.sent(byte);
    uart.onRxComplete = () => this.#pump();
    // avr8js drops a received byte that waits for its interrupt whenever UCSR0B is written; the chip does not.
    const write = cpu.writeHooks[usart0Config.UCSRB];
    const { RXC } = uart as unknown as { RXC: Parameters<CPU['setInterruptFlag']>[0] };
    cpu.writeHooks[usart0Config.UCSRB] = (value, before, address, mask) => {
      const waiting = ((cpu.data[usart0Config.UCSRA] ?? 0) & UCSR0A_RXC) !== 0;
      const handled = write?.(value, before, address, mask);
      if (waiting && (value & before & UCSR0B_RXEN) !== 0) cpu.setInterruptFlag(RXC);
      return handled ?? false;
    };
    return uart;
  }

  #remember(address: number, value: number): void {
    this.#eeprom[address] = value;
    this.#wiring.remembered();
  }
}
