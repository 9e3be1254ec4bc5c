/** Where the files of a session lie (FORMAT.md, "Files"). */
import path from 'node:path';
import { partName } from '../seal/format.js';

export { ABOUT, JOURNAL, partNumbers } from '../seal/format.js';

/** Beside the sessions: what was cut off before it began, and receipts of what was erased. */
export const UNFINISHED = 'unfinished';
export const RECEIPTS = 'receipts';

/** Random, 128 bits. Anything else is no session id, and never becomes a path. */
export const isSessionId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);

export const LAST_PART = 99;

/** @param part 1 to LAST_PART. */
export const partFile = (folder: string, part: number): string => path.join(folder, partName(part));

/** Claims of no session, all sealed to so many recipients that nobody is, one after another (claims.ts). */
export const nobodysFile = (root: string, recipients: number): string => path.join(root, `nobody-${recipients}`);

/** When a session goes. It lies beside the session's folder, which is never changed once the session has ended. */
export const datesFile = (root: string, session: string): string => path.join(root, `${session}.json`);
