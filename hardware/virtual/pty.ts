/** A pseudo-terminal with a stable name, by socat(1): no native module, and it can be unplugged for real. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export class Pty {
  #socat: ChildProcess | undefined;
  /** Kept open so that a service closing its end does not end socat. */
  #hold: number | undefined;

  readonly link: string;
  readonly #onBytes: (bytes: Buffer) => void;

  private constructor(link: string, onBytes: (bytes: Buffer) => void) {
    this.link = link;
    this.#onBytes = onBytes;
  }

  /** Makes the terminal; `link` is the path that the service opens. @throws Error where it does not appear within 5 s. */
  static async open(link: string, onBytes: (bytes: Buffer) => void): Promise<Pty> {
    const pty = new Pty(link, onBytes);
    await pty.plug();
    return pty;
  }

  get plugged(): boolean {
    return this.#socat !== undefined;
  }

  async plug(): Promise<void> {
    if (this.plugged) return;
    rmSync(this.link, { force: true }); // also where it dangles
    const socat = spawn('socat', [`PTY,raw,echo=0,link=${this.link}`, 'STDIO'], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    this.#socat = socat;
    socat.stdin.on('error', () => undefined); // unplugged while writing: the bytes are gone, as on a real line
    socat.stdout.on('data', this.#onBytes);
    socat.once('error', (error) => { throw new Error(`socat is needed for virtual serial lines: ${error.message}`); });
    const patience = Date.now() + 5000;
    while (!existsSync(this.link)) {
      if (Date.now() > patience) throw new Error(`no pseudo-terminal appeared at ${this.link}`);
      await sleep(5);
    }
    this.#hold = openSync(this.link, constants.O_RDWR | constants.O_NOCTTY);
  }

  write(bytes: Uint8Array): void {
    if (this.#socat?.stdin?.writable === true) this.#socat.stdin.write(bytes);
  }

  /** Hangs up, as pulling the plug does. */
  unplug(): void {
    if (this.#hold !== undefined) closeSync(this.#hold);
    this.#hold = undefined;
    this.#socat?.kill('SIGKILL');
    this.#socat = undefined;
    rmSync(this.link, { force: true }); // also where it dangles
  }
}
