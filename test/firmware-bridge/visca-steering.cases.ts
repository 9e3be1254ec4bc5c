import t from 'tap';
import { supervise, type Policy } from '../../firmware-bridge/serial/supervision.js';
import { DeviceLost, DeviceRefused } from '../../firmware-bridge/serial/errors.js';
import { encode, type Command } from '../../firmware-bridge/visca/commands.js';
import type { Exchange } from '../../firmware-bridge/visca/exchange.js';
import { createEye, type Scene } from '../../firmware-bridge/visca/eye.js';
import { GENERIC } from '../../firmware-bridge/visca/models.js';
import { createSteering, DEAD_MAN_MS, INSIST_EVERY_MS } from '../../firmware-bridge/visca/steering.js';
import { handWoundClock } from './hand-wound-clock.js';

const LEFT = { pan: -1, tilt: 0, zoom: 0 };
const STOPS = ['stop 81 01 06 01 01 01 03 03 FF', 'stop 81 01 04 07 00 FF'];
const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex').toUpperCase().replace(/..(?=.)/g, '$& ');

/** A camera that obeys at once and stands at a position; `answers` decides what becomes of a command. */
function steered(position = { pan: 100, tilt: 50 }) {
  const clock = handWoundClock();
  const said: string[] = [];
  const stood: unknown[] = [];
  const lost: string[] = [];
  const scene: Scene = { model: GENERIC, poses: { parking: { pan: 8000, tilt: -900 }, view: { kind: 'preset', preset: 3 } }, steered: false };
  const camera = { position: position as typeof position | undefined, answers: (() => Promise.resolve()) as (command: Command) => Promise<void> };
  const exchange: Exchange = {
    command: (command) => {
      said.push(`${command.urgent ? 'stop' : 'drive'} ${hex(encode(1, command))}`);
      return camera.answers(command);
    },
    ask: (inquiry) => {
      if (inquiry.name === 'power') return Promise.resolve('on' as never);
      if (inquiry.name === 'zoom position') return Promise.resolve(0x1000 as never);
      return camera.position === undefined ? Promise.reject(new DeviceRefused('not now')) : Promise.resolve(camera.position as never);
    },
    broadcast: () => Promise.resolve(),
  };
  const steering = createSteering({
    exchange, eye: createEye(exchange, scene, clock), scene, timers: clock, log: () => undefined,
    onStand: (where) => void stood.push(where), onLost: (why) => void lost.push(why),
  });
  return { clock, said, stood, lost, scene, camera, steering };
}

t.test('a camera turns while somebody keeps asking, and stops by itself 500 ms after the last time', async (t) => {
  const { clock, said, stood, scene, steering } = steered();
  steering.drive(LEFT);
  for (let held = 0; held < 5; held += 1) {
    await clock.wind(400);
    steering.drive(LEFT);
  }
  t.strictSame(said, ['drive 81 01 06 01 18 01 01 03 FF'], 'what is said already is not said again');
  t.equal(scene.steered, true);
  await clock.wind(DEAD_MAN_MS - 1);
  t.equal(said.length, 1);
  await clock.wind(1);
  t.strictSame(said.slice(1), STOPS);
  await clock.wind(200);
  t.strictSame(stood, [{ kind: 'position', pan: 100, tilt: 50, zoom: 0x1000 }], 'where it stands is read back');
  t.equal(scene.steered, false);
});

t.test('a stop does not wait for the answer to a drive', async (t) => {
  const { clock, said, camera, steering } = steered();
  camera.answers = ({ urgent }) => (urgent ? Promise.resolve() : new Promise(() => undefined));
  steering.drive(LEFT);
  await clock.wind(10);
  steering.stop();
  await clock.wind(0);
  t.strictSame(said.slice(1), STOPS);
});

t.test('while an answer is awaited, only the latest speed is kept', async (t) => {
  const { clock, said, camera, steering } = steered();
  let answer = (): void => undefined;
  camera.answers = ({ urgent }) => (urgent ? Promise.resolve() : new Promise((resolve) => (answer = resolve)));
  steering.drive(LEFT);
  for (const pan of [-0.8, -0.6, -0.5]) steering.drive({ ...LEFT, pan });
  await clock.wind(0);
  answer();
  await clock.wind(20);
  t.strictSame(said, ['drive 81 01 06 01 18 01 01 03 FF', 'drive 81 01 06 01 0C 01 01 03 FF'], 'of four only the first and the last');
  steering.drive({ ...LEFT, pan: 0.5 });
  steering.drive({ ...LEFT, pan: 1 });
  answer();
  await clock.wind(20);
  t.strictSame(said.slice(2), ['drive 81 01 06 01 18 01 02 03 FF']);
});

t.test('a stop is said until it is acknowledged', async (t) => {
  const { clock, said, camera, steering } = steered();
  let deaf = true;
  camera.answers = ({ urgent }) => (urgent && deaf ? new Promise(() => undefined) : Promise.resolve());
  steering.drive(LEFT);
  await clock.wind(10);
  steering.stop();
  await clock.wind(2 * INSIST_EVERY_MS);
  t.strictSame(said.slice(1), [...STOPS, ...STOPS, ...STOPS]);
  deaf = false;
  await clock.wind(2 * INSIST_EVERY_MS);
  t.equal(said.length, 9, 'and not again');
});

t.test('a line lost during a drive: the first words on the next one are stop', async (t) => {
  const { clock, said, lost, camera, steering } = steered();
  steering.drive(LEFT);
  await clock.wind(10);
  camera.answers = () => Promise.reject(new DeviceLost('unplugged'));
  steering.stop();
  await clock.wind(10);
  t.strictSame(lost, ['unplugged']);
  steering.yield();
  said.length = 0;
  camera.answers = () => Promise.resolve();
  await steering.stopFirst(new AbortController().signal);
  t.strictSame(said, STOPS);
  await steering.stopFirst(new AbortController().signal);
  t.strictSame(said, STOPS, 'once it is acknowledged, it is owed no more');
});

t.test('nothing is called a view that looks at the parking wall', async (t) => {
  const { clock, stood, steering } = steered({ pan: 8000, tilt: -900 });
  steering.drive(LEFT);
  await clock.wind(10);
  steering.stop();
  await clock.wind(200);
  t.strictSame(stood, ['wall']);
  const refused = t.rejects(steering.standHere(7), { code: 'DEVICE_REFUSED', message: /parking wall/ });
  await clock.wind(200);
  await refused;
});

t.test('where a camera stands is kept as a position, or as a preset where it does not tell', async (t) => {
  const { clock, said, camera, steering } = steered();
  const told = steering.standHere(7);
  await clock.wind(200);
  t.strictSame(await told, { kind: 'position', pan: 100, tilt: 50, zoom: 0x1000 });
  camera.position = undefined;
  const untold = steering.standHere(7);
  await clock.wind(200);
  t.strictSame(await untold, { kind: 'preset', preset: 7 });
  t.equal(said.at(-1), 'drive 81 01 04 3F 01 07 FF');
});

t.test('a view that is chosen anew is reached anew, but not on a lost line and not before the safe pose', (t) => {
  const policy: Policy<string> = { safeFirst: () => 'aside', lostFault: 'CAMERA_LOST', astrayFault: () => undefined, recheckMs: 10_000 };
  const anew = (state: Parameters<typeof supervise<string>>[1]) => supervise(policy, state, { kind: 'meant-anew' }).effects;
  t.strictSame(anew({ kind: 'verified', wish: 'view' }), [{ kind: 'tell', verified: { kind: 'unverified' } }, { kind: 'attempt', goal: 'view' }]);
  t.strictSame(anew({ kind: 'resting', wish: 'view', secured: false, failures: 3 }), [{ kind: 'attempt', goal: 'aside' }]);
  t.strictSame(anew({ kind: 'lost', wish: 'view' }), []);
  t.end();
});
