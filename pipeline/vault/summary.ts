/** A session at a glance, without any key and without checking signatures: for the owner's list. Reads a few pieces of the journal, however long it is. */
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { JournalRecord } from '../seal/format.js';
import { JOURNAL, partFile, partNumbers } from './layout.js';

export type SessionSummary =
  | {
      readonly id: string;
      readonly state: 'open' | 'ended' | 'interrupted';
      /** RFC 3339 in UTC, the device's own time. */
      readonly started: string;
      readonly parts: readonly { readonly number: number; readonly bytes: number }[];
      readonly bytes: number;
      /** To the last checkpoint of each part, so up to a second short. */
      readonly mediaMs: number;
      /** From its beginning to its end by the clock on the wall, pauses included; as far as the journal was written where it has no end. */
      readonly lastedMs: number;
    }
  | { readonly id: string; readonly state: 'damaged'; readonly why: string }
  /** Erased, or expired. */
  | { readonly id: string; readonly state: 'gone' };

/** Two lines of a journal at their longest (FORMAT.md: 4096 bytes), so that a whole one is in any piece. */
const PIECE = 2 * 4096;

/** Never rejects: what cannot be read is `damaged`. */
export async function summaryOf(id: string, folder: string, isOpen: boolean): Promise<SessionSummary> {
  try {
    const numbers = partNumbers(await readdir(folder));
    const parts = await Promise.all(numbers.map(async (number) => ({ number, bytes: (await stat(partFile(folder, number))).size })));
    const handle = await open(path.join(folder, JOURNAL), 'r');
    try {
      const { size, mtimeMs } = await handle.stat();
      const start = await recordAt(handle, 0, size);
      if (start?.kind !== 'start') return { id, state: 'damaged', why: 'the journal has no start' };
      const tail = await recordsIn(handle, size - PIECE, size);
      const last = tail.at(-1);
      const state = last?.kind === 'end' ? 'ended' : isOpen ? 'open' : 'interrupted';
      return { id, state, started: start.at, parts, bytes: parts.reduce((sum, part) => sum + part.bytes, 0), mediaMs: await mediaMs(handle, size, tail), lastedMs: Math.max(0, (last?.kind === 'end' ? Date.parse(last.at) : mtimeMs) - Date.parse(start.at)) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!existsSync(folder)) return { id, state: 'gone' };
    return { id, state: 'damaged', why: error instanceof Error ? error.message : String(error) };
  }
}

/** The start record as it stands there, its signature unchecked. @throws NodeJS.ErrnoException (rejects) where there is none to read. @throws SyntaxError (rejects) where there is another. */
export async function startOf(folder: string): Promise<Extract<JournalRecord, { kind: 'start' }>> {
  const handle = await open(path.join(folder, JOURNAL), 'r');
  try {
    const start = await recordAt(handle, 0, (await handle.stat()).size);
    if (start?.kind !== 'start') throw new SyntaxError('the journal has no start');
    return start;
  } finally {
    await handle.close();
  }
}

/** The whole records between two offsets. A first line that began before `from` is left out. @throws SyntaxError where a line is no record. */
async function recordsIn(handle: FileHandle, from: number, to: number): Promise<JournalRecord[]> {
  const at = Math.max(0, from);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - at), 0, to - at, at);
  const lines = buffer.toString('utf8', 0, bytesRead).split('\n').slice(at === 0 ? 0 : 1, -1);
  return lines.map((line) => JSON.parse(line) as JournalRecord);
}

const partOf = (record: JournalRecord): number => record.kind === 'start' ? 0 : record.kind === 'end' ? record.parts : record.part;

/** The first whole record from `at` on; undefined where there is none within a piece. @throws SyntaxError where it is no record. */
async function recordAt(handle: FileHandle, at: number, size: number): Promise<JournalRecord | undefined> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(PIECE), 0, Math.min(PIECE, size - at), at);
  const from = at === 0 ? 0 : buffer.indexOf('\n') + 1;
  const to = buffer.indexOf('\n', from);
  return to === -1 || to >= bytesRead ? undefined : JSON.parse(buffer.toString('utf8', from, to)) as JournalRecord;
}

/** Each part's last time stamp; of parts that go on from one another only the last one's. @param tail the last records. */
async function mediaMs(handle: FileHandle, size: number, tail: readonly JournalRecord[]): Promise<number> {
  const last = tail.at(-1);
  const parts = last === undefined ? 0 : partOf(last);
  let sum = 0;
  for (let part = 1; part <= parts; part += 1) {
    const end = part === parts ? size : await endOf(handle, size, part);
    const records = part === parts ? tail : await recordsIn(handle, end - PIECE, Math.min(size, end + PIECE));
    if (records.some((record) => record.kind === 'part' && record.part === part + 1 && record.continues)) continue;
    const stamped = records.findLast((record) => record.kind === 'checkpoint' && record.part === part && (record.picture ?? record.sound) !== undefined);
    if (stamped?.kind === 'checkpoint') sum += stamped.picture ?? stamped.sound ?? 0;
  }
  return sum;
}

/** An offset less than half a piece after which the records of `part` end. Records of a part lie together, so halving finds it. */
async function endOf(handle: FileHandle, size: number, part: number): Promise<number> {
  let [low, high] = [0, size];
  while (high - low > PIECE / 2) {
    const middle = Math.floor((low + high) / 2);
    const record = await recordAt(handle, middle, size);
    if (record === undefined || record.kind === 'end' || partOf(record) > part) high = middle;
    else low = middle;
  }
  return high;
}
