/** VISCA messages, pure: taking them from a stream of bytes, and telling by a pattern what one says. */

/** The longest legal message is 17 bytes (5+5-nibble absolute move, SRG-360SHE manual); what has no end by 32 is noise. */
const LONGEST = 32;
const END = 0xff;

export class MessageSplitter {
  #pending: number[] = [];

  /** @returns every message that `bytes` completes, each from header to FF. Noise before a header is dropped. */
  push(bytes: Uint8Array): Uint8Array[] {
    const messages: Uint8Array[] = [];
    for (const byte of bytes) {
      const isHeader = byte >= 0x80 && byte !== END;
      if (this.#pending.length === 0 && !isHeader) continue;
      this.#pending.push(byte);
      if (byte === END) messages.push(Uint8Array.from(this.#pending));
      if (byte === END || this.#pending.length >= LONGEST) this.#pending = [];
    }
    return messages;
  }
}

/** Whether a message asks, and is answered beside what executes. */
export const isInquiry = (message: Uint8Array): boolean => message[1] === 0x09;

/** Values of a pattern's fields by their letter. */
export type Fields = Readonly<Record<string, number>>;

/**
 * Compiles a pattern as manuals print them: hex digits (upper case) stand for
 * themselves, other letters are nibbles of a field, highest first, so
 * `0y 0y 0y 0y` is one 16-bit field y.
 * @returns what tells the fields of a message, undefined where it does not match.
 * @throws Error where the pattern is not whole bytes.
 */
export function pattern(text: string): (message: Uint8Array) => Fields | undefined {
  const nibbles = text.replaceAll(' ', '');
  if (nibbles.length % 2 === 1 || !/^[0-9A-Fg-z]+$/.test(nibbles)) throw new Error(`not a VISCA pattern: "${text}"`);
  return (message) => {
    if (message.length * 2 !== nibbles.length) return undefined;
    const fields: Record<string, number> = {};
    for (const [i, letter] of Array.from(nibbles).entries()) {
      const byte = message[i >> 1] ?? 0;
      const nibble = i % 2 === 0 ? byte >> 4 : byte & 15;
      if (letter >= 'g') fields[letter] = (fields[letter] ?? 0) * 16 + nibble;
      else if (Number.parseInt(letter, 16) !== nibble) return undefined;
    }
    return fields;
  };
}

/** The part of a pattern that names the command: `81 01 06 02` of a move to a position. */
const NAME_BYTES = 4;

/** Whether a message begins as a pattern does, and is shorter or longer. */
export const hasOtherLength = (text: string) => (message: Uint8Array): boolean =>
  message.length !== text.split(' ').length && hex(message.subarray(0, NAME_BYTES)) === text.split(' ').slice(0, NAME_BYTES).join(' ');

/** A nibble-spread number as two's complement. @param digits how many nibbles it has. */
export const signed = (value: number, digits: number): number => (value << (32 - 4 * digits)) >> (32 - 4 * digits);

/** Bytes `0p 0q …`, highest first. @param digits how many. */
export const nibbles = (value: number, digits: number): number[] => Array.from({ length: digits }, (_, place) => (value >> (4 * (digits - 1 - place))) & 15);

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').replace(/..(?=.)/g, '$& ').toUpperCase();
