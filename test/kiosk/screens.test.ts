/**
 * All screens in real Chromium, over a scripted house, calm and with as much
 * to say as can come together. On each: the console is clean, nothing overflows
 * or overlaps, and targets are large and apart.
 * KIOSK_SHOTS=folder keeps a picture of each.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import t from 'tap';
import type { Trouble } from '../../kiosk/protocol.js';
import type { Speeds } from '../../kiosk/screen/steer.js';
import { uidOfPeer } from '../../kiosk/server/peer.js';
import { FAULTS } from '../../session/faults.js';
import { LAYOUT_FAULTS } from './layout-faults.js';
import { pictureOfARoom } from './scene-stage.js';
import { COLLECTED, PIN, RECORDING, scriptedApp, SESSION, STEERING, TROUBLE } from './scripted-house.js';
import { freePort } from '../fakes/free-port.js';
import './hammer.cases.js';
import { launch, skip } from '../fakes/chromium.js';
import { until } from '../fakes/until.js';

const screenDir = fileURLToPath(new URL('../../screen', import.meta.url));
const shots = process.env['KIOSK_SHOTS'];

/** The longest that the room can be told. */
const [LONG, OTHER, THIRD] = Object.entries(FAULTS)
  .map(([code, { sentence, remedy }]) => ({ code, sentence, remedy }))
  .sort((a, b) => `${b.sentence}${b.remedy}`.length - `${a.sentence}${a.remedy}`.length) as [Trouble, Trouble, Trouble];

t.setTimeout(240_000);

t.test('the screens', { skip }, async (t) => {
  if (!existsSync(`${screenDir}/kiosk.js`)) return t.fail('the screen is not built; run npm run build');
  const port = await freePort();
  let beating = true;
  const { app, house, pass } = await scriptedApp(screenDir, {
    port, uidOfPeer, allowedUid: process.getuid?.() ?? 0,
    everySecond: (beat) => {
      const timer = setInterval(() => { if (beating) beat(); }, 1000);
      return () => clearInterval(timer);
    },
  });
  t.teardown(() => app.close());
  await app.listen({ host: '127.0.0.1', port });
  const browser = await launch();
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, hasTouch: true });
  page.setDefaultTimeout(10_000);
  const console: string[] = [];
  // A refused request, and the Stop that this test cuts off, are Chromium's to complain of.
  const expected = /status of (409|429)|ERR_FAILED/;
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !expected.test(message.text())) console.push(message.text()); });
  page.on('pageerror', (error) => console.push(error.message));

  /** Waits for these words, then looks at the whole screen, at each size. */
  const look = async (name: string, words: string | RegExp) => {
    await page.getByText(words).first().waitFor();
    for (const [width, height] of [[1280, 800], [1920, 1080], [800, 1280]] as const) {
      await page.setViewportSize({ width, height });
      t.strictSame(await page.evaluate(LAYOUT_FAULTS), [], `${name} at ${width}x${height}`);
      if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${width}x${height}.png` });
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const tap = (name: string | RegExp) => page.getByRole('button', { name }).tap();
  const enterPin = async (pin: string) => {
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).tap();
    await tap('OK');
  };
  const lastAsked = () => house.asked.at(-1);
  /** What the heart says to the next requests. */
  const refuse = () => { house.answer = () => ({ ok: false, ...LONG }); };
  const allow = () => { house.answer = () => ({ ok: true }); };
  /** From the list to a copy of its first recording; resolved when it has begun. */
  const copy = async () => {
    const before = house.copy.end;
    house.stickView = { kind: 'ready', label: 'ANN 32GB', freeBytes: 31_200_000_000, fileSystem: 'exfat' };
    await page.getByRole('button', { name: 'Copy to the stick' }).first().tap();
    await page.getByRole('heading', { name: 'is ready' }).waitFor();
    await tap('Copy to the stick');
    await until(() => house.copy.end !== before);
  };

  house.become({ kind: 'checking' });
  await page.goto(`http://localhost:${port}/`);
  await look('checking', 'Checking the room');
  house.become({ kind: 'idle' });
  await look('ready', 'Nothing records unless a teacher starts it.');

  await t.test('signing in', async (t) => {
    await tap(/start here/);
    await look('names', 'Tap your name');
    await tap('A. Ahmed');
    await look('pin', 'A. Ahmed: enter your PIN');
    await enterPin('000000');
    await look('pin-wrong', 'That PIN is not right.');
    await enterPin(PIN);
    await look('purpose', 'What is the recording for?');
    t.match(house.asked, [{ kind: 'signed-in', owner: 'anna' }]);
    house.become({ kind: 'waking' });
  });

  await t.test('who has been told, and framing in between', async (t) => {
    await tap(/Personal reflection/);
    await look('plan', 'Yes, go on');
    for (const [name, part, words, choice] of [
      ['purpose', /What for/, 'What is the recording for?', /Coaching/], ['view', /What the camera sees/, 'What should the camera see?', 'Board'],
      ['mode', /What is recorded/, 'What is recorded?', /Blurred/], ['ends', /Stops by itself/, 'When does it stop by itself?', /after 50/],
    ] as const) {
      await tap(part);
      await look(`plan-${name}`, words);
      await tap(choice);
    }
    await look('plan-changed', 'Coaching');
    t.match(lastAsked(), { kind: 'choose', mode: 'blurred' }, 'the sign is told what will probably come');
    await tap('Look at the picture');
    await until(() => lastAsked()?.kind === 'frame');
    t.strictSame(house.steered.splice(0), [['show', 'v1']], 'the camera goes to the view of the plan meanwhile');
    house.become({ kind: 'framing', live: false, endsInMs: 300_000 });
    await look('framing-waiting', /First the sign by the door/);
    house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
    const picture = pictureOfARoom();
    const camera = setInterval(() => {
      house.frame(picture);
      house.level(-18);
    }, 80);
    await page.getByText('Good').waitFor();
    await page.getByText('The picture is coming').waitFor({ state: 'detached' });
    await look('framing', /not recording/);
    t.equal(await page.getByRole('button', { name: 'Whole room', pressed: true }).isVisible(), true, 'the chosen view is marked');
    await tap('Louder');
    await until(() => house.steered.length === 1);
    await tap('Board');
    await until(() => house.steered.length === 2);
    t.strictSame(house.steered.splice(0), [['gain', 27], ['show', 'v1']]);

    await tap('Turn by hand');
    await look('framing-turning', 'Closer');
    const drives = () => house.steered.flatMap(([what, speeds]) => (what === 'drive' ? [speeds as Speeds] : []));
    const stops = () => house.steered.filter(([what]) => what === 'stop').length;
    await holdAt(page, 'Turn the camera', 0.95, 0.5);
    await until(() => drives().length >= 2);
    t.equal(stops(), 0);
    await page.mouse.up();
    await until(() => stops() > 0);
    t.ok(drives().every(({ pan, tilt }) => pan > 0.25 && tilt === 0), 'it turned right while the pad was held there');
    await page.evaluate('document.activeElement?.blur()');
    await page.keyboard.press('+');
    await page.keyboard.down('ArrowUp');
    await until(() => drives().some(({ tilt }) => tilt === 0.3));
    t.notOk(drives().some(({ zoom }) => zoom !== 0), 'WCAG 2.1.4: a sign does nothing from elsewhere');
    const before = stops();
    await page.evaluate('dispatchEvent(new Event("blur"))');
    await until(() => stops() > before);
    await page.keyboard.up('ArrowUp');
    await page.getByRole('button', { name: 'Turn the camera' }).focus();
    await page.keyboard.down('+');
    await until(() => drives().some(({ zoom }) => zoom > 0));
    await page.keyboard.up('+');
    house.steer({ chosen: null });
    await tap('Save this view');
    await look('framing-naming', 'What is this view called?');
    await tap('My desk');
    await until(() => house.steered.at(-1)?.[0] === 'save');
    t.strictSame(house.steered.splice(0).at(-1), ['save', 'My desk', []]);
    await page.getByText('save first').waitFor();
    house.steer({ views: [...STEERING.views, ...['My desk', 'Window side', 'Group table'].map((name, i) => ({ id: `w${i}`, name, covers: [] }))], chosen: 'w0' });
    await look('framing-many-views', 'More views');
    t.equal(await page.getByRole('button', { name: 'My desk', pressed: true }).isVisible(), true, 'of many views, those around the chosen one are shown');
    await tap('Turn by hand');
    await tap('Save this view');
    await tap('Remove a view');
    await look('framing-removing', 'Tap a view to remove it');
    await tap('Remove Carpet');
    await until(() => house.steered.length > 0);
    t.strictSame(house.steered.splice(0), [['forget', 'v2']]);
    await tap('Done');
    await tap('Done turning');

    await tap('Cover areas');
    await page.getByRole('application').tap({ position: { x: 5, y: 5 } });
    await until(() => house.steered.length > 0);
    const covered = { views: STEERING.views.map((view, i) => (i === 0 ? { ...view, covers: [{ left: 0, top: 0, width: 0.25, height: 1 / 3 }] } : view)), chosen: 'standard' };
    t.strictSame(house.steered.splice(0), [['cover', [{ left: 0, top: 0, width: 0.125, height: 1 / 6 }]]], 'P9.4');
    house.steer({ ...covered, cameraTrouble: { code: 'VIEW_COVERED', sentence: 'This view has covered areas, so the camera stays.', remedy: 'Choose another view, or uncover the areas.' } });
    await page.getByRole('application', { name: '4 of 48' }).waitFor();
    await look('framing-covering', 'Tap what must not be recorded');
    for (const [column, row] of [[2, 3], [4, 3], [6, 3], [3, 4], [5, 4], [7, 4], [2, 5]] as const) {
      const before = house.steered.length;
      await tapCell(page, column, row);
      await until(() => house.steered.length > before);
    }
    await tapCell(page, 4, 5);
    await look('framing-covering-too-many', 'These are too many separate areas.');
    house.steered.length = 0;
    await tap('Done covering');
    await look('framing-covered', 'Turn by hand');
    await tap('Turn by hand');
    await look('framing-held', 'so the camera stays');
    await holdAt(page, 'Turn the camera', 0.95, 0.5);
    await page.mouse.up();
    await tap('Done turning');
    house.steer({ ...STEERING, cameraTrouble: LONG, gain: null, gainTrouble: OTHER });
    await look('framing-devices-lost', LONG.remedy);
    t.strictSame(house.steered, [], 'what cannot be turned is not asked to');
    house.steer(STEERING);
    await tap('Clap test');
    await look('clap-refused', 'No clap was heard.');
    let heard = (): void => undefined;
    house.clapping.listen = () => new Promise((resolve) => { heard = () => resolve({ soundAtMs: 1040, pictures: [967, 1000, 1033, 1067].map((atMs) => ({ atMs, jpeg: picture })) }); });
    await tap('Try again');
    await look('clap-listening', 'Clap once, loudly');
    heard();
    await look('clap-choosing', 'Picture 3 of 4');
    await tap('Earlier');
    await page.getByText('Picture 2 of 4').waitFor();
    await tap('The hands meet here');
    await look('clap-settled', 'The sound came 40 thousandths of a second after the picture.');
    t.strictSame(house.clapsSeen, [[1040, 1000]]);
    await tap('Done');
    await page.getByText('Good').waitFor();
    await page.getByText('The picture is coming').waitFor({ state: 'detached' });
    clearInterval(camera);
    await look('framing-stopped', 'Picture has stopped');
    await tap('The picture is right');
    await until(() => lastAsked()?.kind === 'stop-framing');
    house.become({ kind: 'waking' });
    // By its time or by a fault: nobody said that the picture is right, and yet it is what would be recorded.
    const framingEnds = async (change: Parameters<typeof house.steer>[0], sees: string, plan: string) => {
      house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
      house.steer(change);
      await page.getByText(sees).first().waitFor();
      house.become({ kind: 'stopping', next: 'rest' });
      house.become({ kind: 'waking' });
      await page.getByRole('button', { name: `What the camera sees ${plan} Change` }).waitFor();
    };
    house.become({ kind: 'framing', live: true, endsInMs: 28_000 });
    await page.getByText('The picture ends in').waitFor();
    const framed = () => house.asked.filter(({ kind }) => kind === 'frame').length;
    const framedBefore = framed();
    await tap('Look for longer');
    await until(() => framed() === framedBefore + 1);
    house.become({ kind: 'framing', live: true, endsInMs: 300_000 });
    await page.getByText('The picture ends in').waitFor({ state: 'detached' });
    await framingEnds({ chosen: null }, 'save first', 'As you turned it');
    await framingEnds({ views: [...STEERING.views, { id: 'w0', name: 'Window side', covers: [] }], chosen: 'w0' }, 'Window side', 'Window side');
    await framingEnds(STEERING, 'Cover areas', 'The usual view');
    await tap('Yes, go on');
    await look('told', 'Before it starts');
    for (const line of ['The class has been told.', /Other adults/, /Visitors/, /may not be filmed/]) t.equal(await page.getByText(line).isVisible(), true, 'P9.3, P4.3 each line is there before the one touch that confirms them');
    t.notOk(house.asked.some(({ kind }) => kind === 'start'), 'nothing has started yet');
    await tap('I have told everyone: start');
    await until(() => house.asked.some(({ kind }) => kind === 'start'));
    t.match(house.asked.find(({ kind }) => kind === 'start'), { owner: { teacher: 'anna' }, wish: { purpose: { id: 'coaching' }, mode: 'blurred', view: 'standard', lengthMs: 3_000_000 } });
  });

  await t.test('a session', async (t) => {
    house.become({ kind: 'announcing', session: SESSION, countdownMs: 5000 });
    await look('countdown', 'Recording starts: Personal reflection');
    house.become({ kind: 'announcing', session: SESSION, countdownMs: 0 });
    await look('countdown-waiting', 'Waiting for the sign by the door');
    house.become({ kind: 'starting', session: SESSION });
    await look('starting', 'Starting…');
    house.become({ kind: 'recording', session: SESSION, elapsedMs: 61_000, endsInMs: 2_939_000 });
    await look('recording', 'RECORDING');
    t.match(await page.locator('lamp-time span').innerText(), /^1:\d\d$/, 'how long it has been going on');
    t.match(await page.getByText('Ends by itself at').innerText(), /\d\d:\d\d$/, 'until when');
    house.become({ kind: 'recording', session: SESSION, elapsedMs: 65_000, endsInMs: 2_939_000 }, [{ code: 'CAMERA_LOST', sentence: 'The camera does not answer, so it cannot be turned.', remedy: 'A recording goes on with the view as it is. Check the camera’s control cable.' }]);
    await look('recording-warning', 'The camera does not answer');
    house.answer = () => ({ ok: true });
    house.level(-20);
    await page.getByText('Good').waitFor();
    await tap('For the teacher');
    await look('owner', 'For the teacher who started it');
    await tap('10 minutes longer');
    await look('owner-longer', '10 minutes longer: the owner’s PIN');
    await enterPin(PIN);
    await look('owner-longer-done', 'The recording goes on.');
    t.match(lastAsked(), { kind: 'extend', ms: 600_000 }, 'P2.6');
    await tap('Close');
    await tap('For the teacher');
    await tap('Turn the camera');
    await look('turn-choosing', 'Turn the camera to…');
    await tap('Carpet');
    await look('turn-pin', 'Carpet: the owner’s PIN');
    await enterPin('000000');
    await look('turn-pin-wrong', 'That PIN is not right.');
    await enterPin(PIN);
    await look('turn-done', 'The camera turns: Carpet.');
    t.strictSame(house.steered, [['show', 'v2', true]]);
    await tap('Close');
    house.steer({ views: STEERING.views.map((view) => ({ ...view, covers: [{ left: 0, top: 0, width: 1, height: 1 }] })) });
    await tap('For the teacher');
    await tap('Turn the camera');
    await look('turn-locked', 'so the camera stays');
    house.steer(STEERING);
    await tap('Close');
    await tap(/Cymraeg/);
    await look('recording-languages', 'Polski');
    t.equal(await page.getByRole('heading', { name: 'RECORDING' }).isVisible() && await page.getByRole('button', { name: 'Stop', exact: true }).isVisible(), true, 'P2.3 whoever looks for a language still sees the state, and Stop');
    const sound = page.getByRole('button', { name: /^Sound/ });
    const touchTwice = () => sound.evaluate((button: { click(): void }) => { button.click(); button.click(); });
    const volume = () => page.evaluate('document.documentElement.dataset.volume');
    await touchTwice();
    await until(async () => await volume() === 'softest');
    await tap('For unsteady hands');
    await tap(/Cymraeg/);
    await touchTwice();
    await until(async () => await volume() === 'usual');
    t.equal(await sound.innerText(), 'Sound: usual', 'EN 301 549, 5.8: for unsteady hands two touches at once are one');
    t.equal(await page.getByRole('button', { name: 'For unsteady hands', pressed: true }).isVisible(), true);
    await tap('For unsteady hands');
    await tap('Stop');
    await page.getByText('Stopping…').waitFor();
    t.equal(await page.getByRole('heading', { name: 'RECORDING' }).isVisible(), true, 'recording until the stream says otherwise');
    await until(() => house.asked.some(({ kind }) => kind === 'stop'));
    house.become({ kind: 'stopping', next: 'pause' });
    await look('stopping', 'Camera and microphone are being switched off');
    house.become({ kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 120_000 });
    await look('paused', 'Recording has stopped');
    house.become({ kind: 'paused', session: SESSION, why: { by: 'fault', fault: TROUBLE }, closesInMs: 600_000 });
    await look('paused-fault', TROUBLE.sentence);
    await tap(/Carry on/);
    await look('pin-carry-on', 'Carry on: the owner’s PIN');
    refuse();
    await enterPin(PIN);
    await look('pin-carry-on-refused', LONG.remedy);
    allow();
    await enterPin(PIN);
    await until(() => lastAsked()?.kind === 'carry-on');
    house.become({ kind: 'announcing', session: SESSION, countdownMs: 3000 });
    await page.getByRole('heading', { name: /Recording starts/ }).waitFor();
    house.become({ kind: 'paused', session: SESSION, why: { by: 'owner' }, closesInMs: 900_000 });
    await tap(/Finish and collect/);
    await enterPin(PIN);
    await until(() => house.asked.some(({ kind }) => kind === 'finish'));
    house.become({ kind: 'idle' });
    await look('saved', 'Saved: 42 mins');
    await tap('My recordings');
  });

  await t.test('my recordings, and a copy', async (t) => {
    await look('recordings', 'Mon 23 November, 09:05 – Personal reflection');
    await copy();
    await page.getByText('Looking for the stick').waitFor();
    house.copy.progress(500_000_000, 1_400_000_000);
    await look('collect-copying', '500 MB');
    pass(61);
    house.copy.end({ ok: true, ...COLLECTED });
    await look('collect-done', 'You can pull it out');
    t.equal(lastAsked()?.kind, 'signed-in', 'whoever waits for a copy is not idle');
    pass(61);
    await page.getByText('Nothing records unless').waitFor();
    t.equal(lastAsked()?.kind, 'signed-out', 'P5.2 idle for 60 s');
  });

  await t.test('trouble', async () => {
    house.become({ kind: 'idle', lastFault: { code: 'SIGN_NOT_IN_TIME', sentence: 'The sign by the door could not be confirmed in time, so nothing was recorded.', remedy: 'Try again.' } });
    await look('ready-fault', 'so nothing was recorded');
    house.become({ kind: 'blocked', reasons: [TROUBLE] });
    await look('blocked', 'Recording is not possible now');
    beating = false;
    await look('lost', 'Assume recording');
    beating = true;
    await page.getByRole('heading', { name: 'Recording is not possible now' }).waitFor();
    house.become({ kind: 'gone' });
    await look('gone', 'The recorder is shutting down');
  });

  await t.test('with much to say, before anybody is signed in', async () => {
    house.become({ kind: 'idle', lastFault: LONG }, [OTHER]);
    await look('much-ready', OTHER.sentence);
    await tap(/start here/);
    await look('much-names', 'Tap your name');
    await tap('A. Ahmed');
    const signIn = house.teachers.signIn.bind(house.teachers);
    house.teachers.signIn = () => Promise.resolve({ ok: false, ...LONG });
    await enterPin('000000');
    await look('much-pin', LONG.remedy);
    house.teachers.signIn = signIn;
  });

  await t.test('P5.2 with much to say, in the last half minute of a sign-in', async (t) => {
    await page.route('**/api/sign-in', async (route) => {
      const reply = await route.fetch();
      await route.fulfill({ response: reply, json: { ...await reply.json() as object, idleMs: 20_000 } });
    });
    house.recordings.list = () => Promise.resolve([1, 2, 3, 4, 5].map((day) => ({ ...RECORDING, id: `r${day}`, startedAt: `2026-11-0${day}T13:10:00+00:00`, complete: false })));
    await enterPin(PIN);
    await page.getByText('Still there?').waitFor();
    house.become({ kind: 'waking' }, [OTHER, THIRD]);
    await look('much-purpose', THIRD.remedy);
    await tap('My recordings');
    await look('much-recordings', 'Page 1 of 2');
    await copy();
    house.copy.progress(500_000_000, 1_400_000_000);
    await look('much-collect-copying', '500 MB');
    house.copy.end({ ok: false, ...LONG });
    await look('much-collect-refused', LONG.remedy);
    await tap('Back to my recordings');
    await copy();
    house.copy.end({ ok: true, ...COLLECTED, receipt: '', verified: [{ recording: 'r1', receipt: '' }] });
    await look('much-collect-done', 'You can pull it out');
    t.equal(await page.getByText('Receipt').count(), 0, 'no word of a receipt where there is none');
    await tap('Back to my recordings');

    await tap('Record a lesson');
    await tap(/Personal reflection/);
    refuse();
    await tap('Look at the picture');
    await look('much-plan', LONG.remedy);
    await tap('Yes, go on');
    await look('much-told', 'Before it starts');
    await tap('Back');
    allow();
    house.become({ kind: 'framing', live: false, endsInMs: 300_000 }, [LONG, OTHER]);
    await look('much-framing-waiting', /First the sign by the door/);
    house.become({ kind: 'framing', live: true, endsInMs: 300_000 }, [LONG, OTHER]);
    await look('much-framing', 'The picture is coming');
    await tap('Turn by hand');
    await look('much-framing-turning', 'Closer');
    await tap('Save this view');
    await look('much-framing-naming', 'What is this view called?');
    await tap('Back');
    await tap('Done turning');
    await tap('Cover areas');
    await look('much-framing-covering', 'Tap what must not be recorded');
    await tap('Done covering');
    house.clapping.listen = () => Promise.resolve({ soundAtMs: 0, pictures: [{ atMs: 0, jpeg: pictureOfARoom() }] });
    await tap('Clap test');
    await look('much-clap', 'Picture 1 of 1');
    house.become({ kind: 'stopping', next: 'rest' }, [LONG, OTHER]);
    await look('much-stopping', 'Camera and microphone are being switched off');
    house.become({ kind: 'waking', lastFault: LONG });
    await look('plan-after-framing-failed', 'Yes, go on');
    t.equal(await page.getByText(LONG.sentence + LONG.remedy).isVisible(), true, 'what went wrong, and what to do about it');
    await tap('Yes, go on');
    await look('told-after-framing-failed', 'Before it starts');
    t.equal(await page.getByText(LONG.sentence + LONG.remedy).isVisible(), true, 'there too');
    house.become({ kind: 'blocked', reasons: [LONG, OTHER] }, [LONG, OTHER]);
    await look('much-blocked', 'Recording is not possible now');
    t.equal(await page.getByText(LONG.sentence).count(), 1, 'a reason that is a warning too is said once');
    beating = false;
    await look('much-lost', 'Assume recording');
    beating = true;
    await page.getByRole('heading', { name: 'Recording is not possible now' }).waitFor();
    await tap('I am still here');
    await tap('Stop');
    await page.getByText('Still there?').waitFor({ state: 'detached' });
  });

  await t.test('with much to say, in a session', async (t) => {
    house.become({ kind: 'announcing', session: SESSION, countdownMs: 600_000 }, [LONG, OTHER]);
    await look('much-countdown', 'Recording starts');
    house.become({ kind: 'announcing', session: SESSION, countdownMs: 0 }, [LONG, OTHER]);
    await look('much-countdown-waiting', 'Waiting for the sign by the door');
    house.become({ kind: 'starting', session: SESSION }, [LONG, OTHER]);
    await look('much-starting', 'Starting…');
    await page.route('**/api/stop', (route) => route.abort());
    house.become({ kind: 'recording', session: { ...SESSION, audience: 'colleagues-i-choose' }, elapsedMs: 7_195_000, endsInMs: 5000 }, [LONG, OTHER]);
    await tap('Stop');
    await look('much-recording', 'The recorder does not answer.');
    await page.unroute('**/api/stop');
    house.become({ kind: 'paused', session: SESSION, why: { by: 'fault', fault: LONG }, closesInMs: 600_000 }, [OTHER]);
    await look('much-paused', 'Recording has stopped');
    t.equal(await page.getByText('The recorder does not answer.').count(), 0, 'what was refused is over');
    house.become({ kind: 'idle' });
  });

  await t.test('a reload signs out', async (t) => {
    await page.reload();
    await page.getByText('Nothing records unless').waitFor();
    await until(() => lastAsked()?.kind === 'signed-out');
    t.equal(await cookies(page), 0);
  });

  t.strictSame(console, [], 'no errors and no complaints of the security policy');
});

const cookies = async (page: Page): Promise<number> => (await page.context().cookies()).length;

/** Presses on a button with this name, at a place in it from 0 to 1, and keeps pressing. */
async function holdAt(page: Page, name: string, x: number, y: number): Promise<void> {
  const box = await page.getByRole('button', { name }).boundingBox();
  if (box === null) throw new Error(`${name} is not to be seen`);
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y);
  await page.mouse.down();
}

/** Taps in the middle of a part of the picture, of 8 by 6. */
async function tapCell(page: Page, column: number, row: number): Promise<void> {
  const picture = page.getByRole('application');
  const box = await picture.boundingBox();
  if (box === null) throw new Error('the picture is not to be seen');
  await picture.tap({ position: { x: box.width * (column + 0.5) / 8, y: box.height * (row + 0.5) / 6 } });
}
