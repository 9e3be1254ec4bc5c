/** Video settings → the GStreamer elements that give the picture. Pure. */
import { quoted, SettingsError, whole, type Cover, type VideoSource } from './sources.js';

const I420 = 'video/x-raw,format=I420';

const sizeOf = ({ width, height, fps }: VideoSource): string => `width=${whole('width', width)},height=${whole('height', height)},framerate=${whole('fps', fps)}/1`;

/** A camera that encodes by itself, so that nothing of ours needs to. */
export const isEncoded = (source: VideoSource): boolean => source.kind === 'v4l2' && source.pixels === 'h264';

/** Elements that give raw I420 (so 4:2:0) at the source's own size and rate. @throws SettingsError */
export function pictureElements(source: VideoSource): string {
  const size = sizeOf(source);
  switch (source.kind) {
    case 'shm':
      return `shmsrc name=picture socket-path=${quoted('socket', source.socket)} is-live=true do-timestamp=true ! ${I420},${size}`;
    case 'v4l2':
      switch (source.pixels) {
        case 'raw': return `${camera(source.device)} ! video/x-raw,${size} ! videoconvert ! ${I420}`;
        case 'mjpeg': return `${camera(source.device)} ! image/jpeg,${size} ! jpegdec ! videoconvert ! ${I420}`;
        case 'h264': return `${encodedElements(source)} ! avdec_h264 ! videoconvert ! ${I420}`;
      }
    case 'pipewire':
      return `pipewiresrc name=picture target-object=${quoted('node', source.node)} do-timestamp=true always-copy=true ! video/x-raw,${size} ! videoconvert ! ${I420}`;
    case 'file':
      return `filesrc name=picture location=${quoted('path', source.path)} ! decodebin ! videoconvert ! videoscale ! videorate ! ${I420},${size} ! identity sync=true`;
    case 'test':
      return `videotestsrc name=picture is-live=true pattern=${source.pattern} ! ${I420},${size}`;
  }
}

/**
 * The camera's own H.264, cut into pictures and otherwise as it came. A key frame is asked for each second; a camera
 * that knows no such control warns and goes on.
 * @throws SettingsError
 */
export function encodedElements(source: VideoSource): string {
  if (source.kind !== 'v4l2' || source.pixels !== 'h264') throw new SettingsError('only a camera of pixels "h264" gives an encoded picture');
  const keyFrames = `extra-controls="c,h264_i_frame_period=${whole('fps', source.fps)},video_gop_size=${source.fps}"`;
  return `${camera(source.device)} ${keyFrames} ! video/x-h264,stream-format=byte-stream,alignment=au,${sizeOf(source)} ! h264parse config-interval=-1`;
}

/** A device file, preferably the one of /dev/v4l/by-id/, which survives replugging. */
function camera(device: string): string {
  if (!device.startsWith('/dev/')) throw new SettingsError(`the camera is ${JSON.stringify(device)}; it must be a path below /dev/, as \`npm run devices\` lists them`);
  return `v4l2src name=picture device=${quoted('device', device)}`;
}

/** Of a blurred picture this many lines are left. */
const BLURRED_LINES = 30;
/** Each sample of 4:2:0 colour stands for two pixels in each direction. */
const even = (value: number): number => Math.max(2, 2 * Math.round(value / 2));

/**
 * Blurs for good: the picture is shrunk to 30 lines and drawn large again from
 * them. Each pixel of those is the mean of hundreds (`bilinear2` weighs them
 * all; `bilinear` would pick two a line, which movement could piece together
 * again). What tells faces apart lies in the differences inside one mean; they
 * are not in the 30 lines, and nothing else reaches the encoder.
 * @throws SettingsError
 */
export function blurElements({ width, height }: VideoSource): string {
  const lines = even(Math.min(BLURRED_LINES, height));
  const size = (across: number, down: number): string => `videoscale method=bilinear2 add-borders=false ! video/x-raw,width=${across},height=${down},pixel-aspect-ratio=1/1`;
  return `${size(even((width * lines) / height), lines)} ! ${size(whole('width', width), whole('height', height))}`;
}

/**
 * Draws black over the picture. Edges go outward to whole samples of colour, so that none is half covered.
 * @param size of the picture that comes in. @throws SettingsError
 */
export function coverElements(covers: readonly Cover[], { width, height }: { readonly width: number; readonly height: number }): string {
  const down = (value: number): number => 2 * Math.floor(value / 2);
  const up = (value: number): number => 2 * Math.ceil(value / 2);
  const rectangles = covers.map((cover) => {
    const { left, top } = cover;
    const [right, bottom] = [left + cover.width, top + cover.height];
    if (![left, top].every((edge) => edge >= 0 && edge < 1) || !(cover.width > 0 && cover.height > 0 && right <= 1.0001 && bottom <= 1.0001))
      throw new SettingsError(`a cover lies outside the picture: ${JSON.stringify(cover)}; left, top, width and height are fractions from 0 to 1`);
    const [x, y] = [down(left * width), down(top * height)];
    return `<rect x='${x}' y='${y}' width='${up(right * width) - x}' height='${up(bottom * height) - y}'/>`;
  });
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${width} ${height}' preserveAspectRatio='none'>${rectangles.join('')}</svg>`;
  return `videoconvert ! rsvgoverlay fit-to-frame=true data="${svg}" ! videoconvert ! ${I420}`;
}
