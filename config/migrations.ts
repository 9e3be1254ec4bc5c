/** How a state that an older program wrote becomes one of today. A version stays here for as long as a device may come along with it. */
import { createHash } from 'node:crypto';
import type { Migration, Versions } from './durable-file.js';
import { EMPTY_STATE, type Account, type SavedView, type Sealed, type StaffMember, type StoredState } from './state.js';

/** Version 1 knew teachers only: a name on the list was an account. */
interface StateV1 {
  readonly teachers: readonly TeacherV1[];
  readonly views?: SavedView[];
  readonly standardCovers?: SavedView['covers'];
  readonly soundOffsetMs?: number;
}
interface TeacherV1 {
  readonly id: string;
  readonly name: string;
  readonly recipients: string[];
  readonly pin: { readonly salt: string; readonly wrapped: Sealed };
  readonly failures: number;
  readonly records: Sealed[];
}

/** The same each time, since a state that was only read is migrated again at the next start. */
const staffIdOf = (teacher: string): string => createHash('sha256').update(`lamplight staff ${teacher}`).digest('hex').slice(0, 32);

/** Each teacher becomes a name on the staff list and an account. What sealed the record key to the teacher's key has no place any more; the next sign-in makes it anew. */
const from1: Migration = (data): StoredState => {
  const { teachers, ...room } = data as StateV1;
  return {
    ...structuredClone(EMPTY_STATE),
    staff: teachers.map(({ id, name }): StaffMember => ({ id: staffIdOf(id), name, barred: false, leftOn: null, paperCode: null })),
    accounts: teachers.map(({ id, recipients, pin, failures, records }): Account => ({
      id, staff: staffIdOf(id), recipients, signKey: null, pin, pinNumber: 1, recovery: null, failures, records, mine: null,
    })),
    ...room,
  };
};

export const STATE_VERSIONS: Versions = { current: 2, from: { 1: from1 } };
