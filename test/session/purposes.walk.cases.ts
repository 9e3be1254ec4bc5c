/** Walks at random through years of proposing, agreeing, objecting and deciding, and keeps its own count beside the book's. */
import fc from 'fast-check';
import t from 'tap';
import { Compile } from 'typebox/compile';
import { PurposeBookState } from '../../config/purposes-state.js';
import { consider, type Circumstances, type PurposeEvent } from '../../session/proposals.js';
import { proposalsFor } from '../../session/proposal-view.js';
import { agreedText, EMPTY_BOOK, isDecided, plusDays, purposesFor, schoolPurposes, type Decision, type PurposeBook, type PurposeText } from '../../session/purposes.js';

const TEACHERS = Array.from('0123456789abcdef', (digit) => digit.repeat(32));
const TEXTS: readonly PurposeText[] = [
  { name: 'Lesson study', words: 'lesson study', audience: 'colleagues-i-choose', enhances: 'Three plan one lesson, and look at it.', trust: 'Whoever taught it chooses what is seen.' },
  { name: 'Lesson study', words: 'lesson study', audience: 'only-me', enhances: 'One plans a lesson, and looks at it.', trust: 'Nobody else sees what was recorded.' },
  { name: 'Experiments', words: 'experiments', audience: 'colleagues-i-choose', enhances: 'What was seen once can be seen again.', trust: 'Only hands and benches are in the picture.' },
  { name: 'Ŵyl y llyfr', words: '  ŵyl   y llyfr ', audience: 'only-me', enhances: 'Llyfrau a lleisiau, unwaith eto.\n', trust: 'Dim ond i mi, ac i neb arall.' },
];
/** No school in August, nor at weekends. */
const isSchoolDay = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && day.slice(5, 7) !== '08';

type Step =
  | PurposeEvent
  | { readonly type: 'many-agree'; readonly proposal: number; readonly teachers: readonly string[] }
  | { readonly type: 'days'; readonly days: number }
  | { readonly type: 'enrolled'; readonly enrolled: readonly string[]; readonly lead: string | null }
  | { readonly type: 'review'; readonly overdue: boolean };

/** Where a walk has an undecided proposal or a purpose to aim at, it mostly does (see `#aimed`). */
const number = fc.integer({ min: 1, max: 10 });
const purpose = fc.integer({ min: 1, max: 10 }).map((id) => `school-${id}`);
const teacher = fc.constantFrom(...TEACHERS);
const reasons = fc.constant('It was weighed with care.');
const text = fc.constantFrom(...TEXTS);
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('propose' as const), text }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('propose-version' as const), purpose, text }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('propose-again' as const), purpose }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('agree' as const), proposal: number, teacher }) },
  { weight: 9, arbitrary: fc.record({ type: fc.constant('many-agree' as const), proposal: number, teachers: fc.subarray(TEACHERS, { minLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('object' as const), proposal: number, teacher, text: fc.constant('It could do harm to somebody.') }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('answer' as const), proposal: number, objection: fc.integer({ min: -1, max: 2 }), text: fc.constant('It will be done otherwise.') }) },
  { weight: 9, arbitrary: fc.record({ type: fc.constant('decide' as const), proposal: number, agreed: fc.integer({ min: 0, max: 5 }).map((die) => die > 0), reasons }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('retire' as const), purpose, reasons }) },
  { weight: 9, arbitrary: fc.record({ type: fc.constant('days' as const), days: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(15, 15, 16, 100, 250)) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('enrolled' as const), enrolled: fc.subarray(TEACHERS), lead: fc.option(teacher) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('review' as const), overdue: fc.constantFrom(true, false, false) }) },
);
/** The straight way, which chance alone seldom finds. */
const campaign = fc.tuple(number, fc.subarray(TEACHERS, { minLength: 2 }), fc.integer({ min: 13, max: 60 })).map(([proposal, teachers, days]): Step[] =>
  [{ type: 'many-agree', proposal, teachers }, { type: 'days', days }, { type: 'decide', proposal, agreed: true, reasons: 'It was weighed with care.' }]);
const walks = fc.array(fc.oneof({ weight: 6, arbitrary: steps.map((step): Step[] => [step]) }, { weight: 1, arbitrary: campaign }), { minLength: 20, maxLength: 120, size: 'max' }).map((parts) => parts.flat());

/** What the walk itself saw of a proposal. */
interface Seen { readonly since: string; readonly agreed: Set<string>; unanswered: number }

const shape = Compile(PurposeBookState);
const met = new Map<string, number>();

const schoolDaysBetween = (from: string, to: string): number => {
  let count = 0;
  for (let day = plusDays(from, 1); day < to; day = plusDays(day, 1)) if (isSchoolDay(day)) count += 1;
  return count;
};
const frozen = <T>(value: T): T => {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};
/** What must be so is said by the text, which a failure shows. */
const must = (holds: boolean, rule: string): void => {
  if (!holds) throw new Error(rule);
};

/** One walk: each event through the rules, each result against what was seen. */
class Walk {
  #book: PurposeBook = EMPTY_BOOK;
  #now: Circumstances = { today: '2026-09-02', isSchoolDay, builtIn: [], enrolled: TEACHERS, lead: null, reviewOverdue: false, namesSomebody: () => false, whyNotOnSign: () => null };
  readonly #seen = new Map<number, Seen>();

  take(step: Step): void {
    switch (step.type) {
      case 'days': this.#now = { ...this.#now, today: plusDays(this.#now.today, step.days) }; break;
      case 'enrolled': this.#now = { ...this.#now, enrolled: step.enrolled, lead: step.lead }; break;
      case 'review': this.#now = { ...this.#now, reviewOverdue: step.overdue }; break;
      case 'many-agree': for (const one of step.teachers) this.#consider(this.#aimed({ type: 'agree', proposal: step.proposal, teacher: one })); break;
      default: this.#consider(this.#aimed(step));
    }
    const everything = schoolPurposes(this.#book, this.#now.today);
    const all = everything.flatMap(({ purpose: id, version }) => [{ purpose: id, version }, { purpose: id, version: version - 1 }]);
    const chosen = purposesFor(this.#book, all, [], this.#now.today);
    must(chosen.every(({ id, version, words, audience }) => this.#book.decisions.some((one) => one.outcome === 'agreed' && one.purpose === id && one.version === version)
      && !this.#book.decisions.some((one) => one.outcome === 'retired' && one.purpose === id)
      && agreedText(this.#book, id, version)?.words === words && agreedText(this.#book, id, version)?.audience === audience), 'P6.3 what can be chosen was agreed, and was not retired');
    must(purposesFor(this.#book, [], [], this.#now.today).length === 0, 'P7.1 nothing is on by itself');
  }

  #aimed(event: PurposeEvent): PurposeEvent {
    const undecided = this.#book.proposals.filter((proposal) => !isDecided(this.#book, proposal)).map((proposal) => proposal.number);
    const purposes = schoolPurposes(this.#book, this.#now.today).map((one) => one.purpose);
    if ('proposal' in event && event.proposal < 9) return { ...event, proposal: undecided[event.proposal % undecided.length] ?? event.proposal };
    if ('purpose' in event && event.purpose < 'school-9') return { ...event, purpose: purposes[Number(event.purpose.slice(-1)) % purposes.length] ?? event.purpose };
    return event;
  }

  #consider(event: PurposeEvent): void {
    const before = frozen(this.#book);
    const result = consider(before, event, this.#now);
    met.set(`${event.type} ${result.ok ? 'ok' : result.code}`, (met.get(`${event.type} ${result.ok ? 'ok' : result.code}`) ?? 0) + 1);
    if (!result.ok) {
      must(result.sentence !== '' && result.remedy !== '', 'a refusal says why, and what to do');
      return;
    }
    const { book } = result;
    must(shape.Check(book), 'what the rules give can be stored');
    must(before.decisions.every((decision, index) => book.decisions[index] === decision), 'P6.3 decisions only grow');
    must(before.decisions.every(({ outcome, purpose: id, version }) => outcome !== 'agreed' || agreedText(book, id, version) === agreedText(before, id, version)), 'P6.4 what was agreed stays as it was');
    const fresh = book.decisions.slice(before.decisions.length);
    for (const decision of fresh) if (decision.outcome === 'agreed') this.#checkAgreed(decision, event, before);
    for (const one of book.proposals) must(!book.decisions.some(({ proposal }) => proposal === one.number) || (one.agreed.length === 0 && one.objected.length === 0), 'P3.3 whoever spoke is forgotten when it is decided');
    if (event.type === 'agree') {
      const [other = ''] = TEACHERS.filter((one) => one !== event.teacher);
      must(JSON.stringify(proposalsFor(book, other, this.#now.today)) === JSON.stringify(proposalsFor(before, other, this.#now.today)), 'P3.3 nobody sees that another agreed');
    }
    this.#remember(event, book);
    this.#book = book;
  }

  #remember(event: PurposeEvent, book: PurposeBook): void {
    if (event.type.startsWith('propose')) this.#seen.set(book.proposals.length, { since: this.#now.today, agreed: new Set(), unanswered: 0 });
    const seen = 'proposal' in event ? this.#seen.get(event.proposal) : undefined;
    if (seen === undefined) return;
    if (event.type === 'agree') seen.agreed.add(event.teacher);
    if (event.type === 'object') { seen.agreed.delete(event.teacher); seen.unanswered += 1; }
    if (event.type === 'answer') seen.unanswered -= 1;
  }

  #checkAgreed(decision: Decision, event: PurposeEvent, before: PurposeBook): void {
    const { enrolled, lead, today, reviewOverdue } = this.#now;
    const seen = this.#seen.get(decision.proposal ?? 0);
    const proposal = before.proposals.find((one) => one.number === decision.proposal);
    if (seen === undefined || proposal === undefined) throw new Error('only what was proposed is agreed');
    met.set(`agreed ${proposal.kind}`, (met.get(`agreed ${proposal.kind}`) ?? 0) + 1);
    must(event.type === 'decide' && event.agreed && event.proposal === decision.proposal, 'P6.3 only with the lead');
    const counted = [...seen.agreed].filter((one) => enrolled.includes(one) && one !== lead).length;
    must(counted >= 3 && 3 * counted >= enrolled.length, 'P6.3 only with 3 teachers and a third of those enrolled');
    must(schoolDaysBetween(seen.since, today) >= 10, 'P6.3 only after ten school days');
    must(seen.unanswered === 0, 'P6.3 only with every objection answered');
    must(!reviewOverdue || proposal.kind === 'again', 'P4.2 no new purpose while the review is overdue');
  }
}

t.test('P6.3 P6.4 P7.1 P3.3 P4.2 whatever happens, in whatever order, the rules hold', (t) => {
  fc.assert(fc.property(walks, (all) => {
    const walk = new Walk();
    for (const step of all) walk.take(step);
  }), { numRuns: 600 });
  for (const way of ['agreed new', 'agreed version', 'agreed again', 'retire ok', 'object ok', 'answer ok', 'decide UNANSWERED', 'decide REVIEW_OVERDUE', 'decide STILL_OPEN', 'agree CLOSED', 'propose-again TRIAL_TOO_YOUNG', 'propose WORDS_TAKEN']) {
    t.ok((met.get(way) ?? 0) > 0, `the walks came by “${way}”, ${met.get(way) ?? 0} times`);
  }
  t.end();
});
