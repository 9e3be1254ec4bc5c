/**
 * At which running time a track begins. The muxer lets each track of a
 * fragmented file begin at 0 and writes no edit list, so how far apart two
 * devices began is lost in it. Beside the muxer, the first packet of each track
 * is therefore put into GStreamer's data protocol, which carries its time stamp
 * (gst-plugins-bad, gst/gdp/dataprotocol.c, gst_dp_header_from_buffer). Pure.
 */
import type { Track } from './sources.js';

/** The appsink that gives a track's packets in the data protocol; nobody pulls after the first, and what does not fit is dropped. */
export const startSink = (track: Track): string => `${track}-start`;

/** From a branch of encoded media to the muxer, and a look at its first packet. */
export const toMux = (track: Track): string =>
  `tee name=${track}-tee ! queue ! mux. ${track}-tee. ! queue leaky=upstream max-size-buffers=1 ! gdppay ! appsink name=${startSink(track)} sync=false max-buffers=1 drop=false enable-last-sample=false`;

const PAYLOAD_TYPE_AT = 4;
const BUFFER = 1;
const STAMP_AT = 10;
/** Video encoders count from 1000 hours on (gstvideoencoder.c, gst_video_encoder_set_min_pts); no recording is as long. */
const ENCODERS_BEGIN_AT_NS = 1000n * 3600n * 1_000_000_000n;

/** @returns running time in milliseconds, fractions kept; undefined for a packet that is none of media. */
export function firstStamp(packet: Buffer): number | undefined {
  if (packet.length < STAMP_AT + 8 || packet.readUInt16BE(PAYLOAD_TYPE_AT) !== BUFFER) return undefined;
  return Number(packet.readBigUInt64BE(STAMP_AT) % ENCODERS_BEGIN_AT_NS) / 1e6;
}
