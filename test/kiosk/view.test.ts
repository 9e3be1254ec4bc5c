import t from 'tap';
import './copying.cases.js';
import './input.cases.js';
import './scenes.cases.js';
import './speech/sound.cases.js';
import { asLastTime, asSeen, endOf, endsOffered, freshDraft, lengthOf, withViews, type Draft } from '../../kiosk/screen/draft.js';
import { announcementOf, firstStep, isParked, noticesOf, settle, viewOf, type Seen, type Step, type View } from '../../kiosk/screen/view.js';
import { dayAndTime, duration, lengthWords, levelFraction, levelWord, size } from '../../kiosk/screen/words.js';
import type { PublicPhase, SignInReply, Trouble } from '../../kiosk/protocol.js';
import { PAGE_OF, type Page, type PageName, type Who } from '../../kiosk/screen/page-names.js';
import { dateWords } from '../../kiosk/screen/language/dates.js';
import { becomes } from '../../kiosk/screen/language/language.js';
import { SESSION as session, TROUBLE } from './scripted-house.js';

const AT = 10_000;
const saw = (phase: PublicPhase, signedIn = false, warnings: Trouble[] = []): Seen =>
  ({ link: 'live', at: AT, state: { rev: 1, phase, warnings, signedIn, setUp: true, room: { name: 'Room 14', languages: ['en'], diagonalInches: null }, version: '0.1.0', buildHash: 'abc' } });

const teacher = { id: 'anna', displayName: 'A. Ahmed' };
const draft: Draft = { purpose: { id: 'reflection', words: 'Personal reflection', audience: 'only-me' }, mode: 'picture-and-sound', view: null, ends: { by: 'minutes', minutes: 50 } };
const PAGES = (Object.keys(PAGE_OF) as PageName[]).map((page) => ({ page, teacher, recordings: ['r1'] }));
const STEPS: Step[] = [
  { step: 'ready' }, { step: 'names' }, { step: 'pin', teacher }, { step: 'purpose' }, { step: 'told', draft }, { step: 'recordings' },
  { step: 'owner-pin', then: 'carry-on' }, { step: 'owner-pin', then: 'finish' }, { step: 'plan', draft }, { step: 'saved', recording: 'r1' }, ...PAGES.map((page): Step => ({ step: 'page', page })),
];
const WHO: Who[] = ['nobody', 'teacher', 'steward'];
const PHASES: PublicPhase[] = [
  { kind: 'checking' }, { kind: 'idle' }, { kind: 'blocked', reasons: [TROUBLE] }, { kind: 'waking' }, { kind: 'framing', live: true, endsInMs: 1 },
  { kind: 'announcing', session, countdownMs: 4000 }, { kind: 'starting', session }, { kind: 'recording', session, elapsedMs: 2000, endsInMs: 3000 },
  { kind: 'paused', session, why: { by: 'room' }, closesInMs: 120_000 }, { kind: 'stopping', next: 'pause' }, { kind: 'gone' },
];

t.test('what is shown', (t) => {
  const [ready, names, pin, purpose, told, recordings, carryOn, finish, plan, saved] = STEPS as [Step, Step, Step, Step, Step, Step, Step, Step, Step, Step];
  const onPage = (page: PageName): Step => ({ step: 'page', page: { page, teacher } as Page });
  const table: [string, Seen, Step, Who, View][] = [
    ['before the first state', { link: 'connecting', state: null, at: AT }, ready, 'nobody', { screen: 'notice', notice: 'connecting' }],
    ['a lost link, whatever was shown', { ...saw({ kind: 'idle' }), link: 'lost' }, purpose, 'teacher', { screen: 'lost' }],
    ['a link that never was', { link: 'lost', state: null, at: AT }, ready, 'nobody', { screen: 'lost' }],
    ['at boot', saw({ kind: 'checking' }), ready, 'nobody', { screen: 'notice', notice: 'checking' }],
    ['at rest', saw({ kind: 'idle' }), ready, 'nobody', { screen: 'ready', lastFault: null, someoneSignedIn: false, setUp: true }],
    ['at rest, after a start that failed', saw({ kind: 'idle', lastFault: TROUBLE }), ready, 'nobody', { screen: 'ready', lastFault: TROUBLE, someoneSignedIn: false, setUp: true }],
    ['a sign-in that another page holds', saw({ kind: 'waking' }, true), ready, 'nobody', { screen: 'ready', lastFault: null, someoneSignedIn: true, setUp: true }],
    ['names', saw({ kind: 'idle' }), names, 'nobody', { screen: 'names' }],
    ['the PIN pad', saw({ kind: 'idle' }), pin, 'nobody', { screen: 'pin', pinFor: { kind: 'sign-in', teacher } }],
    ['purposes', saw({ kind: 'waking' }, true), purpose, 'teacher', { screen: 'purpose', lastFault: null }],
    ['purposes before the heart has moved', saw({ kind: 'idle' }), purpose, 'teacher', { screen: 'purpose', lastFault: null }],
    ['who has been told, and why framing ended', saw({ kind: 'waking', lastFault: TROUBLE }, true), told, 'teacher', { screen: 'told', draft, lastFault: TROUBLE }],
    ['as last time', saw({ kind: 'waking' }, true), plan, 'teacher', { screen: 'plan', draft, lastFault: null }],
    ['saved just now', saw({ kind: 'waking' }, true), saved, 'teacher', { screen: 'saved', recording: 'r1' }],
    ['P1.3 what was saved, to nobody else', saw({ kind: 'waking' }, true), saved, 'nobody', { screen: 'ready', lastFault: null, someoneSignedIn: true, setUp: true }],
    ['a draft without its sign-in', saw({ kind: 'waking' }), told, 'nobody', { screen: 'ready', lastFault: null, someoneSignedIn: false, setUp: true }],
    ['my recordings', saw({ kind: 'idle' }), recordings, 'teacher', { screen: 'recordings', mayRecord: true }],
    ['my recordings in a blocked room', saw({ kind: 'blocked', reasons: [TROUBLE] }), recordings, 'teacher', { screen: 'recordings', mayRecord: false }],
    ['no start in a blocked room', saw({ kind: 'blocked', reasons: [TROUBLE] }), told, 'teacher', { screen: 'blocked', reasons: [TROUBLE] }],
    ['names in a blocked room', saw({ kind: 'blocked', reasons: [TROUBLE] }), names, 'nobody', { screen: 'names' }],
    ['framing to the teacher', saw({ kind: 'framing', live: false, endsInMs: 1 }, true), told, 'teacher', { screen: 'framing', live: false, mine: true, endsAt: Infinity }],
    ['framing to anyone else', saw({ kind: 'framing', live: true, endsInMs: 1 }, true), ready, 'nobody', { screen: 'framing', live: true, mine: false, endsAt: AT + 1 }],
    ['the countdown', saw({ kind: 'announcing', session, countdownMs: 4000 }), ready, 'nobody', { screen: 'countdown', session, startsAt: AT + 4000 }],
    ['recording', saw({ kind: 'recording', session, elapsedMs: 2000, endsInMs: 3000 }), ready, 'nobody', { screen: 'recording', session, sinceAt: AT - 2000, endsAt: AT + 3000 }],
    ['recording, though a PIN pad was open', saw({ kind: 'recording', session, elapsedMs: 0, endsInMs: 3000 }), carryOn, 'nobody', { screen: 'recording', session, sinceAt: AT, endsAt: AT + 3000 }],
    ['paused', saw({ kind: 'paused', session, why: { by: 'room' }, closesInMs: 120_000 }), ready, 'nobody', { screen: 'paused', session, why: { by: 'room' }, closesAt: AT + 120_000 }],
    ['paused by a fault', saw({ kind: 'paused', session, why: { by: 'fault', fault: TROUBLE }, closesInMs: 1 }), ready, 'nobody', { screen: 'paused', session, why: { by: 'fault', fault: TROUBLE }, closesAt: AT + 1 }],
    ['the owner’s PIN, to carry on', saw({ kind: 'paused', session, why: { by: 'room' }, closesInMs: 1 }), carryOn, 'nobody', { screen: 'pin', pinFor: { kind: 'carry-on' } }],
    ['the owner’s PIN, to finish', saw({ kind: 'paused', session, why: { by: 'room' }, closesInMs: 1 }), finish, 'nobody', { screen: 'pin', pinFor: { kind: 'finish' } }],
    ['stopping', saw({ kind: 'stopping', next: 'rest' }), ready, 'nobody', { screen: 'notice', notice: 'stopping' }],
    ['from framing to a start', saw({ kind: 'stopping', next: 'start' }), told, 'teacher', { screen: 'notice', notice: 'getting-ready' }],
    ['shutting down', saw({ kind: 'gone' }), ready, 'nobody', { screen: 'notice', notice: 'gone' }],
    ['a recorder that nobody has set up', { ...saw({ kind: 'idle' }), state: { ...saw({ kind: 'idle' }).state as NonNullable<Seen['state']>, setUp: false } }, ready, 'nobody', { screen: 'ready', lastFault: null, someoneSignedIn: false, setUp: false }],
    ['the code, to anyone', saw({ kind: 'idle' }), onPage('code'), 'nobody', { screen: 'page', page: { page: 'code', teacher } as Page }],
    ['the code in a blocked room', saw({ kind: 'blocked', reasons: [TROUBLE] }), onPage('code'), 'nobody', { screen: 'page', page: { page: 'code', teacher } as Page }],
    ['P1.1 a teacher’s page without the sign-in', saw({ kind: 'waking' }, true), onPage('account'), 'nobody', { screen: 'ready', lastFault: null, someoneSignedIn: true, setUp: true }],
    ['P1.3 a teacher’s page to a steward', saw({ kind: 'idle' }), onPage('account'), 'steward', { screen: 'ready', lastFault: null, someoneSignedIn: false, setUp: true }],
    ['a steward’s page to the steward', saw({ kind: 'idle' }), onPage('steward'), 'steward', { screen: 'page', page: { page: 'steward', teacher } as Page }],
    ['no way to a start for a steward', saw({ kind: 'idle' }), purpose, 'steward', { screen: 'ready', lastFault: null, someoneSignedIn: false, setUp: true }],
    ['recording, whatever page was open', saw({ kind: 'recording', session, elapsedMs: 0, endsInMs: 3000 }), onPage('enrol'), 'nobody', { screen: 'recording', session, sinceAt: AT, endsAt: AT + 3000 }],
  ];
  for (const [name, seen, step, who, view] of table) t.strictSame(viewOf(seen, step, who), view, name);
  t.end();
});

t.test('what else is said', (t) => {
  const [A, B, C] = ['A', 'B', 'C'].map((code) => ({ code, sentence: `${code} is the matter.`, remedy: 'Do something.' })) as [Trouble, Trouble, Trouble];
  const table: [string, View, Trouble | null, Trouble[], Trouble[]][] = [
    ['nothing', { screen: 'ready', lastFault: null, someoneSignedIn: false, setUp: true }, null, [], []],
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
      for (const who of WHO) {
        const seen = saw(phase, who === 'teacher');
        const view = viewOf(seen, step, who);
        const where = `${phase.kind}, ${step.step === 'page' ? step.page.page : step.step}, ${who}`;
        if (phase.kind === 'recording') t.equal(view.screen, 'recording', `${where}: the recording is shown`);
        if (['purpose', 'plan', 'told', 'saved', 'recordings'].includes(view.screen)) t.equal(who, 'teacher', `${where}: nothing of a teacher’s without the sign-in`);
        if (!['idle', 'waking', 'blocked', 'paused'].includes(phase.kind)) t.notOk(['ready', 'names', 'pin', 'purpose', 'plan', 'told', 'saved', 'recordings', 'page'].includes(view.screen), `${where}: the room’s state comes first`);
        if (view.screen === 'page') t.ok(PAGE_OF[view.page.page] === 'nobody' || PAGE_OF[view.page.page] === who, `${where}: a page belongs to whom it is for`);
        t.strictSame(settle(settle(step, seen, who), seen, who), settle(step, seen, who), `${where}: settled is settled`);
        t.equal(typeof announcementOf(view).text, 'string');
      }
    }
  }
  t.end();
});

t.test('where a teacher goes after signing in', (t) => {
  const nothing: SignInReply = { token: '', displayName: '', language: 'en', isLead: false, purposes: [draft.purpose], reasons: [], usualLengthMinutes: 50, bells: [], lastTime: null, views: [], modes: [], news: [], changes: [], goingSoon: [], requests: 0, idleMs: 60_000 };
  const lastTime = { purpose: 'reflection', mode: 'blurred', view: 'v1' } as const;
  const welcome: Step = { step: 'page', page: { page: 'welcome' } };
  const table: [string, SignInReply, boolean, Step][] = [
    ['nothing to be told: on to a start', nothing, true, { step: 'purpose' }],
    ['who recorded before begins as last time', { ...nothing, lastTime }, true, { step: 'plan', draft: { ...draft, mode: 'blurred', view: 'v1' } }],
    ['not with a purpose that is not offered any more', { ...nothing, lastTime, purposes: [] }, true, { step: 'purpose' }],
    ['nothing to be told in a blocked room: the recordings', nothing, false, { step: 'recordings' }],
    ['P8.1 something is missing before a start', { ...nothing, reasons: [TROUBLE] }, true, welcome],
    ['P10.3 a key was changed', { ...nothing, news: [{ kind: 'key-changed', fingerprint: 'abcd' }] }, true, welcome],
    ['a rule was changed', { ...nothing, changes: [{ sentence: 'Recordings stay 30 days.' }] }, true, welcome],
    ['P1.5 a recording goes soon', { ...nothing, goingSoon: [{ recording: 'r1', startedAt: '', goneAt: '' }] }, false, welcome],
    ['P11.1 a request was left', { ...nothing, requests: 1 }, true, welcome],
  ];
  for (const [name, me, mayRecord, step] of table) t.strictSame(firstStep(me, mayRecord), step, name);
  t.end();
});

t.test('P2.6 when a recording ends by itself', (t) => {
  const at = (time: string): Date => new Date(`2026-11-23T${time}:00`);
  const me = { purposes: [draft.purpose], lastTime: null, bells: ['10:05', '11:00'], usualLengthMinutes: 65 };
  t.strictSame(freshDraft(draft.purpose, me).ends, { by: 'bell', at: '10:05' }, 'with the lesson, where the school has bells');
  t.strictSame(freshDraft(draft.purpose, { ...me, bells: [] }).ends, { by: 'minutes', minutes: 65 }, 'else after what is usual');
  t.equal(asLastTime(me), null);
  t.equal(lengthOf({ by: 'bell', at: '10:05' }, at('09:15')), 50);
  t.equal(lengthOf({ by: 'bell', at: '10:05' }, at('10:04')), 1);
  t.equal(lengthOf({ by: 'bell', at: '10:05' }, at('10:06')), null, 'not after the bell has rung');
  t.equal(lengthOf({ by: 'minutes', minutes: 120 }, at('23:30')), 120, 'over midnight');
  t.equal(lengthOf({ by: 'minutes', minutes: 121 }, at('09:00')), null, 'not beyond two hours');
  t.equal(endOf({ by: 'bell', at: '00:10' }, at('23:40')).getDate(), 24);
  t.strictSame(endsOffered(me).slice(0, 3), [{ by: 'bell', at: '10:05' }, { by: 'bell', at: '11:00' }, { by: 'minutes', minutes: 30 }]);
  t.strictSame(endsOffered({ bells: [], usualLengthMinutes: 42 })[0], { by: 'minutes', minutes: 42 });
  t.ok(endsOffered({ bells: ['1', '2', '3'], usualLengthMinutes: 50 }).length <= 7);
  t.end();
});

t.test('however framing ends, the plan says what was seen last', (t) => {
  const views = [{ id: 'standard', name: 'Whole room', covers: [] }, { id: 'v1', name: 'Board', covers: [{ left: 0, top: 0, width: 1, height: 1 }] }];
  for (const before of [draft, { ...draft, view: 'v1' }, { ...draft, turned: true }]) {
    t.match(asSeen(before, { chosen: null }), { view: null, turned: true }, 'turned by hand');
    t.match(asSeen(before, { chosen: 'v1' }), { view: 'v1', turned: false }, 'a saved view');
  }
  const lastTime = { purpose: 'reflection', mode: 'picture-and-sound', view: 'v1' } as const;
  t.strictSame(withViews({ lastTime, views: [] }, { views }), { lastTime, views: [{ id: 'standard', name: 'Whole room', covered: false }, { id: 'v1', name: 'Board', covered: true }] });
  t.equal(withViews({ lastTime, views: [] }, { views: views.slice(0, 1) }).lastTime, null, 'as last time is not offered any more where its view was removed');
  t.strictSame(withViews({ lastTime: { ...lastTime, view: null }, views: [] }, { views }).lastTime, { ...lastTime, view: null }, 'the usual view is always there');
  t.end();
});

t.test('P10.2 words of a key stand on the screen only while the camera is turned away', (t) => {
  const shown = PHASES.filter((phase) => isParked(saw(phase))).map(({ kind }) => kind);
  t.strictSame(shown, ['idle', 'waking'], 'with nothing going on');
  t.notOk(isParked(saw({ kind: 'idle' }, false, [{ ...TROUBLE, code: 'CAMERA_NOT_PARKED' }])), 'not where the camera cannot be confirmed as turned away');
  t.ok(isParked(saw({ kind: 'idle' }, false, [TROUBLE])), 'whatever else is the matter');
  t.notOk(isParked({ ...saw({ kind: 'idle' }), link: 'lost' }), 'not where the room is not heard');
  t.end();
});

t.test('numbers as people read them', (t) => {
  t.strictSame([0, 999, 65_000, 3_725_000, -5].map(duration), ['0:00', '0:00', '1:05', '1:02:05', '0:00']);
  t.strictSame([10_400, 59_000, 60_000, 2_520_000].map(lengthWords), ['10 secs', '59 secs', '1 min', '42 mins']);
  t.strictSame([900, 12_000, 320_000_000, 1_440_000_000].map(size), ['1 kB', '12 kB', '320 MB', '1.4 GB']);
  t.strictSame([null, -60, -42.1, -42, -3.1, -3, 0].map(levelWord), ['No sound is coming', 'Too quiet', 'Too quiet', 'Good', 'Good', 'Too loud', 'Too loud']);
  t.strictSame([null, -90, -60, -30, 0, 3].map(levelFraction), [0, 0, 0, 0.5, 1, 1]);
  t.match(dayAndTime('2026-11-23T09:05:00'), /^Mon 23 November, 09:05$/);
  t.end();
});

t.test('days in the language of the screen', (t) => {
  t.teardown(() => becomes('en'));
  const date = new Date(2027, 0, 23, 9, 5);
  const styles = ['day', 'day-in-year', 'weekday', 'whole', 'month'] as const;
  becomes('cy');
  t.strictSame(styles.map((style) => dateWords(date, style)), ['23 Ionawr 2027', '23 Ionawr', 'Sad, 23 Ionawr', 'Dydd Sadwrn, 23 Ionawr 2027', 'Ionawr 2027'], 'Welsh, though no browser here knows it');
  t.strictSame([lengthWords(42_000), lengthWords(2_520_000), dayAndTime('2026-11-23T09:05:00')], ['42 eil', '42 mun', 'Llun, 23 Tachwedd, 09:05']);
  becomes('pl');
  t.equal(dateWords(date, 'day'), '23 stycznia 2027');
  becomes('ur');
  t.match(dateWords(date, 'month'), /جنوری/);
  t.end();
});
