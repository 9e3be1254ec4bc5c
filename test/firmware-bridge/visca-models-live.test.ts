/** The camera's adapter against each virtual model over a real line: parked, shown, steered, kept, put to sleep again. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { createViscaCamera } from '../../firmware-bridge/visca/camera.js';
import { openCamera } from '../../hardware/virtual/camera/camera.js';
import { MODELS, type ModelName } from '../../hardware/virtual/camera/models.js';
import type { CameraPose, Verified } from '../../session/ports.js';
import { shortFolder } from '../hardware/virtual-host.js';

const PATIENCE_MS = 15_000;
/** The motors' run-out is none in the virtual camera; the rest is the line and the adapter's own dead man's switch. */
const STANDS_WITHIN_MS = 1500;
const FORWARD = { pan: 0.3, tilt: 0, zoom: 0 };

async function scene(t: { teardown: (work: () => Promise<void>) => void }, model: ModelName, name: string | undefined) {
  const { folder, gone } = shortFolder();
  const path = join(folder, 'line');
  const { stepsPerDegree } = MODELS[model];
  const at = (degrees: number): number => Math.round(degrees * stepsPerDegree);
  const device = await openCamera({ ptyPath: path, socketPath: join(folder, 'picture'), width: 640, height: 360, framesPerSecond: 1, model, baudRate: 115_200, answerMs: 1, wakeMs: 20 }, () => undefined);
  const log: string[] = [];
  const camera = createViscaCamera({
    path, baudRate: 115_200, parking: { pan: at(20), tilt: 0 }, view: { kind: 'position', pan: at(10), tilt: 0, zoom: 0 }, recheckMs: 300,
    log: (line) => void log.push(line), ...(name === undefined ? {} : { model: name }),
  });
  t.teardown(async () => { await camera.close(); await device.close(); gone(); });
  const told: Verified<CameraPose>[] = [];
  let news = (): void => undefined;
  camera.onVerified((pose) => { told.push(pose); news(); });
  const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
    const late = performance.now() + PATIENCE_MS;
    while (!await isSo()) {
      if (performance.now() > late) throw new Error(`${what} did not come: ${JSON.stringify(told.at(-1))}, ${JSON.stringify(await device.snapshot())}; ${log.slice(-4).join(' | ')}`);
      await Promise.race([sleep(20), new Promise<void>((resolve) => { news = resolve; })]);
    }
  };
  const verified = (pose: CameraPose): Promise<void> => { told.length = 0; return until(pose, () => { const last = told.at(-1); return last?.kind === 'verified' && last.value === pose; }); };
  return { camera, device, told, until, verified, at };
}

const TABLE: readonly (readonly [ModelName, asked: string | undefined, name: string])[] = [
  ['srg-300h', undefined, 'Sony SRG-300H'], ['brc-x400', undefined, 'Sony BRC-X400'], ['srg-360she', undefined, 'Sony SRG-360SHE'], ['oem', 'OEM', 'OEM'],
];

t.jobs = TABLE.length + 1;
for (const [model, asked, name] of TABLE) {
  void t.test(name, { timeout: 60_000, buffered: true }, async (t) => {
    const { camera, device, told, until, verified, at } = await scene(t, model, asked);
    const { tally, irLock, standbySide } = MODELS[model];
    await verified('parked');
    const asleep = await device.snapshot();
    t.match(asleep, { power: 'standby', tally: 'off', irLocked: false });
    t.ok(standbySide ? Math.abs(asleep.pan) > 169 : Math.abs(asleep.pan - 20) < 1, `P2.5 it sees the wall: ${asleep.pan.toFixed(0)}°`);
    t.match(camera.known, { name, can: { tally, irLock, standbySide } });

    camera.drive(FORWARD);
    t.equal((await device.snapshot()).power, 'standby', 'nobody steers a camera that is parked');
    camera.want('view');
    await verified('view');
    const awake = await device.snapshot();
    t.match(awake, { power: 'on', tally: tally ? 'on' : 'off', irLocked: irLock }, 'awake, with its lamp, deaf to its handset');
    t.ok(Math.abs(awake.pan - 10) < 1, `at its view: ${awake.pan.toFixed(1)}°`);

    camera.drive(FORWARD);
    await until('a turn', async () => (await device.snapshot()).moving);
    const began = performance.now();
    await until('a stand', async () => !(await device.snapshot()).moving);
    t.ok(performance.now() - began < STANDS_WITHIN_MS, 'asked once, it stops by itself');
    const stood = await device.snapshot();
    t.ok(stood.pan > awake.pan, `${(stood.pan - awake.pan).toFixed(1)}° further`);
    const here = await camera.keepHere(15);
    t.match(here, { kind: 'position', pan: at(stood.pan) }, 'and where it stands can be kept');
    camera.choose({ kind: 'position', pan: at(5), tilt: at(3), zoom: 0 });
    await verified('view');
    const chosen = await device.snapshot();
    t.ok(Math.abs(chosen.pan - 5) < 1 && Math.abs(chosen.tilt - 3) < 1, 'another view is turned to');
    camera.choose(here);
    await verified('view');
    t.ok(Math.abs((await device.snapshot()).pan - stood.pan) < 1, 'and the kept one');
    await camera.focus('manual');
    t.equal((await device.snapshot()).focus, 'manual');

    camera.want('parked');
    await verified('parked');
    t.match(await device.snapshot(), { power: 'standby', tally: 'off', irLocked: false }, 'asleep, its lamp out, its handset heard');
    await device.command({ do: 'handset', key: 'power' });
    await until('the alarm', () => told.some((pose) => pose.kind === 'unverified' && pose.fault === 'CAMERA_NOT_PARKED'));
    await verified('parked');
    t.match(await device.snapshot(), { power: 'standby' }, 'P2.5 woken by somebody’s handset: told, and put to sleep again');
  });
}

void t.test('a camera that says it is another is spoken to as the settings say, and a name that is none is refused', { buffered: true }, async (t) => {
  t.throws(() => createViscaCamera({ path: '/nowhere', baudRate: 9600, model: 'Sonny', parking: { pan: 0, tilt: 0 }, view: { kind: 'preset', preset: 0 } }), /Sony SRG-300H/);
  const { camera, verified } = await scene(t, 'srg-300h', 'Sony SRG-300SE');
  await verified('parked');
  t.match(camera.known, { name: 'Sony SRG-300SE', can: { irLock: false } });
});
