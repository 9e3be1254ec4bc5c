/** The purposes of a school: what its teachers agreed on, and what of it each of them can choose (P6, P7.1). Data and reading; proposals.ts changes it. */
import type { Purpose } from './ports.js';

/** A day as the school's calendar has it, `2026-09-01`: days compare as text. */
export type Day = string;

/** What a teacher writes down to propose a purpose (P6.2). */
export interface PurposeText extends Pick<Purpose, 'words' | 'audience'> {
  readonly name: string;
  /** How it enhances teaching and learning. */
  readonly enhances: string;
  /** How it fits trust-based collaboration. */
  readonly trust: string;
}

/** Signed by nobody: whose it is is kept nowhere. */
export interface Objection {
  readonly text: string;
  readonly answer: string | null;
}

export interface Proposal {
  readonly number: number;
  /** A purpose of its own, other words or another audience for one, or the agreement after a year's trial. */
  readonly kind: 'new' | 'version' | 'again';
  readonly purpose: string;
  readonly version: number;
  readonly text: PurposeText;
  readonly openUntil: Day;
  /** Teachers' ids, so that each counts once; sorted, so that the order tells nothing; emptied when it is decided (P3.3). */
  readonly agreed: readonly string[];
  readonly objected: readonly string[];
  readonly objections: readonly Objection[];
}

/** A line in the book of decisions, to which lines are only ever added (P6.3). */
export interface Decision {
  readonly on: Day;
  readonly purpose: string;
  readonly version: number;
  /** Null where a purpose was retired. */
  readonly proposal: number | null;
  readonly outcome: 'agreed' | 'not-agreed' | 'retired';
  readonly reasons: string;
}

/** All that is kept. What is agreed, and until when, follows from it. */
export interface PurposeBook {
  readonly proposals: readonly Proposal[];
  readonly decisions: readonly Decision[];
}

export const EMPTY_BOOK: PurposeBook = { proposals: [], decisions: [] };

export const isDecided = (book: PurposeBook, proposal: Proposal): boolean => book.decisions.some((decision) => decision.proposal === proposal.number);
export const withProposal = (book: PurposeBook, proposal: Proposal): PurposeBook => ({ ...book, proposals: book.proposals.map((one) => (one.number === proposal.number ? proposal : one)) });

/** One teacher's own choice: each version has to be switched on anew, because other words or another audience were agreed. */
export interface OptIn {
  readonly purpose: string;
  readonly version: number;
}

/** `lapsed`: its year of trial is over. */
export interface SchoolPurpose {
  readonly purpose: string;
  readonly version: number;
  readonly text: PurposeText;
  readonly standing: 'in-use' | 'lapsed' | 'retired';
  /** Null once it was agreed again. */
  readonly trialUntil: Day | null;
}

export const plusDays = (day: Day, days: number): Day => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const aYearAfter = (day: Day): Day => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
};

/** Every purpose that the school ever agreed on, in its latest agreed version. */
export function schoolPurposes(book: PurposeBook, today: Day): SchoolPurpose[] {
  const purposes = new Map<string, SchoolPurpose>();
  for (const { on, outcome, purpose, version, proposal } of book.decisions) {
    const agreed = book.proposals.find(({ number }) => number === proposal);
    const before = purposes.get(purpose);
    if (outcome === 'agreed' && agreed !== undefined) {
      const trialUntil = agreed.kind === 'again' ? null : aYearAfter(on);
      purposes.set(purpose, { purpose, version, text: agreed.text, trialUntil, standing: trialUntil !== null && today > trialUntil ? 'lapsed' : 'in-use' });
    } else if (outcome === 'retired' && before !== undefined) {
      purposes.set(purpose, { ...before, standing: 'retired' });
    }
  }
  return [...purposes.values()];
}

/** @returns the text of a version that was agreed at any time, for an old session; null where it never was. */
export function agreedText(book: PurposeBook, purpose: string, version: number): PurposeText | null {
  const agreed = book.decisions.find((decision) => decision.outcome === 'agreed' && decision.purpose === purpose && decision.version === version);
  return book.proposals.find(({ number }) => number === agreed?.proposal)?.text ?? null;
}

/** What one teacher can choose at a start: what comes with the product, and what is in use and switched on by that teacher (P7.1). */
export function purposesFor(book: PurposeBook, mine: readonly OptIn[], builtIn: readonly Purpose[], today: Day): Purpose[] {
  return [...builtIn, ...optionsFor(book, mine, today).filter(({ on }) => on).map(({ purpose, version, text }) => ({ id: purpose, version, words: text.words, audience: text.audience }))];
}

/** What one teacher can switch on or off. */
export function optionsFor(book: PurposeBook, mine: readonly OptIn[], today: Day): (SchoolPurpose & { readonly on: boolean })[] {
  return schoolPurposes(book, today).filter(({ standing }) => standing === 'in-use').map((one) => ({ ...one, on: mine.some((choice) => isFor(choice, one)) }));
}

/** @returns the teacher's choices with this one; the same as before where there is no such purpose in use. */
export function optIn(book: PurposeBook, mine: readonly OptIn[], purpose: string, today: Day): readonly OptIn[] {
  const one = schoolPurposes(book, today).find((candidate) => candidate.purpose === purpose);
  return one?.standing === 'in-use' ? [...optOut(mine, purpose), { purpose, version: one.version }] : mine;
}

/** Always works, and asks for no reason. */
export const optOut = (mine: readonly OptIn[], purpose: string): readonly OptIn[] => mine.filter((choice) => choice.purpose !== purpose);

const isFor = (choice: OptIn, { purpose, version }: SchoolPurpose): boolean => choice.purpose === purpose && choice.version === version;
