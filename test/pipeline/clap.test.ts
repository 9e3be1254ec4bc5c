import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import t from 'tap';
import { CLAP_RATE, ClapEar, offsetFor, type Clap } from '../../pipeline/clap.js';
import { BoxSplitter, trackClocks } from '../../pipeline/mp4-boxes.js';
import { samplesOf, type Sample } from '../../pipeline/mp4-fragment.js';
import { box } from './mp4-samples.js';

const FRAME_MS = 1000 / 30;

/** What a microphone brings: a room's hum, and a burst of noise that dies away where there is a clap. */
function sound(ms: number, clapAtMs: number, { hum = 0.005, clap = 0.5 } = {}): Buffer {
  const pcm = Buffer.alloc((ms * CLAP_RATE) / 1000 * 2);
  for (let i = 0; i < pcm.length / 2; i++) {
    const since = (i / CLAP_RATE) * 1000 - clapAtMs;
    const noise = Math.sin(i * 12.9898) * 43758.5453 % 1;
    const value = hum * Math.sin(i / 40) + (since >= 0 ? clap * noise * Math.exp(-since / 15) : 0);
    pcm.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 0x7fff), i * 2);
  }
  return pcm;
}

/** As it comes: pieces of sound of `pieceMs`, and a picture whenever its time has come. */
function heard(pcm: Buffer, pieceMs = 10): Clap | undefined {
  const ear = new ClapEar();
  const piece = (pieceMs * CLAP_RATE) / 1000 * 2;
  let picture = 0;
  let clap: Clap | undefined;
  const hear = (sample: Sample): void => { clap ??= ear.hear(sample); };
  for (let at = 0; at < pcm.length; at += piece) {
    const atMs = (at / 2 / CLAP_RATE) * 1000;
    for (; picture * FRAME_MS <= atMs; picture++) hear({ track: 'picture', atMs: picture * FRAME_MS, bytes: Buffer.from([picture]) });
    hear({ track: 'sound', atMs, bytes: pcm.subarray(at, at + piece) });
  }
  return clap;
}

t.test('a clap is found to the millisecond, with the pictures around it', (t) => {
  fc.assert(fc.property(fc.integer({ min: 600, max: 1400 }), fc.constantFrom(3, 10, 21.333333333333332, 40), (clapAtMs, pieceMs) => {
    const clap = heard(sound(2000, clapAtMs), pieceMs);
    t.ok(Math.abs((clap?.soundAtMs ?? NaN) - clapAtMs) <= 1.5, `${clap?.soundAtMs ?? 'none'} for ${clapAtMs}`);
    const [first, last] = [clap?.pictures[0], clap?.pictures.at(-1)];
    t.ok((first?.atMs ?? NaN) <= clapAtMs - 300 && (last?.atMs ?? NaN) >= clapAtMs + 300, 'from before to after');
    t.ok((clap?.pictures.length ?? 99) <= 24);
  }), { numRuns: 20 });
  t.end();
});

t.test('what is no clap is none', (t) => {
  t.equal(heard(sound(2000, Infinity)), undefined, 'a room’s hum');
  t.equal(heard(sound(2000, 1000, { clap: 0.02 })), undefined, 'a pen on a table');
  t.equal(heard(sound(2000, 1000, { hum: 0.4 })), undefined, 'a clap that drowns in noise');
  t.equal(heard(Buffer.alloc(200_000)), undefined, 'silence');
  t.ok(heard(sound(2000, 1000, { hum: 0 })), 'but one in perfect silence is one');
  t.end();
});

t.test('the sound is moved onto the picture in which the hands meet', (t) => {
  t.equal(offsetFor(1040.4, 1000), -40, 'sound that comes late is moved to earlier');
  t.equal(offsetFor(960, 1000), 40);
  t.equal(offsetFor(0, 9000), 500, 'never by more than half a second');
  t.end();
});

t.test('samples are cut out of the fragments of GStreamer’s muxer', (t) => {
  const line = 'videotestsrc num-buffers=15 ! video/x-raw,width=64,height=64,framerate=30/1 ! jpegenc ! mux. audiotestsrc num-buffers=25 samplesperbuffer=960 ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! mux. qtmux name=mux fragment-duration=100 streamable=true ! fdsink';
  const bytes = execFileSync('gst-launch-1.0', ['-q', ...line.split(' ')]);
  const stream = new BoxSplitter().push(bytes);
  const clocks = trackClocks(stream.find(({ type }) => type === 'moov')?.bytes ?? Buffer.alloc(0));
  const samples = stream.flatMap(({ type, bytes: moof }, i) => (type === 'moof' ? samplesOf(Buffer.concat([moof, stream[i + 1]?.bytes ?? Buffer.alloc(0)]), clocks) : []));
  const pictures = samples.filter(({ track }) => track === 'picture');
  t.equal(pictures.length, 15);
  t.ok(pictures.every(({ bytes: jpeg }) => jpeg.readUInt16BE(0) === 0xffd8 && jpeg.readUInt16BE(jpeg.length - 2) === 0xffd9), 'each is one whole JPEG');
  t.ok(pictures.every(({ atMs }, i) => Math.abs(atMs - i * FRAME_MS) < 1), 'at its time');
  t.equal(samples.filter(({ track }) => track === 'sound').reduce((sum, { bytes: pcm }) => sum + pcm.length, 0), 25 * 960 * 2);
  t.end();
});

t.test('damaged fragments are refused', (t) => {
  const moof = box('moof', box('traf', full('tfhd', [1]), full('tfdt', [0]), full('trun', [2, 200, 100, 1000, 100, 1000], 0x301)));
  const clocks = new Map([[1, { track: 'sound', timescale: 1000 } as const]]);
  t.throws(() => samplesOf(Buffer.concat([moof, Buffer.alloc(300)]), clocks), { name: 'MediaFormatError', message: 'a sample lies beyond its fragment' });
  const same = box('moof', box('traf', full('tfhd', [1, 500, 4], 0x18), full('tfdt', [0]), full('trun', [2, 84], 0x1)));
  t.same(samplesOf(Buffer.concat([same, Buffer.alloc(8), Buffer.from('abcdefgh')]), clocks).map(({ atMs, bytes }) => [atMs, bytes.toString()]), [[0, 'abcd'], [500, 'efgh']], 'samples that are all alike say so once');
  const endless = box('moof', box('traf', full('tfhd', [1]), full('tfdt', [0]), full('trun', [0xffff_ffff, 8], 0x301)));
  t.throws(() => samplesOf(endless, clocks), { message: '"trun" is too short' });
  t.throws(() => samplesOf(box('moof', box('traf', full('tfhd', [1]), full('tfdt', [0]), full('trun', [1], 0x1))), clocks), { name: 'MediaFormatError' });
  t.same(samplesOf(moof, new Map()), [], 'of a track that nobody knows');
  t.end();
});

function full(type: string, words: readonly number[], flags = 0): Buffer {
  return box(type, ...[flags, ...words].map((word) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(word);
    return bytes;
  }));
}
