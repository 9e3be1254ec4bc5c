/** The lines at work on GStreamer's own test sources: modes, what is hidden, overload, the sound's offset. */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pipeline } from 'gstreamer-superficial';
import t from 'tap';
import { DroppedFrames } from '../../pipeline/dropped-frames.js';
import { KEPT, partLine, RATE, RAW_FRAMES, SINK } from '../../pipeline/launch-line.js';
import type { SourceSettings } from '../../pipeline/sources.js';
import { output } from './keys.js';
import { codecs, seconds, take } from './sources-taken.js';

const gst = createRequire(import.meta.url)('gstreamer-superficial') as { Pipeline: typeof Pipeline };
const SIZE = { width: 320, height: 180, fps: 30 };
const SNOW: SourceSettings = { video: { kind: 'test', pattern: 'snow', ...SIZE }, sound: { kind: 'test', wave: 'sine', channels: 1 } };

/** The brightness of each pixel of a picture in it, as decoded by ffmpeg(1). */
async function grey(plain: Buffer, size = SIZE): Promise<(x: number, y: number) => number> {
  const { plain: pixels } = await output('ffmpeg', ['-v', 'error', '-i', 'pipe:0', '-vf', 'select=eq(n\\,10)', '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'], plain);
  if (pixels.length !== size.width * size.height) throw new Error(`no picture came out (${pixels.length} bytes)`);
  return (x, y) => pixels[y * size.width + x] ?? NaN;
}

/** How much neighbouring pixels differ on the average. */
function detail(pixel: (x: number, y: number) => number): number {
  let sum = 0;
  for (let y = 20; y < 160; y += 1) for (let x = 20; x < 300; x += 1) sum += Math.abs(pixel(x + 1, y) - pixel(x, y));
  return sum / (140 * 280);
}

t.test('each mode records its tracks and no others, sealed and whole', async (t) => {
  t.testdir();
  await Promise.all(([['sound-only', ['aac']], ['picture-only', ['h264']], ['blurred', ['h264', 'aac']]] as const).map(async ([mode, tracks]) => {
    // The device that a mode does not want is one that is not there: opening it would end the part.
    const sources: SourceSettings = {
      ...SNOW,
      ...(mode === 'sound-only' ? { video: { kind: 'shm', socket: '/nowhere', ...SIZE } } : {}),
      ...(mode === 'picture-only' ? { sound: { kind: 'shm', socket: '/nowhere', channels: 1 } } : {}),
    };
    const { plain, levels, fault } = await take(t, sources, mode, seconds(3));
    t.equal(fault, undefined, `${mode}: goes on beyond the time of a stall`);
    t.same(await codecs(plain), tracks, `${mode}: ${tracks.join(' and ')}`);
    t.equal(levels.length > 0, mode !== 'picture-only', `${mode}: levels`);
  }));
});

t.test('what is blurred or covered is not in the recording', async (t) => {
  t.testdir();
  const [covered, smooth] = await Promise.all([
    take(t, { ...SNOW, covers: [{ left: 0.25, top: 0.25, width: 0.25, height: 0.5 }] }, 'picture-only', seconds(1)), take(t, SNOW, 'blurred', seconds(1)),
  ]);
  const [sharp, blurred] = [await grey(covered.plain), await grey(smooth.plain)];
  for (const [x, y] of [[80, 45], [81, 60], [120, 90], [159, 134], [158, 46]] as const) t.ok(sharp(x, y) <= 24, `black at ${x},${y}: ${sharp(x, y)}`);
  const [before, after] = [detail(sharp), detail(blurred)];
  t.ok(before > 20 && after < before / 10, `neighbours differ by ${before.toFixed(1)}, blurred by ${after.toFixed(1)}`);
});

t.test('two frames with one stamp, as a driver gives them that stamps on arrival: it goes on, and each is kept', async (t) => {
  const doubled = partLine({ ...SNOW, mode: 'picture-only' }).replace('x264enc', 'tee name=twice ! queue ! funnel name=both twice. ! queue ! both. both. ! x264enc');
  const { plain } = await output('sh', ['-c', `timeout --signal=INT 3 gst-launch-1.0 -q ${doubled.replace(/appsink name=out .*/, 'fdsink')} | cat`]);
  const frames = (await output('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', 'pipe:0'], plain)).plain.toString().trim().split('\n').map(Number);
  t.ok(frames.length > 60, `${frames.length} frames`);
  t.ok(new Set(frames).size <= frames.length / 2 + 1, 'two of each stamp');
  t.notOk(frames.some((at) => Number.isNaN(at)), 'and none without');
});

t.test('overload drops raw frames before the encoder, each is counted, and the media stay whole', async (t) => {
  // Sleeping 100 ms a frame: an encoder that manages ten a second.
  const pipeline = new gst.Pipeline(partLine({ ...SNOW, mode: 'picture-only' }).replace('x264enc', 'identity sleep-time=100000 ! x264enc'));
  const [sink, rate, raw, kept] = [SINK, RATE, RAW_FRAMES, KEPT].map((name) => pipeline.findChild(name));
  const pieces: Buffer[] = [];
  const count = new DroppedFrames();
  const dropped = (): number => count.at({ made: Number(rate?.['out']), waiting: Number(raw?.['current-level-buffers']), kept: Number(kept?.['in']) });
  pipeline.play();
  const ended = new Promise<void>((resolve) => {
    const pull = (): void => sink?.pull((bytes) => { if (bytes === null) return resolve(); pieces.push(bytes); pull(); });
    pull();
  });
  const counts: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) { await sleep(500); counts.push(dropped()); }
  const [made, waiting, taken] = [Number(rate?.['out']), Number(raw?.['current-level-buffers']), Number(kept?.['in'])];
  pipeline.stop();
  await ended;
  const [last = 0] = counts.slice(-1);
  t.ok(last > 15 && last <= made - taken - waiting + 2, `${last} of ${made} are told as dropped, ${taken} were kept`);
  t.same([...counts].sort((a, b) => a - b), counts, 'the count never falls');
  t.match(await codecs(Buffer.concat(pieces)), ['h264'], 'what came out plays');
  const errors = await output('sh', ['-c', 'ffmpeg -v error -i pipe:0 -f null - 2>&1'], Buffer.concat(pieces));
  t.equal(errors.plain.toString(), '', 'without a word of complaint');
});

t.test('an offset moves the sound against the picture: positive is later', async (t) => {
  t.testdir();
  const lead = async (soundOffsetMs: number): Promise<number> => {
    const { plain } = await take(t, { ...SNOW, soundOffsetMs }, 'picture-and-sound', seconds(1));
    const stdout = (await output('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name:packet=stream_index,pts_time', '-of', 'json', 'pipe:0'], plain)).plain;
    const { streams, packets } = JSON.parse(stdout.toString()) as { streams: { codec_name: string }[]; packets: { stream_index: number; pts_time: string }[] };
    const first = (codec: string): number => Math.min(...packets.filter(({ stream_index }) => streams[stream_index]?.codec_name === codec).map(({ pts_time }) => 1000 * Number(pts_time)));
    return first('aac') - first('h264');
  };
  const [later, asItComes, earlier] = await Promise.all([lead(300), lead(0), lead(-300)]);
  t.ok(Math.abs(later - asItComes - 300) < 60 && Math.abs(earlier - asItComes + 300) < 60, `${later.toFixed(0)}, ${asItComes.toFixed(0)}, ${earlier.toFixed(0)} ms`);
});
