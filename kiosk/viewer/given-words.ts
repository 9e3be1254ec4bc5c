/** Six words that somebody typed, or what is wrong with them in a sentence. */
import { KeyError } from '../keys/errors.js';
import { readWords } from '../keys/words.js';
import { DeskError } from './desk.js';
import { say } from './speech.js';

/** Said to whoever sits there. */
export class Mistake extends Error {}

/** @throws Mistake */
export function wordsFrom(text: string): readonly string[] {
  const read = readWords(text);
  switch (read.is) {
    case 'unknown': throw new Mistake(say().sixWords.unknown(read.at, read.word.slice(0, 30), read.nearest));
    case 'count': throw new Mistake(say().sixWords.count(read.count));
    case 'words': return read.words;
  }
}

/** What went wrong, in this page's words. */
export function sentenceOf(error: unknown): string {
  if (error === undefined) return '';
  if (error instanceof Mistake) return error.message;
  const faults: Readonly<Record<string, string>> = say().keyFault;
  const code = error instanceof KeyError || error instanceof DeskError ? error.code : undefined;
  return (code === undefined ? undefined : faults[code]) ?? say().common.failed;
}

/** Larger ones are no keys and no codes of ours. */
const LARGEST = 16 * 1024;

/** @throws Mistake */
export async function smallFile(file: File): Promise<Uint8Array> {
  if (file.size > LARGEST) throw new Mistake(`${file.name}: ${say().code.tooLarge}`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Mistake(`${file.name}: ${say().code.unreadable}`);
  }
}
