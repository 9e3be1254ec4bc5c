/** A whole session opened and joined: bytes to write, and what to tell about them. Pure. */
import type { Binding } from './binding.js';
import type { SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import { partNumbers, type SessionFiles } from './files.js';
import { boxesOf } from './fragments.js';
import { Joiner } from './join.js';
import { openPart, type HeaderOpener, type OpenedPart } from './open.js';
import { clock } from './verify.js';

export type Step =
  /** What the session is for; once, before any bytes. */
  | { readonly kind: 'binding'; readonly binding: Binding }
  /** All bytes up to the next of these make one MP4. A second one comes only where parts cannot be joined. */
  | { readonly kind: 'film' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Something that is not whole, in words. */
  | { readonly kind: 'told'; readonly words: string };

/** @param continues which parts go on from the one before, as far as a journal says. Rejects with what `openHeader` rejects with. */
export async function* openedSession(crypto: SealCrypto, files: SessionFiles, continues: ReadonlyMap<number, boolean>, openHeader: HeaderOpener): AsyncGenerator<Step, void> {
  const numbers = partNumbers(await files.names());
  let joiner = new Joiner();
  let first: OpenedPart | undefined;
  let begun = false;
  for (const [i, number] of numbers.entries()) {
    for (let missing = (numbers[i - 1] ?? 0) + 1; missing < number; missing += 1) yield { kind: 'told', words: `part ${missing} is missing` };
    try {
      const part = await openPart(crypto, files, number, openHeader);
      if (first !== undefined && part.stanza.session !== first.stanza.session) throw new FormatError('BINDING_BROKEN', 'it belongs to another session');
      if (first === undefined) yield { kind: 'binding', binding: part.binding };
      first ??= part;
      for (let again = true; again;) {
        again = false;
        joiner.begin(number, continues.get(number));
        try {
          for await (const box of boxesOf(part.payload.range(0))) {
            const pieces = joiner.take(box);
            if (!begun && pieces.length > 0) yield { kind: 'film' };
            begun ||= pieces.length > 0;
            for (const bytes of pieces) yield { kind: 'bytes', bytes };
          }
        } catch (error) {
          // Told by its moov, before any of its fragments: it begins a film of its own.
          if (!(error instanceof FormatError) || error.code !== 'MEDIA_DIFFERS') throw error;
          yield { kind: 'told', words: `${error.message}; from there on it is in a file of its own` };
          joiner = new Joiner();
          begun = false;
          again = true;
        }
      }
      if (!part.payload.complete) yield { kind: 'told', words: `part ${number} breaks off; the film has it up to ${clock(joiner.seconds * 1000)}` };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      yield { kind: 'told', words: `part ${number} could not be opened ${begun ? `beyond ${clock(joiner.seconds * 1000)} of the film` : 'at all'}: ${error.message}` };
    }
  }
}
