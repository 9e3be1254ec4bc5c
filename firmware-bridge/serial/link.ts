/**
 * A serial line that heals itself, and the only file of the service that
 * meets the vendor `serialport`.
 *
 * Every opening makes a new SerialPort: one that is opened twice sends what
 * was written while it was closed, and a stale "unmute" must never be played.
 * What could not be written at once is refused, never kept.
 */
import { SerialPort } from 'serialport';
import { backOffMs, systemTimers, type Timers } from './timers.js';

export type LinkState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly why: string; readonly retryInMs: number };

export interface Link {
  readonly state: LinkState;
  /** Puts bytes on the line. False, and nothing kept, unless the line is open. */
  write(bytes: Uint8Array): boolean;
  onBytes(listener: (bytes: Uint8Array) => void): void;
  onState(listener: (state: LinkState) => void): void;
  /** Gives this opening up and starts anew: for a line that is there but says nothing sensible. */
  drop(why: string): void;
  /** For good. May be called twice. */
  close(): Promise<void>;
}

export interface LinkOptions {
  /** Best a name below /dev/serial/by-id: it outlives replugging. Looked up anew at each opening. */
  readonly path: string;
  /** Bits per second; always 8 data bits, no parity, 1 stop bit, no flow control. */
  readonly baudRate: number;
  /** Sony's VISCA IN expects its DSR input high (EVI-D70 manual, RS-232C). A line that refuses is used all the same. */
  readonly raiseDtr?: boolean;
  readonly timers?: Timers;
}

/** Greeting one that is silent takes 2 s; so one that is back is found, greeted and put right within 5 s. */
const LONGEST_WAIT_MS = 1000;
/** Some adapters (pl2303) never come back from open(2). */
const OPEN_WITHIN_MS = 5000;

/**
 * Opens one raw port, once: for the sign's process, whose Firmata library
 * wants the port itself. It neither reconnects nor survives its device.
 * @throws Error naming the path, when it does not open within 5 s.
 */
export function openPort(path: string, baudRate: number, timers: Timers = systemTimers): Promise<SerialPort> {
  // hupcl would drop DTR at each close, which resets many boards and silences Sony cameras.
  const port = new SerialPort({ path, baudRate, autoOpen: false, hupcl: false });
  return new Promise((resolve, reject) => {
    let isTooLate = false;
    const opened = timers.after(OPEN_WITHIN_MS, () => {
      isTooLate = true;
      reject(new Error(`${path} did not open within ${OPEN_WITHIN_MS} ms; pull its adapter and plug it in again`));
    });
    port.open((error) => {
      opened();
      // A port that is closed is not touched any more: its poller's memory is free by then, and to ask it for anything ends the process (bindings-cpp 13, poller.cpp).
      if (isTooLate) void discard(port);
      else if (error === null) resolve(closedByHangUp(port));
      else reject(new Error(`${path} cannot be opened: ${error.message}; check that it is plugged in and that no other program has it`));
    });
  });
}

/**
 * A hang-up that meets a read under way makes the vendor's reader spin on
 * empty reads (bindings-cpp 13, unix-read), and nobody is told. Its poller
 * knows better.
 */
function closedByHangUp(port: SerialPort): SerialPort {
  const binding = port.port;
  if (binding !== undefined && 'poller' in binding) {
    binding.poller.once('disconnect', () => {
      if (port.isOpen) port.close(() => undefined);
    });
  }
  return port;
}

/** Starts a line and keeps it open, until closed: 250 ms to 1 s between attempts. */
export function openLink(options: LinkOptions): Link {
  return new SerialLink(options);
}

class SerialLink implements Link {
  readonly #options: LinkOptions;
  readonly #timers: Timers;
  readonly #byteListeners: ((bytes: Uint8Array) => void)[] = [];
  readonly #stateListeners: ((state: LinkState) => void)[] = [];
  #state: LinkState = { kind: 'closed' };
  /** Names one opening: what an earlier one still has to say is not heard. */
  #opening = Symbol('none');
  #port: SerialPort | undefined;
  #failures = 0;
  #cancelRetry = (): void => undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#timers = options.timers ?? systemTimers;
    this.#open();
  }

  get state(): LinkState {
    return this.#state;
  }

  write(bytes: Uint8Array): boolean {
    if (this.#port?.isOpen !== true) return false;
    this.#port.write(Buffer.from(bytes));
    return true;
  }

  onBytes(listener: (bytes: Uint8Array) => void): void {
    this.#byteListeners.push(listener);
  }

  onState(listener: (state: LinkState) => void): void {
    this.#stateListeners.push(listener);
  }

  drop(why: string): void {
    if (this.#state.kind === 'open') this.#lose(this.#opening, why);
  }

  close(): Promise<void> {
    const port = this.#release();
    this.#cancelRetry();
    if (this.#state.kind !== 'closed') this.#enter({ kind: 'closed' });
    return port === undefined ? Promise.resolve() : discard(port);
  }

  #open(): void {
    const opening = (this.#opening = Symbol('opening'));
    this.#enter({ kind: 'opening' });
    openPort(this.#options.path, this.#options.baudRate, this.#timers).then(
      (port) => {
        if (opening === this.#opening) this.#use(opening, port);
        else void discard(port);
      },
      (error: unknown) => this.#lose(opening, (error as Error).message),
    );
  }

  #use(opening: symbol, port: SerialPort): void {
    this.#port = port;
    // A hang-up may come as error, end or close, and close may come twice.
    port.on('error', (error) => this.#lose(opening, error.message));
    port.on('end', () => this.#lose(opening, `${this.#options.path} ended`));
    port.on('close', () => this.#lose(opening, `${this.#options.path} was unplugged`));
    // Without a reader a hang-up goes unnoticed until the next write.
    port.on('data', (bytes: Uint8Array) => {
      if (opening !== this.#opening) return;
      this.#failures = 0;
      for (const listener of this.#byteListeners) listener(bytes);
    });
    if (this.#options.raiseDtr === true) port.set({ dtr: true, rts: true }, () => undefined);
    this.#enter({ kind: 'open' });
  }

  #lose(opening: symbol, why: string): void {
    if (opening !== this.#opening) return;
    const port = this.#release();
    if (port !== undefined) void discard(port);
    this.#failures += 1;
    const retryInMs = backOffMs(this.#failures, LONGEST_WAIT_MS);
    this.#cancelRetry = this.#timers.after(retryInMs, () => this.#open());
    this.#enter({ kind: 'lost', why, retryInMs });
  }

  #release(): SerialPort | undefined {
    const port = this.#port;
    this.#port = undefined;
    this.#opening = Symbol('none');
    return port;
  }

  #enter(state: LinkState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}

/** Resolves when the port is closed, or already was. */
function discard(port: SerialPort): Promise<void> {
  port.removeAllListeners();
  port.on('error', () => undefined);
  return new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
}
