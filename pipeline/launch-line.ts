/** Settings in, GStreamer launch strings out. Pure; everything is said here, because the binding cannot set most properties later. */
import { pictureElements, soundElements, type SourceSettings } from './sources.js';

/** The appsink that media come from, in both lines. */
export const SINK = 'out';

/** Fragments are asked for this often; mp4mux decides, and nothing relies on it. */
const FRAGMENT_MS = 250;
/** Sound levels at 10 Hz: the binding leaks some 0.6 kB a message, so not faster. */
const LEVELS = 'level name=level interval=100000000';
/** One frame for each turn of the rate, so that stamps always rise: frames that come in a heap are thinned, gaps up to 0.5 s filled by repeating. */
const EVEN_PICTURE = 'videorate skip-to-first=true max-duplication-time=500000000';
/** Sound is counted in samples; only where its stamps are off by more than 40 ms is silence put in or sound left out. Stamps of AAC then always rise. */
const EVEN_SOUND = 'audiorate tolerance=40000000 skip-to-first=true';
const SOUND_BITRATE = 96_000;
/** The picture of the framing screen. */
const PREVIEW = 'width=640,height=360,framerate=12/1';

/** Enough for faces and handwriting on a board; x264's bitrate is in kbit/s. */
const pictureKbits = (height: number): number => (height > 720 ? 4500 : 2500);

/** Bytes per second that a recording takes at most, padding and seal included. */
export const mostBytesPerSecond = ({ video }: SourceSettings): number => Math.ceil(1.1 * (pictureKbits(video.height) * 1000 + SOUND_BITRATE) / 8);

/**
 * Sealed recording: H.264 and AAC in fragmented MP4.
 * Overload drops raw frames before the encoder (`leaky=downstream`), never encoded bytes: those would break the file.
 * @throws SettingsError
 */
export function partLine({ video, sound }: SourceSettings): string {
  const encoder = `x264enc tune=zerolatency speed-preset=superfast bitrate=${pictureKbits(video.height)} key-int-max=${video.fps}`;
  const rawFrames = `queue max-size-buffers=${Math.ceil(video.fps / 2)} max-size-bytes=0 max-size-time=0 leaky=downstream`;
  return [
    `${pictureElements(video)} ! ${EVEN_PICTURE} ! ${rawFrames} ! ${encoder} ! video/x-h264,profile=main ! h264parse ! queue ! mux.`,
    `${soundElements(sound)} ! ${EVEN_SOUND} ! ${LEVELS} ! queue ! audioconvert ! audioresample ! avenc_aac bitrate=${SOUND_BITRATE} ! aacparse ! queue ! mux.`,
    `mp4mux name=mux fragment-duration=${FRAGMENT_MS} streamable=true`,
    `! appsink name=${SINK} sync=false max-buffers=2000 drop=false enable-last-sample=false`,
  ].join(' ');
}

/** The elements of a part without its sources: to load their plugins (0.1 s) before the devices may be opened. Never started. */
export const PART_PLUGINS = 'videorate ! queue ! x264enc ! h264parse ! mp4mux ! fakesink  audiorate ! level ! audioconvert ! audioresample ! avenc_aac ! aacparse ! fakesink';

/** Framing: small JPEG pictures and sound levels. No encoder, no muxer, nothing that could be kept. @throws SettingsError */
export function framingLine({ video, sound }: SourceSettings): string {
  return [
    `${pictureElements(video)} ! queue max-size-buffers=2 leaky=downstream ! videorate drop-only=true ! videoscale`,
    `! video/x-raw,${PREVIEW} ! jpegenc quality=75 ! appsink name=${SINK} sync=false max-buffers=1 drop=true enable-last-sample=false`,
    `${soundElements(sound)} ! ${LEVELS} ! fakesink sync=false`,
  ].join(' ');
}
