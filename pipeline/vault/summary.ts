/** A session at a glance, without any key and without checking signatures: for the owner's list. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { JournalRecord } from '../seal/format.js';
import { JOURNAL, partFile, partNumber } from './layout.js';

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
    }
  | { readonly id: string; readonly state: 'damaged'; readonly why: string };

/** Never rejects: what cannot be read is `damaged`. */
export async function summaryOf(id: string, folder: string, isOpen: boolean): Promise<SessionSummary> {
  try {
    const numbers = (await readdir(folder)).flatMap((name) => partNumber(name) ?? []).sort((a, b) => a - b);
    const parts = await Promise.all(numbers.map(async (number) => ({ number, bytes: (await stat(partFile(folder, number))).size })));
    const records = (await readFile(path.join(folder, JOURNAL), 'utf8')).split('\n').slice(0, -1).map((line) => JSON.parse(line) as JournalRecord);
    const [start] = records;
    if (start?.kind !== 'start') return { id, state: 'damaged', why: 'the journal has no start' };
    const state = records.at(-1)?.kind === 'end' ? 'ended' : isOpen ? 'open' : 'interrupted';
    return { id, state, started: start.at, parts, bytes: parts.reduce((sum, part) => sum + part.bytes, 0), mediaMs: mediaMs(records) };
  } catch (error) {
    return { id, state: 'damaged', why: error instanceof Error ? error.message : String(error) };
  }
}

function mediaMs(records: readonly JournalRecord[]): number {
  const lasts = new Map<number, number>();
  for (const record of records) if (record.kind === 'checkpoint' && record.picture !== undefined) lasts.set(record.part, record.picture);
  return [...lasts.values()].reduce((sum, last) => sum + last, 0);
}
