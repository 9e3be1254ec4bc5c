/**
 * The journal: one record a line, canonical JSON (RFC 8785), each line signed
 * and holding the SHA-256 of the line before it. The device's key signs the
 * start, a key that lives only while the session does signs the rest. Pure.
 */
import { canonical } from './binding.js';
import { fromHex, toHex, utf8 } from './bytes.js';
import type { SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import { isTime } from './header.js';

/** Hex is lower case; lengths and offsets are bytes; picture and sound are milliseconds of media time. */
export type JournalRecord =
  | { readonly kind: 'start'; readonly v: 1; readonly session: string; readonly at: string; readonly device: string; readonly key: string; readonly commitment: string; readonly claim: string }
  /** `continues`: the part before was full; decode times go on from it. */
  | { readonly kind: 'part'; readonly part: number; readonly at: string; readonly header: string; readonly continues: boolean }
  | Checkpoint & { readonly kind: 'checkpoint'; readonly part: number }
  | { readonly kind: 'storage-slow'; readonly part: number; readonly at: string }
  /** Raw pictures that overload cost before the encoder, since the last such record. */
  | { readonly kind: 'frames-dropped'; readonly part: number; readonly at: string; readonly frames: number }
  | { readonly kind: 'part-end'; readonly part: number; readonly length: number; readonly sha256: string; readonly closed: boolean }
  | { readonly kind: 'end'; readonly at: string; readonly parts: number };

/** What is known to be on the disk; with an index entry where a fragment was completed since the last one. */
export interface Checkpoint {
  /** Of the ciphertext file. */
  readonly length: number;
  readonly sha256: string;
  /** Plaintext offset of the first `moof` since the checkpoint before, and the first time stamps from there on. */
  readonly moof?: number;
  readonly picture?: number;
  readonly sound?: number;
}

type Check = (value: unknown) => boolean;
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const part: Check = (value) => count(value) && (value as number) >= 1 && (value as number) <= 99;
const hex = (bytes: number): Check => (value) => typeof value === 'string' && new RegExp(`^[0-9a-f]{${bytes * 2}}$`).test(value);
const time: Check = (value) => typeof value === 'string' && isTime(value);
const yesOrNo: Check = (value) => typeof value === 'boolean';
const maybe = (check: Check): Check => (value) => value === undefined || check(value);

const FIELDS: Record<JournalRecord['kind'], Record<string, Check>> = {
  'start': { v: (value) => value === 1, session: hex(16), at: time, device: hex(32), key: hex(32), commitment: hex(32), claim: hex(32) },
  'part': { part, at: time, header: hex(32), continues: yesOrNo },
  'checkpoint': { part, length: count, sha256: hex(32), moof: maybe(count), picture: maybe(count), sound: maybe(count) },
  'storage-slow': { part, at: time },
  'frames-dropped': { part, at: time, frames: (value) => count(value) && value !== 0 },
  'part-end': { part, length: count, sha256: hex(32), closed: yesOrNo },
  'end': { at: time, parts: count },
};
const CHAIN: Record<string, Check> = { n: count, prev: hex(32), sig: hex(64) };

/** Before every signed message, so that a signature cannot be read as one of something else. */
const SIGNED_AS = 'lamplight/journal/v1\0';
/** `prev` of the first record. */
const NO_LINE = '00'.repeat(32);
const sha256 = (crypto: SealCrypto, text: string): string => {
  const hash = crypto.sha256();
  hash.update(utf8(text));
  return toHex(hash.soFar());
};

/** Makes the lines of one journal, in order. */
export class JournalWriter {
  readonly #crypto: SealCrypto;
  #n = 0;
  #prev = NO_LINE;

  constructor(crypto: SealCrypto) {
    this.#crypto = crypto;
  }

  /** @param sign Ed25519 over these bytes. @returns the line without its line feed. */
  line(record: JournalRecord, sign: (message: Uint8Array) => Uint8Array): string {
    const body = { ...record, n: this.#n, prev: this.#prev };
    const line = canonical({ ...body, sig: toHex(sign(utf8(SIGNED_AS + canonical(body)))) });
    this.#n += 1;
    this.#prev = sha256(this.#crypto, line);
    return line;
  }
}

/**
 * Reads a journal line by line, in constant memory: form, chain, signatures.
 * @param lines whole lines without their line feeds, as journalLines gives them.
 * @param devicePublicKey raw Ed25519 key that must have signed the start. Without it the
 *   key that the start names is taken: then nothing says whose device it was.
 * @throws FormatError JOURNAL_BROKEN at the first line that is not what it should be; records before it have been yielded.
 */
export async function* readJournal(crypto: SealCrypto, lines: Iterable<string> | AsyncIterable<string>, devicePublicKey: Uint8Array | undefined): AsyncGenerator<JournalRecord, void> {
  let key: Uint8Array | undefined;
  let prev = NO_LINE;
  let n = 0;
  for await (const line of lines) {
    const broken = (why: string): never => { throw new FormatError('JOURNAL_BROKEN', `line ${n + 1} of the journal ${why}`); };
    const { record, body, sig } = parseLine(line) ?? broken('is no record');
    if (body['n'] !== n || body['prev'] !== prev) broken('does not follow the line before it');
    if ((record.kind === 'start') !== (n === 0)) broken('is out of place');
    if (record.kind === 'start') {
      if (devicePublicKey !== undefined && record.device !== toHex(devicePublicKey)) broken('names another device');
      key = fromHex(record.device);
    }
    if (key === undefined || !await crypto.verify(key, utf8(SIGNED_AS + canonical(body)), fromHex(sig))) broken('has a wrong signature');
    if (record.kind === 'start') key = fromHex(record.key);
    prev = sha256(crypto, line);
    yield record;
    n += 1;
  }
}

function parseLine(line: string): { record: JournalRecord; body: Record<string, unknown>; sig: string } | undefined {
  try {
    const all = JSON.parse(line) as Record<string, unknown>;
    const { sig, ...body } = all;
    const fields = { ...FIELDS[all['kind'] as JournalRecord['kind']], ...CHAIN };
    const known = Object.keys(all).every((name) => name === 'kind' || Object.hasOwn(fields, name));
    const fits = known && Object.entries(fields).every(([name, check]) => check(all[name]));
    if (!fits || !Object.hasOwn(FIELDS, all['kind'] as string) || canonical(all) !== line) return undefined;
    const record = Object.fromEntries(Object.entries(body).filter(([name]) => !Object.hasOwn(CHAIN, name)));
    return { record: record as unknown as JournalRecord, body, sig: sig as string };
  } catch {
    return undefined;
  }
}
