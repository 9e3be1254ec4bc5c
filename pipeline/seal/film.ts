/**
 * A session as one film, read from any time on: its parts in the order and at the times to which joining them would
 * bring them (join.ts). Only the chunks that hold what is played are opened. Pure: files, cryptography and the key are handed in.
 */
import type { Binding } from './binding.js';
import { joined } from './bytes.js';
import type { SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import { partNumbers, type SessionFiles } from './files.js';
import { moved, tracksOf, type Track } from './fragments.js';
import { openPart, type HeaderOpener, type OpenedPart } from './open.js';
import { samplesOf } from './samples.js';
import { boxesFrom, journalHints, scan, timesOf, type IndexEntry, type PartHints } from './seek-index.js';

export interface FilmPart {
  readonly part: number;
  readonly opened: OpenedPart;
  /** `ftyp` and `moov`: what a decoder is set up with. */
  readonly init: Uint8Array;
  readonly tracks: ReadonlyMap<number, Track>;
  readonly continues: boolean;
  /** In the film, in milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** What is added to the part's own times. */
  readonly laterMs: number;
  /** Where its first fragment begins in the plaintext, and others. */
  readonly first: number;
  /** Hints until one was found to be wrong. */
  readonly entries: IndexEntry[];
  /** False where it breaks off, or a chunk of it was found not to open. */
  readonly whole: boolean;
}

/** A fragment at its time in the film: `moof` and `mdat`. */
export interface Piece {
  readonly of: FilmPart;
  readonly moof: Uint8Array;
  readonly mdat: Uint8Array;
  readonly fromMs: number;
  readonly toMs: number;
}

/** How far before a time its sync sample is looked for first: FORMAT.md has one each second. */
const USUAL_MS = 1000;
/** A part that goes on begins within this of the end of the one before, where no journal says whether it does. */
const NEAR_MS = 1000;

export class Film {
  readonly parts: readonly FilmPart[];
  /** Parts that could not be opened, and why. */
  readonly closed: readonly { readonly part: number; readonly why: string }[];

  private constructor(parts: readonly FilmPart[], closed: Film['closed']) {
    this.parts = parts;
    this.closed = closed;
  }

  /** @throws what `openHeader` rejects with, where it opens no part at all; FormatError where no part can be read. */
  static async open(crypto: SealCrypto, files: SessionFiles, openHeader: HeaderOpener): Promise<Film> {
    const hints = await journalHints(files);
    const numbers = partNumbers(await files.names());
    const parts: FilmPart[] = [];
    const closed: { part: number; why: string }[] = [];
    let refusal: unknown = new FormatError('HEADER_BROKEN', 'there is no part');
    for (const number of numbers) {
      try {
        const opened = await openPart(crypto, files, number, openHeader);
        if (parts[0] !== undefined && opened.stanza.session !== parts[0].opened.stanza.session) throw new FormatError('BINDING_BROKEN', 'it belongs to another session');
        const part = await placed(number, opened, hints.get(number), parts.at(-1));
        if (part !== undefined) parts.push(part);
      } catch (error) {
        refusal = error;
        closed.push({ part: number, why: error instanceof Error ? error.message : String(error) });
      }
    }
    if (parts.length === 0) throw refusal;
    return new Film(parts, closed);
  }

  get binding(): Binding {
    return this.#first.opened.binding;
  }

  /** All parts joined. */
  get durationMs(): number {
    return this.parts.at(-1)?.toMs ?? 0;
  }

  get #first(): FilmPart {
    return this.parts[0] as FilmPart;
  }

  /** Where in the film something is that a verdict tells of. @param atMs as verify.ts counts: from where the run of parts began. */
  timeOf(part: number, atMs: number): number {
    const of = this.parts.findLast((one) => one.part <= part);
    return of === undefined || of.part < part ? of?.toMs ?? 0 : of.laterMs + atMs;
  }

  /**
   * Fragments from the last sync sample on that is not later than `fromMs`. One that was changed ends it with an
   * error; all before it is what was sealed, in its place. @throws FormatError PAYLOAD_BROKEN, MEDIA_BROKEN
   */
  async* play(fromMs: number): AsyncGenerator<Piece, void> {
    const at = Math.max(0, this.parts.findLastIndex((part) => part.fromMs <= fromMs));
    for (const [i, part] of this.parts.entries()) {
      if (i < at) continue;
      const from = i === at ? await syncBefore(part, fromMs - part.laterMs) : part.first;
      yield* fragments(part, from);
    }
  }
}

/** @returns undefined where a part has no fragment. */
async function placed(part: number, opened: OpenedPart, hints: PartHints | undefined, before: FilmPart | undefined): Promise<FilmPart | undefined> {
  const { init, tracks, first } = await beginningOf(opened);
  if (first === undefined) return undefined;
  const { payload } = opened;
  const known = (hints?.entries ?? []).filter(({ moof }) => moof >= first && moof < payload.length);
  const last = known.at(-1);
  // The end is read from the last checkpoint on; where the hints do not fit, all is read.
  const tail = last === undefined ? undefined : await scan(payload, last.moof, tracks);
  const start = await scanOne(opened, first, tracks);
  const fits = last !== undefined && tail?.whole === true && sameTime(tail.entries[0], last);
  const found = fits ? { entries: known, fromMs: start.from, toMs: tail.toMs, whole: true } : await scan(payload, first, tracks);
  const goesOn = hints?.continues ?? (before !== undefined && start.from > NEAR_MS && Math.abs(start.from + before.laterMs - before.toMs) < NEAR_MS);
  const laterMs = goesOn && before !== undefined ? before.laterMs : before?.toMs ?? 0;
  return {
    part, opened, init, tracks, continues: goesOn, laterMs, first, entries: [...found.entries],
    fromMs: before?.toMs ?? 0, toMs: Math.max(before?.toMs ?? 0, found.toMs + laterMs), whole: found.whole && payload.complete,
  };
}

const sameTime = (found: IndexEntry | undefined, hint: IndexEntry): boolean =>
  found?.moof === hint.moof && (['picture', 'sound'] as const).every((kind) => found[kind] === undefined || hint[kind] === undefined || Math.abs(found[kind] - hint[kind]) <= 1);

async function beginningOf({ payload }: OpenedPart): Promise<{ init: Uint8Array; tracks: ReadonlyMap<number, Track>; first: number | undefined }> {
  let [ftyp, moov] = [new Uint8Array(), new Uint8Array()];
  for await (const { type, bytes, at } of boxesFrom(payload, 0)) {
    if (type === 'ftyp') ftyp = new Uint8Array(bytes);
    if (type === 'moov') moov = new Uint8Array(bytes);
    if (type === 'moof') return { init: joined(ftyp, moov), tracks: tracksOf(moov), first: at };
  }
  return { init: joined(ftyp, moov), tracks: new Map(), first: undefined };
}

async function scanOne({ payload }: OpenedPart, from: number, tracks: ReadonlyMap<number, Track>): Promise<{ from: number }> {
  for await (const { type, bytes } of boxesFrom(payload, from)) if (type === 'moof') return timesOf(bytes, tracks);
  return { from: 0 };
}

const timeOf = (entry: IndexEntry): number => Math.max(entry.picture ?? 0, entry.sound ?? 0);

/** Where to read from, so that what is shown at `ms` can be decoded. @throws FormatError */
async function syncBefore(part: FilmPart, ms: number): Promise<number> {
  const hasPicture = [...part.tracks.values()].some(({ kind }) => kind === 'picture');
  let before = Infinity;
  for (let wanted = hasPicture ? ms - USUAL_MS : ms; ; wanted -= USUAL_MS) {
    const entry = part.entries.findLast((one) => timeOf(one) <= wanted);
    if (entry === undefined || entry.moof === part.first) return part.first;
    if (entry.moof >= before) continue;
    const found = await lookAt(part, entry, before, ms);
    if (found === 'wrong hint') {
      part.entries.splice(0, Infinity, ...(await scan(part.opened.payload, part.first, part.tracks)).entries);
      before = Infinity;
      wanted = ms;
      continue;
    }
    if (found === 'sync sample' || !hasPicture) return entry.moof;
    before = entry.moof;
  }
}

/** Whether the entry's fragment stands there, and a sync sample not later than `ms` begins from there on, up to `before`. */
async function lookAt(part: FilmPart, entry: IndexEntry, before: number, ms: number): Promise<'wrong hint' | 'sync sample' | 'none'> {
  try {
    for await (const { type, bytes, at } of boxesFrom(part.opened.payload, entry.moof)) {
      if (at >= before) return 'none';
      if (at === entry.moof && (type !== 'moof' || !sameTime({ moof: at, ...timesOf(bytes, part.tracks) }, entry))) return 'wrong hint';
      if (type !== 'moof') continue;
      const { from, picture } = timesOf(bytes, part.tracks);
      if (from > ms) return 'none';
      if (picture !== undefined && picture <= ms && pictures(bytes, part.tracks).some(({ isSync }) => isSync)) return 'sync sample';
    }
  } catch (error) {
    if (!(error instanceof FormatError) || error.code !== 'MEDIA_BROKEN') throw error;
    return 'wrong hint';
  }
  return 'none';
}

const pictures = (moof: Uint8Array, tracks: ReadonlyMap<number, Track>): { readonly isSync: boolean }[] =>
  [...samplesOf(moof, tracks)].flatMap(([id, samples]) => (tracks.get(id)?.kind === 'picture' ? samples : []));

async function* fragments(part: FilmPart, from: number): AsyncGenerator<Piece, void> {
  let moof: Uint8Array | undefined;
  let number = 1;
  const ticks = (track: number): bigint => BigInt(Math.round((part.laterMs * (part.tracks.get(track)?.timescale ?? 0)) / 1000));
  for await (const { type, bytes } of boxesFrom(part.opened.payload, from)) {
    if (type === 'moof') moof = bytes;
    if (type !== 'mdat' || moof === undefined) continue;
    const times = timesOf(moof, part.tracks);
    yield { of: part, moof: moved(moof, number, ticks), mdat: bytes, fromMs: times.from + part.laterMs, toMs: times.to + part.laterMs };
    number += 1;
    moof = undefined;
  }
}
