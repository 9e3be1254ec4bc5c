/** Where light and sound come from, as settings, and the GStreamer elements that each kind stands for. Pure. */

export type VideoSource =
  /** Virtual classroom only: raw I420 frames through shared memory. */
  | { readonly kind: 'shm'; readonly socket: string; readonly width: number; readonly height: number; readonly fps: number }
  /** A capture device; `pixels` is what it is asked for. */
  | { readonly kind: 'v4l2'; readonly device: string; readonly pixels: 'raw' | 'mjpeg'; readonly width: number; readonly height: number; readonly fps: number };

export type SoundSource =
  /** Virtual classroom only: S16LE at 48 kHz through shared memory. */
  | { readonly kind: 'shm'; readonly socket: string; readonly channels: number }
  | { readonly kind: 'alsa'; readonly device: string; readonly channels: number };

export interface SourceSettings {
  readonly video: VideoSource;
  readonly sound: SoundSource;
}

/** Names of the source elements in the launch line: an error from one of them is an error of the source. */
export const SOURCE_NAMES = ['picture', 'sound'] as const;
export type Track = (typeof SOURCE_NAMES)[number];

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** A source that shows no real room. The installed package refuses these. */
export function isVirtual(source: VideoSource | SoundSource): boolean {
  switch (source.kind) {
    case 'shm': return true;
    case 'v4l2': case 'alsa': return false;
  }
}

/** Elements that give raw I420 (so 4:2:0) at the source's own size and rate. @throws SettingsError */
export function pictureElements(source: VideoSource): string {
  const size = `width=${whole('width', source.width)},height=${whole('height', source.height)},framerate=${whole('fps', source.fps)}/1`;
  const i420 = 'video/x-raw,format=I420';
  switch (source.kind) {
    case 'shm':
      return `shmsrc name=picture socket-path=${quoted('socket', source.socket)} is-live=true do-timestamp=true ! ${i420},${size}`;
    case 'v4l2': {
      const device = `v4l2src name=picture device=${quoted('device', source.device)}`;
      const decoded = source.pixels === 'mjpeg' ? `image/jpeg,${size} ! jpegdec` : `video/x-raw,${size}`;
      return `${device} ! ${decoded} ! videoconvert ! ${i420}`;
    }
  }
}

/** Elements that give raw S16LE at 48 kHz. @throws SettingsError */
export function soundElements(source: SoundSource): string {
  const raw = `audio/x-raw,format=S16LE,rate=48000,channels=${whole('channels', source.channels)},layout=interleaved`;
  switch (source.kind) {
    case 'shm':
      return `shmsrc name=sound socket-path=${quoted('socket', source.socket)} is-live=true do-timestamp=true ! ${raw}`;
    case 'alsa':
      return `alsasrc name=sound device=${quoted('device', source.device)} ! audioconvert ! audioresample ! ${raw}`;
  }
}

function whole(setting: string, value: number): number {
  if (Number.isInteger(value) && value > 0 && value <= 10_000) return value;
  throw new SettingsError(`${setting} is ${value}; it must be a whole number from 1 to 10000`);
}

/** A path or device name for the launch line, which has a grammar of its own: anything that could end the value is refused. */
function quoted(setting: string, value: string): string {
  if (/^[\w./:=,@+-]{1,200}$/.test(value)) return `"${value}"`;
  throw new SettingsError(`${setting} is ${JSON.stringify(value)}; only letters, digits and ./:=,@+-_ are taken`);
}
