/**
 * The stick is cut off under a copy (ext4 on a loop device: what was not synced
 * is gone), plugged in again, and copied onto once more. What a stick's own
 * controller loses is not modelled, and vfat and exFAT were not run.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import path from 'node:path';
import { collect } from '../../pipeline/collect/collect.js';
import { CollectError } from '../../pipeline/collect/faults.js';
import { loopDisk, type LoopDisk } from '../fakes/loop-disk.js';
import { dice, sourcesOf, type Figures, type Soak } from './soak.js';

const NAME = 'one';

/** In which state the cut left the stick. */
export type Left = 'nothing' | 'unfinished' | 'verified';

const digests = (folder: string): string => readdirSync(folder, { recursive: true }).map(String).sort().flatMap((name) => {
  const file = path.join(folder, name);
  return statSync(file).isFile() ? [`${name} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`] : [];
}).join('\n');

/** Copies, cutting the stick off at a place that `number` decides; then copies again. The stick is left empty. @throws Error that says what was broken. */
export async function cutUnderCopy(disk: LoopDisk, session: string, number: number): Promise<Left> {
  const roll = dice(number);
  const whole = digests(session);
  const sessions = [{ folder: session, name: NAME }];
  const afterMs = roll(CUT_WITHIN_MS);
  const isDone = { copy: false };
  const copy = collect(sessions, disk.folder).then(() => { isDone.copy = true; }, (error: unknown) => {
    if (!(error instanceof CollectError)) throw error;
  });
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const wasDone = isDone.copy;
  await disk.cut();
  await copy;
  await disk.restore();

  if (digests(session) !== whole) throw new Error(`cut ${number}: the recording itself was changed`);
  const names = readdirSync(disk.folder).filter((name) => name !== 'lost+found');
  const strange = names.filter((name) => name !== NAME && name !== `${NAME}.part`);
  if (strange.length > 0) throw new Error(`cut ${number}: ${strange.join(', ')} is on the stick`);
  const left: Left = names.includes(NAME) ? 'verified' : names.length > 0 ? 'unfinished' : 'nothing';
  if (left === 'verified' && digests(path.join(disk.folder, NAME)) !== whole) throw new Error(`cut ${number}: a copy looks finished and is not the recording`);
  if (wasDone && left !== 'verified') throw new Error(`cut ${number}: a copy was said to be done and is ${left}`);

  await collect(sessions, disk.folder);
  if (digests(path.join(disk.folder, NAME)) !== whole) throw new Error(`cut ${number}: carried on with, the copy is not the recording`);
  if (readdirSync(disk.folder).includes(`${NAME}.part`)) throw new Error(`cut ${number}: something half-done is left`);
  rmSync(path.join(disk.folder, NAME), { recursive: true });
  return left;
}

/** A little longer than the whole copy takes here, so that every place of it is met, and some cuts come just after it. */
const CUT_WITHIN_MS = 700;
const CHUNK = 10;
/** One of more than a segment, which is what a broken copy is kept by, and one of less. */
const PARTS = [17, 2];

async function run(number: number): Promise<Figures> {
  const disk = await loopDisk(64);
  const session = mkdtempSync(path.join(tmpdir(), 'session-'));
  const figures: Record<string, number> = {};
  try {
    const roll = dice(number);
    mkdirSync(path.join(session, 'about'));
    writeFileSync(path.join(session, 'about', 'a.age'), Buffer.alloc(4096, roll(256)));
    writeFileSync(path.join(session, 'journal.jsonl'), Buffer.alloc(50_000, roll(256)));
    for (const [part, mebibytes] of PARTS.entries()) writeFileSync(path.join(session, `part-0${part + 1}.mp4.age`), Buffer.concat(Array.from({ length: mebibytes }, () => Buffer.alloc(1024 * 1024, roll(256)))));
    for (let i = 0; i < CHUNK; i += 1) {
      const left = await cutUnderCopy(disk, session, number * CHUNK + i);
      for (const what of ['cuts', left]) figures[what] = (figures[what] ?? 0) + 1;
    }
    return figures;
  } finally {
    rmSync(session, { recursive: true, force: true });
    disk.close();
  }
}

export const soak: Soak = {
  claim: 'a stick that is cut off under a copy has it verified or plainly unfinished, the recording stays what it was, and the next try completes it',
  size: 500,
  unit: 'cuts',
  chunk: CHUNK,
  subject: () => `${sourcesOf('pipeline/collect').slice(0, 16)} on ext4 on a loop device, Linux ${release()}`,
  run,
};
