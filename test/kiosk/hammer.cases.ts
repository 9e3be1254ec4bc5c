/** A pupil who taps all over the screen, twenty times a second for a minute: nothing starts, nothing breaks, and the teacher signs in afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import t from 'tap';
import { Throttle, waitAfter, waiting } from '../../config/throttle.js';
import type { PublicPhase } from '../../kiosk/protocol.js';
import { uidOfPeer } from '../../kiosk/server/peer.js';
import { freePort } from '../fakes/free-port.js';
import { OWNER, PIN, scriptedApp, SESSION } from './scripted-house.js';
import { launch, skip } from '../fakes/chromium.js';

const screenDir = fileURLToPath(new URL('../../screen', import.meta.url));
const [WIDTH, HEIGHT] = [1280, 800];
const TAP_EACH_MS = 50;
/** So often each screen is come to anew: taps lead away from it. */
const ROUNDS = 3;
const TAPS_A_ROUND = 100;
const SEED = 20261130;
/** P10.1 */
const LONGEST_WAIT_S = 30;

t.test('a pupil hammers on the screen', { timeout: 240_000, skip }, async (t) => {
  const port = await freePort();
  const { app, house } = await scriptedApp(screenDir, {
    port, uidOfPeer, allowedUid: process.getuid?.() ?? 0,
    everySecond: (beat) => {
      const timer = setInterval(beat, 1000);
      return () => clearInterval(timer);
    },
  });
  t.teardown(() => app.close());
  // As the product waits after wrong tries; each name for itself.
  let ahead = 0;
  const throttle = new Throttle(() => performance.now() + ahead);
  const failures = new Map<string, number>();
  const signIn = house.teachers.signIn.bind(house.teachers);
  house.teachers.signIn = async (teacher, pin) => {
    const left = throttle.secondsLeft(teacher);
    if (left > 0) return waiting(left);
    const answer = await signIn(teacher, pin);
    if (answer.ok) return answer;
    const failed = (failures.get(teacher) ?? 0) + 1;
    failures.set(teacher, failed);
    throttle.failed(teacher, failed);
    return { ...answer, waitSeconds: waitAfter(failed) };
  };
  await app.listen({ host: '127.0.0.1', port });
  const browser = await launch();
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, hasTouch: true });
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  // A refused request is Chromium's to complain of: a wrong PIN, a code that is none, too many at once.
  const refused = /the server responded with a status of 4\d\d/;
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !refused.test(message.text())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('crash', () => complaints.push('the page crashed'));

  const toNames = async (): Promise<void> => page.getByRole('button', { name: /start here/ }).tap();
  const toPin = async (): Promise<void> => {
    await toNames();
    await page.getByRole('button', { name: OWNER.displayName }).tap();
    await page.locator('pin-screen').waitFor();
  };
  const recording: PublicPhase = { kind: 'recording', session: SESSION, elapsedMs: 60_000, endsInMs: 40 * 60_000 };
  const screens: readonly [name: string, phase: PublicPhase, come: () => Promise<void>][] = [
    ['ready', { kind: 'idle' }, () => Promise.resolve()],
    ['names', { kind: 'idle' }, toNames],
    ['PIN', { kind: 'idle' }, toPin],
    ['recording', recording, async () => page.locator('recording-screen').waitFor()],
  ];
  const points = fc.sample(fc.noBias(fc.tuple(fc.integer({ min: 0, max: WIDTH - 1 }), fc.integer({ min: 0, max: HEIGHT - 1 }))), { numRuns: screens.length * ROUNDS * TAPS_A_ROUND, seed: SEED });
  let hammeredMs = 0;
  for (const [name, phase, come] of screens) {
    for (let round = 0; round < ROUNDS; round += 1) {
      house.become(phase);
      await page.goto(`http://localhost:${port}/`);
      await come();
      const beganAt = performance.now();
      for (const [at, [x, y]] of points.splice(0, TAPS_A_ROUND).entries()) {
        await sleep(Math.max(0, beganAt + at * TAP_EACH_MS - performance.now()));
        await page.touchscreen.tap(x, y);
      }
      hammeredMs += performance.now() - beganAt;
      const kinds = new Set(house.asked.map(({ kind }) => kind));
      t.notOk(['start', 'frame', 'signed-in', 'carry-on', 'finish', 'pause', 'extend'].some((kind) => kinds.has(kind as never)), `P1.1 ${name}, round ${round + 1}: nothing was started, and nobody signed in`);
    }
  }
  t.ok(house.asked.some(({ kind }) => kind === 'stop'), 'P2.3 Stop was found, as by anyone');
  t.same(complaints, [], 'no page crashed, and the console is clean');
  const triedPins = house.pins.length;
  const left = Math.max(0, ...['', OWNER.teacher, ...failures.keys()].map((who) => throttle.secondsLeft(who)));
  t.ok(left <= LONGEST_WAIT_S, `P10.1 after ${triedPins} PINs the teacher waits ${left} s`);
  const taps = screens.length * ROUNDS * TAPS_A_ROUND;
  t.comment(`${taps} taps in ${(hammeredMs / 1000).toFixed(0)} s, ${(taps / hammeredMs * 1000).toFixed(1)} a second; ${triedPins} PINs were entered, ${house.asked.length} requests reached the heart`);

  ahead += LONGEST_WAIT_S * 1000;
  house.become({ kind: 'idle' });
  await page.goto(`http://localhost:${port}/`);
  await toPin();
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).tap();
  await page.getByRole('button', { name: 'OK', exact: true }).tap();
  await page.locator('purpose-screen').waitFor();
  t.ok(house.asked.some(({ kind }) => kind === 'signed-in'), 'and then signs in');
});
