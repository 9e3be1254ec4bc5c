/** The files of a session, wherever they are: a folder, or what somebody dropped on a page. Names are those of FORMAT.md, "Files". Pure. */
import { FormatError } from './errors.js';
import { joined } from './bytes.js';
import type { ReadAt } from './payload.js';

export const JOURNAL = 'journal.jsonl';
export const ABOUT = 'about';

export interface SessionFiles {
  /** Names in the session's folder itself, or in its folder `about`; none where there is no such folder. */
  names(folder?: typeof ABOUT): Promise<readonly string[]>;
  /** Bytes. @param name with `about/` before it where the file is there. */
  size(name: string): Promise<number>;
  /** Fewer bytes only where the file ends. */
  read(name: string, at: number, length: number): Promise<Uint8Array>;
}

/** @param part 1 to 99. */
export const partName = (part: number): string => `part-${String(part).padStart(2, '0')}.mp4.age`;

/** The part's number, where `name` is a part's file name. */
export function partNumber(name: string): number | undefined {
  const digits = /^part-(\d\d)\.mp4\.age$/.exec(name)?.[1];
  return digits === undefined || digits === '00' ? undefined : Number(digits);
}

/** Of the part files among these names, rising. */
export const partNumbers = (names: readonly string[]): number[] => names.flatMap((name) => partNumber(name) ?? []).sort((a, b) => a - b);

/** Far above any record. */
const LINE_LIMIT = 4096;
const STEP = 64 * 1024;
const LINE_FEED = 0x0a;

/**
 * The whole lines of a journal, in constant memory. What follows the last line feed was cut off while it was
 * written, and is left out, however long it is.
 * @throws FormatError JOURNAL_BROKEN at a line beyond 4096 bytes or that is no UTF-8.
 */
export async function* journalLines(length: number, read: ReadAt): AsyncGenerator<string, void> {
  for await (const lines of journalPages(length, read)) yield* lines;
}

/** The same, as many at a time as were read at once: a lesson has ten thousand lines, and each turn of a generator takes its time. */
export async function* journalPages(length: number, read: ReadAt): AsyncGenerator<Iterable<string>, void> {
  // A byte order mark is no part of JSON, so it stays and breaks the line that it is in.
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let begun: Uint8Array = new Uint8Array();
  let n = 1;
  for (let at = 0; at < length; at += STEP) {
    const bytes = joined(begun, await read(at, Math.min(STEP, length - at)));
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    const whole = bytes.subarray(0, end);
    const plain = plainLines(whole, utf8);
    if (plain !== undefined) {
      yield plain;
      n += plain.length;
    } else {
      const lines = linesOf(whole);
      yield checked(lines, n, utf8);
      n += lines.length;
    }
    begun = bytes.subarray(end, end + LINE_LIMIT + 1);
  }
}

/** @returns undefined where anything is to be said of a line, which is for `checked` to say. */
function plainLines(bytes: Uint8Array, utf8: Utf8): readonly string[] | undefined {
  try {
    const text = utf8.decode(bytes);
    if (text.length !== bytes.length) return undefined; // beyond ASCII: its bytes have to be counted
    const lines = text.split('\n').slice(0, -1);
    return lines.every((line) => line.length <= LINE_LIMIT) ? lines : undefined;
  } catch {
    return undefined;
  }
}

/** Without their line feeds. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  return lines;
}

/** @throws FormatError JOURNAL_BROKEN, after the lines before it */
function* checked(lines: readonly Uint8Array[], first: number, utf8: Utf8): Generator<string, void> {
  for (const [i, line] of lines.entries()) {
    if (line.length > LINE_LIMIT) throw new FormatError('JOURNAL_BROKEN', `line ${first + i} of the journal is longer than ${LINE_LIMIT} bytes`);
    yield decoded(line, first + i, utf8);
  }
}

interface Utf8 { decode(bytes: Uint8Array): string }

function decoded(line: Uint8Array, n: number, utf8: Utf8): string {
  try {
    return utf8.decode(line);
  } catch {
    throw new FormatError('JOURNAL_BROKEN', `line ${n} of the journal is no record`);
  }
}
