/** Why something about purposes is refused: one table, each with its remedy. */
import type { Said, Values } from './said.js';

const REFUSALS = {
  TEXT_LENGTH: ['This text is too short or too long.', 'Change it, then try again.'],
  TEXT_UNREADABLE: ['This text holds characters that cannot be shown.', 'Type it anew, in letters, digits and punctuation.'],
  TEXT_HAS_NAME: ['This text holds the name of a person.', 'Write about the purpose, and name nobody.'],
  WORDS_DO_NOT_FIT: ['These words do not fit on the sign.', 'Choose shorter words.'],
  WORDS_TAKEN: ['Another purpose has these words on the sign.', 'Choose other words, or propose a new version of that purpose.'],
  NOTHING_CHANGED: ['Neither the words on the sign nor the audience would change.', 'Change one of them; otherwise the purpose stays as it is.'],
  NO_SUCH_PURPOSE: ['There is no such purpose of this school.', 'Go back, and choose one from the list.'],
  RETIRED: ['This purpose was retired.', 'Propose a new purpose.'],
  UNDECIDED: ['Another proposal for this purpose is not decided yet.', 'Wait for its decision.'],
  NOT_ON_TRIAL: ['This purpose was agreed for good.', 'Nothing has to be agreed again.'],
  TRIAL_TOO_YOUNG: ['The trial of this purpose has only begun.', 'It can be agreed again in the last three months of its year.'],
  TOO_MANY_OPEN: ['Too many proposals are waiting to be decided.', 'Wait until one is decided.'],
  BOOK_FULL: ['The book of proposals is full.', 'Tell the technician.'],
  NO_SCHOOL_DAYS: ['The school’s calendar does not hold the next ten school days.', 'Ask the technician to add the next terms to it.'],
  NO_SUCH_PROPOSAL: ['There is no such proposal.', 'Go back, and choose one from the list.'],
  DECIDED: ['This proposal was decided.', 'Read the decision in the list.'],
  CLOSED: ['This proposal is no longer open.', 'Wait for the practice lead’s decision.'],
  OBJECTED: ['You have objected to this proposal already.', 'Wait for the written answer.'],
  TOO_MANY_VOICES: ['No more can be kept about this proposal.', 'Tell the technician.'],
  NO_SUCH_OBJECTION: ['There is no such objection.', 'Go back, and choose one from the list.'],
  ANSWERED: ['This objection was answered, and an answer stays as it was written.', 'Read it below the objection.'],
  STILL_OPEN: ['This proposal is open for ten school days.', 'Decide when they are over.'],
  UNANSWERED: ['An objection has no written answer yet.', 'Answer it first, then decide.'],
  REVIEW_OVERDUE: ['The review of the code of practice is overdue.', 'Review the code first; until then no new purpose can be agreed. Recording goes on as before.'],
} as const satisfies Record<string, readonly [string, string]>;
export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly sentence: string;
  /** What stands in the gaps of the sentence. */
  readonly values?: Values;
  readonly remedy: string;
}

/** @param said where it can be said more exactly than in the table. */
export const refused = (code: RefusalCode, said: Said = { sentence: REFUSALS[code][0] }): Refusal => ({ ok: false, code, ...said, remedy: REFUSALS[code][1] });
