/** What the rules about code and purposes ask of the house, and who is whom. */
import type { Accounts } from '../../config/accounts.js';
import type { StoredState } from '../../config/state.js';
import type { Store } from '../../config/store.js';
import type { Answer, SignedIn } from '../../kiosk/server/house.js';
import type { Practice as PracticeFiles } from '../../config/practice/read.js';
import { monthOf, type Month } from '../../session/code.js';
import type { Mode, Monotonic } from '../../session/ports.js';
import type { Day } from '../../session/purposes.js';

/** What of config/accounts.ts is needed here. */
export type OwnThings = Pick<Accounts, 'mine' | 'changeMine' | 'staffOf' | 'enrolled' | 'sessionsOf' | 'recipientsOf'>;

export interface PracticeParts {
  readonly store: Store;
  readonly accounts: OwnThings;
  /** The code that is shipped as a sample, and the training. */
  readonly files: PracticeFiles;
  readonly isSchoolDay: (day: Day) => boolean;
  /** `code-of-practice.md` on the stick. */
  readonly readStick: () => Promise<{ readonly ok: true; readonly value: string } | Exclude<Answer, { ok: true }>>;
  /** A sentence where the house's signs cannot show these words, else null. */
  readonly whyNotOnSign: (words: string) => string | null;
  /** What this room can do. */
  readonly modes: readonly Mode[];
  /** In milliseconds, of sessions in their order. */
  readonly lengthsOf: (sessions: readonly string[]) => Promise<readonly number[]>;
  readonly wall: () => Date;
  readonly now: () => Monotonic;
}

export const DONE = { ok: true } as const;
export const refusal = (code: string, sentence: string, remedy: string): Exclude<Answer, { ok: true }> => ({ ok: false, code, sentence, remedy });
const NOT_LEAD = refusal('NOT_LEAD', 'Only the practice lead may do that.', 'The code of practice says who that is.');

/** By the calendar on the wall. */
export const dayOf = (date: Date): Day => `${monthOf(date)}-${String(date.getDate()).padStart(2, '0')}`;
export const thisMonth = ({ wall }: Pick<PracticeParts, 'wall'>): Month => monthOf(wall());

export const isLead = ({ store, accounts }: PracticeParts, { teacher }: Pick<SignedIn, 'teacher'>): boolean => {
  const lead = store.state.school?.lead ?? null;
  return lead !== null && accounts.staffOf(teacher) === lead;
};

/** Does it for the lead; refuses anybody else. */
export const forLead = <T>(parts: PracticeParts, owner: SignedIn, work: () => T): T | typeof NOT_LEAD => (isLead(parts, owner) ? work() : NOT_LEAD);

/** The account of the practice lead; null where the lead is not enrolled. */
export function leadAccount({ school, accounts }: StoredState): string | null {
  return accounts.find(({ staff, pin }) => pin !== null && staff === school?.lead)?.id ?? null;
}
