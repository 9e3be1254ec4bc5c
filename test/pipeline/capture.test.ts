/** The pure half of capture: launch lines, boxes, hold-back, lease, liveness, and the rules that join them. */
import fc from 'fast-check';
import t from 'tap';
import { Capture, type Medium, type PipelineListener } from '../../pipeline/capture.js';
import { HoldBack } from '../../pipeline/hold-back.js';
import { framingLine, partLine } from '../../pipeline/launch-line.js';
import { FORCE_AFTER_MS, Lease, LEASE_MS } from '../../pipeline/lease.js';
import { FIRST_MEDIA_MS, Liveness, STALL_MS } from '../../pipeline/liveness.js';
import { BoxSplitter, fragmentTimes, MediaFormatError, trackClocks } from '../../pipeline/mp4-boxes.js';
import type { FromRecorder } from '../../pipeline/recorder-messages.js';
import { isVirtual, SettingsError, type SourceSettings, type Track } from '../../pipeline/sources.js';
import { box, fragment, init } from './mp4-samples.js';

const SHM: SourceSettings = {
  video: { kind: 'shm', socket: '/run/picture', width: 1280, height: 720, fps: 30 },
  sound: { kind: 'shm', socket: '/run/sound', channels: 2 },
};
const REAL: SourceSettings = {
  video: { kind: 'v4l2', device: '/dev/v4l/by-id/usb-Room_Camera-video-index0', pixels: 'mjpeg', width: 1920, height: 1080, fps: 25 },
  sound: { kind: 'alsa', device: 'hw:CARD=Array,DEV=0', channels: 4 },
};

t.test('launch lines', (t) => {
  t.match(partLine(SHM), 'shmsrc name=picture socket-path="/run/picture" is-live=true do-timestamp=true ! video/x-raw,format=I420,width=1280,height=720,framerate=30/1');
  t.match(partLine(SHM), /leaky=downstream ! videorate name=kept drop-only=true ! x264enc/, 'overload drops raw frames, before the encoder');
  t.match(partLine(SHM), /key-int-max=30 .*avenc_aac .*mp4mux name=mux fragment-duration=250 streamable=true ! appsink name=out .*drop=false/);
  t.match(partLine(REAL), /image\/jpeg,width=1920,height=1080,framerate=25\/1 ! jpegdec ! videoconvert ! video\/x-raw,format=I420/, 'I420 is forced, so 4:2:0');
  t.match(framingLine(REAL), /jpegenc .*qtmux name=mux .*appsink name=out/);
  t.notMatch(framingLine(REAL), /x264enc|avenc/, 'framing is no recording');
  t.same([SHM.video, SHM.sound, REAL.video, REAL.sound].map(isVirtual), [true, true, false, false]);
  for (const socket of ['/a" ! filesink location="/b', '/a b', '', 'x'.repeat(201)])
    t.throws(() => partLine({ ...SHM, video: { ...SHM.video, socket } as SourceSettings['video'] }), SettingsError, `refuses ${JSON.stringify(socket.slice(0, 20))}`);
  for (const fps of [0, 29.97, -1, Number.NaN]) t.throws(() => partLine({ ...SHM, video: { ...SHM.video, fps } }), SettingsError, `refuses ${fps} fps`);
  t.end();
});

t.test('P2.8 nothing on the way of light and sound looks for faces, voices or anything else in them', (t) => {
  // Sources, pacing, scaling, covering, encoding, and a level meter: what a part and framing are made of, and nothing besides.
  const known = new Set(['shmsrc', 'v4l2src', 'alsasrc', 'queue', 'tee', 'videorate', 'audiorate', 'videoconvert', 'videoscale', 'jpegdec', 'jpegenc', 'x264enc', 'level', 'audioconvert', 'audioresample', 'avenc_aac', 'aacparse', 'gdppay', 'mp4mux', 'qtmux', 'appsink']);
  const elements = (line: string): string[] => line.split(/\s+!?\s*/).filter((word) => /^[a-z][a-z0-9_]*$/.test(word));
  for (const line of [SHM, REAL].flatMap((sources) => [partLine(sources), framingLine(sources)])) t.same(elements(line).filter((name) => !known.has(name)), [], line.slice(0, 40));
  t.same(elements(`${partLine(SHM)} ! facedetect ! fakesink`).filter((name) => !known.has(name)), ['facedetect', 'fakesink'], 'and one that does would be found');
  t.end();
});

t.test('boxes', (t) => {
  const stream = Buffer.concat([init(), fragment({ picture: 0 }), box('free', Buffer.alloc(3)), fragment({ sound: 1 })]);
  const whole = new BoxSplitter().push(stream);
  t.same(whole.map(({ type }) => type), ['ftyp', 'moov', 'moof', 'mdat', 'free', 'moof', 'mdat'], 'joined');
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (steps) => {
    const splitter = new BoxSplitter();
    const boxes = [];
    for (let at = 0, i = 0; at < stream.length; i += 1) {
      const step = steps[i % steps.length] ?? 1;
      boxes.push(...splitter.push(stream.subarray(at, at + step)));
      at += step;
    }
    return boxes.length === whole.length && Buffer.concat(boxes.map(({ bytes }) => bytes)).equals(stream);
  }), { numRuns: 50 });
  const long = Buffer.concat([Buffer.from('000000016d646174', 'hex'), Buffer.from('0000000000000014', 'hex'), Buffer.from('abcd')]);
  t.same(new BoxSplitter().push(long).map(({ bytes }) => bytes.length), [20], '64-bit size');
  for (const [what, bytes] of [
    ['garbage', Buffer.from('not a box at all')], ['a size below its header', Buffer.from('000000046d646174', 'hex')], ['size 0', Buffer.from('000000006d646174', 'hex')],
    ['an oversized box', Buffer.from('7fffffff6d646174', 'hex')], ['an oversized 64-bit box', Buffer.from('000000016d6461747fffffffffffffff', 'hex')],
  ] as const) t.throws(() => new BoxSplitter().push(bytes), MediaFormatError, what);
  t.same(new BoxSplitter().push(Buffer.from('00000010', 'hex')), [], 'half a header waits');

  const [, moov, moof] = whole;
  const clocks = trackClocks(moov?.bytes ?? Buffer.alloc(0));
  t.same([...clocks.values()], [{ track: 'picture', timescale: 30_000 }, { track: 'sound', timescale: 48_000 }]);
  t.same(fragmentTimes(moof?.bytes ?? Buffer.alloc(0), clocks), { picture: 0 });
  const [late] = new BoxSplitter().push(fragment({ picture: 7_200_000, sound: 7_200_010 }));
  t.same(fragmentTimes(late?.bytes ?? Buffer.alloc(0), clocks), { picture: 7_200_000, sound: 7_200_010 }, 'two hours, both tracks in one fragment');
  for (const cut of [10, 20, 40]) t.throws(() => trackClocks(box('moov', (moov?.bytes ?? Buffer.alloc(0)).subarray(8, 8 + cut))), MediaFormatError, `moov cut after ${cut} bytes`);
  t.end();
});

t.test('kept ⇒ confirmed: a fragment leaves only if all of it was received before the confirmed request', (t) => {
  const held = new HoldBack();
  const one = fragment({ picture: 0 });
  held.push(init(), 100);
  held.push(one.subarray(0, 30), 200);
  t.same(held.push(one.subarray(30), 300).map(({ kind }) => kind), ['fragment']);
  held.push(fragment({ picture: 250 }), 400);
  t.same(held.release(100), [], 'received at the very moment of the request: not before it');
  t.same(held.release(300).map(({ kind }) => kind), ['init'], 'its first bytes came before, its last did not');
  t.same(held.release(400).map(({ receivedAt }) => receivedAt), [300]);
  t.same(held.release(10_000).map(({ receivedAt }) => receivedAt), [400]);
  fc.assert(fc.property(fc.array(fc.record({ gap: fc.integer({ min: 0, max: 400 }), confirm: fc.boolean(), lag: fc.integer({ min: 0, max: 500 }) })), (steps) => {
    const back = new HoldBack();
    back.push(init(), 0);
    let now = 0;
    return steps.every(({ gap, confirm, lag }) => {
      now += gap;
      if (!confirm) return back.push(fragment({ picture: now }), now).length === 1;
      return back.release(now - lag).every(({ receivedAt }) => receivedAt < now - lag);
    });
  }));
  t.end();
});

t.test('the lease', (t) => {
  const lease = new Lease(1000, 1100);
  t.equal(lease.deadline, 1000 + LEASE_MS);
  t.equal(lease.renew(900, 1200), true);
  t.equal(lease.confirmedAt, 1000, 'an older request changes nothing');
  t.equal(lease.renew(9999, 1300), true);
  t.equal(lease.confirmedAt, 1300, 'one from the future counts as now');
  t.equal(lease.renew(2700, 1300 + LEASE_MS), false, 'an ended lease is not renewed');
  t.ok(LEASE_MS + FORCE_AFTER_MS < 1900, 'force comes before 1.9 s');
  t.end();
});

t.test('liveness', (t) => {
  const none = new Liveness(0);
  t.equal(none.faultAt(FIRST_MEDIA_MS - 1), undefined);
  t.equal(none.faultAt(FIRST_MEDIA_MS), 'SOURCE_MISSING');
  const frozen = new Liveness(0);
  frozen.seen('picture', 0, 1000);
  t.equal(frozen.faultAt(1000 + STALL_MS - 1), undefined);
  for (let at = 1250; at < 4000; at += 250) {
    frozen.seen('picture', at, at);
    frozen.seen('sound', 77, at);
  }
  t.equal(frozen.faultAt(1250 + STALL_MS), 'SOURCE_STALLED', 'sound comes, but its time stamps stand still');
  t.end();
});

t.test('liveness watches the tracks that there are, and no others', (t) => {
  for (const [track, other] of [['sound', 'picture'], ['picture', 'sound']] as const) {
    const alone = new Liveness(0, [track]);
    alone.seen(other, 5, 500);
    t.equal(alone.faultAt(FIRST_MEDIA_MS), 'SOURCE_MISSING', `${other} says nothing of ${track}`);
    for (let at = 1000; at < 9000; at += 250) alone.seen(track, at, at);
    t.equal(alone.faultAt(8750 + STALL_MS - 1), undefined, `${track} alone lives`);
    t.equal(alone.faultAt(8750 + STALL_MS), 'SOURCE_STALLED');
  }
  t.end();
});

/** A capture with everything handed in, and what it did, in order. */
function scene(tracks: readonly Track[] = ['picture', 'sound'], dropped = 0) {
  const said: string[] = [];
  const told: FromRecorder[] = [];
  let now = 1000;
  let pipeline: PipelineListener | undefined;
  const medium: Medium = {
    launchLine: 'line',
    tracks,
    take: (_bytes, stamp) => tracks.map((track) => ({ track, stamp })),
    takeLevel: () => [],
    began: (track, at) => void said.push(`${track} begins at ${at}`),
    confirm: (at) => void said.push(`keep before ${at}`),
    close: () => { said.push('file closed'); return Promise.resolve({ length: 1, sha256: 'x' }); },
  };
  const capture = new Capture({
    now: () => now,
    startPipeline: (_line, listener) => { pipeline = listener; said.push('devices open'); return { stop: () => void said.push('devices closed'), framesDropped: () => dropped }; },
    tell: (message) => told.push(message),
    deadline: (at) => void said.push(`deadline ${at}`),
    leave: () => void said.push('gone'),
  });
  return { capture, medium, said, told, media: () => pipeline?.media(Buffer.alloc(1)), pipeline: () => pipeline as PipelineListener, at: (to: number) => { now = to; } };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

t.test('what overload has cost is told, at the latest when capture ends', async (t) => {
  const { capture, medium, told, media } = scene(['picture'], 7);
  capture.open(medium, 1000);
  media();
  capture.stop(1000);
  await settled();
  t.match(told, [{ kind: 'capturing' }, { kind: 'frames-dropped', frames: 7 }, { kind: 'closed' }]);
});

t.test('stop closes the devices first, keeps what the last request confirmed, then leaves', async (t) => {
  const { capture, medium, said, told, media, at } = scene();
  capture.open(medium, 990);
  media();
  at(1200);
  capture.confirm(1190);
  at(1300);
  capture.stop(1290);
  await settled();
  t.same(said, ['deadline 2490', 'devices open', 'deadline 2690', 'keep before 1190', 'devices closed', 'keep before 1290', 'file closed', 'gone']);
  t.same(told, [{ kind: 'capturing' }, { kind: 'closed', part: { length: 1, sha256: 'x' } }]);
});

t.test('a lease that is over opens nothing', async (t) => {
  const { capture, medium, said, told, at } = scene();
  at(3000);
  capture.open(medium, 3000 - LEASE_MS);
  await settled();
  t.same(said, ['gone']);
  t.match(told[0], { kind: 'failed', fault: 'LEASE_ENDED' });
});

t.test('a request that comes after the deadline ends capture and keeps nothing more', async (t) => {
  const { capture, medium, said, told, media, at } = scene();
  capture.open(medium, 1000);
  media();
  at(1000 + LEASE_MS);
  capture.confirm(2400);
  await settled();
  t.same(said.slice(2), ['devices closed', 'keep before 1000', 'file closed', 'gone']);
  t.match(told[1], { kind: 'failed', fault: 'LEASE_ENDED' });
});

for (const [what, happens, fault] of [
  ['no media at all', (p: PipelineListener) => p.mediaEnded(), 'SOURCE_MISSING'],
  ['the end of a source', (p: PipelineListener) => { p.media(Buffer.alloc(1)); p.mediaEnded(); }, 'SOURCE_STALLED'],
  ['a source that does not open', (p: PipelineListener) => p.error('picture', 'cannot open'), 'SOURCE_MISSING'],
  ['a source that breaks', (p: PipelineListener) => { p.media(Buffer.alloc(1)); p.error('sound', 'gone'); }, 'SOURCE_STALLED'],
  ['an error of any other element', (p: PipelineListener) => p.error('mux', 'no'), 'RECORDER_FAILED'],
] as const)
  t.test(`${what} is ${fault}`, async (t) => {
    const { capture, medium, said, told, pipeline } = scene();
    capture.open(medium, 1000);
    happens(pipeline());
    await settled();
    t.match(told.find(({ kind }) => kind === 'failed'), { kind: 'failed', fault });
    t.equal(said.at(-1), 'gone');
  });

for (const tracks of [['sound'], ['picture']] as const)
  t.test(`${tracks[0]} alone: capture has begun with its first media`, async (t) => {
    const { capture, medium, told, media } = scene(tracks);
    capture.open(medium, 1000);
    media();
    t.same(told, [{ kind: 'capturing' }]);
    capture.stop(1000);
    await settled();
    t.same(told.map(({ kind }) => kind), ['capturing', 'closed']);
  });
