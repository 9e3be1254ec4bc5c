/**
 * Takes a session off the disk. The folder gets a tombstone's name first: from
 * then on it is gone, and a power cut at any step is carried on from at the next
 * start. Never touches a session that has no tombstone.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { canonical, utf8 } from '../seal/format.js';
import { replaceWhole, syncFolder } from './durable.js';
import { ABOUT, datesFile, isSessionId, JOURNAL, RECEIPTS } from './layout.js';

/** What an owner gets for an erased session. It stays, so that the session stays gone where a copy of its folder comes back. */
export interface Receipt {
  readonly v: 1;
  readonly session: string;
  /** RFC 3339 in UTC, the device's own time. */
  readonly erased: string;
  /** SHA-256 of the journal, in hex; null where it could not be read. */
  readonly journal: string | null;
}

const TOMBSTONE = '.gone';

/** Gone when this resolves, names and all. @throws NodeJS.ErrnoException (rejects): then it is still there, or it is finished at the next start. */
export async function erase(root: string, session: string, wall: Date): Promise<Receipt> {
  await rename(path.join(root, session), path.join(root, session + TOMBSTONE));
  await syncFolder(root);
  return bury(root, session, wall);
}

/** At the start of the service: carries on what a power cut broke off, and erases again what came back. */
export async function finishErasing(root: string, wall: Date): Promise<void> {
  for (const name of await readdir(root)) {
    const session = name.slice(0, -TOMBSTONE.length);
    if (name.endsWith(TOMBSTONE) && isSessionId(session)) await bury(root, session, wall);
  }
  for (const name of await readdir(path.join(root, RECEIPTS)).catch(() => [])) {
    const session = path.basename(name, '.json');
    if (!isSessionId(session)) continue;
    await erase(root, session, wall).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  }
}

/** @throws NodeJS.ErrnoException (rejects) ENOENT where that session was never erased here. */
export const receiptOf = async (root: string, session: string): Promise<Receipt> => JSON.parse(await readFile(receiptFile(root, session), 'utf8')) as Receipt;

/** The receipt first, while the journal can still be read; the names last. Each step may be done again. */
async function bury(root: string, session: string, wall: Date): Promise<Receipt> {
  const tomb = path.join(root, session + TOMBSTONE);
  const receipt = await receiptOf(root, session).catch(() => writeReceipt(root, session, tomb, wall));
  for (const file of [datesFile(root, session), `${datesFile(root, session)}.new`]) await rm(file, { force: true });
  for (const folder of [path.join(tomb, ABOUT), tomb]) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) if (!entry.isDirectory()) await rm(path.join(folder, entry.name), { force: true });
    await rmdir(folder).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  }
  await syncFolder(root);
  return receipt;
}

async function writeReceipt(root: string, session: string, tomb: string, wall: Date): Promise<Receipt> {
  await mkdir(path.join(root, RECEIPTS), { recursive: true, mode: 0o700 });
  await syncFolder(root);
  const receipt: Receipt = { v: 1, session, erased: wall.toISOString(), journal: await digestOf(path.join(tomb, JOURNAL)).catch(() => null) };
  await replaceWhole(receiptFile(root, session), utf8(canonical(receipt)));
  return receipt;
}

const receiptFile = (root: string, session: string): string => path.join(root, RECEIPTS, `${session}.json`);

/** SHA-256 in hex. @throws NodeJS.ErrnoException (rejects) */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file) as AsyncIterable<Buffer>) hash.update(bytes);
  return hash.digest('hex');
}
