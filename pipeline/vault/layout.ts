/** Where the files of a session lie (FORMAT.md, "Files"). */
import path from 'node:path';

export const JOURNAL = 'journal.jsonl';
export const ABOUT = 'about';

/** Random, 128 bits. Anything else is no session id, and never becomes a path. */
export const isSessionId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);

/** @param part 1 to 99. */
export const partFile = (folder: string, part: number): string => path.join(folder, `part-${String(part).padStart(2, '0')}.mp4.age`);

/** The part's number, where `name` is a part's file name. */
export function partNumber(name: string): number | undefined {
  const digits = /^part-(\d\d)\.mp4\.age$/.exec(name)?.[1];
  return digits === undefined || digits === '00' ? undefined : Number(digits);
}
