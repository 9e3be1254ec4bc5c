/**
 * What holds of a session, told without any key but the device's public one:
 * complete, interrupted, or altered, and from where. Reads the files as streams.
 */
import { createReadStream } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { FormatError, HEADER_LIMIT, readHeader, readJournal, readSessionStanza, toHex, type JournalRecord } from '../seal/format.js';
import { nodeCrypto } from '../seal/node.js';
import { JOURNAL, partFile, partNumber } from './layout.js';

/** `part` and `atMs` say how far all is well. */
export type Verdict =
  | { readonly kind: 'complete'; readonly parts: number; readonly words: string }
  /** No end record: power was cut, or the end was taken away. What is there is whole up to here. */
  | { readonly kind: 'interrupted'; readonly part: number; readonly atMs: number; readonly words: string }
  | { readonly kind: 'altered'; readonly part: number; readonly atMs: number; readonly why: string; readonly words: string };

type Of<K extends JournalRecord['kind']> = Extract<JournalRecord, { kind: K }>;
interface Part { readonly begun: Of<'part'>; readonly checkpoints: Of<'checkpoint'>[]; end?: Of<'part-end'> }
interface Told { start?: Of<'start'>; readonly parts: Part[]; end?: Of<'end'>; broken?: string }

/** Thrown within this file: the sentence of an `altered` verdict. */
class Altered extends Error {}

/**
 * @param folder of the session.
 * @param devicePublicKey raw Ed25519 key of the device, as its owner knows it.
 * @throws NodeJS.ErrnoException where the folder cannot be read at all.
 */
export async function verifySession(folder: string, devicePublicKey: Uint8Array): Promise<Verdict> {
  const names = await readdir(folder);
  const told = await readTold(folder, names, devicePublicKey);
  const well = { part: 0, atMs: 0 };
  try {
    for (const part of told.parts) await checkPart(folder, told, part, well);
    if (told.broken !== undefined) throw new Altered(told.broken);
    checkNames(names, told);
  } catch (error) {
    if (!(error instanceof Altered)) throw error;
    return { kind: 'altered', ...well, why: error.message, words: `altered from ${clock(well)}: ${error.message}` };
  }
  if (told.end !== undefined) return { kind: 'complete', parts: told.parts.length, words: 'complete' };
  return { kind: 'interrupted', ...well, words: `interrupted at ${clock(well)}` };
}

async function readTold(folder: string, names: readonly string[], devicePublicKey: Uint8Array): Promise<Told> {
  const told: Told = { parts: [] };
  try {
    if (!names.includes(JOURNAL)) throw new Altered('there is no journal');
    const text = await readFile(path.join(folder, JOURNAL), 'utf8');
    for await (const record of readJournal(nodeCrypto, text, devicePublicKey)) place(record, told);
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof Altered)) throw error;
    told.broken = error.message;
  }
  return told;
}

/** Puts a record where it belongs. @throws Altered where it cannot follow what came before. */
function place(record: JournalRecord, told: Told): void {
  const last = told.parts.at(-1);
  const writing = last?.end === undefined ? last : undefined;
  if (told.end !== undefined) throw new Altered('the journal goes on after its end');
  switch (record.kind) {
    case 'start':
      told.start = record;
      return;
    case 'part':
      if (writing !== undefined || record.part !== told.parts.length + 1) throw new Altered(`part ${record.part} begins out of turn`);
      told.parts.push({ begun: record, checkpoints: [] });
      return;
    case 'end':
      if (writing !== undefined || record.parts !== told.parts.length) throw new Altered('the end record does not fit the parts before it');
      told.end = record;
      return;
    case 'checkpoint': case 'storage-slow': case 'part-end':
      if (writing?.begun.part !== record.part) throw new Altered(`the journal speaks of part ${record.part} out of turn`);
      if (record.kind === 'checkpoint') writing.checkpoints.push(record);
      else if (record.kind === 'part-end') writing.end = record;
  }
}

/** Header, every checkpoint, and the end of one part. Moves `well` on as far as all holds. @throws Altered */
async function checkPart(folder: string, { start }: Told, { begun, checkpoints, end }: Part, well: { part: number; atMs: number }): Promise<void> {
  well.part = begun.part;
  well.atMs = 0;
  const file = partFile(folder, begun.part);
  const { header, length } = await headerOf(file, begun.part);
  const hash = nodeCrypto.sha256();
  hash.update(header);
  if (toHex(hash.soFar()) !== begun.header) throw new Altered(`the header of part ${begun.part} is not the one in the journal`);
  const stanza = readSessionStanza(readHeader(header));
  if (stanza.session !== start?.session || stanza.part !== begun.part || toHex(stanza.commitment) !== start.commitment) throw new Altered(`part ${begun.part} belongs to another session`);
  if (end !== undefined && length !== end.length) throw new Altered(`part ${begun.part} has ${length} bytes and ended with ${end.length}`);
  const steps = [...checkpoints, ...(end === undefined ? [] : [end])];
  const digests = digestsAt(file, steps.map((step) => step.length));
  for (const step of steps) {
    const { value } = await digests.next();
    if (value !== step.sha256) {
      await digests.return(undefined); // closes the file
      throw new Altered(length < step.length ? `part ${begun.part} is shorter than the journal says` : `the bytes of part ${begun.part} were changed`);
    }
    if (step.kind === 'checkpoint') well.atMs = step.picture ?? well.atMs;
  }
}

async function headerOf(file: string, part: number): Promise<{ header: Uint8Array; length: number }> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_LIMIT), 0, HEADER_LIMIT, 0);
      return { header: buffer.subarray(0, readHeader(buffer.subarray(0, bytesRead)).length), length: (await handle.stat()).size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof FormatError) throw new Altered(error.message);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Altered(`part ${part} is missing`);
    throw error;
  }
}

/** SHA-256 of the file's first `lengths[i]` bytes, for rising lengths; ends early where the file does. */
async function* digestsAt(file: string, lengths: readonly number[]): AsyncGenerator<string, undefined> {
  const hash = nodeCrypto.sha256();
  const waiting = [...lengths];
  let at = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let next = waiting[0]; next !== undefined && next <= at + bytes.length; next = waiting[0]) {
      if (next < at + from) return undefined;
      hash.update(bytes.subarray(from, next - at));
      from = next - at;
      waiting.shift();
      yield toHex(hash.soFar());
    }
    if (waiting.length === 0) return undefined;
    hash.update(bytes.subarray(from));
    at += bytes.length;
  }
  return undefined;
}

/** Every part file is in the journal, but for one that a power cut left before its record was written. @throws Altered */
function checkNames(names: readonly string[], { start, parts, end }: Told): void {
  const last = parts.at(-1);
  const mayHaveBegun = start !== undefined && end === undefined && (last === undefined || last.end !== undefined);
  const known = parts.length + (mayHaveBegun ? 1 : 0);
  for (const number of names.flatMap((name) => partNumber(name) ?? []))
    if (number > known) throw new Altered(`part ${number} is not in the journal`);
}

function clock({ part, atMs }: { part: number; atMs: number }): string {
  const seconds = Math.floor(atMs / 1000);
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return part > 1 ? `${time} of part ${part}` : time;
}
