/**
 * Where in a part its times are: from the checkpoints of the journal, which are taken as hints (whoever follows one
 * looks whether a fragment with that time stands there), or found by reading the part. Pure.
 */
import { FormatError } from './errors.js';
import { JOURNAL, journalPages, type SessionFiles } from './files.js';
import { boxesOf, spansOf, type Box, type Track } from './fragments.js';
import type { JournalRecord } from './journal.js';
import type { SealedPayload } from './seek.js';

/** A fragment begins at plaintext offset `moof`; the first times from there on, in whole milliseconds of the part's own clock. */
export interface IndexEntry { readonly moof: number; readonly picture?: number; readonly sound?: number }

export interface PartHints { readonly continues: boolean; readonly entries: IndexEntry[] }

/** What the journal says of each part; nothing of it is verified, and nothing after a line that cannot be read. */
export async function journalHints(files: SessionFiles): Promise<ReadonlyMap<number, PartHints>> {
  const parts = new Map<number, PartHints>();
  if (!(await files.names()).includes(JOURNAL)) return parts;
  try {
    for await (const lines of journalPages(await files.size(JOURNAL), (at, length) => files.read(JOURNAL, at, length))) for (const line of lines) {
      const record = JSON.parse(line) as JournalRecord;
      if (record.kind === 'part') parts.set(record.part, { continues: record.continues, entries: [] });
      if (record.kind === 'checkpoint' && Number.isSafeInteger(record.moof)) parts.get(record.part)?.entries.push(entryOf(record.moof as number, record.picture, record.sound));
    }
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof SyntaxError)) throw error;
  }
  return parts;
}

const entryOf = (moof: number, picture: number | undefined, sound: number | undefined): IndexEntry =>
  ({ moof, ...(picture === undefined ? {} : { picture }), ...(sound === undefined ? {} : { sound }) });

/** A box, and where it begins in the plaintext. */
export interface PlacedBox extends Box { readonly at: number }

/** @throws FormatError PAYLOAD_BROKEN where a chunk does not open, MEDIA_BROKEN where these are no boxes. */
export async function* boxesFrom(payload: SealedPayload, from: number): AsyncGenerator<PlacedBox, void> {
  let at = from;
  for await (const box of boxesOf(payload.range(from))) {
    yield { ...box, at };
    at += box.bytes.length;
  }
}

/** Times of a fragment, in milliseconds: where each kind of track begins, and where all of it ends. */
export interface Times { readonly picture?: number; readonly sound?: number; readonly from: number; readonly to: number }

/** @throws FormatError MEDIA_BROKEN */
export function timesOf(moof: Uint8Array, tracks: ReadonlyMap<number, Track>): Times {
  const times: { picture?: number; sound?: number; from: number; to: number } = { from: Infinity, to: 0 };
  for (const { track, from, to } of spansOf(moof, tracks)) {
    const { kind, timescale } = tracks.get(track) ?? {};
    if (timescale === undefined) throw new FormatError('MEDIA_BROKEN', 'the media cannot be read: a fragment of an unknown track');
    const [begin, end] = [from, to].map((ticks) => (Number(ticks) * 1000) / timescale) as [number, number];
    if (kind !== undefined) times[kind] = begin;
    times.from = Math.min(times.from, begin);
    times.to = Math.max(times.to, end);
  }
  return times;
}

export interface Scanned { readonly entries: readonly IndexEntry[]; readonly fromMs: number; readonly toMs: number; readonly whole: boolean }

/** Reads a part's fragments from one of them on. `whole` is false where a chunk did not open, or the boxes end in the middle of a complete part. */
export async function scan(payload: SealedPayload, from: number, tracks: ReadonlyMap<number, Track>): Promise<Scanned> {
  const entries: IndexEntry[] = [];
  let [fromMs, toMs, whole] = [Infinity, 0, true];
  let moof: PlacedBox | undefined;
  try {
    for await (const box of boxesFrom(payload, from)) {
      if (box.type === 'moof') moof = box;
      if (box.type !== 'mdat' || moof === undefined) continue;
      const { picture, sound, from: begins, to } = timesOf(moof.bytes, tracks);
      entries.push(entryOf(moof.at, picture, sound));
      fromMs = Math.min(fromMs, begins);
      toMs = Math.max(toMs, to);
      moof = undefined;
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    whole = false;
  }
  return { entries, fromMs: Math.min(fromMs, toMs), toMs, whole };
}
