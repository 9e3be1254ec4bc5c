/** Saved views, steering by hand and covered areas, on a real store, with a camera and a microphone that do as they are told. */
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Store } from '../../config/store.js';
import type { MicrophoneDevice } from '../../firmware-bridge/microphone/device.js';
import { DeviceLost, DeviceRefused } from '../../firmware-bridge/serial/errors.js';
import type { ViscaCamera } from '../../firmware-bridge/visca/camera.js';
import { steeringDesk, type SteeringDesk } from '../../desks/steering.js';

const STANDARD = { kind: 'position', pan: 0, tilt: 0, zoom: 0 } as const;
const HERE = { kind: 'position', pan: 300, tilt: -40, zoom: 0x1000 } as const;
const DOOR = [{ left: 0, top: 0, width: 0.25, height: 1 }];
const STILL = { pan: 0, tilt: 0, zoom: 0 };

interface Scene { readonly desk: SteeringDesk; readonly asked: string[]; readonly file: string; fails: Error | undefined; lost: boolean; heard: number }

async function scene(t: Test, encodesItself = false, file = join(t.testdir(), 'state.json')): Promise<Scene> {
  const asked: string[] = [];
  const ask = (words: string): void => void asked.push(words);
  const store = await Store.open(file);
  const it: Scene = { asked, file, fails: undefined, lost: false, heard: 0 } as unknown as Scene;
  const camera = {
    get known() { return it.lost ? undefined : { name: 'test', can: { tally: false, irLock: false, standbySide: false, tellsPosition: true, focus: false } }; },
    onKnown: () => undefined,
    choose: (view: object) => ask(`choose ${JSON.stringify(view)}`),
    drive: ({ pan }: { pan: number }) => ask(`drive ${pan}`),
    stop: () => ask('stop'),
    keepHere: (preset: number) => { ask(`keep here, or as preset ${preset}`); return it.fails === undefined ? Promise.resolve(HERE) : Promise.reject(it.fails); },
  } as unknown as ViscaCamera;
  let gainDb = -6;
  const microphone = {
    get known() { return it.lost ? undefined : { identity: '1', can: { gain: { least: -20, most: 10, step: 1 }, led: false, level: false, faults: false }, gainDb }; },
    onKnown: () => undefined,
    setGain: (dB: number) => { if (it.fails !== undefined) return Promise.reject(it.fails); gainDb = dB; return Promise.resolve(dB); },
  } as unknown as MicrophoneDevice;
  const desk = steeringDesk({ store, camera, microphone, standardView: STANDARD, encodesItself });
  desk.onChange(() => { it.heard += 1; });
  return Object.assign(it, { desk });
}

t.test('a view is saved where the camera looks, shown again, and there after a restart', async (t) => {
  const { desk, asked, file } = await scene(t);
  t.match(desk.now(), { views: [{ id: 'standard', name: 'Whole room', covers: [] }], chosen: 'standard', cameraTrouble: null, gain: { dB: -6, least: -20, most: 10, step: 1 }, gainTrouble: null });
  desk.drive({ ...STILL, pan: 0.5 });
  desk.stop();
  t.equal(desk.now().chosen, null, 'steered by hand: no saved view any more');
  t.match(await desk.save('Board', []), { ok: true });
  const [, board] = desk.now().views;
  t.match([board?.name, desk.now().chosen], ['Board', board?.id]);
  t.match(await desk.show('standard'), { ok: true });
  t.match(await desk.show(board?.id ?? ''), { ok: true });
  t.same(asked, ['drive 0.5', 'stop', 'keep here, or as preset 15', `choose ${JSON.stringify(STANDARD)}`, `choose ${JSON.stringify(HERE)}`]);
  const again = await scene(t, false, file);
  t.match(again.desk.now(), { views: [{ id: 'standard' }, { id: board?.id ?? '', name: 'Board' }], chosen: 'standard' }, 'the next teacher begins with the usual view');
  t.match(await again.desk.save('Board', []), { ok: true });
  t.equal(again.desk.now().views.length, 2, 'the same name replaces');
  t.match([await again.desk.forget(board?.id ?? ''), await again.desk.forget('standard'), await again.desk.show('nothing')], [{ ok: true }, { code: 'NO_VIEW' }, { code: 'NO_VIEW' }]);
  t.match(again.desk.now(), { views: [{ id: 'standard' }], chosen: null });
  again.desk.reset();
  t.equal(again.desk.now().chosen, 'standard');
});

t.test('P9.4 a view with covered areas holds the camera, and is recorded covered', async (t) => {
  const { desk, asked } = await scene(t);
  t.match(await desk.cover(DOOR), { ok: true });
  t.same(desk.covers(), DOOR);
  t.match(desk.now(), { cameraTrouble: { code: 'VIEW_COVERED' }, views: [{ covers: DOOR }] });
  desk.drive({ ...STILL, pan: 1 });
  t.same(asked, [], 'it does not turn under its covers');
  t.match(await desk.save('Board', []), { ok: true });
  const [, board] = desk.now().views;
  t.same(desk.covers(), [], 'each view has its own');
  t.match(await desk.show('standard', true), { ok: false, code: 'VIEW_COVERED' }, 'while recording nothing is covered anew');
  t.match(await desk.show('standard'), { ok: true });
  t.match(await desk.show(board?.id ?? '', true), { ok: false, code: 'VIEW_COVERED' }, 'nor does it turn away from what is covered');
  t.match([await desk.cover([]), desk.now().cameraTrouble], [{ ok: true }, null]);
  desk.drive({ ...STILL, pan: 1 });
  t.match(await desk.cover(DOOR), { ok: true });
  t.match([desk.covers(), desk.now().views.map(({ covers }) => covers.length)], [DOOR, [0, 0]], 'also where the camera was turned by hand, without a name');
});

t.test('what cannot be done is said, and why', async (t) => {
  const own = await scene(t, true);
  t.match([await own.desk.cover(DOOR), await own.desk.save('Board', DOOR)], [{ code: 'NOT_COVERABLE' }, { code: 'NOT_COVERABLE' }], 'a camera that encodes by itself');
  t.match(await own.desk.gain(-3), { ok: true });
  t.equal(own.desk.now().gain?.dB, -3);
  own.fails = new DeviceRefused('no');
  t.match([await own.desk.save('Board', []), await own.desk.gain(0)], [{ code: 'VIEW_NOT_KEPT' }, { code: 'GAIN_REFUSED' }]);
  own.fails = new DeviceLost('gone');
  t.match([await own.desk.save('Board', []), await own.desk.gain(0)], [{ code: 'CAMERA_LOST' }, { code: 'MICROPHONE_LOST' }]);
  own.fails = new Error('our own fault');
  await t.rejects(own.desk.save('Board', []), /our own fault/);
  own.lost = true;
  t.match(own.desk.now(), { cameraTrouble: { code: 'CAMERA_LOST' }, gain: null, gainTrouble: { code: 'MICROPHONE_LOST' } });
  own.fails = undefined;
  for (let n = own.desk.now().views.length; n <= 24; n += 1) await own.desk.save(`View ${n}`, []);
  t.match(await own.desk.save('One more', []), { code: 'TOO_MANY_VIEWS' });
});
