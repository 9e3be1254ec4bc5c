/** Command lines of the Tesira Text Protocol, pure: taking them from a stream, and their words. */

/** Nothing that a client sends is this long; what is, is noise. */
const LONGEST = 4096;

export class LineSplitter {
  #pending = '';

  /** @returns every line that `bytes` complete, without its end (LF or CR); `undefined` stands for one that was too long. */
  push(bytes: Uint8Array): (string | undefined)[] {
    const lines: (string | undefined)[] = [];
    for (const byte of bytes) {
      if (byte !== 0x0a && byte !== 0x0d) {
        if (this.#pending.length <= LONGEST) this.#pending += String.fromCharCode(byte);
        continue;
      }
      if (this.#pending !== '') lines.push(this.#pending.length > LONGEST ? undefined : this.#pending);
      this.#pending = '';
    }
    return lines;
  }
}

export interface Word {
  readonly text: string;
  /** Where it begins in the line: the device names it in its complaints. */
  readonly at: number;
}

/** Words parted by spaces; a word in double quotes may hold spaces. */
export function wordsOf(line: string): Word[] {
  return [...line.matchAll(/"([^"]*)"|[^\s"]+/g)].map((found) => ({ text: found[1] ?? found[0], at: found.index }));
}
