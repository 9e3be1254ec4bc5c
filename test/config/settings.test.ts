import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { newSignKey, readSignKey, writeSignKey } from '../../config/keys.js';
import { parseSettings, readSettings, type Settings } from '../../config/settings.js';

const REAL: Settings = {
  room: 'Room 12', dataFolder: 'data', kiosk: { port: 8080 },
  camera: { path: '/dev/serial/by-id/camera', baudRate: 9600, parking: { pan: 8448, tilt: 0 }, view: { kind: 'preset', preset: 0 } },
  microphone: { path: '/dev/serial/by-id/microphone', baudRate: 115_200, tag: 'Mic1', channel: 1 },
  signs: [{ path: '/dev/door-sign', baudRate: 115_200 }],
  sources: { video: { kind: 'v4l2', device: '/dev/video0', pixels: 'mjpeg', width: 1280, height: 720, fps: 30 }, sound: { kind: 'alsa', device: 'hw:1', channels: 2 } },
  stick: 'stick',
};
type Change = (settings: Settings) => object;

t.test('settings of a real room are taken as they are, with paths made absolute', async (t) => {
  const folder = t.testdir({ 'settings.json': JSON.stringify(REAL) });
  const settings = await readSettings(join(folder, 'settings.json'));
  t.equal(settings.dataFolder, join(folder, 'data'));
  t.same({ ...settings, dataFolder: 'data', stick: 'stick' }, REAL);
});

t.test('a mistake is named with its place', (t) => {
  const mistakes: [string, Change, RegExp][] = [
    ['a missing part', (settings) => Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'camera')), /camera/],
    ['a word that is not a setting', (settings) => ({ ...settings, sealing: false }), /sealing|additional/i],
    ['P5.1 no switch turns the sign off', (settings) => ({ ...settings, signs: [] }), /signs/],
    ['a path that could end a launch line', (settings) => ({ ...settings, sources: { ...settings.sources, sound: { kind: 'alsa', device: 'hw:1 ! filesink', channels: 1 } } }), /sound/],
    ['a port out of range', (settings) => ({ ...settings, kiosk: { port: 70_000 } }), /port/],
    ['a network stream as a source (P2.2)', (settings) => ({ ...settings, sources: { ...settings.sources, video: { kind: 'rtsp', url: 'rtsp://camera' } } }), /video/],
  ];
  for (const [name, change, place] of mistakes) t.throws(() => parseSettings(JSON.stringify(change(REAL))), { code: 'SETTINGS_REFUSED', message: place }, name);
  t.throws(() => parseSettings('{"room":'), { code: 'SETTINGS_REFUSED', message: /not JSON/ });
  t.end();
});

t.test('each kind of source is taken with what it needs, and with nothing else', (t) => {
  const size = { width: 1280, height: 720, fps: 30 };
  const sources = (change: object): string => JSON.stringify({ ...REAL, sources: { ...REAL.sources, ...change } });
  const taken: object[] = [
    { video: { kind: 'v4l2', device: '/dev/v4l/by-id/usb-cam', pixels: 'h264', ...size }, sound: { kind: 'alsa', device: 'plughw:CARD=Array,DEV=0', channels: 8, take: [1, 3], give: 1 } },
    { video: { kind: 'pipewire', node: 'camera-1', ...size }, sound: { kind: 'pulse', device: 'microphone-1', channels: 2 } },
    { video: { kind: 'file', path: 'film.mp4', ...size }, sound: { kind: 'file', path: 'sound.wav', channels: 1 } },
    { video: { kind: 'test', pattern: 'ball', ...size }, sound: { kind: 'test', wave: 'ticks', channels: 1 } },
    { covers: [{ left: 0, top: 0.5, width: 0.25, height: 0.5 }], encoders: { picture: 'x264enc', sound: 'avenc_aac' } },
  ];
  for (const change of taken) t.match(parseSettings(sources(change)).sources, change, Object.keys(change).join(', '));
  const refused: [string, object][] = [
    ['a sound daemon under the name of a card', { sound: { kind: 'alsa', device: 'default', channels: 1 } }],
    ['a picture without a size', { video: { kind: 'v4l2', device: '/dev/video0', pixels: 'raw' } }],
    ['a channel counted from 0', { sound: { kind: 'alsa', device: 'hw:1', channels: 2, take: [0] } }],
    ['three channels recorded', { sound: { kind: 'alsa', device: 'hw:1', channels: 3, give: 3 } }],
    ['a cover beyond the picture', { covers: [{ left: 0, top: 0, width: 2, height: 1 }] }],
    ['an encoder that could end a launch line', { encoders: { picture: 'x264enc ! fakesink' } }],
    ['a key of a camera that a test source has not', { video: { kind: 'test', pattern: 'ball', device: '/dev/video0', ...size } }],
  ];
  for (const [name, change] of refused) t.throws(() => parseSettings(sources(change)), { code: 'SETTINGS_REFUSED', message: /sources/ }, name);
  t.end();
});

t.test('P5.1 without settings it is out of order, and a mix of real and virtual parts is refused', async (t) => {
  await t.rejects(readSettings(join(t.testdir(), 'none.json')), { code: 'SETTINGS_REFUSED', message: /out of order/ });
  const folder = t.testdir();
  // A pseudo-terminal is one under whatever name it goes.
  await symlink('/dev/pts/0', join(folder, 'door-sign'));
  const write = async (name: string, settings: Settings): Promise<string> => {
    await writeFile(join(folder, name), JSON.stringify(settings));
    return join(folder, name);
  };
  const virtualSign = { ...REAL, signs: [{ path: '/dev/pts/0', baudRate: 115_200 }] };
  await t.rejects(readSettings(await write('sign.json', virtualSign)), { code: 'SETTINGS_REFUSED', message: /virtual sign must never vouch/ }, 'a virtual sign beside a real camera');
  const virtualPicture: Settings = { ...REAL, sources: { ...REAL.sources, video: { kind: 'shm', socket: '/tmp/picture', width: 640, height: 360, fps: 30 } } };
  await t.rejects(readSettings(await write('picture.json', virtualPicture)), { code: 'SETTINGS_REFUSED' }, 'a virtual picture beside a real sign');
});

t.test('the sign’s key is written once, for the service alone, and its want says what to do', async (t) => {
  const file = join(t.testdir(), 'sign-1.key');
  await t.rejects(readSignKey(file), /npm run pair/);
  const key = newSignKey();
  await writeSignKey(file, key);
  t.same(await readSignKey(file), key);
  await t.rejects(writeSignKey(file, newSignKey()), { code: 'EEXIST' });
  await writeFile(file, 'short');
  await t.rejects(readSignKey(file), /pair the sign again/);
});
