/**
 * A capture device that GStreamer can open: a virtual /dev/video0 or sound card.
 *
 * It speaks the protocol of shmsink to any number of shmsrc readers: blocks lie
 * in shared memory, a unix socket says which one is new and which one was read
 * (gst-plugins-bad, sys/shm/shmpipe.c, head comment: types 1 to 4). It is spoken
 * here rather than by a shmsink because a reader's open and close are then known
 * to the event loop turn, and because shmsink never gets back the blocks
 * of a reader that was killed, and stalls.
 */
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';

/** struct CommandBuffer on 64-bit machines: type u32, area u32, and a union of two u64. */
const MESSAGE_BYTES = 24;
const NEW_AREA = 1;
const NEW_BUFFER = 3;
const ACK_BUFFER = 4;
const AREA_ID = 1;

/** unix(7): sun_path holds 108 bytes with its closing zero. Node would cut a longer one short without a word. */
export const LONGEST_SOCKET_PATH = 107;

interface CaptureDeviceOptions {
  /** Where readers connect: the socket-path of shmsrc. */
  readonly socketPath: string;
  /** Bytes in one frame of picture, or in one block of sound. */
  readonly blockBytes: number;
  /** How many blocks may lie unread. One reader can hold half of them; then it misses blocks, as a slow reader of a real device does. */
  readonly blocks: number;
  /** A reader opened or closed the device; `readers` is how many have it open now. */
  readonly onReader: (change: 'opened' | 'closed', readers: number) => void;
}

interface Reader {
  readonly socket: Socket;
  /** Slots told to this reader and not acknowledged. */
  readonly holds: Set<number>;
}

export class CaptureDevice {
  readonly #options: CaptureDeviceOptions;
  /** Named after the socket, so that a program which was killed leaves its memory to the next one. */
  readonly #areaName: string;
  readonly #area: number;
  readonly #server: Server;
  readonly #readers = new Set<Reader>();

  private constructor(options: CaptureDeviceOptions) {
    this.#options = options;
    this.#areaName = `/lamplight-${createHash('sha256').update(options.socketPath).digest('hex').slice(0, 16)}`;
    // shm_open(3) on Linux is open(2) in /dev/shm.
    rmSync(`/dev/shm${this.#areaName}`, { force: true });
    this.#area = openSync(`/dev/shm${this.#areaName}`, 'wx', 0o600);
    ftruncateSync(this.#area, options.blockBytes * options.blocks);
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** @throws Error where the socket cannot be made: no such folder, a path longer than `LONGEST_SOCKET_PATH` bytes. */
  static async open(options: CaptureDeviceOptions): Promise<CaptureDevice> {
    if (Buffer.byteLength(options.socketPath) > LONGEST_SOCKET_PATH) {
      throw new Error(`the socket's path is longer than ${LONGEST_SOCKET_PATH} bytes: ${options.socketPath}; choose a folder nearer to the root`);
    }
    rmSync(options.socketPath, { force: true }); // left by a program that was killed
    const device = new CaptureDevice(options);
    await new Promise<void>((resolve, reject) => {
      device.#server.once('error', reject).listen(options.socketPath, resolve);
    });
    return device;
  }

  get readers(): number {
    return this.#readers.size;
  }

  /**
   * Gives a block to every reader that keeps up.
   * @param block exactly `blockBytes` long; copied before this returns.
   */
  offer(block: Uint8Array): void {
    const { blocks, blockBytes } = this.#options;
    const ready = [...this.#readers].filter((reader) => reader.holds.size < blocks / 2);
    const slot = this.#freeSlot();
    if (ready.length === 0 || slot === undefined) return;
    writeSync(this.#area, block, 0, blockBytes, slot * blockBytes);
    const message = command(NEW_BUFFER, slot * blockBytes, blockBytes);
    for (const reader of ready) {
      reader.holds.add(slot);
      reader.socket.write(message);
    }
  }

  async close(): Promise<void> {
    for (const reader of this.#readers) reader.socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    closeSync(this.#area);
    rmSync(`/dev/shm${this.#areaName}`, { force: true });
  }

  #accept(socket: Socket): void {
    const reader: Reader = { socket, holds: new Set() };
    this.#readers.add(reader);
    const name = Buffer.from(`${this.#areaName}\0`, 'latin1');
    const { blockBytes, blocks } = this.#options;
    socket.write(Buffer.concat([command(NEW_AREA, blockBytes * blocks, name.length), name]));
    let unread: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      unread = Buffer.concat([unread, chunk]);
      for (; unread.length >= MESSAGE_BYTES; unread = unread.subarray(MESSAGE_BYTES)) this.#acknowledged(reader, unread);
    });
    socket.on('error', () => undefined); // `close` follows and says it all
    socket.once('close', () => {
      this.#readers.delete(reader);
      this.#options.onReader('closed', this.#readers.size);
    });
    this.#options.onReader('opened', this.#readers.size);
  }

  #acknowledged(reader: Reader, message: Buffer): void {
    if (message.readUInt32LE(0) !== ACK_BUFFER) reader.socket.destroy(); // not a shmsrc
    else reader.holds.delete(Number(message.readBigUInt64LE(8)) / this.#options.blockBytes);
  }

  /** The lowest slot that no reader holds, so that little memory is ever touched. */
  #freeSlot(): number | undefined {
    for (let slot = 0; slot < this.#options.blocks; slot++) {
      if (![...this.#readers].some((reader) => reader.holds.has(slot))) return slot;
    }
    return undefined;
  }
}

function command(type: number, first: number, second: number): Buffer {
  const message = Buffer.alloc(MESSAGE_BYTES);
  message.writeUInt32LE(type, 0);
  message.writeUInt32LE(AREA_ID, 4);
  message.writeBigUInt64LE(BigInt(first), 8);
  message.writeBigUInt64LE(BigInt(second), 16);
  return message;
}
