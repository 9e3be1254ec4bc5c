import t from 'tap';
import { Compile } from 'typebox/compile';
import { OptInsState } from '../../config/purposes-state.js';
import { PURPOSES } from '../../config/purposes.js';
import { consider, PROPOSAL_LIMITS, type Circumstances, type PurposeEvent } from '../../session/proposals.js';
import { proposalsFor } from '../../session/proposal-view.js';
import { quorum } from '../../session/purpose-decisions.js';
import { agreedText, EMPTY_BOOK, optIn, optionsFor, optOut, plusDays, purposesFor, schoolPurposes, type PurposeBook, type PurposeText } from '../../session/purposes.js';

const OPT_INS = Compile(OptInsState);
const TEXT: PurposeText = {
  name: 'Lesson study', words: 'lesson study', audience: 'colleagues-i-choose',
  enhances: 'Three of us plan one lesson and look at it together.', trust: 'Whoever taught it chooses what the others see.',
};
const BUT = { ...TEXT, name: 'Lesson study, wider', words: 'lesson study in pairs' };
const TEACHERS = Array.from({ length: 9 }, (_, number) => String(number).repeat(32));
const [ANN = '', BOB = '', CAT = '', DAN = ''] = TEACHERS;
/** A Monday. With every weekday a school day, what opens then is open until Monday fortnight. */
const MONDAY = '2026-11-02';
const LAST_DAY = '2026-11-16';
const AFTER = '2026-11-17';
const weekday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
const NOW: Circumstances = {
  today: MONDAY, isSchoolDay: weekday, builtIn: PURPOSES, enrolled: TEACHERS, lead: null, reviewOverdue: false,
  namesSomebody: (text) => /\bAnn\b/.test(text), whyNotOnSign: (words) => (words.length > 40 ? 'These words are too wide for the sign.' : null),
};
const WHY = 'It was tried in two departments, and helped.';

/** @throws where an event is refused. */
function after(book: PurposeBook, ...events: [PurposeEvent, Partial<Circumstances>?][]): PurposeBook {
  return events.reduce((sofar, [event, world]) => {
    const answer = consider(sofar, event, { ...NOW, ...world });
    if (!answer.ok) throw new Error(`${event.type} was refused: ${answer.code}`);
    return answer.book;
  }, book);
}
const codeOf = (book: PurposeBook, event: PurposeEvent, world: Partial<Circumstances> = {}): string => {
  const answer = consider(book, event, { ...NOW, ...world });
  return answer.ok ? 'ok' : answer.code;
};
const agreeing = (proposal: number, teachers: readonly string[], today = MONDAY): [PurposeEvent, Partial<Circumstances>][] => teachers.map((teacher) => [{ type: 'agree', proposal, teacher }, { today }]);
const yes = (proposal: number): PurposeEvent => ({ type: 'decide', proposal, agreed: true, reasons: WHY });
const PROPOSED = after(EMPTY_BOOK, [{ type: 'propose', text: TEXT }]);
const AGREED = after(PROPOSED, ...agreeing(1, [ANN, BOB, CAT]), [yes(1), { today: AFTER }]);
const TRIAL_ENDS = '2027-11-17';
const OBJECTION = 'Pupils could think that it is about them.';
const outcome = (book: PurposeBook) => book.decisions.at(-1)?.outcome;

t.test('P6.1 what comes with the product can be chosen by everyone, without opting in, and states its audience', (t) => {
  t.same(purposesFor(EMPTY_BOOK, [], PURPOSES, MONDAY), PURPOSES);
  t.same(PURPOSES.map(({ words, audience }) => [words, audience]), [
    ['personal reflection', 'only-me'], ['collaboration', 'colleagues-i-choose'], ['coaching', 'colleagues-i-choose'], ['enquiry learning', 'colleagues-i-choose'],
  ]);
  t.end();
});

t.test('P6.2 a proposal says everything, at a bounded length, with no names, in words that the sign can show', (t) => {
  const cases: [string, Partial<PurposeText>, string][] = [
    ['all of it', {}, 'ok'],
    ['no name', { name: '' }, 'TEXT_LENGTH'],
    ['spaces for words', { words: '   ' }, 'TEXT_LENGTH'],
    ['too little about learning', { enhances: 'It is good.' }, 'TEXT_LENGTH'],
    ['too much about trust', { trust: 'x'.repeat(601) }, 'TEXT_LENGTH'],
    ['words too wide for the sign', { words: 'lesson study '.repeat(4) }, 'WORDS_DO_NOT_FIT'],
    ['a colleague’s name', { enhances: 'Ann would like to see how this goes.' }, 'TEXT_HAS_NAME'],
    ['letters that turn the direction', { words: 'lesson \u202Eyduts' }, 'TEXT_UNREADABLE'],
    ['words of a built-in purpose', { words: ' Coaching' }, 'WORDS_TAKEN'],
  ];
  for (const [name, change, code] of cases) t.equal(codeOf(EMPTY_BOOK, { type: 'propose', text: { ...TEXT, ...change } }), code, name);
  t.equal(codeOf(PROPOSED, { type: 'propose', text: { ...TEXT, words: 'Lesson  Study' } }), 'WORDS_TAKEN', 'nor those of another proposal');
  const refusal = consider(EMPTY_BOOK, { type: 'propose', text: { ...TEXT, words: 'x'.repeat(41) } }, NOW);
  t.match(refusal, { ok: false, sentence: 'These words do not fit on the sign ({why}).', values: { why: 'These words are too wide for the sign.' }, remedy: 'Choose shorter words.' }, 'the sign’s own reason goes along');
  t.end();
});

t.test('P6.3 a proposal is open for ten school days after the day it was made, holidays not counted', (t) => {
  t.equal(PROPOSED.proposals[0]?.openUntil, LAST_DAY);
  const halfTerm = after(EMPTY_BOOK, [{ type: 'propose', text: TEXT }, { isSchoolDay: (day) => weekday(day) && !(day >= '2026-11-09' && day <= '2026-11-13') }]);
  t.equal(halfTerm.proposals[0]?.openUntil, '2026-11-23');
  t.equal(codeOf(EMPTY_BOOK, { type: 'propose', text: TEXT }, { isSchoolDay: (day) => day < '2026-11-10' }), 'NO_SCHOOL_DAYS', 'where the calendar ends, no day is invented');
  for (const [today, decide, agree] of [[MONDAY, 'STILL_OPEN', 'ok'], [LAST_DAY, 'STILL_OPEN', 'ok'], [AFTER, 'ok', 'CLOSED']] as const) {
    t.equal(codeOf(PROPOSED, yes(1), { today }), decide, `deciding on ${today}`);
    t.equal(codeOf(PROPOSED, { type: 'agree', proposal: 1, teacher: ANN }, { today }), agree, `agreeing on ${today}`);
    t.equal(codeOf(PROPOSED, { type: 'object', proposal: 1, teacher: ANN, text: OBJECTION }, { today }), agree, `objecting on ${today}`);
  }
  t.end();
});

t.test('P6.3 the lead and the larger of 3 teachers and a third of those enrolled', (t) => {
  t.same([0, 1, 9, 10, 12, 13, 60].map(quorum), [3, 3, 3, 4, 4, 5, 20]);
  const ten = [...TEACHERS, 'a'.repeat(32)];
  const cases: [string, string[], Partial<Circumstances>, string][] = [
    ['three of nine', [ANN, BOB, CAT], {}, 'agreed'],
    ['two of nine', [ANN, BOB], {}, 'not-agreed'],
    ['one of them three times', [ANN, ANN, ANN], {}, 'not-agreed'],
    ['three of ten', [ANN, BOB, CAT], { enrolled: ten }, 'not-agreed'],
    ['four of ten', [ANN, BOB, CAT, DAN], { enrolled: ten }, 'agreed'],
    ['three, of whom one has left since', [ANN, BOB, CAT], { enrolled: TEACHERS.slice(1) }, 'not-agreed'],
    ['three, of whom one is the lead', [ANN, BOB, CAT], { lead: CAT }, 'not-agreed'],
    ['three beside the lead', [ANN, BOB, CAT, DAN], { lead: CAT }, 'agreed'],
  ];
  for (const [name, who, world, expected] of cases) {
    t.equal(outcome(after(PROPOSED, ...agreeing(1, who), [yes(1), { ...world, today: AFTER }])), expected, name);
  }
  const refused = after(PROPOSED, ...agreeing(1, TEACHERS), [{ ...yes(1), agreed: false } as PurposeEvent, { today: AFTER }]);
  t.equal(outcome(refused), 'not-agreed', 'all teachers without the lead');
  t.same(schoolPurposes(refused, AFTER), []);
  t.end();
});

t.test('P6.3 an objection needs a written answer before it can be agreed, and carries no names', (t) => {
  const objected = after(PROPOSED, ...agreeing(1, [ANN, BOB, CAT, DAN]), [{ type: 'object', proposal: 1, teacher: DAN, text: OBJECTION }]);
  t.equal(codeOf(objected, yes(1), { today: AFTER }), 'UNANSWERED');
  t.equal(codeOf(objected, { ...yes(1), agreed: false } as PurposeEvent, { today: AFTER }), 'ok', 'a refusal needs no answer first');
  t.equal(codeOf(objected, { type: 'object', proposal: 1, teacher: DAN, text: OBJECTION }), 'OBJECTED');
  t.equal(codeOf(objected, { type: 'object', proposal: 1, teacher: ANN, text: 'I think that Ann is against it.' }), 'TEXT_HAS_NAME');
  t.equal(codeOf(objected, { type: 'answer', proposal: 1, objection: 0, text: 'Ann will take care of that.' }), 'TEXT_HAS_NAME');
  t.equal(codeOf(objected, { type: 'answer', proposal: 1, objection: 1, text: 'The class is told beforehand.' }), 'NO_SUCH_OBJECTION');
  const answered = after(objected, [{ type: 'answer', proposal: 1, objection: 0, text: 'The class is told beforehand.' }, { today: AFTER }]);
  t.equal(codeOf(answered, { type: 'answer', proposal: 1, objection: 0, text: 'On second thoughts, it is not.' }), 'ANSWERED');
  t.equal(outcome(after(answered, [yes(1), { today: AFTER }])), 'agreed');
  t.equal(outcome(after(PROPOSED, ...agreeing(1, [ANN, BOB, CAT]), [{ type: 'object', proposal: 1, teacher: CAT, text: OBJECTION }],
    [{ type: 'answer', proposal: 1, objection: 0, text: 'The class is told beforehand.' }], [yes(1), { today: AFTER }])), 'not-agreed', 'who objects takes their agreement back');
  t.end();
});

t.test('P6.3 reasons name nobody, and once decided nothing says who agreed or objected', (t) => {
  t.equal(codeOf(PROPOSED, { type: 'decide', proposal: 1, agreed: false, reasons: 'Ann did not want it.' }, { today: AFTER }), 'TEXT_HAS_NAME');
  t.notMatch(JSON.stringify(AGREED), new RegExp(TEACHERS.join('|')));
  t.same(AGREED.decisions, [{ on: AFTER, purpose: 'school-1', version: 1, proposal: 1, outcome: 'agreed', reasons: WHY }]);
  t.equal(codeOf(AGREED, yes(1), { today: AFTER }), 'DECIDED', 'and a decision stays');
  t.end();
});

t.test('P6.3 a year’s trial, then agreed again', (t) => {
  const [standing, later] = [schoolPurposes(AGREED, TRIAL_ENDS)[0], schoolPurposes(AGREED, '2027-11-18')[0]];
  t.match([standing, later], [{ standing: 'in-use', trialUntil: TRIAL_ENDS }, { standing: 'lapsed' }]);
  t.equal(codeOf(AGREED, { type: 'propose-again', purpose: 'school-1' }, { today: '2027-08-18' }), 'TRIAL_TOO_YOUNG');
  const again = after(AGREED, [{ type: 'propose-again', purpose: 'school-1' }, { today: '2027-08-19' }]);
  t.equal(codeOf(again, { type: 'propose-again', purpose: 'school-1' }, { today: '2027-08-20' }), 'UNDECIDED');
  const forGood = after(again, ...agreeing(2, [ANN, BOB, CAT], '2027-08-20'), [yes(2), { today: '2027-12-01' }]);
  t.match(schoolPurposes(forGood, '2040-01-01'), [{ purpose: 'school-1', version: 1, standing: 'in-use', trialUntil: null, text: TEXT }]);
  t.equal(codeOf(forGood, { type: 'propose-again', purpose: 'school-1' }, { today: '2028-01-10' }), 'NOT_ON_TRIAL');
  const leapDay = after(PROPOSED, ...agreeing(1, [ANN, BOB, CAT]), [yes(1), { today: '2028-02-29' }]);
  t.equal(schoolPurposes(leapDay, '2028-03-01')[0]?.trialUntil, '2029-03-01');
  t.end();
});

t.test('P6.3 a retired purpose cannot be chosen, and stays readable on old sessions', (t) => {
  const retired = after(AGREED, [{ type: 'retire', purpose: 'school-1', reasons: 'Nobody needs it any longer.' }, { today: '2026-12-01' }]);
  t.same(purposesFor(retired, [{ purpose: 'school-1', version: 1 }], PURPOSES, '2026-12-01'), PURPOSES);
  t.same(optIn(retired, [], 'school-1', '2026-12-01'), []);
  t.same(agreedText(retired, 'school-1', 1), TEXT);
  t.equal(retired.decisions.length, 2);
  for (const event of [{ type: 'retire', purpose: 'school-1', reasons: WHY }, { type: 'propose-again', purpose: 'school-1' }, { type: 'propose-version', purpose: 'school-1', text: BUT }] as const) t.equal(codeOf(retired, event), 'RETIRED', event.type);
  t.equal(codeOf(EMPTY_BOOK, { type: 'retire', purpose: 'coaching', reasons: WHY }), 'NO_SUCH_PURPOSE', 'what comes with the product is not the school’s to retire');
  const amid = after(AGREED, [{ type: 'propose-version', purpose: 'school-1', text: BUT }, { today: '2026-12-01' }], [{ type: 'retire', purpose: 'school-1', reasons: WHY }, { today: '2026-12-02' }]);
  t.equal(codeOf(amid, yes(2), { today: '2027-02-01' }), 'DECIDED', 'nor does a proposal bring it back');
  t.end();
});

t.test('P6.4 other words or another audience are a new version, agreed anew, and P7.1 switched on anew', (t) => {
  t.equal(codeOf(AGREED, { type: 'propose-version', purpose: 'school-1', text: { ...TEXT, name: 'Another name' } }), 'NOTHING_CHANGED');
  t.equal(codeOf(AGREED, { type: 'propose-version', purpose: 'school-1', text: { ...TEXT, audience: 'only-me' } }), 'ok');
  const proposed = after(AGREED, [{ type: 'propose-version', purpose: 'school-1', text: BUT }]);
  const mine = optIn(proposed, [], 'school-1', AFTER);
  t.match(purposesFor(proposed, mine, [], AFTER), [{ id: 'school-1', version: 1, words: TEXT.words }], 'until then the old one goes on');
  const second = after(proposed, ...agreeing(2, [ANN, BOB, CAT]), [yes(2), { today: AFTER }]);
  t.same(purposesFor(second, mine, [], AFTER), [], 'nobody is taken along');
  t.same(purposesFor(second, optIn(second, mine, 'school-1', AFTER), [], AFTER), [{ id: 'school-1', version: 2, words: BUT.words, audience: BUT.audience }]);
  t.same([agreedText(second, 'school-1', 1), agreedText(second, 'school-1', 2), agreedText(second, 'school-1', 3)], [TEXT, BUT, null], 'old sessions keep theirs');
  t.end();
});

t.test('P7.1 what was agreed later is off until opted in; opting out works at once', (t) => {
  t.same(purposesFor(AGREED, [], PURPOSES, AFTER), PURPOSES);
  t.match(optionsFor(AGREED, [], AFTER), [{ purpose: 'school-1', on: false }]);
  const mine = optIn(AGREED, [], 'school-1', AFTER);
  t.equal(purposesFor(AGREED, mine, PURPOSES, AFTER).length, PURPOSES.length + 1);
  t.same(optIn(AGREED, mine, 'school-1', AFTER), mine, 'twice is once');
  t.same([mine, [], [{ ...mine[0], teacher: ANN }]].map((choice) => OPT_INS.Check(choice)), [true, true, false], 'it is stored as it is, and nobody’s name with it');
  t.same(purposesFor(AGREED, optOut(mine, 'school-1'), PURPOSES, AFTER), PURPOSES);
  t.same(optIn(PROPOSED, [], 'school-1', AFTER), [], 'a proposal cannot be switched on');
  t.same(purposesFor(AGREED, mine, PURPOSES, plusDays(TRIAL_ENDS, 1)), PURPOSES, 'P6.3 nor chosen when its trial is over');
  t.end();
});

t.test('P4.2 an overdue review blocks the agreeing of new purposes, and nothing else', (t) => {
  const overdue = { reviewOverdue: true, today: AFTER };
  const supported = after(PROPOSED, ...agreeing(1, [ANN, BOB, CAT]));
  t.equal(codeOf(supported, yes(1), overdue), 'REVIEW_OVERDUE');
  t.equal(codeOf(supported, { ...yes(1), agreed: false } as PurposeEvent, overdue), 'ok', 'a proposal can be turned down');
  t.equal(codeOf(after(AGREED, [{ type: 'propose-version', purpose: 'school-1', text: BUT }]), yes(2), overdue), 'REVIEW_OVERDUE', 'new words are as a new purpose');
  const again = after(AGREED, [{ type: 'propose-again', purpose: 'school-1' }, { today: '2027-09-01' }], ...agreeing(2, [ANN, BOB, CAT], '2027-09-02'));
  t.equal(outcome(after(again, [yes(2), { reviewOverdue: true, today: '2027-10-01' }])), 'agreed', 'what is in use is not taken from those who start with it');
  t.end();
});

t.test('P3.3 a teacher sees how a proposal stands, and what they themselves said, but no number', (t) => {
  const statusAt = (book: PurposeBook, today: string) => proposalsFor(book, ANN, today)[0]?.status;
  t.same(statusAt(PROPOSED, LAST_DAY), { kind: 'open', until: LAST_DAY });
  t.same(statusAt(PROPOSED, AFTER), { kind: 'with-the-lead' });
  t.same(statusAt(AGREED, AFTER), { kind: 'agreed', on: AFTER, reasons: WHY });
  t.same(statusAt(after(PROPOSED, [yes(1), { today: AFTER }]), AFTER), { kind: 'not-agreed', on: AFTER, reasons: 'Too few teachers agreed while it was open.' });
  t.same(proposalsFor(after(PROPOSED, ...agreeing(1, [BOB, CAT, DAN])), ANN, MONDAY), proposalsFor(PROPOSED, ANN, MONDAY), 'others’ agreement changes nothing on the screen');
  t.match(proposalsFor(after(PROPOSED, ...agreeing(1, [ANN])), ANN, MONDAY), [{ youAgreed: true }]);
  const [first, twice] = [after(PROPOSED, ...agreeing(1, [ANN])), after(PROPOSED, ...agreeing(1, [ANN, ANN]))];
  t.same(first, twice, 'agreeing twice is answered as once');
  t.end();
});

t.test('what is kept cannot grow without end', (t) => {
  const words = (number: number): PurposeText => ({ ...TEXT, words: `lesson study ${number}` });
  const full = after(EMPTY_BOOK, ...Array.from({ length: PROPOSAL_LIMITS.undecided }, (_, number): [PurposeEvent] => [{ type: 'propose', text: words(number) }]));
  t.equal(codeOf(full, { type: 'propose', text: TEXT }), 'TOO_MANY_OPEN');
  t.equal(codeOf(after(full, [{ ...yes(1), agreed: false } as PurposeEvent, { today: AFTER }]), { type: 'propose', text: TEXT }), 'ok');
  t.end();
});
