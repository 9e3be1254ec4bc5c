/**
 * What a power cut or a careless hand left in the vault, put right at the start
 * of the service as far as that needs no judgement. Nothing that could be a
 * teacher's is removed: only folders with nothing in them are. A session without
 * an end stays as it is, and what is damaged stays for its owner to see.
 *
 * Synchronous: nobody is served yet, and with thousands of folders that is several times quicker.
 */
import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import { ABOUT, isSessionId, JOURNAL, partNumbers, UNFINISHED } from './layout.js';

/** Whether there was any; never how many (P2.7). */
export interface BootFindings {
  /** Files or folders that others could read, and cannot any more. */
  readonly wasOpenToOthers: boolean;
  /** Sessions that were cut off before they began; they lie in `unfinished` now. */
  readonly hadUnfinished: boolean;
  /** Sessions whose files do not fit their journal, or cannot be read. */
  readonly hasDamage: boolean;
}

/** Two lines of a journal at their longest (FORMAT.md), so that a whole one is in it. */
const PIECE = 2 * 4096;

/** @param root the vault's folder. @throws NodeJS.ErrnoException where that cannot be read. */
export function checkVault(root: string): BootFindings {
  const found = { wasOpenToOthers: close(root, 0o700), hadUnfinished: false, hasDamage: false };
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || !isSessionId(entry.name)) continue;
    try {
      checkSession(root, entry.name, found);
    } catch {
      found.hasDamage = true;
    }
  }
  return found;
}

type Found = { -readonly [K in keyof BootFindings]: BootFindings[K] };

function checkSession(root: string, id: string, found: Found): void {
  const folder = path.join(root, id);
  const about = path.join(folder, ABOUT);
  if (close(folder, 0o700)) found.wasOpenToOthers = true;
  const names = readdirSync(folder);
  const events = names.includes(ABOUT) ? readdirSync(about) : [];
  if (names.includes(ABOUT) && close(about, 0o700)) found.wasOpenToOthers = true;
  for (const file of [...names.filter((name) => name !== ABOUT).map((name) => path.join(folder, name)), ...events.map((name) => path.join(about, name))])
    if (close(file, 0o600)) found.wasOpenToOthers = true;

  const parts = partNumbers(names);
  const journal = names.includes(JOURNAL) ? ends(path.join(folder, JOURNAL)) : undefined;
  if (journal?.begun === true) {
    // One part may have come into being just before its record was written.
    const known = journal.lastPart + (journal.ended ? 0 : 1);
    if (Math.max(0, ...parts) > known) found.hasDamage = true;
    return;
  }
  if (parts.length > 0) {
    found.hasDamage = true;
    return;
  }
  if (events.length === 0 && names.every((name) => name === ABOUT)) {
    if (names.length > 0) rmdirSync(about);
    rmdirSync(folder);
    return;
  }
  mkdirSync(path.join(root, UNFINISHED), { recursive: true, mode: 0o700 });
  renameSync(folder, path.join(root, UNFINISHED, id));
  found.hadUnfinished = true;
}

/** Takes the rights of all but the owner away. Links are left alone: what they point at is not ours. @returns whether that was needed. */
function close(file: string, mode: number): boolean {
  const stats = lstatSync(file);
  if (stats.isSymbolicLink() || (stats.mode & 0o777) === mode) return false;
  chmodSync(file, mode);
  return true;
}

/** What the first and the last whole line of a journal say. @throws SyntaxError where the last is no record. */
function ends(file: string): { begun: boolean; ended: boolean; lastPart: number } {
  const handle = openSync(file, 'r');
  try {
    const head = textAt(handle, 0);
    const { size } = lstatSync(file);
    const lines = (size <= PIECE ? head : textAt(handle, size - PIECE)).split('\n').slice(0, -1);
    const last = JSON.parse(lines.at(-1) ?? '{}') as { kind?: string; part?: number; parts?: number };
    return { begun: /^[^\n]*"kind":"start"[^\n]*\n/.test(head), ended: last.kind === 'end', lastPart: last.parts ?? last.part ?? 0 };
  } finally {
    closeSync(handle);
  }
}

function textAt(handle: number, at: number): string {
  const buffer = Buffer.alloc(PIECE);
  return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, Math.max(0, at)));
}
