/** Settings → launch lines for every kind of source, mode and encoder; what is counted and moved; which devices are there. */
import { createRequire } from 'node:module';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Pipeline } from 'gstreamer-superficial';
import t from 'tap';
import { DroppedFrames } from '../../pipeline/dropped-frames.js';
import { PICTURE_ENCODERS, pictureEncoder, soundEncoder } from '../../pipeline/encoders.js';
import { HoldBack } from '../../pipeline/hold-back.js';
import { framingLine, mostBytesPerSecond, partLine } from '../../pipeline/launch-line.js';
import { firstStamp } from '../../pipeline/first-stamp.js';
import { TrackOffset } from '../../pipeline/track-offset.js';
import { missingSources, presentDevices } from '../../pipeline/sources-present.js';
import { isVirtual, SettingsError, type SourceSettings } from '../../pipeline/sources.js';
import { fragment, init } from './mp4-samples.js';

const gst = createRequire(import.meta.url)('gstreamer-superficial') as { Pipeline: typeof Pipeline };

const SIZE = { width: 1280, height: 720, fps: 30 };
const REAL: SourceSettings = {
  video: { kind: 'v4l2', device: '/dev/v4l/by-id/usb-Room_Camera-video-index0', pixels: 'mjpeg', ...SIZE },
  sound: { kind: 'alsa', device: 'hw:CARD=Array,DEV=0', channels: 8, take: [3, 4] },
};
const H264: SourceSettings = { ...REAL, video: { kind: 'v4l2', device: '/dev/video0', pixels: 'h264', ...SIZE } };
const DOOR = { left: 0.8, top: 0.1, width: 0.2, height: 0.9 };

t.test('GStreamer knows every element and property of the lines that open devices; they are read here, not started', (t) => {
  const lines: [string, SourceSettings][] = [
    ['mjpeg and eight channels', REAL],
    ['raw', { ...REAL, video: { ...REAL.video, pixels: 'raw' } as SourceSettings['video'] }],
    ['the camera’s own H.264', H264],
    ['blurred, with a cover', { ...REAL, mode: 'blurred', covers: [DOOR] }],
    ['only sound', { ...REAL, mode: 'sound-only' }],
    ['only the picture', { ...REAL, mode: 'picture-only' }],
    ['another encoder of sound', { ...REAL, encoders: { sound: 'voaacenc' } }],
    ['1080p', { ...REAL, video: { ...REAL.video, width: 1920, height: 1080 } }],
    ['pulse and a film', { video: { kind: 'file', path: '/tmp/film.mp4', ...SIZE }, sound: { kind: 'pulse', device: 'x.monitor', channels: 1 } }],
    ['test sources', { video: { kind: 'test', pattern: 'snow', ...SIZE }, sound: { kind: 'test', wave: 'ticks', channels: 2 } }],
  ];
  for (const [name, settings] of lines) for (const line of [partLine(settings), framingLine(settings)]) t.ok(new gst.Pipeline(line), name);
  t.throws(() => new gst.Pipeline(partLine(REAL).replace('provide-clock', 'no-such-property')), 'and a wrong property would be found');
  t.end();
});

t.test('a mode has no line to the device that it does not record', (t) => {
  t.notMatch(partLine({ ...REAL, mode: 'sound-only' }), /v4l2src|h264|picture/, 'sound only: no camera');
  t.notMatch(partLine({ ...REAL, mode: 'picture-only' }), /alsasrc|aac|level|sound/, 'picture only: no microphone');
  t.match(partLine({ ...REAL, mode: 'blurred' }), /height=30,.*x264enc.*mux\. .*alsasrc/, 'blurred: thirty lines before the encoder, and sound');
  t.notMatch(partLine(REAL), /videoscale/, 'otherwise the picture is as it comes');
  t.match(partLine({ ...REAL, covers: [DOOR] }), /<rect x='1024' y='72' width='256' height='648'\/>.*x264enc/, 'covers are burnt in before the encoder');
  t.match(framingLine({ ...REAL, covers: [DOOR] }), /<rect x='512' y='36' width='128' height='324'\/>.*jpegenc/, 'and shown while framing');
  for (const cover of [{ ...DOOR, left: -0.1 }, { ...DOOR, width: 0.3 }, { ...DOOR, height: 0 }, { ...DOOR, top: Number.NaN }]) t.throws(() => partLine({ ...REAL, covers: [cover] }), SettingsError, JSON.stringify(cover));
  t.end();
});

t.test('the camera’s own H.264 is not encoded again, and not hidden by a promise that it cannot keep', (t) => {
  t.match(partLine(H264), /v4l2src .*video\/x-h264.* ! h264parse config-interval=-1 ! tee name=picture-tee ! queue ! mux\./);
  t.notMatch(partLine(H264), /x264enc|leaky=downstream|avdec/);
  t.throws(() => partLine({ ...H264, mode: 'blurred' }), { name: 'SettingsError', message: /neither blurred nor covered/ });
  t.throws(() => partLine({ ...H264, covers: [DOOR] }), { name: 'SettingsError', message: /neither blurred nor covered/ });
  t.ok(partLine({ ...H264, mode: 'sound-only' }), 'sound alone has nothing to hide');
  t.ok(mostBytesPerSecond(H264) > mostBytesPerSecond(REAL), 'its bitrate is its own, so more room is reckoned');
  t.end();
});

t.test('channels are chosen and mixed without clipping', (t) => {
  const matrix = (sound: object): string | undefined => /mix-matrix="([^"]*)"/.exec(partLine({ ...REAL, sound: { kind: 'alsa', device: 'hw:1', ...sound } as SourceSettings['sound'] }))?.[1]?.replaceAll(/\(float\)|(?<=\d)0+(?=[,>])/g, '').replaceAll('0.0', '0');
  const rows = (text = ''): number[][] => [...text.matchAll(/<([^<>]*)>/g)].map(([, row = '']) => row.split(',').map(Number));
  t.equal(matrix({ channels: 1 }), undefined, 'mono as it comes');
  t.equal(matrix({ channels: 2 }), undefined, 'stereo as it comes');
  t.same(rows(matrix({ channels: 4, take: [3, 4] })), [[0, 0, 1, 0], [0, 0, 0, 1]], 'third left, fourth right');
  t.same(rows(matrix({ channels: 4 })), [[0.25, 0.25, 0.25, 0.25]], 'all into one');
  t.same(rows(matrix({ channels: 4, give: 2 })), [[0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5]], 'all, dealt out to two');
  t.same(rows(matrix({ channels: 4, take: [2], give: 2 })), [[0, 1, 0, 0], [0, 1, 0, 0]], 'one, on both sides');
  t.same(rows(matrix({ channels: 2, take: [2, 1] })), [[0, 1], [1, 0]], 'sides exchanged');
  for (const take of [[0], [5], [1.5], [2, 2], []]) t.throws(() => matrix({ channels: 4, take }), SettingsError, `take ${JSON.stringify(take)}`);
  t.end();
});

t.test('real is the device itself: daemons, which keep it open after us, count as virtual', (t) => {
  const kinds = [REAL.video, REAL.sound, { kind: 'pipewire', node: 'camera', ...SIZE }, { kind: 'pulse', device: 'room', channels: 1 }, { kind: 'file', path: '/film.mp4', ...SIZE }, { kind: 'test', wave: 'sine', channels: 1 }] as const;
  t.same(kinds.map(isVirtual), [false, false, true, true, true, true]);
  for (const device of ['default', 'pulse', 'pipewire', 'sysdefault:CARD=Array']) t.throws(() => partLine({ ...REAL, sound: { kind: 'alsa', device, channels: 2 } }), { name: 'SettingsError', message: /npm run devices/ }, device);
  t.throws(() => partLine({ ...REAL, video: { ...REAL.video, device: 'video0' } as SourceSettings['video'] }), { name: 'SettingsError', message: /npm run devices/ });
  t.end();
});

t.test('every encoder is told main profile, a key frame a second, no B-frames and its rate', (t) => {
  for (const name of PICTURE_ENCODERS) {
    const line = pictureEncoder(name, { height: 1080, fps: 25 });
    t.match(line, /[=,](4500|4500000)[ ,]/, `${name}: rate`);
    t.match(line, /(key-int-max|keyframe-period|gop-size|h264_i_frame_period)=25\b/, `${name}: key frames`);
    t.match(line, /(b-frames|max-bframes|bframes|video_b_frames)=0\b/, `${name}: no B-frames`);
    t.match(line, /video\/x-h264,profile=main( ! h264parse|,stream-format=avc,alignment=au)$/, `${name}: main profile`);
  }
  t.throws(() => pictureEncoder('toString', SIZE), SettingsError);
  t.throws(() => soundEncoder('lamemp3enc'), SettingsError);
  t.end();
});

t.test('dropped frames: only what was missing twice counts, and the count never falls', (t) => {
  const dropped = new DroppedFrames();
  t.equal(dropped.at({ made: 30, waiting: 1, kept: 28 }), 0, 'one is on its way between two counters');
  t.equal(dropped.at({ made: 60, waiting: 2, kept: 58 }), 0, 'it has come');
  t.equal(dropped.at({ made: 90, waiting: 15, kept: 60 }), 0, 'fifteen are missing once');
  t.equal(dropped.at({ made: 120, waiting: 15, kept: 80 }), 15, 'and twice');
  t.equal(dropped.at({ made: 150, waiting: 0, kept: 140 }), 15);
  t.end();
});

t.test('the sound’s decode times are moved: later, or the picture later instead', (t) => {
  const moved = (offsetMs: number | undefined, times: { picture?: number; sound?: number }, began: { picture?: number; sound?: number } = {}): object | undefined => {
    const offset = new TrackOffset(offsetMs);
    for (const track of ['picture', 'sound'] as const) if (began[track] !== undefined) offset.began(track, began[track]);
    const units = offset.moved(new HoldBack().push(Buffer.concat([init(), fragment(times)]), 0));
    const again = new HoldBack().push(Buffer.concat(units.map((unit) => unit.kind === 'init' ? Buffer.concat([unit.ftyp, unit.moov]) : unit.bytes)), 0);
    const [told, read] = [units, again].map((all) => all.map((unit) => (unit.kind === 'fragment' ? unit.times : undefined))[1]);
    t.same(told, read, 'what is told of a fragment is what stands in it');
    return read;
  };
  t.same(moved(undefined, { picture: 1000, sound: 1003 }), { picture: 1000, sound: 1003 });
  t.same(moved(80, { picture: 1000, sound: 1003 }), { picture: 1000, sound: 1083 });
  t.same(moved(-80, { picture: 1000, sound: 1003 }), { picture: 1080, sound: 1003 });
  t.same(moved(-80, { sound: 7_200_000 }), { sound: 7_200_000 });
  t.same(moved(0, { picture: 1000, sound: 1003 }, { picture: 20, sound: 520 }), { picture: 1000, sound: 1503 }, 'a microphone that began half a second later');
  t.same(moved(0, { picture: 1000, sound: 1003 }, { picture: 520, sound: 20 }), { picture: 1500, sound: 1003 }, 'a camera that did');
  t.same(moved(-80, { picture: 1000, sound: 1003 }, { picture: 520, sound: 20 }), { picture: 1580, sound: 1003 });
  t.same(moved(0, { picture: 1000 }, { picture: 520 }), { picture: 1000 }, 'one track alone is moved against nothing');
  t.end();
});

t.test('where a track begins is read from its first packet of media', (t) => {
  const packet = (type: number, ns: bigint): Buffer => {
    const bytes = Buffer.alloc(62);
    bytes.writeUInt16BE(type, 4);
    bytes.writeBigUInt64BE(ns, 10);
    return bytes;
  };
  t.equal(firstStamp(packet(1, 227_500n)), 0.2275);
  t.equal(firstStamp(packet(1, 3_600_000_000_000_000n + 500_000_000n)), 500, 'encoders count from 1000 hours on');
  t.equal(firstStamp(packet(0x4e28, 7n)), undefined, 'an event');
  t.equal(firstStamp(Buffer.alloc(12)), undefined, 'too short');
  t.end();
});

t.test('the devices that are there are named stably, and a missing one is told with them', async (t) => {
  const root = t.testdir({
    dev: { v4l: { 'by-id': {} } },
    proc: { asound: {
      pcm: '00-00: ALC256 Analog : ALC256 Analog : playback 1 : capture 1\n00-03: HDMI 0 : HDMI 0 : playback 1\n01-00: USB Audio : USB Audio : capture 1\n',
      card0: { id: 'PCH\n' },
      card1: { id: 'Array\n', stream0: 'Maker Array at usb-1, high speed : USB Audio\n\nCapture:\n  Status: Stop\n  Interface 1\n    Altset 1\n    Format: S16_LE\n    Channels: 8\n    Endpoint: 0x81 (1 IN) (ASYNC)\n    Rates: 16000, 48000\n' },
    } },
    sys: { class: { video4linux: { video0: { index: '0\n', name: 'Room Camera\n' }, video1: { index: '1\n', name: 'Room Camera\n' }, video2: { index: '0\n', name: 'Spare\n' } } } },
  });
  symlinkSync('../../video0', path.join(root, 'dev/v4l/by-id/usb-Room_Camera-video-index0'));
  writeFileSync(path.join(root, 'dev/video0'), '');
  t.same(await presentDevices(root), {
    cameras: [{ device: '/dev/v4l/by-id/usb-Room_Camera-video-index0', name: 'Room Camera' }, { device: '/dev/video2', name: 'Spare' }],
    cards: [{ device: 'hw:CARD=PCH,DEV=0', name: 'ALC256 Analog', formats: [] }, { device: 'hw:CARD=Array,DEV=0', name: 'USB Audio', formats: ['S16_LE, 8 channels, 16000, 48000'] }],
  });
  t.equal(await missingSources(REAL, root), undefined);
  t.equal(await missingSources({ ...REAL, sound: { kind: 'alsa', device: 'plughw:Array', channels: 8 } }, root), undefined, 'another way to write it');
  t.equal(await missingSources({ ...REAL, video: { ...REAL.video, device: '/dev/v4l/by-id/usb-Gone-video-index0' } as SourceSettings['video'] }, root),
    'There is no camera /dev/v4l/by-id/usb-Gone-video-index0. The cameras here: /dev/v4l/by-id/usb-Room_Camera-video-index0 (Room Camera), /dev/video2 (Spare).');
  const bare = path.join(root, 'bare');
  mkdirSync(bare);
  t.equal(await missingSources(REAL, bare), 'There is no camera /dev/v4l/by-id/usb-Room_Camera-video-index0. No cameras are connected. There is no sound card hw:CARD=Array,DEV=0. No sound cards that record are connected.');
});
