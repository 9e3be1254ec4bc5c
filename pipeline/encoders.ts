/**
 * The encoders that we know, best first, and what each is told: main profile,
 * a key frame a second, no B-frames (they wait for frames to come), a steady
 * rate. Pure; which of them works on this machine is encoder-probe.ts's.
 *
 * Only x264enc, avenc_aac and voaacenc were ever run; the others are written
 * after their documentation (gstreamer.freedesktop.org, 1.22).
 */
import { SettingsError } from './sources.js';

interface Rate {
  readonly kbits: number;
  readonly fps: number;
}

/**
 * Two frames may have the same stamp, where a driver stamps on arrival and they come in a heap. h264parse then takes the
 * second one's away (gstbaseparse.c), and the muxer ends the recording; so where an encoder gives what the muxer wants, nothing parses it.
 */
const FOR_MUX = 'video/x-h264,profile=main,stream-format=avc,alignment=au';
const PARSED = 'video/x-h264,profile=main ! h264parse';

/** Raw I420 in, H.264 out. All but v4l2h264enc take kbit/s. */
const PICTURE: Readonly<Record<string, (rate: Rate) => string>> = {
  vah264enc: ({ kbits, fps }) => `${NV12} ! vah264enc rate-control=cbr bitrate=${kbits} key-int-max=${fps} b-frames=0 ! ${PARSED}`,
  vaapih264enc: ({ kbits, fps }) => `vaapih264enc rate-control=cbr bitrate=${kbits} keyframe-period=${fps} max-bframes=0 ! ${PARSED}`,
  qsvh264enc: ({ kbits, fps }) => `${NV12} ! qsvh264enc rate-control=cbr bitrate=${kbits} gop-size=${fps} b-frames=0 ! ${PARSED}`,
  nvh264enc: ({ kbits, fps }) => `${NV12} ! nvh264enc rc-mode=cbr bitrate=${kbits} gop-size=${fps} bframes=0 zerolatency=true ! ${PARSED}`,
  // The driver's own controls (V4L2_CID_MPEG_VIDEO_…): bit/s, and profile 2 is main.
  v4l2h264enc: ({ kbits, fps }) => `${NV12} ! v4l2h264enc extra-controls="c,video_bitrate=${kbits * 1000},h264_i_frame_period=${fps},video_b_frames=0,h264_profile=2" ! ${PARSED}`,
  x264enc: ({ kbits, fps }) => `x264enc tune=zerolatency speed-preset=superfast bframes=0 bitrate=${kbits} key-int-max=${fps} ! ${FOR_MUX}`,
};
const NV12 = 'videoconvert ! video/x-raw,format=NV12';

/**
 * Raw sound in, AAC out; all take bit/s. What an encoder puts before the first sample (its priming, ISO/IEC 14496-24) is not
 * in GStreamer's time stamps, so that a decoder gives the sound so many samples too late. avenc_aac and voaacenc as measured
 * with a click; fdkaacenc by its documentation (two frames).
 */
const SOUND: Readonly<Record<string, { readonly primingSamples: number }>> = { avenc_aac: { primingSamples: 1024 }, voaacenc: { primingSamples: 1600 }, fdkaacenc: { primingSamples: 2048 } };
const SOUND_RATE = 48_000;

export const PICTURE_ENCODERS: readonly string[] = Object.keys(PICTURE);
export const SOUND_ENCODERS: readonly string[] = Object.keys(SOUND);

export interface Encoders {
  readonly picture: string;
  readonly sound: string;
}
/** Run on every machine on which the packages are installed. */
export const SOFTWARE: Encoders = { picture: 'x264enc', sound: 'avenc_aac' };

export const SOUND_BITRATE = 96_000;

/** Enough for faces and handwriting on a board. */
export const pictureKbits = (height: number): number => (height > 720 ? 4500 : 2500);

/** @throws SettingsError where we do not know it. */
export function pictureEncoder(name: string, { height, fps }: { readonly height: number; readonly fps: number }): string {
  const line = Object.hasOwn(PICTURE, name) ? PICTURE[name] : undefined;
  if (line === undefined) throw new SettingsError(`the encoder of the picture is ${JSON.stringify(name)}; we know ${PICTURE_ENCODERS.join(', ')}`);
  return line({ kbits: pictureKbits(height), fps });
}

/** @throws SettingsError where we do not know it. */
export function soundEncoder(name: string): string {
  if (!SOUND_ENCODERS.includes(name)) throw new SettingsError(`the encoder of the sound is ${JSON.stringify(name)}; we know ${SOUND_ENCODERS.join(', ')}`);
  return `audioconvert ! audioresample ! ${name} bitrate=${SOUND_BITRATE} ! aacparse`;
}

/** By how much the sound must be moved to earlier for what this encoder puts before it, in milliseconds. */
export const soundPrimingMs = (name: string): number => ((SOUND[name]?.primingSamples ?? 0) * 1000) / SOUND_RATE;
