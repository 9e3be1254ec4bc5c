/** A file of the school's practice cannot be used. The sentence names file and line, so that whoever edits it finds the place. */
export class PracticeFileRefused extends Error {
  readonly code = 'PRACTICE_FILE_REFUSED';
  readonly file: string;
  /** Counted from 1; null where the mistake is the file itself. */
  readonly line: number | null;

  constructor(file: string, line: number | null, sentence: string) {
    super(line === null ? `${file}: ${sentence}` : `${file}, line ${line}: ${sentence}`);
    this.file = file;
    this.line = line;
  }
}

export const lineBreaksIn = (text: string): number => text.split('\n').length - 1;
