/** Devices that are real to everything above them: a camera and a microphone on PipeWire that come, stall and go. */
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { partLine } from '../../pipeline/launch-line.js';
import { monotonic } from '../../pipeline/monotonic.js';
import { LOUDNESS, pipeWireRoom } from '../fakes/pipewire.js';
import { output } from './keys.js';
import { codecs, seconds, take } from './sources-taken.js';

const room = await pipeWireRoom();
t.teardown(() => room.close());
Object.assign(process.env, room.env);
// pipewiresink (0.3.65) serves one that opens it, and no second one after that: each test has a camera of its own.
t.beforeEach(() => room.plugAll());

t.test('a camera and a four-channel microphone on PipeWire: opened, chosen, recorded', async (t) => {
  t.testdir();
  const [{ plain, levels, fault }, silent] = await Promise.all([
    take(t, room.sources, 'picture-and-sound', seconds(2)),
    take(t, { ...room.sources, sound: { ...room.sources.sound, take: [1], give: 1 } }, 'sound-only', seconds(2)),
  ]);
  t.equal(fault, undefined);
  t.same(await codecs(plain), ['h264', 'aac']);
  const [left = NaN, right = NaN] = levels.at(-1)?.rms ?? [];
  t.equal(levels.at(-1)?.rms.length, 2, 'two of four channels');
  const [, , third, fourth] = LOUDNESS;
  t.ok(Math.abs(right - left - 20 * Math.log10(fourth / third)) < 0.5, `the third is on the left, the fourth on the right: ${left.toFixed(1)} and ${right.toFixed(1)} dB`);
  t.same(silent.levels.at(-1)?.rms, [-120], 'the first channel is silent, and no other leaks into it');
});

t.test('the microphone’s own clock leads, so that its sound is never skewed to follow another', async (t) => {
  const line = partLine({ ...room.sources, video: { kind: 'test', pattern: 'ball', width: 320, height: 180, fps: 30 } }).replaceAll('"', '').split(' ');
  const { plain } = await output('timeout', ['--signal=INT', '2', 'gst-launch-1.0', ...line]);
  t.match(plain.toString(), /New clock: GstPulseSrcClock/);
});

for (const [what, happens] of [
  ['the camera stands still', () => room.freezeCamera()],
  ['the camera is pulled out', () => room.unplugCamera()],
  ['the sound server is gone', () => room.killSoundServer()],
] as const)
  t.test(`${what}: told within 2 s and a turn, and what came before is kept`, async (t) => {
    t.testdir();
    let at = NaN;
    const { plain, fault, endedAt } = await take(t, room.sources, 'picture-and-sound', async (capturing, ended) => {
      await capturing;
      await sleep(1500);
      at = monotonic();
      happens();
      await ended;
    });
    t.equal(fault, 'SOURCE_STALLED');
    t.ok(endedAt - at < 3000, `after ${(endedAt - at).toFixed(0)} ms`);
    t.same(await codecs(plain), ['h264', 'aac']);
  });

t.test('after all that, plugged in again: it records as before', async (t) => {
  t.testdir();
  const { plain, fault } = await take(t, room.sources, 'picture-and-sound', seconds(1));
  t.equal(fault, undefined);
  t.same(await codecs(plain), ['h264', 'aac']);
});
