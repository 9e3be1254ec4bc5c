/** A picture blurred for good, in the worker: decoded, thirty lines of means, encoded anew. What was lost in between is in no clip. */
import { avcConfigIn, avcConfigOf, codecOf } from '../../pipeline/seal/codecs.js';
import type { Track } from '../../pipeline/seal/fragments.js';
import type { Cut } from '../../pipeline/seal/mux.js';

/** As the recorder's own mode `blurred`: nobody is known by thirty lines. */
const LINES = 30;
/** Blurred pictures need little. */
const BITRATE = 600_000;
/** A sync sample each second (FORMAT.md). */
const SYNC_US = 1_000_000;
/** H.264 constrained baseline profile, level 4.0: up to 1080 lines, and no picture waits for a later one, as Firefox has it in main profile though asked for real time. */
const CODEC = 'avc1.42e028';
/** Pictures that wait in a codec; each holds a whole picture in memory. */
const MOST_WAITING = 8;

/** Whether this browser has what it takes. */
export async function canBlur(): Promise<boolean> {
  if (typeof VideoEncoder === 'undefined' || typeof VideoDecoder === 'undefined') return false;
  const { supported } = await VideoEncoder.isConfigSupported({ codec: CODEC, width: 1280, height: 720, bitrate: BITRATE }).catch(() => ({ supported: false }));
  return supported === true;
}

export class Blur {
  readonly #track: Track;
  readonly #decoder: VideoDecoder;
  #encoder: VideoEncoder | undefined;
  #done: Cut[] = [];
  #failed: Error | undefined;
  #syncAt = -Infinity;
  /** `avcC`, once the first picture has come out. */
  config: Uint8Array | undefined;

  constructor(track: Track) {
    this.#track = track;
    this.#decoder = new VideoDecoder({ output: (frame) => this.#encode(frame), error: (error) => { this.#failed ??= error; } });
    const description = avcConfigOf(track);
    this.#decoder.configure({ codec: codecOf(track), ...(description === undefined ? {} : { description }) });
  }

  /** @returns what has come out so far. @throws Error where a picture cannot be decoded or encoded */
  async take(samples: readonly Cut[]): Promise<readonly Cut[]> {
    for (const { at, ticks, shownLater, isSync, bytes } of samples) {
      this.#decoder.decode(new EncodedVideoChunk({ type: isSync ? 'key' : 'delta', timestamp: this.#us(at + shownLater), duration: this.#us(ticks), data: bytes }));
      while (this.#failed === undefined && this.#decoder.decodeQueueSize + (this.#encoder?.encodeQueueSize ?? 0) > MOST_WAITING) await new Promise((resolve) => setTimeout(resolve));
    }
    return this.#out();
  }

  /** What was left. */
  async end(): Promise<readonly Cut[]> {
    await this.#decoder.flush();
    await this.#encoder?.flush();
    const rest = this.#out();
    this.#decoder.close();
    this.#encoder?.close();
    return rest;
  }

  #us(ticks: number): number {
    return Math.round((ticks * 1e6) / this.#track.timescale);
  }

  #ticks(us: number): number {
    return Math.round((us * this.#track.timescale) / 1e6);
  }

  #out(): readonly Cut[] {
    if (this.#failed !== undefined) throw this.#failed;
    const out = this.#done;
    this.#done = [];
    return out;
  }

  #encode(frame: VideoFrame): void {
    try {
      const [width, height] = [frame.displayWidth, frame.displayHeight];
      this.#encoder ??= this.#encoderFor(width, height);
      const picture = new VideoFrame(blurred(frame, width, height), { timestamp: frame.timestamp, ...(frame.duration === null ? {} : { duration: frame.duration }) });
      const keyFrame = frame.timestamp - this.#syncAt >= SYNC_US;
      if (keyFrame) this.#syncAt = frame.timestamp;
      this.#encoder.encode(picture, { keyFrame });
      picture.close();
    } catch (error) {
      this.#failed ??= error instanceof Error ? error : new Error('the picture cannot be blurred');
    } finally {
      frame.close();
    }
  }

  #encoderFor(width: number, height: number): VideoEncoder {
    const encoder = new VideoEncoder({
      output: (chunk, metadata) => {
        const bytes = new Uint8Array(chunk.byteLength);
        chunk.copyTo(bytes);
        // Firefox's description has the first byte of each parameter set twice; what stands in its pictures is right.
        this.config ??= avcConfigIn(bytes) ?? described(metadata?.decoderConfig?.description);
        const at = this.#ticks(chunk.timestamp);
        this.#done.push({ at, ticks: this.#ticks(chunk.timestamp + (chunk.duration ?? 0)) - at, shownLater: 0, isSync: chunk.type === 'key', bytes });
      },
      error: (error) => { this.#failed ??= error; },
    });
    // Real time has no pictures that wait for later ones, so decode times are those of showing.
    encoder.configure({ codec: CODEC, width, height, bitrate: BITRATE, latencyMode: 'realtime', avc: { format: 'avc' } });
    return encoder;
  }
}

function described(description: AllowSharedBufferSource | undefined): Uint8Array | undefined {
  if (description === undefined) return undefined;
  return ArrayBuffer.isView(description) ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength).slice() : new Uint8Array(description).slice();
}

/** One canvas for each size, exactly that large: what lies beyond an edge is then the edge itself, and no black. */
const canvases = new Map<string, OffscreenCanvas>();

function canvasOf(width: number, height: number): OffscreenCanvas {
  const name = `${width}x${height}`;
  const canvas = canvases.get(name) ?? new OffscreenCanvas(width, height);
  canvases.set(name, canvas);
  return canvas;
}

function drawn(picture: CanvasImageSource, width: number, height: number): OffscreenCanvas {
  const canvas = canvasOf(width, height);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  return canvas;
}

/** Halved until thirty lines are left, so that each is a mean of all that was there; then drawn large again. */
function blurred(frame: VideoFrame, width: number, height: number): OffscreenCanvas {
  let [picture, lines]: [CanvasImageSource, number] = [frame, height];
  while (lines > LINES) {
    lines = Math.max(LINES, Math.ceil(lines / 2));
    picture = drawn(picture, Math.max(1, Math.round((width * lines) / height)), lines);
  }
  return drawn(picture, width, height);
}
