/** The school's code of practice and its training: who has agreed to what, and what follows from it (P4.1, P4.2, P8.1, P9.5). Pure. */

/** YYYY-MM: reviews are due in a month, not on a day. Two of them compare as text. */
export type Month = string;

export interface CodeInForce {
  readonly version: string;
  /** SHA-256 of its text, without version, dates and names. A text that was changed under an old version has to be accepted anew. */
  readonly digest: string;
  readonly nextReview: Month;
  /** Null until the school has adopted a code: the one that is shipped is a sample. */
  readonly lead: string | null;
  readonly contact: string | null;
}

/** Which text a teacher has accepted. */
export interface Acceptance {
  readonly version: string;
  readonly digest: string;
}

/** What one teacher has done. No times: when somebody read something is nobody's business (P3.3). */
export interface Practised {
  /** The latest last. */
  readonly accepted: readonly Acceptance[];
  /** The training completed, as major.minor. */
  readonly trained: string | null;
}

export const NOT_YET: Practised = { accepted: [], trained: null };

export interface Question {
  readonly ask: string;
  /** A wrong answer says why it is wrong; the right one, and only it, does not. */
  readonly answers: readonly { readonly words: string; readonly wrongBecause: string | null }[];
}

export interface Training {
  /** major.minor; a new major version asks everyone again (P8.1). */
  readonly version: string;
  readonly questions: readonly Question[];
}

export interface CodeReason {
  readonly code: 'CODE_NOT_ADOPTED' | 'NO_CONTACT' | 'CODE_NOT_ACCEPTED' | 'CODE_RENEWED' | 'CODE_CHANGED_MEANWHILE' | 'NOT_TRAINED' | 'REVIEW_OVERDUE';
  readonly sentence: string;
  readonly remedy: string;
}

const REASONS = {
  CODE_NOT_ADOPTED: ['The school has not adopted a code of practice yet.', 'The practice lead reads the sample, changes it as the school agrees, and adopts it here.'],
  NO_CONTACT: ['Nobody is named whom pupils, families and visitors can ask.', 'The practice lead enters a contact here.'],
  CODE_NOT_ACCEPTED: ['You have not accepted the code of practice yet.', 'Read it here, about five minutes, then accept it.'],
  CODE_RENEWED: ['The code of practice has been renewed since you accepted it.', 'Read what is different, then accept it.'],
  CODE_CHANGED_MEANWHILE: ['The code of practice was renewed while you were reading it.', 'Read what is different, then accept it.'],
  NOT_TRAINED: ['You have not completed the training yet.', 'Read its short pages and answer the questions; as many tries as you like.'],
  REVIEW_OVERDUE: ['The review of the code of practice is overdue.', 'The practice lead reviews it; until then no new purpose can be agreed. Recording goes on as before.'],
} as const satisfies Record<CodeReason['code'], readonly [string, string]>;

const because = (code: CodeReason['code']): CodeReason => ({ code, sentence: REASONS[code][0], remedy: REASONS[code][1] });

const isOf = ({ version, digest }: Acceptance) => (other: Acceptance): boolean => other.version === version && other.digest === digest;

export const hasAccepted = ({ accepted }: Practised, code: CodeInForce): boolean => accepted.some(isOf(code));

const majorOf = (version: string): number => Number.parseInt(version, 10);

/** A later training than the one in force counts too: a school may go back to its former one. */
export const hasTrained = ({ trained }: Practised, { version }: Pick<Training, 'version'>): boolean => trained !== null && majorOf(trained) >= majorOf(version);

/** Why this teacher may not start, as far as code and training go; first what the school owes, then what the teacher does. An overdue review never stands among them (P4.2). */
export function reasonsOfCode(code: CodeInForce, training: Pick<Training, 'version'>, practised: Practised): CodeReason[] {
  const reasons: CodeReason[] = [];
  if (code.lead === null) reasons.push(because('CODE_NOT_ADOPTED'));
  if (code.contact === null) reasons.push(because('NO_CONTACT'));
  if (!hasAccepted(practised, code)) reasons.push(because(practised.accepted.length === 0 ? 'CODE_NOT_ACCEPTED' : 'CODE_RENEWED'));
  if (!hasTrained(practised, training)) reasons.push(because('NOT_TRAINED'));
  return reasons;
}

/** Why no new purpose may be agreed now (P4.2). */
export function reasonsAgainstNewPurpose(code: CodeInForce, now: Month): CodeReason[] {
  return [...(code.lead === null ? [because('CODE_NOT_ADOPTED')] : []), ...(isOverdue(code, now) ? [because('REVIEW_OVERDUE')] : [])];
}

/** A review is due until the end of its month. */
export const isOverdue = ({ nextReview }: CodeInForce, now: Month): boolean => now > nextReview;

/** The month of the school's own calendar. */
export const monthOf = (date: Date): Month => `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}`;

/** What everyone at the kiosk is told about the review (P4.2); null where there is nothing to tell. */
export const reviewNotice = (code: CodeInForce, now: Month): CodeReason | null => (isOverdue(code, now) ? because('REVIEW_OVERDUE') : null);

/** The last text that this teacher accepted, to show what is different since. */
export const lastAccepted = ({ accepted }: Practised): Acceptance | null => accepted.at(-1) ?? null;

/** So many are remembered of each teacher, the oldest forgotten first. */
export const ACCEPTED_KEPT = 20;

/** @param read the text that was on the teacher's screen. @returns what the teacher has done now, or why it does not count. */
export function accept(practised: Practised, code: CodeInForce, read: Acceptance): Practised | CodeReason {
  if (!isOf(code)(read)) return because('CODE_CHANGED_MEANWHILE');
  const others = practised.accepted.filter((one) => !isOf(code)(one));
  return { ...practised, accepted: [...others, { version: code.version, digest: code.digest }].slice(-ACCEPTED_KEPT) };
}

/** What the check at the end found. */
export type Checked =
  | { readonly passed: true; readonly practised: Practised }
  /** Of each question not answered rightly: which it is, counted from 0, and why the answer is wrong; null where there was none. */
  | { readonly passed: false; readonly wrong: readonly { readonly question: number; readonly why: string | null }[] };

/** All must be right, as many tries as one likes; tries are neither counted nor kept. @param answers which one was chosen for each question, counted from 0; null where none was. */
export function check(practised: Practised, { version, questions }: Training, answers: readonly (number | null)[]): Checked {
  const wrong = questions.flatMap(({ answers: offered }, question) => {
    const chosen = offered[answers[question] ?? -1];
    return chosen !== undefined && chosen.wrongBecause === null ? [] : [{ question, why: chosen?.wrongBecause ?? null }];
  });
  return wrong.length > 0 ? { passed: false, wrong } : { passed: true, practised: { ...practised, trained: version } };
}

/** The questions without what is right: this goes to the screen. */
export const asked = ({ questions }: Pick<Training, 'questions'>): { readonly ask: string; readonly answers: readonly string[] }[] =>
  questions.map(({ ask, answers }) => ({ ask, answers: answers.map(({ words }) => words) }));
