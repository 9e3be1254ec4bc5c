/**
 * How the virtual devices are run: each is a program of its own (a forked
 * Node process), told what to do over IPC, telling what happened with
 * CLOCK_MONOTONIC times that tests can compare with the recorder's.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';

/** CLOCK_MONOTONIC in milliseconds, shared by all processes of this boot. */
export const monotonic = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

/** What one kind of virtual device understands and tells; each device's contract.ts fills this in. */
export interface Contract {
  options: object;
  /** Faults and touches, by name: `{ do: 'unplug' }`. */
  command: { readonly do: string };
  /** What happened; `at` is CLOCK_MONOTONIC milliseconds. */
  event: { readonly what: string; readonly at: number };
  /** All that a visitor could see of it now. */
  snapshot: object;
}

type Down<C extends Contract> = { id: number; ask: 'do'; command: C['command'] } | { id: number; ask: 'snapshot' };
type Up<C extends Contract> =
  | { tell: 'ready' }
  | { tell: 'event'; event: C['event'] }
  | { tell: 'answer'; id: number; value?: unknown; error?: string };

export interface Device<C extends Contract> {
  command(command: C['command']): Promise<void>;
  snapshot(): Promise<C['snapshot']>;
  tell(event: C['event']): void;
  close(): Promise<void>;
}

/**
 * The program's side: call once, from the device's main.ts.
 * `open` gets the options and a function that tells events; it resolves when the device can be used.
 */
export async function runDevice<C extends Contract>(
  open: (options: C['options'], tell: (event: C['event']) => void) => Promise<Omit<Device<C>, 'tell'>>,
): Promise<void> {
  const send = (message: Up<C>): void => void process.send?.(message);
  const options = JSON.parse(process.argv[2] ?? '{}') as C['options'];
  const device = await open(options, (event) => send({ tell: 'event', event })).catch((error: unknown) => {
    console.error((error as Error).message);
    process.exit(1);
  });
  process.on('message', (message: Down<C>) => {
    const work: Promise<unknown> = message.ask === 'do' ? device.command(message.command) : device.snapshot();
    work.then(
      (value) => send({ tell: 'answer', id: message.id, value }),
      (error: unknown) => send({ tell: 'answer', id: message.id, error: String(error) }),
    );
  });
  // The classroom is gone: so are its devices.
  process.on('disconnect', () => void device.close().finally(() => process.exit()));
  process.on('SIGTERM', () => void device.close().finally(() => process.exit()));
  process.on('SIGINT', () => undefined); // the classroom decides, not the terminal
  send({ tell: 'ready' });
  if (!process.connected) await device.close().finally(() => process.exit()); // it went while we were opening
}

/** A running virtual device, seen from the classroom. Emits `event` and `exit`. */
export class DeviceProgram<C extends Contract> extends EventEmitter<{ event: [C['event']]; exit: [number | null] }> {
  readonly #child;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  /** Everything told so far, oldest first. */
  readonly events: C['event'][] = [];
  readonly ready: Promise<void>;
  #next = 1;

  /** @param main file URL of the compiled program. */
  constructor(main: URL, options: C['options']) {
    super();
    this.#child = fork(main, [JSON.stringify(options)], { serialization: 'advanced' });
    this.ready = new Promise((resolve, reject) => {
      this.#child.on('message', (message: Up<C>) => {
        if (message.tell === 'ready') resolve();
        else if (message.tell === 'event') {
          this.events.push(message.event);
          this.emit('event', message.event);
        } else this.#answer(message);
      });
      this.#child.once('exit', (code) => {
        const gone = new Error(`${main.pathname} ended with ${String(code)}`);
        reject(gone);
        for (const { reject: rejectOne } of this.#waiting.values()) rejectOne(gone);
        this.#waiting.clear();
        this.emit('exit', code);
      });
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws Error with the device's own words, where it refuses. */
  do(command: C['command']): Promise<void> {
    return this.#ask({ ask: 'do', command });
  }

  snapshot(): Promise<C['snapshot']> {
    return this.#ask({ ask: 'snapshot' });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGTERM');
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), 2000);
    await gone;
    clearTimeout(impatience);
  }

  #ask<T>(question: { ask: 'do'; command: C['command'] } | { ask: 'snapshot' }): Promise<T> {
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, ...question }, (error) => { if (error !== null) reject(error); });
    });
  }

  #answer(message: { id: number; value?: unknown; error?: string }): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.value as never);
    else waiting?.reject(new Error(message.error));
  }
}
