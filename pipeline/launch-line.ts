/** Settings in, GStreamer launch strings out. Pure; everything is said here, because the binding cannot set most properties later. */
import { pictureEncoder, pictureKbits, SOFTWARE, SOUND_BITRATE, soundEncoder } from './encoders.js';
import { toMux } from './first-stamp.js';
import { blurElements, coverElements, encodedElements, isEncoded, pictureElements } from './sources-picture.js';
import { soundElements } from './sources-sound.js';
import { SettingsError, tracksOf, whole, type SourceSettings, type VideoSource } from './sources.js';

/** The appsink that media come from, in both lines. */
export const SINK = 'out';
/** Three elements whose counters tell how many frames overload has cost (dropped-frames.ts). */
export const RATE = 'rate';
export const RAW_FRAMES = 'raw';
export const KEPT = 'kept';

/** Fragments are asked for this often; mp4mux decides, and nothing relies on it. */
const FRAGMENT_MS = 250;
/** Sound levels at 10 Hz: the binding leaks some 0.6 kB a message, so not faster. */
const LEVELS = 'level name=level interval=100000000';
/**
 * A device's own stamps are kept: to move frames onto an even
 * grid would put up to half a frame (17 ms) between picture and sound, for the whole of a recording. Only what is stamped on
 * arrival (shared memory) is evened out, and gaps of up to 0.5 s are filled by repeating.
 */
const evenPicture = ({ kind }: VideoSource): string =>
  `videorate name=${RATE} skip-to-first=true ${kind === 'shm' ? 'max-duplication-time=500000000' : 'drop-only=true'}`;
/** Sound is counted in samples; only where its stamps are off by more than 40 ms is silence put in or sound left out. Stamps of AAC then always rise. */
const EVEN_SOUND = 'audiorate tolerance=40000000 skip-to-first=true';
/** The picture of the framing screen. */
const PREVIEW = { width: 640, height: 360 };

/** Bytes per second that a recording takes at most, padding and seal included. A camera's own H.264 is reckoned at twice ours. */
export const mostBytesPerSecond = ({ video }: SourceSettings): number =>
  Math.ceil(1.1 * (pictureKbits(video.height) * 1000 * (isEncoded(video) ? 2 : 1) + SOUND_BITRATE) / 8);

/**
 * Sealed recording: H.264 and AAC in fragmented MP4, or one of them: a mode
 * without a picture, or without sound, has no source for it at all.
 * @throws SettingsError
 */
export function partLine(sources: SourceSettings): string {
  const tracks = tracksOf(sources.mode);
  return [
    ...(tracks.includes('picture') ? [`${pictureBranch(sources)} ! ${toMux('picture')}`] : []),
    ...(tracks.includes('sound') ? [`${soundBranch(sources)} ! ${toMux('sound')}`] : []),
    `mp4mux name=mux fragment-duration=${FRAGMENT_MS} streamable=true`,
    `! appsink name=${SINK} sync=false max-buffers=2000 drop=false enable-last-sample=false`,
  ].join(' ');
}

/** Overload drops raw frames before the encoder (`leaky=downstream`), never encoded bytes: those would break the file. */
function pictureBranch({ video, covers = [], mode, encoders }: SourceSettings): string {
  if (isEncoded(video)) {
    if (mode === 'blurred' || covers.length > 0) throw new SettingsError('the camera encodes by itself (pixels "h264"), so its picture can be neither blurred nor covered; set pixels to "mjpeg" or "raw"');
    return encodedElements(video);
  }
  const rawFrames = `queue name=${RAW_FRAMES} max-size-buffers=${Math.ceil(whole('fps', video.fps) / 2)} max-size-bytes=0 max-size-time=0 leaky=downstream`;
  return [
    pictureElements(video), evenPicture(video), rawFrames, `videorate name=${KEPT} drop-only=true`,
    ...(mode === 'blurred' ? [blurElements(video)] : []),
    ...(covers.length > 0 ? [coverElements(covers, video)] : []),
    pictureEncoder(encoders?.picture ?? SOFTWARE.picture, video),
  ].join(' ! ');
}

const soundBranch = ({ sound, encoders }: SourceSettings): string =>
  `${soundElements(sound)} ! ${EVEN_SOUND} ! ${LEVELS} ! queue ! ${soundEncoder(encoders?.sound ?? SOFTWARE.sound)}`;

/** The elements of a part without its sources: to load their plugins (0.1 s) before the devices may be opened. Never started. */
export const PART_PLUGINS = 'videorate ! queue ! x264enc ! mp4mux ! fakesink  audiorate ! level ! audioconvert ! audioresample ! avenc_aac ! aacparse ! gdppay ! fakesink';

/**
 * Framing: small JPEG pictures and plain sound, with their times, and sound levels; the times are those of a part, so that the clap test speaks of the same. Nothing of it is kept.
 * Covers are shown as they will be recorded.
 * @throws SettingsError
 */
export function framingLine({ video, sound, covers = [] }: SourceSettings): string {
  const covered = covers.length > 0 ? ` ! ${coverElements(covers, PREVIEW)}` : '';
  return [
    `${pictureElements(video)} ! ${evenPicture(video)} ! queue max-size-buffers=2 leaky=downstream ! videoscale ! video/x-raw,width=${PREVIEW.width},height=${PREVIEW.height}${covered} ! jpegenc quality=75 ! ${toMux('picture')}`,
    `${soundElements(sound)} ! ${EVEN_SOUND} ! ${LEVELS} ! audioconvert ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! ${toMux('sound')}`,
    `qtmux name=mux fragment-duration=100 streamable=true ! appsink name=${SINK} sync=false max-buffers=200 drop=false enable-last-sample=false`,
  ].join(' ');
}
