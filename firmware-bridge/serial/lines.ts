/**
 * Bytes to text lines, for devices that speak text. `@serialport/parser-readline`
 * finds the lines; it holds an unfinished one without bound, so a guard in
 * front of it gives up a line that grows too long, together with its parser.
 */
import { ReadlineParser } from '@serialport/parser-readline';

/** The longest that a device here says (a Tesira's list of aliases) is well below. */
export const LONGEST_LINE_BYTES = 4096;

const CR = 0x0d;
const LF = 0x0a;
const NUL = 0x00;

export interface LineReader {
  push(bytes: Uint8Array): void;
  /** Forgets an unfinished line: one belongs to one opening of the port. */
  reset(): void;
}

/**
 * Tells each line without its end, which may be LF, CR LF, CR NUL or CR; empty
 * lines are not told, and one of more than 4 KiB is dropped up to its end.
 */
export function createLineReader(onLine: (line: string) => void): LineReader {
  // A parser tells its lines a moment later: after a reset nobody wants them.
  let epoch = 0;
  let parser = newParser();
  let length = 0;

  function newParser(): ReadlineParser {
    const madeIn = epoch;
    return new ReadlineParser({ delimiter: '\n', encoding: 'utf8' }).on('data', (line: string) => {
      if (madeIn === epoch && line !== '') onLine(line);
    });
  }

  /** Takes a piece of one line, its end included or still to come. */
  function take(piece: Uint8Array): void {
    const wasTooLong = length > LONGEST_LINE_BYTES;
    const ends = piece.at(-1) === LF;
    length += ends ? piece.length - 1 : piece.length;
    if (length <= LONGEST_LINE_BYTES) parser.write(Buffer.from(piece));
    else if (!wasTooLong) parser = newParser();
    if (ends) length = 0;
  }

  return {
    push(bytes) {
      const plain = bytes.filter((byte) => byte !== NUL).map((byte) => (byte === CR ? LF : byte));
      for (let from = 0; from < plain.length; ) {
        const end = plain.indexOf(LF, from);
        const to = end === -1 ? plain.length : end + 1;
        take(plain.subarray(from, to));
        from = to;
      }
    },
    reset() {
      epoch += 1;
      parser = newParser();
      length = 0;
    },
  };
}
