import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { bodyAtRest, inDegrees, viewAt } from '../../hardware/virtual/camera/body.js';
import type { CameraContract, CameraOptions } from '../../hardware/virtual/camera/contract.js';
import { clockBarOf, drawClockBar, readClockBar } from '../../hardware/virtual/camera/picture/clock-bar.js';
import { MODELS } from '../../hardware/virtual/camera/models.js';
import { TEXTURE } from '../../hardware/virtual/camera/picture/texture.js';
import type { Habits } from '../../hardware/virtual/camera/visca/commands.js';
import { Dialogue } from '../../hardware/virtual/camera/visca/dialogue.js';
import { hex, MessageSplitter, pattern } from '../../hardware/virtual/camera/visca/messages.js';
import { DeviceProgram, monotonic } from '../../hardware/virtual/program.js';
import { DeviceReader, eventOf, HostLine, shortFolder } from './virtual-host.js';

const run = promisify(execFile);
const WIDTH = 640;
const HEIGHT = 360;
const FRAME_BYTES = (WIDTH * HEIGHT * 3) / 2;
const CAPS = `video/x-raw,format=I420,width=${WIDTH},height=${HEIGHT},framerate=30/1`;
const SRG_300H = MODELS['srg-300h'];
const HABITS: Habits = { wakeMs: 2000, inStandby: 'tells', tellsPosition: true, acknowledges: true };
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** A camera with a fast line. */
async function openCamera(t: Test, more: Partial<CameraOptions> = {}) {
  const { folder, gone } = shortFolder();
  const ports = { ptyPath: join(folder, 'camera'), socketPath: join(folder, 'picture') };
  const camera = new DeviceProgram<CameraContract>(new URL('../../hardware/virtual/camera/main.js', import.meta.url), {
    ...ports, width: WIDTH, height: HEIGHT, framesPerSecond: 30, baudRate: 115_200, answerMs: 1, wakeMs: 200, ...more,
  });
  t.teardown(async () => {
    await camera.close();
    gone();
  });
  await camera.ready;
  return { camera, folder, ...ports };
}

t.test('a stream of bytes becomes whole messages', (t) => {
  const cases = [
    { name: 'one at a time', chunks: ['81 01 04 00 02 FF'], messages: ['81 01 04 00 02 FF'] },
    { name: 'split at every byte', chunks: ['81', '01', '04', '00', '02', 'FF'], messages: ['81 01 04 00 02 FF'] },
    { name: 'joined', chunks: ['81 09 04 00 FF 81 09 06 12 FF'], messages: ['81 09 04 00 FF', '81 09 06 12 FF'] },
    { name: 'after noise', chunks: ['00 FF 17 81 09 04 00 FF'], messages: ['81 09 04 00 FF'] },
    { name: 'after a message without an end', chunks: [`81 ${'01 '.repeat(31)}`, '81 09 04 00 FF'], messages: ['81 09 04 00 FF'] },
  ];
  for (const { name, chunks, messages } of cases) {
    const splitter = new MessageSplitter();
    t.same(chunks.flatMap((chunk) => splitter.push(bytes(chunk))).map(hex), messages, name);
  }
  const splitter = new MessageSplitter();
  splitter.push(new Uint8Array(5_000_000).fill(0x81));
  t.ok(splitter.push(bytes('FF')).every((message) => message.length <= 32), 'a flood is not kept');
  t.end();
});

t.test('patterns are written as manuals print them', (t) => {
  t.same(pattern('81 01 06 02 vv ww 0y 0y 0y 0y 0z 0z 0z 0z FF')(bytes('81 01 06 02 18 17 0D 0E 00 00 00 01 02 03 FF')), { v: 0x18, w: 0x17, y: 0xde00, z: 0x123 });
  t.equal(pattern('81 2y FF')(bytes('81 31 FF')), undefined, 'another message does not match');
  t.throws(() => pattern('81 0 FF'), /not a VISCA pattern/, 'a bad table fails when it is loaded');
  t.end();
});

t.test('the head takes its time, and where it is can be asked on the way', (t) => {
  const dialogue = new Dialogue(bodyAtRest(SRG_300H, 'on'), HABITS);
  const isAt = (steps: number, degrees: number, name: string): boolean => t.ok(Math.abs(inDegrees(SRG_300H, steps) - degrees) < 0.1, `${name}: ${inDegrees(SRG_300H, steps)}°`);
  t.same(dialogue.hear(bytes('81 01 06 02 18 17 00 00 00 00 01 02 00 00 FF'), 0).map(hex), ['90 41 FF'], '90° up at 91°/s: ACK at once');
  isAt(viewAt(dialogue.body, 500).tilt, 45.5, 'half way after half a second');
  t.same(dialogue.due(980).map(hex), []);
  t.same(dialogue.due(990).map(hex), ['90 51 FF'], 'Completion when it is there');
  t.same(dialogue.hear(bytes('81 09 06 12 FF'), 1000).map(hex), ['90 50 00 00 00 00 01 02 00 00 FF']);

  dialogue.hear(bytes('81 01 06 01 18 17 01 03 FF'), 2000);
  t.same(dialogue.hear(bytes('81 01 06 01 18 17 03 03 FF'), 2500).map(hex), ['90 41 FF', '90 51 FF'], 'a drive stops on the spot');
  isAt(viewAt(dialogue.body, 9000).pan, -50.5, 'and stays there');
  t.same(dialogue.hear(bytes('81 01 06 01 00 00 03 03 FF'), 9000).map(hex), ['90 60 02 FF'], 'a stop at speed 0 is refused, as by a BRC-300');

  dialogue.hear(bytes('81 01 04 3F 01 03 FF'), 9000);
  dialogue.hear(bytes('81 01 06 04 FF'), 9000);
  t.same(viewAt(dialogue.body, 12_000), { pan: 0, tilt: 0, zoom: 0 }, 'home');
  dialogue.hear(bytes('81 01 04 3F 02 03 FF'), 12_000);
  isAt(viewAt(dialogue.body, 15_000).pan, -50.5, 'a preset comes back');
  t.end();
});

t.test('two commands run at once, a third is refused, and each can be cancelled', (t) => {
  const dialogue = new Dialogue(bodyAtRest(SRG_300H, 'on'), HABITS);
  const talk = [
    ['81 01 06 02 01 01 01 00 00 00 00 00 00 00 FF', '90 41 FF'],
    ['81 01 04 47 04 00 00 00 FF', '90 42 FF'],
    ['81 01 06 04 FF', '90 60 03 FF'],
    ['81 09 04 00 FF', '90 50 02 FF'],
    ['81 21 FF', '90 61 04 FF'],
    ['81 21 FF', '90 61 05 FF'],
    ['81 01 06 04 FF', '90 41 FF'],
    ['88 01 00 01 FF', '88 01 00 01 FF'],
    ['81 22 FF', '90 62 05 FF'],
  ] as const;
  for (const [said, answered] of talk) t.same(dialogue.hear(bytes(said), 10).map(hex), [answered], `${said} → ${answered}`);
  t.same(dialogue.hear(bytes('82 09 04 00 FF'), 10), [], 'what is for camera 2 is left alone');
  t.end();
});

t.test('a conversation over the line', async (t) => {
  const { camera, ptyPath } = await openCamera(t);
  const line = new HostLine(ptyPath);
  t.teardown(() => line.close());
  const talk = async (said: string, answered: string): Promise<void> => {
    line.say(bytes(said));
    t.equal(hex(await line.take(bytes(answered).length)), answered, `${said} → ${answered}`);
  };
  await talk('88 30 01 FF', '88 30 02 FF');
  await talk('88 01 00 01 FF', '88 01 00 01 FF');
  await talk('81 01 00 01 FF', '90 50 FF');
  await talk('81 09 00 02 FF', '90 50 00 01 05 13 01 00 02 FF');
  await talk('81 01 04 38 02 FF', '90 41 FF 90 51 FF');
  await talk('81 01 04 38 FF', '90 60 02 FF');
  await talk('81 09 05 38 FF', '90 60 02 FF');
  await talk('81 01 06 02 18 17 0F 0F 00 00 00 00 00 00 FF', '90 41 FF 90 51 FF');
  await talk('81 09 06 12 FF', '90 50 0F 0F 00 00 00 00 00 00 FF');
  await talk('81 01 04 00 03 FF', '90 41 FF 90 51 FF');
  await talk('81 09 04 00 FF', '90 50 03 FF');
  await talk('81 01 06 04 FF', '90 61 41 FF');
  await talk('81 01 04 00 02 FF', '90 41 FF');
  await talk('81 01 06 04 FF', '90 62 41 FF');
  t.equal(hex(await line.take(3)), '90 51 FF', 'Completion when it is awake');
  await talk('81 09 04 00 FF', '90 50 02 FF');

  await camera.do({ do: 'line', fault: 'garbled' });
  line.say(bytes('81 09 04 00 FF'));
  t.not(hex(await line.take(4)), '90 50 02 FF', 'a garbled answer');
  await camera.do({ do: 'line', fault: 'doubled' });
  await talk('81 09 04 00 FF', '90 50 02 FF 90 50 02 FF');
  await camera.do({ do: 'line', fault: 'silent' });
  line.say(bytes('81 01 06 02 18 17 00 01 00 00 00 00 00 00 FF'));
  await eventOf(camera, 'settled', (await eventOf(camera, 'moving', monotonic())).at);
  t.match(await camera.snapshot(), { pan: 5, power: 'on' }, 'a silent camera still obeys');
  await camera.do({ do: 'line', fault: 'none' });
  await talk('81 09 06 12 FF', '90 50 00 01 00 00 00 00 00 00 FF');

  await camera.do({ do: 'unplug' });
  await line.hungUp();
  t.notOk(existsSync(ptyPath), 'unplugged: the line is gone');
  await camera.do({ do: 'plug' });
  const again = new HostLine(ptyPath);
  t.teardown(() => again.close());
  again.say(bytes('81 09 04 00 FF'));
  t.equal(hex(await again.take(4)), '90 50 02 FF', 'plugged in again, it answers');
});

t.test('what can befall a camera, over the line', async (t) => {
  const { camera, ptyPath } = await openCamera(t, { model: 'brc-x400' });
  const line = new HostLine(ptyPath);
  t.teardown(() => line.close());
  const hears = async (answered: string, name: string): Promise<void> => void t.equal(hex(await line.take(bytes(answered).length)), answered, name);
  const talk = async (said: string, answered: string): Promise<void> => {
    line.say(bytes(said));
    await hears(answered, `${said} → ${answered}`);
  };

  t.comment('buffer full');
  await camera.do({ do: 'buffer-full', times: 2 });
  await talk('81 01 06 04 FF', '90 60 03 FF');
  await talk('81 09 04 00 FF', '90 50 02 FF');
  await talk('81 01 06 04 FF', '90 60 03 FF');
  await talk('81 01 06 04 FF', '90 41 FF 90 51 FF');

  t.comment('slow to take up commands');
  await camera.do({ do: 'slow-ack', ms: 300 });
  const said = monotonic();
  line.say(bytes('81 01 7E 01 0A 00 02 FF'));
  await talk('81 09 04 00 FF', '90 50 02 FF');
  await hears('90 41 FF 90 51 FF', 'the inquiry overtook the command');
  t.ok(monotonic() - said >= 300);
  await camera.do({ do: 'slow-ack', ms: 0 });
  t.match(await camera.snapshot(), { tally: 'on' });

  t.comment('a motor that is blocked');
  await camera.do({ do: 'stall' });
  await talk('81 01 06 02 18 00 00 01 00 00 00 00 00 00 FF', '90 41 FF');
  await talk('81 09 06 10 FF', '90 50 2C 10 FF');
  t.match(await camera.snapshot(), { pan: 0, moving: false, motor: 'blocked' });
  await camera.do({ do: 'unstall' });
  await hears('90 51 FF', 'let go, it arrives');
  t.match(await camera.snapshot(), { pan: 5, motor: 'free' });

  t.comment('the handset, until it is locked');
  const pressed = monotonic();
  await camera.do({ do: 'handset', key: 'left' });
  await eventOf(camera, 'settled', pressed);
  t.match(await camera.snapshot(), { pan: -10, irLocked: false });
  await talk('81 01 06 08 03 FF', '90 41 FF 90 51 FF');
  await camera.do({ do: 'handset', key: 'power' });
  t.match(await camera.snapshot(), { power: 'on', irLocked: true });

  t.comment('a change of the chain');
  await camera.do({ do: 'network-change', from: 'all' });
  await hears('88 38 FF', 'it says so');
  line.say(bytes('81 09 04 00 FF'));
  await talk('88 30 01 FF', '88 30 02 FF');
  await talk('81 09 04 00 FF', '90 50 02 FF');

  t.comment('mains power comes back');
  await talk('81 01 06 02 18 00 00 08 00 00 00 00 00 00 FF', '90 41 FF');
  const powered = monotonic();
  await camera.do({ do: 'reset' });
  await hears('90 38 FF', 'it says so, and nothing of what it was doing');
  await talk('81 01 06 04 FF', '90 61 41 FF');
  t.match(await camera.snapshot(), { power: 'waking', tally: 'off', irLocked: false, focus: 'auto' });
  await eventOf(camera, 'power', powered);
  await eventOf(camera, 'settled', powered);
  await talk('81 09 06 12 FF', '90 50 00 00 00 00 00 00 00 00 FF');
});

t.test('it takes up one message in each vertical cycle', async (t) => {
  const { ptyPath } = await openCamera(t, { answerMs: 40 });
  const line = new HostLine(ptyPath);
  t.teardown(() => line.close());
  const said = monotonic();
  line.say(bytes('81 09 04 00 FF '.repeat(4)));
  await line.take(16);
  t.ok(monotonic() - said >= 4 * 40, `four answers at once took ${Math.round(monotonic() - said)} ms`);
});

t.test('a camera that is blind in standby says so', (t) => {
  const dialogue = new Dialogue(bodyAtRest(SRG_300H, 'standby'), { ...HABITS, inStandby: 'refuses' });
  t.same(dialogue.hear(bytes('81 09 06 12 FF'), 0).map(hex), ['90 60 41 FF']);
  t.same(dialogue.hear(bytes('81 09 04 00 FF'), 0).map(hex), ['90 50 03 FF']);
  t.end();
});

t.test('the clock bar reads as it was drawn, or not at all', (t) => {
  for (const width of [600, 640, 1280, 1920]) {
    const luma = new Uint8Array(width * 48);
    for (const time of [0, 1, 0x5555_5555_5555, 2 ** 48 - 1, 123_456_789]) {
      drawClockBar(luma, width, time + 0.7);
      t.equal(readClockBar(luma, width), time, `${time} at ${width} pixels`);
    }
    const { block } = clockBarOf(width);
    luma.fill(128, block * 7, block * 8);
    for (let y = 1; y < 48; y++) luma.copyWithin(y * width, 0, width);
    t.equal(readClockBar(luma, width), undefined, 'one unclear block spoils it');
    for (const grey of [0, 16, 128, 255]) t.equal(readClockBar(new Uint8Array(width * 48).fill(grey), width), undefined, `nothing but ${grey}`);
  }
  t.throws(() => clockBarOf(599), /too narrow/);
  t.end();
});

t.test('the picture comes while the relay is closed, and its clock survives the encoder', async (t) => {
  const { camera, folder, socketPath, ptyPath } = await openCamera(t);
  const reader = new DeviceReader(socketPath, CAPS, FRAME_BYTES);
  t.teardown(() => reader.kill());
  await eventOf(camera, 'device-opened');
  t.equal(reader.pieces.length, 0, 'no frame before the relay closes');

  const before = monotonic();
  await camera.do({ do: 'relay', state: 'closed' });
  const stamp = (frame: Buffer | undefined): number | undefined => frame && readClockBar(frame, WIDTH);
  await reader.until('twenty frames', (frames) => frames.length >= 20 || undefined);
  const stamps = reader.pieces.map(stamp);
  t.ok(stamps.every((at, i) => at !== undefined && at >= Math.floor(before) && at <= monotonic() && at >= (stamps[i - 1] ?? 0)), 'each frame says when it was drawn, in order');
  t.ok(reader.pieces.every((frame) => frame.includes(Buffer.from(TEXTURE))), 'each raw frame holds the texture');

  await t.test('H.264 and back', async (t) => {
    const file = join(folder, 'clip.mp4');
    const encode = ['x264enc', 'tune=zerolatency', 'speed-preset=superfast', 'bitrate=1200', 'key-int-max=30', '!', 'h264parse', '!', 'mp4mux', '!', 'filesink', `location=${file}`];
    await run('gst-launch-1.0', ['-q', '-e', 'shmsrc', `socket-path=${socketPath}`, 'is-live=true', 'do-timestamp=true', 'num-buffers=20', '!', CAPS, '!', ...encode]);
    const { stdout: grey } = await run('ffmpeg', ['-v', 'error', '-i', file, '-vsync', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'], { encoding: 'buffer', maxBuffer: 64 << 20 });
    const read = Array.from({ length: grey.length / (WIDTH * HEIGHT) }, (_, i) => readClockBar(grey.subarray(i * WIDTH * HEIGHT, (i + 1) * WIDTH * HEIGHT), WIDTH));
    t.equal(read.length, 20);
    t.ok(read.every((at, i) => at !== undefined && at >= before && at <= monotonic() && at >= (read[i - 1] ?? 0)), 'every frame’s clock can be read');
    t.notOk(readFileSync(file).includes(Buffer.from(TEXTURE)), 'the texture is found in clear frames only');
  });

  await t.test('the relay cuts it off', async (t) => {
    await camera.do({ do: 'relay', state: 'open' });
    const opened = (await eventOf(camera, 'relay', before + 1)).at;
    const line = new HostLine(ptyPath);
    t.teardown(() => line.close());
    line.say(bytes('81 01 06 02 18 17 01 00 00 00 00 00 00 00 FF'));
    await eventOf(camera, 'settled', opened);
    const closed = monotonic();
    await camera.do({ do: 'relay', state: 'closed' });
    await reader.until('a frame after the relay closed again', (frames) => (stamp(frames.at(-1)) ?? 0) >= closed || undefined);
    const all = reader.pieces.map(stamp);
    const cut = camera.events.filter(({ what }) => what === 'relay')[1]?.at ?? 0;
    t.ok(closed - cut > 500, 'it was open for a while');
    t.same(all.filter((at) => at !== undefined && at > cut && at < Math.floor(closed)), [], 'nothing was drawn meanwhile');

    line.say(bytes('81 01 04 00 03 FF'));
    await reader.until('a black frame', (frames) => frames.at(-1)?.subarray(0, WIDTH * HEIGHT).every((luma) => luma === 16) || undefined);
    t.pass('in standby it is black');

    await camera.do({ do: 'relay', state: 'open' });
    const { frames } = await camera.snapshot();
    const asked = monotonic();
    line.say(bytes('81 01 04 00 02 FF'));
    const woken = await eventOf(camera, 'power', (await eventOf(camera, 'power', asked)).at);
    line.say(bytes('81 01 04 00 03 FF'));
    await eventOf(camera, 'power', woken.at);
    t.equal((await camera.snapshot()).frames, frames, 'with the relay open nothing comes, black neither, whatever its power');
  });

  const killed = monotonic();
  reader.kill();
  await eventOf(camera, 'device-closed', killed);
  const closed = camera.events.find(({ what, at }) => what === 'device-closed' && at > killed);
  t.match(closed, { readers: 0 }, 'a killed reader has closed the device');
  t.comment(`close seen ${((closed?.at ?? 0) - killed).toFixed(1)} ms after SIGKILL`);
});

t.test('readers that are killed over and over leave nothing behind', async (t) => {
  const { camera, socketPath } = await openCamera(t);
  await camera.do({ do: 'relay', state: 'closed' });
  for (let round = 0; round < 8; round++) {
    const reader = new DeviceReader(socketPath, CAPS, FRAME_BYTES);
    await reader.until('two frames', (frames) => frames.length >= 2 || undefined);
    const killed = monotonic();
    reader.kill();
    await eventOf(camera, 'device-closed', killed);
  }
  t.equal((await camera.snapshot()).readers, 0);
});
