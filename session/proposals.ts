/** How a school comes to a purpose of its own (P6.2–P6.4, P4.2): proposed, open for ten school days, decided. Pure: day, calendar and who is enrolled are handed in. */
import type { Purpose } from './ports.js';
import { refused, type Refusal } from './proposal-refusals.js';
import { alike, tidied, tidy, whyNotProposed, whyNotWritten, type Readers } from './proposal-text.js';
import { decide, retire } from './purpose-decisions.js';
import { isDecided, plusDays, schoolPurposes, withProposal, type Day, type Proposal, type PurposeBook, type PurposeText, type SchoolPurpose } from './purposes.js';

/** What people do. That it is this teacher, or the practice lead, is proven by PIN elsewhere. */
export type PurposeEvent =
  | { readonly type: 'propose'; readonly text: PurposeText }
  | { readonly type: 'propose-version'; readonly purpose: string; readonly text: PurposeText }
  | { readonly type: 'propose-again'; readonly purpose: string }
  | { readonly type: 'agree'; readonly proposal: number; readonly teacher: string }
  | { readonly type: 'object'; readonly proposal: number; readonly teacher: string; readonly text: string }
  /** By the practice lead, as the two below. `objection` counts from 0. */
  | { readonly type: 'answer'; readonly proposal: number; readonly objection: number; readonly text: string }
  | { readonly type: 'decide'; readonly proposal: number; readonly agreed: boolean; readonly reasons: string }
  | { readonly type: 'retire'; readonly purpose: string; readonly reasons: string };

/** The world at that moment. */
export interface Circumstances extends Readers {
  readonly today: Day;
  readonly isSchoolDay: (day: Day) => boolean;
  readonly builtIn: readonly Purpose[];
  readonly enrolled: readonly string[];
  /** The practice lead's own id as a teacher, who does not count twice; null where the lead is not enrolled. */
  readonly lead: string | null;
  readonly reviewOverdue: boolean;
}

export type Answer = { readonly ok: true; readonly book: PurposeBook } | Refusal;

export const PROPOSAL_LIMITS = {
  /** P6.3. */
  schoolDays: 10,
  /** The summer holidays and ten school days fit in, so that nothing lapses only because nobody is there. */
  againFromDays: 90,
  /** The longest way through a calendar to ten school days. */
  daysAhead: 180,
  /** More cannot be weighed with care. */
  undecided: 10,
  /** So that the state cannot grow without end: decades of proposals, and the staff of a large school. */
  proposals: 500,
  voices: 300,
} as const;

/** @returns the book with what happened, or why it cannot happen, for the screen. @throws RangeError only where `today` is no day. */
export function consider(book: PurposeBook, event: PurposeEvent, now: Circumstances): Answer {
  switch (event.type) {
    case 'propose': return propose(book, 'new', null, event.text, now);
    case 'propose-version': return proposeAbout(book, event.purpose, now, (current) =>
      event.text.audience === current.text.audience && alike(event.text.words, current.text.words) ? refused('NOTHING_CHANGED') : propose(book, 'version', current, event.text, now));
    case 'propose-again': return proposeAbout(book, event.purpose, now, (current) => {
      if (current.trialUntil === null) return refused('NOT_ON_TRIAL');
      return now.today < plusDays(current.trialUntil, -PROPOSAL_LIMITS.againFromDays) ? refused('TRIAL_TOO_YOUNG') : propose(book, 'again', current, current.text, now);
    });
    case 'agree': return whileOpen(book, event.proposal, now, (proposal) => agree(book, proposal, event.teacher));
    case 'object': return whileOpen(book, event.proposal, now, (proposal) => object(book, proposal, event.teacher, tidy(event.text), now));
    case 'answer': return whileUndecided(book, event.proposal, (proposal) => answer(book, proposal, event.objection, tidy(event.text), now));
    case 'decide': return whileUndecided(book, event.proposal, (proposal) => decide(book, proposal, event.agreed, tidy(event.reasons), now));
    case 'retire': return retire(book, event.purpose, tidy(event.reasons), now);
  }
}

function proposeAbout(book: PurposeBook, purpose: string, now: Circumstances, then: (current: SchoolPurpose) => Answer): Answer {
  const current = schoolPurposes(book, now.today).find((one) => one.purpose === purpose);
  if (current === undefined) return refused('NO_SUCH_PURPOSE');
  if (current.standing === 'retired') return refused('RETIRED');
  if (book.proposals.some((other) => other.purpose === purpose && !isDecided(book, other))) return refused('UNDECIDED');
  return then(current);
}

function propose(book: PurposeBook, kind: Proposal['kind'], current: SchoolPurpose | null, written: PurposeText, now: Circumstances): Answer {
  const number = book.proposals.length + 1;
  const purpose = current?.purpose ?? `school-${number}`;
  const text = kind === 'again' ? written : tidied(written);
  const why = kind === 'again' ? null : whyNotProposed(text, now);
  if (why !== null) return why;
  const undecided = book.proposals.filter((other) => !isDecided(book, other));
  const others = [...schoolPurposes(book, now.today).filter(({ standing }) => standing !== 'retired'), ...undecided].filter((other) => other.purpose !== purpose).map((other) => other.text.words);
  if ([...now.builtIn.map(({ words }) => words), ...others].some((words) => alike(words, text.words))) return refused('WORDS_TAKEN');
  if (undecided.length >= PROPOSAL_LIMITS.undecided) return refused('TOO_MANY_OPEN');
  if (number > PROPOSAL_LIMITS.proposals) return refused('BOOK_FULL');
  const openUntil = afterSchoolDays(now);
  if (openUntil === null) return refused('NO_SCHOOL_DAYS');
  const version = current === null ? 1 : current.version + (kind === 'version' ? 1 : 0);
  return { ok: true, book: { ...book, proposals: [...book.proposals, { number, kind, purpose, version, text, openUntil, agreed: [], objected: [], objections: [] }] } };
}

/** The last of ten school days, of which today is none. */
function afterSchoolDays({ today, isSchoolDay }: Circumstances): Day | null {
  let left: number = PROPOSAL_LIMITS.schoolDays;
  for (let ahead = 1; ahead <= PROPOSAL_LIMITS.daysAhead; ahead += 1) {
    const day = plusDays(today, ahead);
    if (isSchoolDay(day)) left -= 1;
    if (left === 0) return day;
  }
  return null;
}

function whileUndecided(book: PurposeBook, number: number, then: (proposal: Proposal) => Answer): Answer {
  const proposal = book.proposals.find((one) => one.number === number);
  if (proposal === undefined) return refused('NO_SUCH_PROPOSAL');
  return isDecided(book, proposal) ? refused('DECIDED') : then(proposal);
}

const whileOpen = (book: PurposeBook, number: number, { today }: Circumstances, then: (proposal: Proposal) => Answer): Answer =>
  whileUndecided(book, number, (proposal) => (today > proposal.openUntil ? refused('CLOSED') : then(proposal)));

const withVoice = (voices: readonly string[], teacher: string): string[] => [...new Set([...voices, teacher])].sort();

/** The second time changes nothing, and is answered as the first. */
function agree(book: PurposeBook, proposal: Proposal, teacher: string): Answer {
  const agreed = withVoice(proposal.agreed, teacher);
  return agreed.length > PROPOSAL_LIMITS.voices ? refused('TOO_MANY_VOICES') : { ok: true, book: withProposal(book, { ...proposal, agreed }) };
}

/** Takes the objector's own agreement back; they may agree anew, once they have an answer or without one. */
function object(book: PurposeBook, proposal: Proposal, teacher: string, text: string, now: Circumstances): Answer {
  if (proposal.objected.includes(teacher)) return refused('OBJECTED');
  const why = whyNotWritten('objection', text, now);
  if (why !== null) return why;
  const objected = withVoice(proposal.objected, teacher);
  if (objected.length > PROPOSAL_LIMITS.voices) return refused('TOO_MANY_VOICES');
  return { ok: true, book: withProposal(book, { ...proposal, objected, agreed: proposal.agreed.filter((one) => one !== teacher), objections: [...proposal.objections, { text, answer: null }] }) };
}

function answer(book: PurposeBook, proposal: Proposal, objection: number, text: string, now: Circumstances): Answer {
  const asked = proposal.objections[objection];
  if (asked === undefined) return refused('NO_SUCH_OBJECTION');
  if (asked.answer !== null) return refused('ANSWERED');
  const why = whyNotWritten('answer', text, now);
  return why ?? { ok: true, book: withProposal(book, { ...proposal, objections: proposal.objections.with(objection, { ...asked, answer: text }) }) };
}
