/**
 * What holds of a session, told without any key but the device's public one: complete, interrupted, or altered,
 * and from where. Journal and parts are read once, side by side, in constant memory. Pure: files and cryptography are handed in.
 */
import { fromHex, toHex } from './bytes.js';
import type { RunningHash, SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import { JOURNAL, journalLines, partName, partNumbers, type SessionFiles } from './files.js';
import { HEADER_LIMIT, readHeader, readSessionStanza } from './header.js';
import { readJournal, type JournalRecord } from './journal.js';

/** `part` and `atMs` say how far all is well; the time counts from where the run of parts began that `part` continues. */
export type Verdict =
  | { readonly kind: 'complete'; readonly parts: number; readonly words: string }
  /** No end record: power was cut, or the end was taken away. What is there is whole up to here. */
  | { readonly kind: 'interrupted'; readonly part: number; readonly atMs: number; readonly words: string }
  | { readonly kind: 'altered'; readonly part: number; readonly atMs: number; readonly why: string; readonly words: string };

export interface Verified {
  readonly verdict: Verdict;
  /** Raw public key in hex of the device that signed the start, where a start holds. Proven to be the device's only where its key was given. */
  readonly device?: string;
  readonly session?: string;
  /** RFC 3339 in UTC, by the device's clock. */
  readonly started?: string;
  /** The parts that the journal tells of, and whether each goes on from the one before. */
  readonly parts: readonly { readonly part: number; readonly continues: boolean }[];
  /** Parts whose recorder was killed: their last chunk is not flagged. */
  readonly cutParts: readonly number[];
  /** Pictures that overload cost, as far as the journal says. */
  readonly framesDropped: number;
}

type Of<K extends JournalRecord['kind']> = Extract<JournalRecord, { kind: K }>;

/** Thrown within this file: the sentence of an `altered` verdict. */
class Altered extends Error {}

/**
 * @param devicePublicKey raw Ed25519 key of the device as its owner knows it. Without it the session can only be
 *   said to be consistent: whose device it was is not proven.
 * @throws what `files` throws, where a file cannot be read at all.
 */
export async function verifyFiles(crypto: SealCrypto, files: SessionFiles, devicePublicKey: Uint8Array | undefined): Promise<Verified> {
  const names = await files.names();
  const walk = new Walk(crypto, files, names);
  try {
    if (!names.includes(JOURNAL)) throw new Altered('there is no journal');
    const lines = journalLines(await files.size(JOURNAL), (at, length) => files.read(JOURNAL, at, length));
    for await (const record of readJournal(crypto, lines, devicePublicKey)) await walk.take(record);
    walk.checkNames();
  } catch (error) {
    if (!(error instanceof Altered || error instanceof FormatError)) throw error;
    return walk.told(error.message);
  }
  return walk.told(undefined);
}

/** A part whose journal is being read: how far its ciphertext has been hashed. */
interface Writing {
  readonly part: number;
  readonly size: number;
  readonly hash: RunningHash;
  hashed: number;
}

const STEP = 1 << 20;

/** The journal's records in order, each held against the files. */
class Walk {
  readonly #crypto: SealCrypto;
  readonly #files: SessionFiles;
  readonly #names: readonly string[];
  #start: Of<'start'> | undefined;
  readonly #parts: { part: number; continues: boolean }[] = [];
  #writing: Writing | undefined;
  #ended = false;
  /** The part in which the run of parts began that the last one continues. */
  #run = 1;
  #well = { part: 0, atMs: 0 };
  readonly #cutParts: number[] = [];
  #framesDropped = 0;

  constructor(crypto: SealCrypto, files: SessionFiles, names: readonly string[]) {
    this.#crypto = crypto;
    this.#files = files;
    this.#names = names;
  }

  /** @throws Altered where the record cannot follow what came before, or the files are not what it says. */
  async take(record: JournalRecord): Promise<void> {
    if (this.#ended) throw new Altered('the journal goes on after its end');
    switch (record.kind) {
      case 'start':
        this.#start = record;
        return;
      case 'part':
        return this.#begin(record);
      case 'end':
        if (this.#writing !== undefined || record.parts !== this.#parts.length) throw new Altered('the end record does not fit the parts before it');
        this.#ended = true;
        return;
      case 'checkpoint': case 'storage-slow': case 'frames-dropped': case 'part-end':
        return this.#within(record);
    }
  }

  /** Every part file is in the journal, but for one that a power cut left before its record was written. @throws Altered */
  checkNames(): void {
    const mayHaveBegun = this.#start !== undefined && !this.#ended;
    const known = this.#parts.length + (mayHaveBegun ? 1 : 0);
    for (const number of partNumbers(this.#names))
      if (number > known) throw new Altered(`part ${number} is not in the journal`);
  }

  /** @param why it is altered, where it is. */
  told(why: string | undefined): Verified {
    const { device, session, at } = this.#start ?? {};
    return {
      verdict: this.#verdict(why), parts: this.#parts, cutParts: this.#cutParts, framesDropped: this.#framesDropped,
      ...(device === undefined ? {} : { device }), ...(session === undefined ? {} : { session }), ...(at === undefined ? {} : { started: at }),
    };
  }

  #verdict(why: string | undefined): Verdict {
    const upTo = clock(this.#well.atMs, this.#run);
    if (why !== undefined) return { kind: 'altered', ...this.#well, why, words: `altered from ${upTo}: ${why}` };
    if (this.#ended) return { kind: 'complete', parts: this.#parts.length, words: 'complete' };
    return { kind: 'interrupted', ...this.#well, words: `interrupted at ${upTo}` };
  }

  /** The part's file is there, and its header is the one in the journal. */
  async #begin({ part, header: expected, continues }: Of<'part'>): Promise<void> {
    if (this.#writing !== undefined || part !== this.#parts.length + 1 || (continues && part === 1)) throw new Altered(`part ${part} begins out of turn`);
    this.#well = { part, atMs: continues ? this.#well.atMs : 0 };
    if (!continues) this.#run = part;
    const name = partName(part);
    if (!this.#names.includes(name)) throw new Altered(`part ${part} is missing`);
    const size = await this.#files.size(name);
    const start = await this.#files.read(name, 0, Math.min(size, HEADER_LIMIT));
    const header = readHeader(start);
    const hash = this.#crypto.sha256();
    hash.update(start.subarray(0, header.length));
    if (toHex(hash.soFar()) !== expected) throw new Altered(`the header of part ${part} is not the one in the journal`);
    const stanza = readSessionStanza(header);
    const ours = stanza.session === this.#start?.session && stanza.part === part && toHex(stanza.commitment) === this.#start.commitment;
    if (!ours) throw new Altered(`part ${part} belongs to another session`);
    this.#parts.push({ part, continues });
    this.#writing = { part, size, hash, hashed: header.length };
  }

  async #within(record: Of<'checkpoint' | 'storage-slow' | 'frames-dropped' | 'part-end'>): Promise<void> {
    const writing = this.#writing;
    if (writing?.part !== record.part) throw new Altered(`the journal speaks of part ${record.part} out of turn`);
    if (record.kind === 'storage-slow') return;
    if (record.kind === 'frames-dropped') {
      this.#framesDropped += record.frames;
      return;
    }
    if (record.kind === 'part-end' && writing.size !== record.length) throw new Altered(`part ${record.part} has ${writing.size} bytes and ended with ${record.length}`);
    await this.#hashTo(writing, record.length);
    if (toHex(writing.hash.soFar()) !== record.sha256) throw new Altered(`the bytes of part ${record.part} were changed`);
    if (record.kind === 'checkpoint') this.#well.atMs = Math.max(this.#well.atMs, record.picture ?? record.sound ?? 0);
    else {
      this.#writing = undefined;
      if (!record.closed) this.#cutParts.push(record.part);
    }
  }

  async #hashTo(writing: Writing, length: number): Promise<void> {
    const { part, size, hash } = writing;
    if (length < writing.hashed) throw new Altered(`the journal of part ${part} goes backwards`);
    if (length > size) throw new Altered(`part ${part} is shorter than the journal says`);
    while (writing.hashed < length) {
      const bytes = await this.#files.read(partName(part), writing.hashed, Math.min(STEP, length - writing.hashed));
      if (bytes.length === 0) throw new Altered(`part ${part} is shorter than the journal says`);
      hash.update(bytes);
      writing.hashed += bytes.length;
    }
  }
}

/** Minutes and seconds, of the part in which the run began unless that is the first. */
export function clock(ms: number, run = 1): string {
  const seconds = Math.floor(ms / 1000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return run > 1 ? `${time} of part ${run}` : time;
}

/** A device key as people write it down: 64 hex digits in groups, upper or lower case. @returns undefined where it is none. */
export function deviceKeyFrom(text: string): Uint8Array | undefined {
  const hex = text.replace(/[\s:-]/g, '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? fromHex(hex) : undefined;
}
