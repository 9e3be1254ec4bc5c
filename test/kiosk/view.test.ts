import t from 'tap';
import { announcementOf, noticesOf, settle, viewOf, type Draft, type Seen, type Step, type View } from '../../kiosk/screen/view.js';
import { dayAndTime, duration, lengthWords, levelFraction, levelWord, size } from '../../kiosk/screen/words.js';
import type { PublicPhase, Trouble } from '../../kiosk/protocol.js';
import { SESSION as session, TROUBLE } from './scripted-house.js';

const AT = 10_000;
const saw = (phase: PublicPhase, signedIn = false): Seen =>
  ({ link: 'live', at: AT, state: { rev: 1, phase, warnings: [], signedIn, version: '0.1.0', buildHash: 'abc' } });

const teacher = { id: 'anna', displayName: 'A. Ahmed' };
const draft: Draft = { purpose: { id: 'reflection', words: 'Personal reflection', audience: 'only-me' }, lengthMinutes: 50, ticks: [] };
const STEPS: Step[] = [
  { step: 'ready' }, { step: 'names' }, { step: 'pin', teacher }, { step: 'purpose' }, { step: 'told', draft }, { step: 'recordings' },
  { step: 'owner-pin', then: 'carry-on' }, { step: 'owner-pin', then: 'finish' },
];
const PHASES: PublicPhase[] = [
  { kind: 'checking' }, { kind: 'idle' }, { kind: 'blocked', reasons: [TROUBLE] }, { kind: 'waking' }, { kind: 'framing', live: true, endsInMs: 1 },
  { kind: 'announcing', session, countdownMs: 4000 }, { kind: 'starting', session }, { kind: 'recording', session, elapsedMs: 2000, endsInMs: 3000 },
  { kind: 'paused', session, why: { by: 'room' }, closesInMs: 120_000 }, { kind: 'stopping', next: 'pause' }, { kind: 'gone' },
];

t.test('what is shown', (t) => {
  const [ready, names, pin, purpose, told, recordings, carryOn, finish] = STEPS as [Step, Step, Step, Step, Step, Step, Step, Step];
  const table: [string, Seen, Step, boolean, View][] = [
    ['before the first state', { link: 'connecting', state: null, at: AT }, ready, false, { screen: 'notice', notice: 'connecting' }],
    ['a lost link, whatever was shown', { ...saw({ kind: 'idle' }), link: 'lost' }, purpose, true, { screen: 'lost' }],
    ['a link that never was', { link: 'lost', state: null, at: AT }, ready, false, { screen: 'lost' }],
    ['at boot', saw({ kind: 'checking' }), ready, false, { screen: 'notice', notice: 'checking' }],
    ['at rest', saw({ kind: 'idle' }), ready, false, { screen: 'ready', lastFault: null, someoneSignedIn: false }],
    ['at rest, after a start that failed', saw({ kind: 'idle', lastFault: TROUBLE }), ready, false, { screen: 'ready', lastFault: TROUBLE, someoneSignedIn: false }],
    ['a sign-in that another page holds', saw({ kind: 'waking' }, true), ready, false, { screen: 'ready', lastFault: null, someoneSignedIn: true }],
    ['names', saw({ kind: 'idle' }), names, false, { screen: 'names' }],
    ['the PIN pad', saw({ kind: 'idle' }), pin, false, { screen: 'pin', pinFor: { kind: 'sign-in', teacher } }],
    ['purposes', saw({ kind: 'waking' }, true), purpose, true, { screen: 'purpose', lastFault: null }],
    ['purposes before the heart has moved', saw({ kind: 'idle' }), purpose, true, { screen: 'purpose', lastFault: null }],
    ['who has been told, and why framing ended', saw({ kind: 'waking', lastFault: TROUBLE }, true), told, true, { screen: 'told', draft, lastFault: TROUBLE }],
    ['a draft without its sign-in', saw({ kind: 'waking' }), told, false, { screen: 'ready', lastFault: null, someoneSignedIn: false }],
    ['my recordings', saw({ kind: 'idle' }), recordings, true, { screen: 'recordings', mayRecord: true }],
    ['my recordings in a blocked room', saw({ kind: 'blocked', reasons: [TROUBLE] }), recordings, true, { screen: 'recordings', mayRecord: false }],
    ['no start in a blocked room', saw({ kind: 'blocked', reasons: [TROUBLE] }), told, true, { screen: 'blocked', reasons: [TROUBLE] }],
    ['names in a blocked room', saw({ kind: 'blocked', reasons: [TROUBLE] }), names, false, { screen: 'names' }],
    ['framing to the teacher', saw({ kind: 'framing', live: false, endsInMs: 1 }, true), told, true, { screen: 'framing', live: false, mine: true }],
    ['framing to anyone else', saw({ kind: 'framing', live: true, endsInMs: 1 }, true), ready, false, { screen: 'framing', live: true, mine: false }],
    ['the countdown', saw({ kind: 'announcing', session, countdownMs: 4000 }), ready, false, { screen: 'countdown', session, startsAt: AT + 4000 }],
    ['recording', saw({ kind: 'recording', session, elapsedMs: 2000, endsInMs: 3000 }), ready, false, { screen: 'recording', session, sinceAt: AT - 2000, endsAt: AT + 3000 }],
    ['recording, though a PIN pad was open', saw({ kind: 'recording', session, elapsedMs: 0, endsInMs: 3000 }), carryOn, false, { screen: 'recording', session, sinceAt: AT, endsAt: AT + 3000 }],
    ['paused', saw({ kind: 'paused', session, why: { by: 'room' }, closesInMs: 120_000 }), ready, false, { screen: 'paused', session, why: { by: 'room' }, closesAt: AT + 120_000 }],
    ['paused by a fault', saw({ kind: 'paused', session, why: { by: 'fault', fault: TROUBLE }, closesInMs: 1 }), ready, false, { screen: 'paused', session, why: { by: 'fault', fault: TROUBLE }, closesAt: AT + 1 }],
    ['the owner’s PIN, to carry on', saw({ kind: 'paused', session, why: { by: 'room' }, closesInMs: 1 }), carryOn, false, { screen: 'pin', pinFor: { kind: 'carry-on' } }],
    ['the owner’s PIN, to finish', saw({ kind: 'paused', session, why: { by: 'room' }, closesInMs: 1 }), finish, false, { screen: 'pin', pinFor: { kind: 'finish' } }],
    ['stopping', saw({ kind: 'stopping', next: 'rest' }), ready, false, { screen: 'notice', notice: 'stopping' }],
    ['from framing to a start', saw({ kind: 'stopping', next: 'start' }), told, true, { screen: 'notice', notice: 'getting-ready' }],
    ['shutting down', saw({ kind: 'gone' }), ready, false, { screen: 'notice', notice: 'gone' }],
  ];
  for (const [name, seen, step, mine, view] of table) t.strictSame(viewOf(seen, step, mine), view, name);
  t.end();
});

t.test('what else is said', (t) => {
  const [A, B, C] = ['A', 'B', 'C'].map((code) => ({ code, sentence: `${code} is the matter.`, remedy: 'Do something.' })) as [Trouble, Trouble, Trouble];
  const table: [string, View, Trouble | null, Trouble[], Trouble[]][] = [
    ['nothing', { screen: 'ready', lastFault: null, someoneSignedIn: false }, null, [], []],
    ['the answer to the person first, then why the last try ended, then the rest', { screen: 'told', draft, lastFault: B }, A, [C], [A, B, C]],
    ['the same trouble by each way, once', { screen: 'purpose', lastFault: A }, A, [A, B], [A, B]],
    ['what blocks the room is said by its screen', { screen: 'blocked', reasons: [A, B] }, null, [A, B, C], [B, C]],
    ['why it stopped', { screen: 'paused', session, why: { by: 'fault', fault: A }, closesAt: 0 }, null, [B, A], [A, B]],
    ['nothing of a stop that somebody wanted', { screen: 'paused', session, why: { by: 'room' }, closesAt: 0 }, null, [], []],
    ['to whoever enters a PIN, only what concerns it', { screen: 'pin', pinFor: { kind: 'carry-on' } }, A, [B], [A]],
    ['nothing that was heard before the link was lost', { screen: 'lost' }, A, [B], [A]],
    ['warnings while recording, and a Stop that went astray', { screen: 'recording', session, sinceAt: 0, endsAt: 1 }, A, [B, C], [A, B, C]],
  ];
  for (const [name, view, refusal, warnings, said] of table) t.strictSame(noticesOf(view, refusal, warnings), said, name);
  t.end();
});

t.test('in every phase, at every step, signed in or not', (t) => {
  for (const phase of PHASES) {
    for (const step of STEPS) {
      for (const mine of [true, false]) {
        const seen = saw(phase, mine);
        const view = viewOf(seen, step, mine);
        const where = `${phase.kind}, ${step.step}, ${mine ? 'signed in' : 'not signed in'}`;
        if (phase.kind === 'recording') t.equal(view.screen, 'recording', `${where}: the recording is shown`);
        if (['purpose', 'told', 'recordings'].includes(view.screen)) t.ok(mine, `${where}: nothing of a teacher’s without the sign-in`);
        if (!['idle', 'waking', 'blocked', 'paused'].includes(phase.kind)) t.notOk(['ready', 'names', 'pin', 'purpose', 'told', 'recordings'].includes(view.screen), `${where}: the room’s state comes first`);
        t.strictSame(settle(settle(step, seen, mine), seen, mine), settle(step, seen, mine), `${where}: settled is settled`);
        t.equal(typeof announcementOf(view).text, 'string');
      }
    }
  }
  t.end();
});

t.test('numbers as people read them', (t) => {
  t.strictSame([0, 999, 65_000, 3_725_000, -5].map(duration), ['0:00', '0:00', '1:05', '1:02:05', '0:00']);
  t.strictSame([10_400, 59_000, 60_000, 2_520_000].map(lengthWords), ['10 s', '59 s', '1 min', '42 min']);
  t.strictSame([900, 12_000, 320_000_000, 1_440_000_000].map(size), ['1 kB', '12 kB', '320 MB', '1.4 GB']);
  t.strictSame([null, -60, -42.1, -42, -3.1, -3, 0].map(levelWord), ['No sound is coming', 'Too quiet', 'Too quiet', 'Good', 'Good', 'Too loud', 'Too loud']);
  t.strictSame([null, -90, -60, -30, 0, 3].map(levelFraction), [0, 0, 0, 0.5, 1, 1]);
  t.match(dayAndTime('2026-11-23T09:05:00'), /^Mon 23 November, 09:05$/);
  t.end();
});
