/** What the room may see of each phase, and what becomes of a request: the heart behind the kiosk’s own interface. */
import t from 'tap';
import './two-tabs.cases.js';
import type { Standing } from '../../session/practice.js';
import { roomOf } from '../../kiosk/server/heart.js';
import { FakeHouse, PLAN } from '../fakes/house.js';

const TOLD = { class: true, otherAdults: true, visitors: true, outOfPicture: true };
const WISH = { purpose: PLAN.purpose, mode: PLAN.mode, view: null, lengthMs: PLAN.lengthMs, told: TOLD };
const ANN = { teacher: PLAN.owner, displayName: 'Ann' };

function kiosk(changes: Partial<Standing & { roomOnDisk: boolean }> = {}) {
  const house = new FakeHouse();
  const told: string[] = [];
  const room = roomOf(house.conductor, {
    standing: (owner) => {
      told.push(`standing of ${owner}`);
      return { setUp: true, barred: false, code: [], hasKey: true, keyProven: true, ...changes };
    }, roomOnDisk: () => Promise.resolve(changes.roomOnDisk ?? true),
    modes: ['picture-and-sound', 'sound-only', 'picture-only'],
    turn: (view) => {
      told.push(`turn to ${view}`);
      return view === 'gone' ? { ok: false, code: 'NO_VIEW', sentence: 'There is no such view.', remedy: 'Choose one from the list.' } : { ok: true };
    },
    starting: (owner) => told.push(`starting ${owner}`), signedOut: () => told.push('signed out'),
  }, () => house.clock.now());
  return { house, room, told };
}

t.test('a lesson as the room sees it, with nobody’s name in it', async (t) => {
  const { house, room, told } = kiosk();
  const seen: string[] = [];
  room.onChange(() => seen.push(JSON.stringify(room.now())));
  await house.pass(1000);
  t.same(await room.ask({ kind: 'signed-in', owner: PLAN.owner }), { ok: true });
  await house.pass(1000);
  t.same(await room.start(ANN, WISH), { ok: true });
  t.same(told, [`standing of ${PLAN.owner}`, `starting ${PLAN.owner}`], 'the owner’s record is held ready when the gate is passed, and not before');
  await house.pass(2000);
  t.match(room.now().phase, { kind: 'announcing', countdownMs: 3000, session: { purpose: 'personal reflection', audience: 'only-me' } });
  await house.pass(8000);
  t.match(room.now().phase, { kind: 'recording' });
  t.same(await room.ask({ kind: 'stop' }), { ok: true });
  await house.pass(1000);
  t.match(room.now().phase, { kind: 'paused', why: { by: 'room' } });
  t.same((await room.ask({ kind: 'carry-on', owner: 'bob' })).ok, false, 'P1.2 another teacher cannot carry on');
  t.same(await room.ask({ kind: 'carry-on', owner: PLAN.owner }), { ok: true });
  t.equal(told.at(-1), 'signed out', 'P5.2 carrying on leaves nobody signed in');
  t.notOk(seen.some((state) => state.includes(`"${PLAN.owner}"`)), 'P3.3 no state names the owner');
});

t.test('carrying on under a pressed Stop is refused for that reason', async (t) => {
  const { house, room } = kiosk();
  await house.record();
  house.stopPressed = true;
  await house.pass(1000);
  t.match(room.now().phase, { kind: 'paused', why: { by: 'room' } });
  t.match(await room.ask({ kind: 'carry-on', owner: PLAN.owner }), { ok: false, code: 'STOP_HELD', remedy: /nobody holds it/ });
  t.match(room.now().phase, { kind: 'paused' }, 'and nothing moved');
  house.stopPressed = false;
  await house.pass(1000);
  t.same(await room.ask({ kind: 'carry-on', owner: PLAN.owner }), { ok: true });
});

t.test('the beats of the sign are no news: the room is told only what a screen would show differently', async (t) => {
  const { house, room } = kiosk();
  await house.pass(2000);
  let news = 0;
  room.onChange(() => { news += 1; });
  await house.pass(60_000);
  t.ok(news <= 1, `${news} in a minute of rest`);
});

t.test('a start that cannot be is refused with a reason and a remedy, and nothing moves', async (t) => {
  const cases: [string, Parameters<typeof kiosk>[0], Partial<typeof WISH>, string][] = [
    ['P1.4 without a key to seal to', { hasKey: false }, {}, 'NO_KEY'],
    ['P1.7 by somebody who is barred', { barred: true }, {}, 'BARRED'],
    ['P1.4 with a key that opened no test code', { keyProven: false }, {}, 'KEY_NOT_PROVEN'],
    ['P4.1 with a code that was not accepted', { code: [{ code: 'CODE_RENEWED', sentence: 'Renewed.', remedy: 'Read it.' }] }, {}, 'CODE_RENEWED'],
    ['P1.5 without room on the disk', { roomOnDisk: false }, {}, 'NO_ROOM_ON_DISK'],
    ['P9.3 when the class was not told', {}, { told: { ...TOLD, class: false } }, 'NOT_TOLD'],
    ['P2.6 for longer than 120 minutes', {}, { lengthMs: 121 * 60_000 }, 'TOO_LONG'],
    ['P9.4 in a way that this room cannot record', {}, { mode: 'blurred' }, 'MODE_UNKNOWN'],
  ];
  for (const [name, changes, wish, code] of cases) {
    const { house, room, told } = kiosk(changes);
    await house.pass(1000);
    await room.ask({ kind: 'signed-in', owner: PLAN.owner });
    await house.pass(1000);
    t.match(await room.start(ANN, { ...WISH, ...wish }), { ok: false, code, sentence: String, remedy: String }, name);
    t.same([house.phase, told], ['waking', [`standing of ${PLAN.owner}`]], `${name}: nothing moved`);
  }
  const { house, room, told } = kiosk();
  await house.pass(1000);
  t.match(await room.start(ANN, WISH), { ok: false, code: 'NOT_SIGNED_IN' }, 'P1.1 nobody signed in');
  t.same(told, [], 'and what is a teacher’s own is not asked for');
  t.same(await room.ask({ kind: 'owner-waits', ms: 1000 }), { ok: true }, 'waiting for an owner needs no answer');
  t.match(await room.ask({ kind: 'frame' }), { ok: false, code: 'NOT_NOW' });
});

t.test('P9.4 each mode from start to stop: what it does not record is neither turned to the room nor opened', async (t) => {
  const opens = { 'picture-and-sound': ['camera view', 'microphone open'], 'sound-only': ['microphone open'], 'picture-only': ['camera view'] } as const;
  for (const [mode, wanted] of Object.entries(opens)) {
    const { house, room } = kiosk();
    await house.pass(1000);
    await room.ask({ kind: 'signed-in', owner: PLAN.owner });
    await house.pass(1000);
    house.asked.length = 0;
    t.same(await room.start(ANN, { ...WISH, mode: mode as typeof WISH.mode }), { ok: true }, mode);
    await house.pass(10_000);
    t.match(room.now().phase, { kind: 'recording', session: { mode } });
    t.same(house.asked.filter((what) => /view|microphone open/.test(what)), wanted, `${mode}: nothing else is opened`);
    t.match(house.beats.at(-1), { wish: { relay: 'closed', face: { kind: 'recording', mode } } });
    await room.ask({ kind: 'pause', owner: PLAN.owner });
    await house.pass(2000);
    t.match(room.now().phase, { kind: 'paused', why: { by: 'owner' } }, `${mode}: P1.6 paused by its owner`);
    t.match(house.beats.at(-1), { wish: { relay: 'open' } });
    await room.ask({ kind: 'carry-on', owner: PLAN.owner });
    await house.pass(8000);
    t.match(room.now().phase, { kind: 'recording', session: { mode } }, `${mode}: and on`);
    await room.ask({ kind: 'stop' });
    await house.pass(1000);
    t.equal(mode === 'sound-only' ? house.asked.includes('camera view') : mode === 'picture-only' && house.asked.includes('microphone open'), false);
  }
});

t.test('P9.4 the camera is turned to the wished view before a start; what is looked at just now stays', async (t) => {
  const { house, room, told } = kiosk();
  await house.pass(1000);
  await room.ask({ kind: 'signed-in', owner: PLAN.owner });
  await house.pass(1000);
  t.match(await room.start(ANN, { ...WISH, view: 'gone' }), { ok: false, code: 'NO_VIEW' });
  t.equal(house.phase, 'waking', 'a view that is gone starts nothing');
  t.notOk(told.includes(`starting ${PLAN.owner}`));
  await room.ask({ kind: 'frame' });
  await house.pass(2000);
  told.length = 0;
  t.same(await room.start(ANN, WISH), { ok: true });
  t.notOk(told.some((line) => line.startsWith('turn')), 'while framing no view is a wish for this one');
});

t.test('P2.6 its owner extends a recording, up to 120 minutes from its first picture; the room is told at once, and a minute before the end', async (t) => {
  const { house, room } = kiosk();
  await house.record();
  const ends = (): number => { const { phase } = room.now(); return phase.kind === 'recording' ? phase.endsInMs : 0; };
  const heard: number[] = [];
  room.onChange(() => heard.push(ends()));
  await house.pass(500);
  heard.length = 0;
  const before = ends();
  t.match(await room.ask({ kind: 'extend', owner: 'bob', ms: 60_000 }), { ok: false, code: 'NOT_NOW' }, 'by nobody else');
  t.same([ends(), heard], [before, []]);
  t.same(await room.ask({ kind: 'extend', owner: PLAN.owner, ms: 10 * 60_000 }), { ok: true });
  t.same([ends() - before, heard], [10 * 60_000, [ends()]], 'told at once');
  t.same(await room.ask({ kind: 'extend', owner: PLAN.owner, ms: 60 * 60_000 }), { ok: true });
  t.ok(ends() <= 120 * 60_000 && ends() > 119 * 60_000, 'never beyond');
  t.match(await room.ask({ kind: 'extend', owner: PLAN.owner, ms: 60_000 }), { ok: false, code: 'TOO_LONG', sentence: /120 minutes at most/ });
  await room.ask({ kind: 'pause', owner: PLAN.owner });
  await house.pass(2000);
  t.match(await room.ask({ kind: 'extend', owner: PLAN.owner, ms: 60_000 }), { ok: false, code: 'NOT_NOW' }, 'a pause has no end to move');
  await room.ask({ kind: 'carry-on', owner: PLAN.owner });
  await house.pass(8000);
  heard.length = 0;
  house.clock.pass(ends() - 61_000);
  t.same(heard.filter((left) => left <= 60_000), []);
  await house.pass(2000);
  t.same(heard.filter((left) => left <= 60_000 && left > 59_000).length, 1, 'and once in the last minute');
});

t.test('a lost sign and a lost line are said in words', async (t) => {
  const { house, room } = kiosk();
  await house.record();
  house.report({ kind: 'lost', fault: 'SIGN_LOST' });
  await house.pass(1000);
  t.match(room.now().phase, { kind: 'paused', why: { by: 'fault', fault: { code: 'SIGN_LOST', sentence: /sign by the door/, remedy: /cable/ } } });
});
