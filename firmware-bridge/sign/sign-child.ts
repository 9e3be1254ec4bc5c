/** One sign process, seen from the service: forked, told, listened to, and ended when it says nothing any more. */
import { fork } from 'node:child_process';
import type { Clock, Monotonic } from '../../session/ports.js';
import type { Down, Start, Up } from './sign-messages.js';

export interface Hearing {
  heard(up: Up): void;
  /** It is gone, once. `silent`: it had stood still and was killed for that. */
  gone(silent: boolean, evidence: object): void;
}

/** A process that has not even said that it lives for so long is stopped or hung. */
const SILENT_MS = 2000;
const LOOK_EVERY_MS = 500;
const CLOSE_WITHIN_MS = 500;

/** A sign process as the service handles it. */
export interface SignChild {
  readonly pid: number | undefined;
  /** A process that is ending cannot be told; its end is heard on its own. */
  ask(down: Down): void;
  kill(): void;
  /** Lets it close the port, for 500 ms at most. */
  close(): Promise<void>;
}

export type StartChild = (clock: Clock, start: Start, hearing: Hearing) => SignChild;

export const forkSign: StartChild = (clock, start, hearing) => new ForkedChild(clock, start, hearing);

class ForkedChild implements SignChild {
  readonly #clock: Clock;
  readonly #child;
  readonly #gone: Promise<void>;
  #heardAt: Monotonic;
  #silent = false;
  #cancelLook = (): void => undefined;

  constructor(clock: Clock, start: Start, hearing: Hearing) {
    this.#clock = clock;
    this.#heardAt = clock.now();
    // No environment: Johnny-Five, chalk and Node read theirs, and none of it is meant for this process.
    this.#child = fork(new URL('./sign-process.js', import.meta.url), [], { serialization: 'advanced', env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (up: Up) => {
      this.#heardAt = clock.now();
      hearing.heard(up);
    });
    this.#gone = new Promise((resolve) => {
      const over = (evidence: object): void => {
        this.#cancelLook();
        this.#cancelLook = () => undefined;
        resolve();
        hearing.gone(this.#silent, evidence);
      };
      this.#child.once('exit', (code, signal) => over({ pid: this.#child.pid, code, signal }));
      this.#child.on('error', (error) => {
        if (this.#child.pid === undefined) over({ error: error.message }); // it never began, so it never exits
      });
    });
    this.ask({ ask: 'start', start });
    this.#lookLater();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  ask(down: Down): void {
    if (this.#child.connected) this.#child.send(down, () => undefined);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async close(): Promise<void> {
    this.ask({ ask: 'close' });
    const calm = this.#clock.after(CLOSE_WITHIN_MS, () => this.kill());
    await this.#gone;
    calm();
  }

  #lookLater(): void {
    const asked = this.#clock.now();
    this.#cancelLook = this.#clock.after(LOOK_EVERY_MS, () => {
      const now = this.#clock.now();
      // Where this very process stood still, what the child said meanwhile is still unread.
      const stoodStill = now - asked > 2 * LOOK_EVERY_MS;
      if (!stoodStill && now - this.#heardAt > SILENT_MS) {
        this.#silent = true;
        this.kill();
      } else this.#lookLater();
    });
  }
}
