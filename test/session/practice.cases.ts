import t from 'tap';
import { comingBells, minutesToBell } from '../../session/bells.js';
import { reasonsOfCode } from '../../session/code.js';
import { LONGEST_SESSION_MS, reasonsAgainst, reasonsOfPractice, type Standing, type StartRequest } from '../../session/practice.js';

const MAY: Standing = { setUp: true, barred: false, code: [], hasKey: true, keyProven: true };
const READY: StartRequest = {
  phaseAllows: true, sessionOpen: false, troubles: [], purposeKnown: true, modeKnown: true, standing: MAY, lengthMs: 50 * 60_000, roomOnDisk: true,
  told: { class: true, otherAdults: true, visitors: true, outOfPicture: true },
};

t.test('a teacher who did everything may start', (t) => {
  t.same(reasonsAgainst(READY), []);
  t.end();
});

t.test('each thing that is missing is a reason of its own, with its remedy', (t) => {
  const cases: [string, Partial<StartRequest>, string][] = [
    ['P1.1 nobody signed in', { standing: null }, 'NOT_SIGNED_IN'],
    ['another session is open', { sessionOpen: true }, 'SESSION_OPEN'],
    ['P2.1 the sign is not proven', { troubles: ['LAMP_DARK'] }, 'LAMP_DARK'],
    ['the room is not awake', { phaseAllows: false }, 'ROOM_NOT_READY'],
    ['P1.4 no key to seal to', { standing: { ...MAY, hasKey: false, keyProven: false } }, 'NO_KEY'],
    ['P1.4 a key that opened nothing yet', { standing: { ...MAY, keyProven: false } }, 'KEY_NOT_PROVEN'],
    ['P1.7 somebody who is barred', { standing: { ...MAY, barred: true } }, 'BARRED'],
    ['P9.5 a room that nobody has set up', { standing: { ...MAY, setUp: false } }, 'NOT_SET_UP'],
    ['P4.1 the code was not accepted', { standing: { ...MAY, code: [{ code: 'CODE_NOT_ACCEPTED', sentence: 'Not yet.', remedy: 'Read it.' }] } }, 'CODE_NOT_ACCEPTED'],
    ['an unknown purpose', { purposeKnown: false }, 'PURPOSE_UNKNOWN'],
    ['P2.6 longer than 120 minutes', { lengthMs: LONGEST_SESSION_MS + 1 }, 'TOO_LONG'],
    ['P2.6 no length at all', { lengthMs: Number.NaN }, 'TOO_LONG'],
    ['P1.5 no room on the disk', { roomOnDisk: false }, 'NO_ROOM_ON_DISK'],
    ['P9.3 the class was not told', { told: { ...READY.told, class: false } }, 'NOT_TOLD'],
    ['P4.3 the other adults were not told', { told: { ...READY.told, otherAdults: false } }, 'NOT_TOLD'],
    ['P9.3 visitors were not told', { told: { ...READY.told, visitors: false } }, 'NOT_TOLD'],
    ['P9.3 someone who may not be filmed is in the picture', { told: { ...READY.told, outOfPicture: false } }, 'NOT_TOLD'],
  ];
  for (const [name, change, code] of cases) {
    const reasons = reasonsAgainst({ ...READY, ...change });
    t.same(reasons.map((reason) => reason.code), [code], name);
    t.ok(reasons.every(({ sentence, remedy }) => sentence.endsWith('.') && remedy.length > 0), `${name}: says what to do`);
  }
  t.same(reasonsAgainst({ ...READY, lengthMs: LONGEST_SESSION_MS }), [], 'P2.6 exactly 120 minutes may be');
  t.end();
});

t.test('P4.1 P8.1 P9.5 what is asked at the sign-in is what the start enforces: first what the school owes, then what the teacher does', (t) => {
  const code = reasonsOfCode({ version: '2026-11.1', digest: 'a'.repeat(64), nextReview: '2028-11', lead: null, contact: null }, { version: '1.0' }, { accepted: [], trained: null });
  const nothing = { setUp: false, barred: true, code, hasKey: false, keyProven: false };
  const codes = ['NOT_SET_UP', 'BARRED', 'CODE_NOT_ADOPTED', 'NO_CONTACT', 'CODE_NOT_ACCEPTED', 'NOT_TRAINED', 'NO_KEY'];
  t.same(reasonsOfPractice(nothing).map((reason) => reason.code), codes);
  t.same(reasonsAgainst({ ...READY, standing: nothing }), reasonsOfPractice(nothing));
  t.same(reasonsAgainst({ ...READY, standing: nothing, sessionOpen: true, roomOnDisk: false }).map((reason) => reason.code), ['SESSION_OPEN', ...codes, 'NO_ROOM_ON_DISK']);
  t.match(reasonsOfPractice({ ...nothing, setUp: true, code: [], hasKey: true, keyProven: true }), [{ code: 'BARRED', sentence: 'The technician has switched new recordings off for your name.', remedy: /stay yours/ }], 'P1.7');
  t.end();
});

t.test('P2.6 a lesson ends with the next bell; where the bells do not say, after 50 minutes', (t) => {
  const bells = ['11:30', '09:50', '10:40'];
  const cases: [string, string[], number][] = [
    ['09:00', bells, 50], ['09:01', bells, 49], ['09:45', bells, 5], ['09:46', bells, 54], ['09:50', bells, 50], ['10:41', bells, 49], ['11:30', bells, 50], ['23:59', bells, 50], ['09:00', [], 50],
    ['07:50', bells, 120], ['07:49', bells, 50],
  ];
  for (const [at, rung, minutes] of cases) t.equal(minutesToBell(rung, new Date(`2026-11-24T${at}:30`)), minutes, `${at}, bells at ${rung.join(', ')}`);
  t.end();
});

t.test('P2.6 the bells that a recording may last until: the next three of today, within 120 minutes', (t) => {
  const at = (time: string): Date => new Date(`2026-11-23T${time}:00`);
  const BELLS = ['10:40', '09:50', '09:50', '11:30', '12:20', '15:10'];
  t.same(comingBells(BELLS, at('09:20')), ['09:50', '10:40']);
  t.same(comingBells(BELLS, at('10:30')), ['10:40', '11:30', '12:20']);
  t.same(comingBells(BELLS, at('09:50')), ['10:40', '11:30'], 'not the one that rings now');
  t.same(comingBells(BELLS, at('13:10')), ['15:10'], 'exactly 120 minutes ahead');
  t.same(comingBells(BELLS, at('13:09')), []);
  t.same([comingBells(BELLS, at('16:00')), comingBells([], at('09:00'))], [[], []]);
  t.end();
});
