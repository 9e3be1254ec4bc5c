/** Random changes to a session's files, and what must hold of every one of them. */
import { generateX25519Identity } from 'age-encryption';
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { FormatError, HEADER_LIMIT, JOURNAL, openPart, partName, readHeader, SEALED_CHUNK, verifyFiles, type HeaderOpener } from '../../../pipeline/seal/format.js';
import { nodeCrypto, openHeader } from '../../../pipeline/seal/node.js';
import { freshSigningKey } from '../../../pipeline/vault/device-key.js';
import { fragment, init } from '../mp4-samples.js';
import { memoryFiles, written, type Written } from './written.js';

type Dice = (limit: number) => number;
type Files = Map<string, Uint8Array>;

/** Two sessions of one teacher and one device: the second is there to be mixed in. */
export interface Pair { readonly session: Written; readonly other: Written; readonly opener: HeaderOpener }

export async function pair(): Promise<Pair> {
  const [ftyp, moov] = [init().subarray(0, 12), init().subarray(12)];
  const parts = (media: number): Parameters<typeof written>[0]['parts'] => [
    { ftyp, moov, fragments: [fragment({ picture: 0, sound: 3 }, 400), fragment({ picture: 1000, sound: 1003 }, 400)], padded: true },
    { ftyp, moov, fragments: [fragment({ picture: 2000 }, media)], continues: true },
  ];
  const both = { identity: await generateX25519Identity(), device: freshSigningKey() };
  const [session, other] = [await written({ ...both, parts: parts(900) }), await written({ ...both, parts: parts(700) })];
  return { session, other, opener: remembering(both.identity) };
}

/** The key does not open this header. */
export class HeaderRefused extends Error {}

/** Opening a header costs milliseconds; the same bytes always open the same. */
export function remembering(identity: string): HeaderOpener {
  const known = new Map<string, Uint8Array>();
  return async (header) => {
    const name = createHash('sha256').update(header).digest('hex');
    const key = known.get(name) ?? await openHeader(header, identity).catch((error: unknown) => { throw new HeaderRefused(String(error)); });
    known.set(name, key.slice());
    return key.slice();
  };
}

const splice = (bytes: Uint8Array, at: number, remove: number, insert: Uint8Array = new Uint8Array()): Uint8Array => Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
const noise = (dice: Dice, length: number): Uint8Array => Uint8Array.from({ length }, () => dice(256));

/** Of any file. */
const OF_BYTES: Record<string, (bytes: Uint8Array, dice: Dice, others: Uint8Array) => Uint8Array> = {
  'a bit': (bytes, dice) => {
    const copy = new Uint8Array(bytes);
    const at = dice(copy.length);
    copy[at] = (copy[at] as number) ^ (1 << dice(8));
    return copy;
  },
  'cut': (bytes, dice) => bytes.subarray(0, dice(bytes.length)),
  'some bytes out': (bytes, dice) => splice(bytes, dice(bytes.length), 1 + dice(200)),
  'some bytes in': (bytes, dice) => splice(bytes, dice(bytes.length), 0, noise(dice, 1 + dice(40))),
  'some bytes twice': (bytes, dice) => {
    const at = dice(bytes.length);
    return splice(bytes, at, 0, bytes.subarray(at, at + 1 + dice(200)));
  },
  'a tail of zeros': (bytes, dice) => splice(bytes, bytes.length, 0, new Uint8Array(1 + dice(70_000))),
  'a tail of noise': (bytes, dice) => splice(bytes, bytes.length, 0, noise(dice, 1 + dice(300))),
  'zeros in place of the tail': (bytes, dice) => new Uint8Array(bytes).fill(0, dice(bytes.length)),
};

const afterHeader = (bytes: Uint8Array): number => {
  try {
    return readHeader(bytes.subarray(0, HEADER_LIMIT)).length + 16;
  } catch {
    return 0;
  }
};

/** Of a part, by whole chunks. */
const OF_CHUNKS: Record<string, (chunks: Uint8Array[], dice: Dice, others: Uint8Array[]) => Uint8Array[]> = {
  'a chunk out': (chunks, dice) => chunks.toSpliced(dice(chunks.length), 1),
  'a chunk twice': (chunks, dice) => chunks.toSpliced(dice(chunks.length), 0, chunks[dice(chunks.length)] ?? new Uint8Array()),
  'two chunks swapped': (chunks, dice) => [...chunks].sort(() => dice(3) - 1),
  'a chunk of another session': (chunks, dice, others) => chunks.with(dice(chunks.length), others[dice(others.length)] ?? new Uint8Array()),
  'another header': (chunks, _dice, others) => chunks.with(0, others[0] ?? new Uint8Array()),
};

/** Header with nonce first, then the payload's chunks. */
function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const start = afterHeader(bytes);
  const chunks = [bytes.subarray(0, start)];
  for (let at = start; at < bytes.length; at += SEALED_CHUNK) chunks.push(bytes.subarray(at, at + SEALED_CHUNK));
  return chunks;
}

/** Of the journal, by whole lines. */
const OF_LINES: Record<string, (lines: string[], dice: Dice, others: string[]) => string[]> = {
  'a line out': (lines, dice) => lines.toSpliced(dice(lines.length), 1),
  'lines off the end': (lines, dice) => lines.slice(0, dice(lines.length + 1)),
  'a line twice': (lines, dice) => lines.toSpliced(dice(lines.length), 0, lines[dice(lines.length)] ?? ''),
  'two lines swapped': (lines, dice) => [...lines].sort(() => dice(3) - 1),
  'a line of another session': (lines, dice, others) => lines.with(dice(lines.length), others[dice(others.length)] ?? ''),
  'lines of another session after the end': (lines, dice, others) => [...lines, ...others.slice(dice(others.length))],
  'a figure changed': (lines, dice) => lines.map((line, i) => (i === dice(lines.length) ? line.replace(/(\d)(?=,"n")|1/, '2') : line)),
};

/** Of the folder. */
const OF_FILES: Record<string, (files: Files, dice: Dice, others: ReadonlyMap<string, Uint8Array>) => void> = {
  'a file out': (files, dice) => void files.delete([...files.keys()][dice(files.size)] ?? ''),
  'parts swapped': (files) => {
    const [one, two] = [files.get(partName(1)), files.get(partName(2))];
    if (one !== undefined) files.set(partName(2), one);
    if (two !== undefined) files.set(partName(1), two);
  },
  'a part too many': (files, dice) => void files.set(partName(3 + dice(5)), files.get(partName(1 + dice(2))) ?? new Uint8Array()),
  'a file of another session': (files, dice, others) => {
    const name = [...others.keys()][dice(others.size)] ?? '';
    files.set(name, others.get(name) ?? new Uint8Array());
  },
  'all files of another session': (files, _dice, others) => {
    files.clear();
    for (const [name, bytes] of others) files.set(name, bytes);
  },
};

const KEPT = [JOURNAL, partName(1), partName(2)];
type Change = (files: Files, name: string, dice: Dice, others: ReadonlyMap<string, Uint8Array>) => void;
const NONE = new Uint8Array();

/** Changes of one file's pieces as changes of the folder. */
const changes = <P>(of: Record<string, (pieces: P, dice: Dice, others: P) => P>, cut: (bytes: Uint8Array) => P, join: (pieces: P) => Uint8Array): [string, Change][] =>
  Object.entries(of).map(([what, change]) => [what, (files, name, dice, others) => {
    const bytes = files.get(name);
    if (bytes !== undefined && bytes.length > 0) files.set(name, join(change(cut(bytes), dice, cut(others.get(name) ?? NONE))));
  }]);

const ANY: [string, Change][] = [
  ...changes(OF_BYTES, (bytes) => bytes, (bytes) => bytes),
  ...Object.entries(OF_FILES).map(([what, change]): [string, Change] => [what, (files, _name, dice, others) => change(files, dice, others)]),
];
const JOURNALS = [...ANY, ...changes(OF_LINES, (bytes) => linesOf(bytes), (lines) => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'))];
const PARTS = [...ANY, ...changes(OF_CHUNKS, chunksOf, (chunks) => Buffer.concat(chunks))];

/** One change, sometimes two. @returns the files, and what was done, in words. */
export function mutated({ session, other }: Pair, dice: Dice): { files: Files; what: string } {
  const files: Files = new Map(session.files);
  const done: string[] = [];
  for (let left = 1 + Number(dice(4) === 0); left > 0; left -= 1) {
    const name = KEPT[dice(KEPT.length)] ?? '';
    const among = name === JOURNAL ? JOURNALS : PARTS;
    const [what, change] = among[dice(among.length)] as [string, Change];
    change(files, name, dice, other.files);
    done.push(`${what} (${name})`);
  }
  return { files, what: done.join(', then ') };
}

function linesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
}

export interface Judged { readonly verdict: 'complete' | 'interrupted' | 'altered'; readonly opened: number }

/**
 * A session may verify as less than it is, never as what it is not; and what opens is a prefix of what was sealed.
 * @throws Error that says what was broken.
 */
export async function judge({ session, other, opener }: Pair, files: ReadonlyMap<string, Uint8Array>): Promise<Judged> {
  const memory = memoryFiles(files);
  const { verdict, session: id } = await verifyFiles(nodeCrypto, memory, session.device);
  const real = id === other.binding.session ? other : session;
  if (verdict.kind === 'complete' && !isWhole(files, real)) throw new Error('complete, and something is not as it was');
  if (verdict.kind === 'interrupted') {
    if (!isPrefix(files, real)) throw new Error('interrupted, and the journal is no beginning of what it was');
    if (verdict.atMs > 10_000 || verdict.part > 2) throw new Error(`interrupted at ${verdict.atMs} of part ${verdict.part}: beyond what was recorded`);
  }
  let opened = 0;
  for (const part of [1, 2]) {
    try {
      const { stanza, binding, payload } = await openPart(nodeCrypto, memory, part, opener);
      const from = stanza.session === other.binding.session ? other : session;
      const sealed = from.plain[part - 1] ?? new Uint8Array();
      if (!isDeepStrictEqual(binding, from.binding)) throw new Error('another binding opened');
      if (payload.complete && payload.length !== sealed.length) throw new Error(`part ${part} says that it is complete with ${payload.length} of ${sealed.length} bytes`);
      let at = 0;
      for await (const piece of payload.range(0)) {
        if (!Buffer.from(piece).equals(sealed.subarray(at, at + piece.length))) throw new Error(`part ${part} opened as what was not sealed, at ${at}`);
        at += piece.length;
      }
      opened += at;
    } catch (error) {
      if (!(error instanceof FormatError || error instanceof HeaderRefused)) throw error;
    }
  }
  return { verdict: verdict.kind, opened };
}

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean => a !== undefined && b !== undefined && Buffer.from(a).equals(b);

/** All lines of the journal, and both parts; a torn line after the end counts as not there. */
function isWhole(files: ReadonlyMap<string, Uint8Array>, real: Written): boolean {
  const lines = (of: ReadonlyMap<string, Uint8Array>): string => linesOf(of.get(JOURNAL) ?? new Uint8Array()).join('\n');
  return lines(files) === lines(real.files) && KEPT.slice(1).every((name) => same(files.get(name), real.files.get(name)));
}

/** Whole lines from the beginning, and every part with a `part-end` among them as it was. */
function isPrefix(files: ReadonlyMap<string, Uint8Array>, real: Written): boolean {
  const [left, all] = [files, real.files].map((of) => linesOf(of.get(JOURNAL) ?? new Uint8Array())) as [string[], string[]];
  const ended = left.filter((line) => line.includes('"kind":"part-end"')).length;
  return left.length < all.length && left.every((line, i) => line === all[i]) && KEPT.slice(1, 1 + ended).every((name) => same(files.get(name), real.files.get(name)));
}

