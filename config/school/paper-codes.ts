/** Paper codes: one for each chosen name, for one use, handed out for any name, enrolled or not (P3.3, P10.1). */
import { argon2id, hashed, type SlowHash } from '../hashed.js';
import type { StaffMember } from '../state.js';
import { makeTypedCode, typedCodeBytes } from '../typed-code.js';

/** 36 bits: tries are throttled with the PINs of that name. */
const GROUPS = 2;
const VALID_MS = 7 * 24 * 3600_000;

export interface MadeCode {
  readonly staff: string;
  readonly displayName: string;
  /** As it is written on the paper; nowhere else. */
  readonly code: string;
  readonly stored: NonNullable<StaffMember['paperCode']>;
}

/** One after another, so that a sign-in gets in between. */
export async function makePaperCodes(people: readonly StaffMember[], wall: Date, slow: SlowHash = argon2id): Promise<MadeCode[]> {
  const until = new Date(wall.getTime() + VALID_MS).toISOString();
  const made: MadeCode[] = [];
  for (const { id, name } of people) {
    const code = makeTypedCode(GROUPS);
    const letters = typedCodeBytes(code);
    made.push({ staff: id, displayName: name, code, stored: { ...await hashed(letters, slow), until, used: false } });
    letters.fill(0);
  }
  return made;
}

/** The older code of each is void from now on. @returns false where somebody is not on the list any more; then nothing has changed. */
export function giveCodes(staff: readonly StaffMember[], codes: readonly MadeCode[]): boolean {
  const members = codes.map((code) => staff.find(({ id }) => id === code.staff));
  if (members.includes(undefined)) return false;
  for (const [index, member] of members.entries()) if (member !== undefined) member.paperCode = codes[index]?.stored ?? null;
  return true;
}

/** Until when the code that was handed out last can be used, or could, had it not been used: nobody sees which were. */
export const codeUntil = ({ paperCode }: StaffMember, wall: Date): string | null =>
  paperCode !== null && Date.parse(paperCode.until) > wall.getTime() ? paperCode.until : null;
