import t from 'tap';
import { LONGEST_SESSION_MS, reasonsAgainst, type StartRequest } from '../../session/practice.js';

const READY: StartRequest = {
  signedIn: true, phaseAllows: true, sessionOpen: false, troubles: [], purposeKnown: true, hasKey: true, lengthMs: 50 * 60_000, roomOnDisk: true,
  told: { class: true, otherAdults: true, visitors: true, outOfPicture: true },
};

t.test('a teacher who did everything may start', (t) => {
  t.same(reasonsAgainst(READY), []);
  t.end();
});

t.test('each thing that is missing is a reason of its own, with its remedy', (t) => {
  const cases: [string, Partial<StartRequest>, string][] = [
    ['P1.1 nobody signed in', { signedIn: false }, 'NOT_SIGNED_IN'],
    ['another session is open', { sessionOpen: true }, 'SESSION_OPEN'],
    ['P2.1 the sign is not proven', { troubles: ['LAMP_DARK'] }, 'LAMP_DARK'],
    ['the room is not awake', { phaseAllows: false }, 'ROOM_NOT_READY'],
    ['P1.4 no key to seal to', { hasKey: false }, 'NO_KEY'],
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
