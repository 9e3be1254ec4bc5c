/** Code, training, purposes and requests as teachers meet them, on a real state in a folder. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { readPractice } from '../../config/practice/read.js';
import { isSchoolDay, parseSchoolCalendar } from '../../config/school-days.js';
import { namesIn } from '../../desks/practice/names-in.js';
import { practiceDesk } from '../../desks/practice.js';
import { filled } from '../../kiosk/protocol/filled.js';
import type { Answer, SignedIn } from '../../kiosk/server/house.js';
import type { CodeView, LeaveRequest } from '../../kiosk/protocol/practice.js';
import { inMemory } from '../fakes/in-memory.js';
import { AS_LAST_TIME, aKey, PIN, sessionOf, TestSchool } from '../config/enrolled.js';

const config = fileURLToPath(new URL('../../config/', import.meta.url));
const FILES = await readPractice(`${config}practice`);
const CALENDAR = parseSchoolCalendar(readFileSync(`${config}school-calendar.json`, 'utf8'));
const RIGHT = FILES.training.questions.map(({ answers }) => answers.findIndex(({ wrongBecause }) => wrongBecause === null));
const NEXT = FILES.code.text.replace('2026-11.1', '2027-02.1').replace('60 days', '30 days');
const OK = { ok: true };
const HOUR = 3600_000;
const TEXT = { name: 'Lesson study', words: 'lesson study', audience: 'colleagues-i-choose', enhances: 'Three of us plan one lesson and look at it together.', trust: 'Whoever taught it chooses what the others see.' } as const;
const WHY = 'It was tried in two departments, and helped.';

/** @param names on the staff list, all of them enrolled; the first one leads. */
async function scene(t: Test, ...names: string[]) {
  const school = await TestSchool.open(inMemory(t));
  school.wall = new Date('2026-11-24T10:00:00');
  const owners: Record<string, SignedIn & { readonly staff: string }> = {};
  for (const name of names) {
    const staff = await school.hire(name);
    owners[name] = { staff, teacher: await school.enrol(staff, await aKey()), displayName: name };
  }
  const lead = Object.values(owners)[0]?.staff ?? null;
  await school.store.update((draft) => {
    draft.school = { room: 'Room 14', languages: ['en'], bells: ['09:50', '10:40'], contact: null, retentionDays: 60, lead, changes: [] };
  });
  const stick: { text: string | null } = { text: NEXT };
  const lengths = new Map<string, number>();
  const desk = practiceDesk({
    store: school.store, accounts: school.accounts, files: FILES, isSchoolDay: (day) => isSchoolDay(CALENDAR, day), whyNotOnSign: () => null, modes: ['picture-and-sound', 'sound-only'],
    readStick: () => Promise.resolve(stick.text === null ? { ok: false, code: 'FILE_MISSING', sentence: 'It is not there.', remedy: 'Put it there.' } : { ok: true, value: stick.text }),
    lengthsOf: (sessions) => Promise.resolve(sessions.map((session) => lengths.get(session) ?? 0)), wall: () => school.wall, now: () => school.now,
  });
  const who = (name: string) => owners[name] ?? t.fail(`nobody is called ${name}`) as never;
  /** Signs in, and whoever was signed in before out. */
  const as = async (name: string) => {
    const answer = await school.accounts.signIn(who(name).staff, PIN());
    if (!answer.ok) throw new Error(answer.sentence);
    return answer.signedIn;
  };
  const reasons = async (name: string) => (await desk.greet(await as(name), [])).reasons.map(({ code }) => code);
  const offered = async (from: 'sample' | 'stick'): Promise<CodeView> => {
    const text = await desk.practice.offeredCode(who(names[0] ?? ''), from);
    if (!text.ok) throw new Error(text.sentence);
    return text.value;
  };
  const adopt = async (from: 'sample' | 'stick'): Promise<Answer> => desk.practice.adoptCode(who(names[0] ?? ''), from, (await offered(from)).digest);
  return { school, desk, practice: desk.practice, stick, lengths, who, as, reasons, offered, adopt, state: () => structuredClone(school.store.state) };
}
const codeOf = async (answer: Answer | Promise<Answer>): Promise<string> => { const its = await answer; return its.ok ? 'ok' : its.code; };

t.test('P4.1 P8.1 P9.5 what a teacher owes before the first start, and again for each new version of the code', async (t) => {
  const { school, desk, practice, as, reasons, adopt } = await scene(t, 'Lea Ludd', 'Ann Berry');
  t.match(practice.code(), { version: FILES.code.version, lead: null, contact: null }, 'a sample is nobody’s code');
  t.same(await reasons('Ann Berry'), ['CODE_NOT_ADOPTED', 'NO_CONTACT', 'CODE_NOT_ACCEPTED', 'NOT_TRAINED', 'KEY_NOT_PROVEN']);
  t.same(await adopt('sample'), OK);
  t.same(await practice.setPolicy(await as('Lea Ludd'), { contact: ' Ms  Hale, the office ', retentionDays: 60 }), OK);
  t.match(practice.code(), { lead: 'Lea Ludd', contact: 'Ms Hale, the office' });
  t.same(practice.visitor(), { room: 'Room 14', contact: 'Ms Hale, the office', retentionDays: 60, codeVersion: FILES.code.version, lead: 'Lea Ludd' });
  t.same(await reasons('Ann Berry'), ['CODE_NOT_ACCEPTED', 'NOT_TRAINED', 'KEY_NOT_PROVEN']);

  const ann = await as('Ann Berry');
  t.same(practice.codeChanges(ann), { kind: 'whole' });
  t.equal(await codeOf(practice.acceptCode(ann, { version: FILES.code.version, digest: '0'.repeat(64) })), 'CODE_CHANGED_MEANWHILE');
  t.same(await practice.acceptCode(ann, practice.code()), OK);
  t.notMatch(JSON.stringify(practice.training()), 'wrongBecause', 'what is right does not go to the screen');
  t.match(await practice.answerTraining(ann, [null, ...RIGHT.slice(1)]), { passed: false, wrong: [{ question: 0, why: null }] });
  t.same(await reasons('Ann Berry'), ['NOT_TRAINED', 'KEY_NOT_PROVEN']);
  t.same(await practice.answerTraining(ann, RIGHT), { passed: true });
  await school.accounts.changeMine(ann.teacher, (mine) => ({ ...mine, keyProven: true }));
  t.same(await reasons('Ann Berry'), []);
  t.same(desk.standing(ann.teacher), { setUp: true, barred: false, code: [], hasKey: true, keyProven: true }, 'and the start is told the same');

  t.same(await adopt('stick'), OK);
  t.same(await reasons('Ann Berry'), ['CODE_RENEWED']);
  const changes = practice.codeChanges(ann);
  t.ok(changes.kind === 'changed' && changes.passages.some((passage) => passage.kind === 'changed' && passage.runs.some(({ text, change }) => text === '30' && change === 'added')), 'only what is different is marked');
  t.same(await practice.acceptCode(ann, practice.code()), OK);
  t.same(await reasons('Ann Berry'), []);
  t.equal(desk.codeVersion(), '2027-02.1', 'P7.2 and that version is bound into what is recorded');
  await school.restart();
  t.equal(school.store.state.code?.text, NEXT, 'all of it is stored');
});

t.test('P4.1 only the lead adopts, and only what was shown, under a version of its own', async (t) => {
  const { practice, who, stick, offered, adopt, state } = await scene(t, 'Lea Ludd', 'Ann Berry');
  const [lea, ann] = [who('Lea Ludd'), who('Ann Berry')];
  const before = state();
  const of = (text: string | null) => { stick.text = text; return practice.offeredCode(lea, 'stick'); };
  t.equal(await codeOf(practice.adoptCode(lea, 'stick', '0'.repeat(64))), 'CODE_CHANGED_MEANWHILE');
  t.match(await of('# no head'), { ok: false, code: 'CODE_REFUSED', values: { why: /code-of-practice\.md/ } }, 'a mistake is named with its place');
  t.match(await of(null), { ok: false, code: 'FILE_MISSING' });
  t.match(await of(`\uFEFF${NEXT.replaceAll('\n', '\r\n')}`), { ok: true, value: { digest: (stick.text = NEXT, (await offered('stick')).digest) } }, 'however it was saved, it is the same text');
  t.same(state(), before, 'looking at a text adopts nothing');
  t.same([await adopt('sample'), await adopt('sample')], [OK, OK]);
  t.equal(state().school?.changes.length, 1, 'the same text is told once');
  stick.text = FILES.code.text.replace('60 days', '30 days');
  t.equal(await codeOf(adopt('stick')), 'CODE_SAME_VERSION');
  stick.text = NEXT;
  t.same(await adopt('stick'), OK);
  stick.text = FILES.code.text.replace('60 days', '20 days');
  t.equal(await codeOf(adopt('stick')), 'CODE_SAME_VERSION', 'nor a version from before');

  const now = state();
  const lead: [string, Promise<{ readonly ok: boolean }>][] = [
    ['offered', practice.offeredCode(ann, 'sample')], ['adopted', practice.adoptCode(ann, 'sample', FILES.code.digest)], ['policy', practice.setPolicy(ann, { contact: 'me', retentionDays: 1 })],
    ['answer', practice.answerObjection(ann, 1, 0, WHY)], ['decide', practice.decide(ann, 1, true, WHY)], ['retire', practice.retire(ann, 'school-1', WHY)],
  ];
  for (const [name, answer] of lead) t.match(await answer, { ok: false, code: 'NOT_LEAD' }, name);
  t.same([practice.isLead(lea), practice.isLead(ann)], [true, false]);
  t.same(state(), now);
  for (const contact of ['   ', 'the \u202Eoffice']) t.match(await practice.setPolicy(lea, { contact, retentionDays: 60 }), { ok: false }, 'P9.5 a contact is somebody, in writing');
});

t.test('P4.2 an overdue review is shown to everyone, stops new purposes, and never a start; P1.5 every change of the rules is told', async (t) => {
  const { school, desk, practice, as, adopt, reasons, who } = await scene(t, 'Lea Ludd', 'Ann Berry', 'Bob Cole', 'Cat Dunn');
  const lea = who('Lea Ludd');
  await adopt('sample');
  await practice.setPolicy(lea, { contact: 'the office', retentionDays: 30 });
  const greeted = await desk.greet(await as('Ann Berry'), []);
  t.match(greeted, { displayName: 'Ann Berry', isLead: false, language: 'en', usualLengthMinutes: 40, news: [], requests: 0, goingSoon: [] });
  t.match(greeted.changes.map(({ sentence, values }) => filled(sentence, values)), [/^Lea Ludd, who leads the practice, has adopted version 2026-11\.1/, /now: the office\.$/, /kept 30 days here, no longer 60\. Those that are here keep their dates\.$/]);
  t.same(await practice.setPolicy(lea, { contact: 'the office', retentionDays: 30 }), OK);
  await school.accounts.newsRead(who('Ann Berry').teacher);
  t.same((await desk.greet(await as('Ann Berry'), [])).changes, [], 'what was read, or did not change, is not told again');
  t.equal((await desk.greet(await as('Bob Cole'), [])).changes.length, 3, 'to each teacher');

  t.equal(practice.code().notice, null);
  t.same(await practice.propose(lea, { text: TEXT }), OK);
  for (const name of ['Ann Berry', 'Bob Cole', 'Cat Dunn']) t.same(await practice.agree(who(name), 1), OK);
  const before = await reasons('Ann Berry');
  school.wall = new Date('2028-12-01T10:00:00');
  t.match(practice.code().notice, { code: 'REVIEW_OVERDUE', sentence: 'The review of the code of practice is overdue.' });
  t.match(await practice.decide(lea, 1, true, WHY), { ok: false, code: 'REVIEW_OVERDUE', sentence: 'The review of the code of practice is overdue.' });
  t.same(await reasons('Ann Berry'), before);
});

t.test('P1.7 P3.3 whoever is barred, or has left, starts nothing more; nobody else is told, and a greeting writes nothing', async (t) => {
  const { school, reasons, as, desk, state, who } = await scene(t, 'Lea Ludd', 'Ann Berry');
  const bar = (barred: boolean) => school.store.update((draft) => { for (const one of draft.staff) if (one.name === 'Ann Berry') one.barred = barred; });
  const others = await reasons('Lea Ludd');
  await bar(true);
  t.equal((await reasons('Ann Berry'))[0], 'BARRED');
  t.same(await reasons('Lea Ludd'), others);
  await bar(false);
  t.notOk((await reasons('Ann Berry')).includes('BARRED'));
  const before = state();
  await desk.greet(await as('Ann Berry'), []);
  t.same(state(), before);
  await school.store.update((draft) => { draft.staff = draft.staff.filter(({ name }) => name !== 'Ann Berry'); });
  t.equal(desk.standing(who('Ann Berry').teacher).barred, true, 'nor does an account whose name is on no list');
  await school.store.update((draft) => { draft.school = null; });
  t.equal((await reasons('Lea Ludd'))[0], 'NOT_SET_UP');
});

t.test('P6.2 P6.3 P6.4 P7.1 a purpose of the school: proposed, agreed, off until a teacher switches it on, renewed, retired', async (t) => {
  const { school, desk, practice, as, who, state } = await scene(t, 'Lea Ludd', 'Ann Berry', 'Bob Cole', 'Cat Dunn');
  const [lea, ...others] = ['Lea Ludd', 'Ann Berry', 'Bob Cole', 'Cat Dunn'].map(who);
  if (lea === undefined) throw new Error('nobody leads');
  const words = async (name: string) => desk.purposesOf(await as(name)).map((one) => one.words);
  t.equal((await words('Ann Berry')).length, 4, 'P6.1 what comes with the product');
  t.match(desk.purposesOf(await as('Ann Berry')).map(({ audience }) => audience)[0], 'only-me', 'P3.1 the first of them is for the owner alone');
  t.equal(await codeOf(practice.propose(lea, {})), 'TEXT_LENGTH');
  t.equal(await codeOf(practice.propose(lea, { text: { ...TEXT, trust: 'As Mr Cóle and the others have written it down.' } })), 'TEXT_HAS_NAME');
  t.same(await practice.propose(await as('Ann Berry'), { text: TEXT }), OK);
  t.same(await Promise.all(others.map((one) => practice.agree(one, 1))), [OK, OK, OK], 'voices at the same moment all count');
  t.match(practice.purposes(await as('Ann Berry')).proposals, [{ youAgreed: true, youObjected: false, status: { kind: 'open', until: '2026-12-08' } }], 'ten days of the school’s calendar');
  t.same(await practice.object(who('Bob Cole'), 1, 'Pupils could think that it is about them.'), OK);
  t.same(await practice.agree(who('Bob Cole'), 1), OK);
  t.equal(await codeOf(practice.decide(lea, 1, true, WHY)), 'STILL_OPEN');
  school.wall = new Date('2026-12-09T08:00:00');
  t.equal(await codeOf(practice.decide(lea, 1, true, WHY)), 'UNANSWERED');
  t.same(await practice.answerObjection(lea, 1, 0, 'It is about teaching only, and we say so to the class.'), OK);
  t.same(await practice.decide(lea, 1, true, WHY), OK);
  t.same(state().book.proposals[0]?.agreed, [], 'P3.3 who agreed is forgotten');

  t.equal((await words('Ann Berry')).length, 4, 'P7.1 off for everyone, who agreed to it too');
  const before = state();
  const ann = await as('Ann Berry');
  t.equal(await codeOf(practice.optIn(ann, 'school-9')), 'NO_SUCH_PURPOSE');
  t.same(await practice.optIn(ann, 'school-1'), OK);
  const after = state();
  t.same({ ...after, accounts: [] }, { ...before, accounts: [] }, 'P3.3 a choice lies with that teacher and nowhere else');
  t.same(after.accounts.map(({ mine }) => mine?.box.length), before.accounts.map(({ id, mine }) => (id === ann.teacher ? after.accounts.find((one) => one.id === id)?.mine?.box.length : mine?.box.length)));
  t.match(desk.purposesOf(ann).at(-1), { id: 'school-1', version: 1, words: 'lesson study', audience: 'colleagues-i-choose' }, 'P7.2 with version and audience, as a session is bound to it');
  t.equal((await words('Bob Cole')).length, 4);

  t.same(await practice.propose(lea, { purpose: 'school-1', text: { ...TEXT, words: 'lesson study in pairs' } }), OK);
  for (const one of others) await practice.agree(one, 2);
  school.wall = new Date('2027-02-01T08:00:00');
  t.same(await practice.decide(lea, 2, true, WHY), OK);
  t.equal((await words('Ann Berry')).length, 4, 'P6.4 changed words are switched on anew');
  t.same(await practice.optIn(await as('Ann Berry'), 'school-1'), OK);
  t.equal((await words('Ann Berry')).at(-1), 'lesson study in pairs');
  t.same(await practice.optOut(await as('Ann Berry'), 'school-1'), OK);
  t.equal((await words('Ann Berry')).length, 4);
  t.same(await practice.retire(lea, 'school-1', 'It did not help as we had hoped.'), OK);
  t.match(practice.purposes(await as('Ann Berry')), { options: [], past: [{ purpose: 'school-1', version: 2, standing: 'retired' }] });
  t.equal(await codeOf(practice.optIn(await as('Ann Berry'), 'school-1')), 'NO_SUCH_PURPOSE');
});

t.test('P6.3 a text names nobody of the staff', (t) => {
  const names = namesIn(['Ann Berry', 'Zoë Müller', 'Li Day', 'Smith-Jones, Pat', 'Supply Teacher', 'Supply Teacher 2', 'Mr O’Brien', 'Cher']);
  const cases: [string, boolean][] = [
    ['Ann Berry likes it', true], ['ask mrs BERRY', true], ['strawberry jam', false], ['Ann likes it', false], ['with Muller’s class', true], ['zoe müller', true], ['Mu\u0308ller', true],
    ['a good day', false], ['for Li  Day only', true], ['Jones thinks so', true], ['Pat thinks so', false], ['a supply teacher may', false], ['O’Brien said', true], ['O\'Brien said', true], ['cher', true], ['', false],
  ];
  for (const [text, is] of cases) t.equal(names(text), is, text);
  t.notOk(namesIn([])('Anything'));
  t.end();
});

t.test('P11.1 a request reaches whoever owns what was recorded then, and tells nobody whether anything was', async (t) => {
  const { school, desk, practice, as, lengths, who, state } = await scene(t, 'Lea Ludd', 'Ann Berry', 'Bob Cole');
  const startedAt = new Date('2026-11-24T09:00:00');
  const session = { ...sessionOf(1), startedAt: startedAt.toISOString() };
  const ann = await as('Ann Berry');
  school.accounts.starting(ann.teacher);
  await school.accounts.own(ann.teacher, session, AS_LAST_TIME);
  lengths.set(session.session, 50 * 60_000);
  const at: LeaveRequest = { day: '2026-11-24', from: '09:30', to: '10:00', kind: 'erase' };
  const spans: [string, Partial<LeaveRequest>, boolean][] = [
    ['while it was recorded', { words: ' Year 8, second row ' }, true], ['until it began', { from: '08:00', to: '09:00' }, false], ['until a minute later', { from: '08:00', to: '09:01' }, true],
    ['from its end on', { from: '09:50' }, true], ['a minute after its end', { from: '09:51' }, false], ['another day', { day: '2026-11-23' }, false],
  ];
  const replies = new Set<string>();
  for (const [, change] of spans) replies.add(JSON.stringify(await practice.leaveRequest({ ...at, ...change })));
  t.same([...replies], ['{"ok":true}'], 'the answer is the same whether anything was recorded or not');
  const mine = await practice.requests(await as('Ann Berry'));
  t.same(mine.map(({ from, to }) => `${from}–${to}`), spans.filter(([, , reaches]) => reaches).map(([, { from = at.from, to = at.to }]) => `${from}–${to}`));
  t.match(mine[0], { kind: 'erase', words: 'Year 8, second row', leftOn: '2026-11-24', recordings: [session.session] });
  t.equal((await desk.greet(await as('Ann Berry'), [])).requests, 3);
  t.same(await practice.requests(await as('Bob Cole')), [], 'nobody else');
  t.same(await practice.requests(await as('Lea Ludd')), [], 'the lead neither');
  const before = state().requests;
  t.same(await practice.requestDone(await as('Ann Berry'), mine[0]?.id ?? ''), OK);
  t.equal((await practice.requests(ann)).length, 2);
  t.same(state().requests, before, 'that it was dealt with is its owner’s alone to know');
  t.notMatch(JSON.stringify(before), new RegExp(`${session.session}|${who('Ann Berry').teacher}`), 'and no request names a session or a teacher');
});

t.test('P11.1 what cannot be a request is refused, and nobody fills the list', async (t) => {
  const { school, desk, practice, state } = await scene(t, 'Lea Ludd');
  const at: LeaveRequest = { day: '2026-11-24', from: '08:00', to: '09:00', kind: 'talk' };
  const cases: [string, Partial<LeaveRequest>, string][] = [
    ['tomorrow', { day: '2026-11-25' }, 'NOT_A_TIME'], ['later today', { from: '10:01', to: '11:00' }, 'NOT_A_TIME'], ['367 days ago', { day: '2025-11-22' }, 'NOT_A_TIME'], ['no such day', { day: '2026-02-31' }, 'NOT_A_TIME'],
    ['until before', { from: '09:00', to: '08:00' }, 'NOT_A_TIME'], ['no time at all', { to: '08:00' }, 'NOT_A_TIME'], ['more than 12 hours', { day: '2026-11-23', to: '20:01' }, 'NOT_A_TIME'],
    ['what cannot be shown', { words: 'me\u0007' }, 'TEXT_UNREADABLE'],
  ];
  for (const [name, change, code] of cases) t.match(await practice.leaveRequest({ ...at, ...change }), { ok: false, code, remedy: /\./ }, name);
  t.same(state().requests, [], 'what is refused does not count');
  const good: Partial<LeaveRequest>[] = [{ day: '2025-11-23' }, { day: '2026-11-23', to: '20:00' }, { from: '09:30', to: '11:00' }, { words: '  ' }];
  for (const change of good) t.same(await practice.leaveRequest({ ...at, ...change }), OK, JSON.stringify(change));
  t.same(state().requests.map(({ words }) => words), [null, null, null, null]);
  const more = await Promise.all(Array.from({ length: 8 }, () => codeOf(practice.leaveRequest(at))));
  t.same([more.filter((code) => code === 'ok').length, more.at(-1)], [6, 'TOO_MANY_REQUESTS'], 'ten an hour');
  school.wall = new Date('2026-11-24T23:00:00');
  t.equal(await codeOf(practice.leaveRequest(at)), 'TOO_MANY_REQUESTS', 'by a clock that nobody sets');
  school.now += HOUR;
  t.same(await practice.leaveRequest(at), OK);

  school.wall = new Date('2026-11-25T10:00:00');
  school.now += HOUR;
  t.same(await practice.leaveRequest(at), OK);
  t.notOk(state().requests.some(({ day }) => day === '2025-11-23'), 'what is older than any recording goes');
  await school.store.update((draft) => { draft.requests = Array.from({ length: 499 }, (_, n) => ({ ...at, id: n.toString(16).padStart(32, '0'), leftOn: at.day, words: null })); });
  school.now += HOUR;
  t.same(await Promise.all([1, 2].map(() => codeOf(practice.leaveRequest(at)))), ['ok', 'REQUESTS_FULL'], 'two at once cannot overfill it');
  const days = () => [...new Set(state().requests.map(({ day }) => day))];
  await desk.sweep();
  t.same(days(), [at.day]);
  school.wall = new Date('2027-11-25T10:00:00');
  await desk.sweep();
  t.same(days(), [at.day], 'on the 366th day it is there');
  school.wall = new Date('2027-11-26T10:00:00');
  await desk.sweep();
  t.same(days(), [], 'and then it goes, though nobody leaves another one');
});

t.test('a greeting says how this teacher started last, as long as all of it can be chosen; no time is in it (P3.3)', async (t) => {
  const { school, desk, as } = await scene(t, 'Lea Ludd', 'Ann Berry');
  const started = async (name: string, lastTime: { purpose: string; mode: 'picture-and-sound' | 'sound-only' | 'blurred'; view: string | null }) => {
    const one = await as(name);
    school.accounts.starting(one.teacher);
    await school.accounts.own(one.teacher, sessionOf(1), lastTime);
    return (await desk.greet(await as(name), [])).lastTime;
  };
  t.equal((await desk.greet(await as('Ann Berry'), [])).lastTime, null, 'nothing was started yet');
  const lastTime = { purpose: 'coaching', mode: 'sound-only', view: null } as const;
  t.same(await started('Ann Berry', lastTime), lastTime);
  t.equal((await desk.greet(await as('Lea Ludd'), [])).lastTime, null, 'nobody else’s');
  t.equal(await started('Ann Berry', { ...lastTime, purpose: 'retired' }), null, 'a purpose that is no longer offered');
  t.equal(await started('Ann Berry', { ...lastTime, mode: 'blurred' }), null, 'what this room cannot do');
  t.equal(await started('Ann Berry', { ...lastTime, view: 'abcd' }), null, 'a view that is gone');
  const cover = { left: 0, top: 0, width: 0.5, height: 1 };
  await school.store.update((draft) => { draft.views = [{ id: 'abcdabcdabcdabcd', name: 'Board', view: { kind: 'preset', preset: 3 }, covers: [cover] }]; });
  t.same(await started('Ann Berry', { ...lastTime, view: 'abcdabcdabcdabcd' }), { ...lastTime, view: 'abcdabcdabcdabcd' });
  t.match(await desk.greet(await as('Ann Berry'), []), {
    views: [{ id: 'standard', name: 'Whole room', covered: false }, { id: 'abcdabcdabcdabcd', name: 'Board', covered: true }], modes: ['picture-and-sound', 'sound-only'], bells: ['10:40'],
  });
});
