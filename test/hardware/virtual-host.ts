/** The host's end of the virtual devices, as bare as can be: a serial line by plain bytes, and a reader by GStreamer's own program. */
import { spawn, type ChildProcess } from 'node:child_process';
import { constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';
import type { Contract, DeviceProgram } from '../../hardware/virtual/program.js';

/** Generous: other tests share the machine. */
const DEADLINE_MS = 10_000;

/** A folder with a short path, because a socket's may have 107 bytes; `gone` removes it. */
export function shortFolder(): { folder: string; gone: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'room-'));
  return { folder, gone: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Resolves with what `look` finds, asked anew at each `changed()`. */
class Watch {
  #waiting: (() => void)[] = [];

  changed(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async until<T>(what: string, look: () => T | undefined): Promise<T> {
    let late = false;
    const deadline = setTimeout(() => { late = true; this.changed(); }, DEADLINE_MS);
    try {
      for (;;) {
        const found = look();
        if (found !== undefined) return found;
        if (late) throw new Error(`${what} did not come within ${DEADLINE_MS} ms`);
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    } finally {
      clearTimeout(deadline);
    }
  }
}

export class HostLine {
  readonly #fd: number;
  readonly #stream: ReadStream;
  readonly #watch = new Watch();
  #received: Buffer = Buffer.alloc(0);
  ended = false;

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    this.#stream = new ReadStream(this.#fd);
    this.#stream.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#watch.changed();
    });
    const gone = (): void => { this.ended = true; this.#watch.changed(); };
    this.#stream.on('error', gone).on('close', gone).on('end', gone);
  }

  say(bytes: Uint8Array | string): void {
    writeSync(this.#fd, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Takes exactly so many bytes, as they come. */
  take(count: number): Promise<Buffer> {
    return this.#watch.until(`${count} bytes`, () => {
      if (this.#received.length < count) return undefined;
      const taken = this.#received.subarray(0, count);
      this.#received = this.#received.subarray(count);
      return taken;
    });
  }

  async takeLine(): Promise<string> {
    const end = await this.#watch.until('a line', () => {
      const at = this.#received.indexOf('\r\n');
      return at < 0 ? undefined : at;
    });
    return (await this.take(end + 2)).toString('latin1').trimEnd();
  }

  hungUp(): Promise<boolean> {
    return this.#watch.until('the end of the line', () => this.ended || undefined);
  }

  close(): void {
    this.#stream.destroy();
  }
}

/** Reads a virtual capture device through shmsrc and takes what comes in pieces of one size. */
export class DeviceReader {
  readonly #child: ChildProcess;
  readonly #watch = new Watch();
  readonly pieces: Buffer[] = [];

  constructor(socket: string, caps: string, pieceBytes: number) {
    const source = ['shmsrc', `socket-path=${socket}`, 'is-live=true', 'do-timestamp=true', '!', caps];
    this.#child = spawn('gst-launch-1.0', ['-q', ...source, '!', 'fdsink', 'fd=1', 'sync=false'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let rest: Buffer = Buffer.alloc(0);
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      for (; rest.length >= pieceBytes; rest = rest.subarray(pieceBytes)) this.pieces.push(Buffer.from(rest.subarray(0, pieceBytes)));
      this.#watch.changed();
    });
  }

  until<T>(what: string, look: (pieces: readonly Buffer[]) => T | undefined): Promise<T> {
    return this.#watch.until(what, () => look(this.pieces));
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** The first event of a kind that was told, or will be. @param after only those later than this, ms of CLOCK_MONOTONIC. */
export async function eventOf<C extends Contract>(device: DeviceProgram<C>, what: string, after = 0): Promise<C['event']> {
  const watch = new Watch();
  const changed = (): void => watch.changed();
  device.on('event', changed);
  try {
    return await watch.until(what, () => device.events.find((event) => event.what === what && event.at > after));
  } finally {
    device.off('event', changed);
  }
}
