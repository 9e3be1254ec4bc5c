/**
 * The power is cut while a session is recorded by the real recorder onto a disk
 * of its own (ext4 on a loop device: what a drive's own cache loses is not
 * modelled). What is lost is media time: all that the recorder had received and
 * that was confirmed before the cut, less what opens afterwards.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync, readdirSync } from 'node:fs';
import { release } from 'node:os';
import { BoxSplitter, fragmentTimes, trackClocks } from '../../pipeline/mp4-boxes.js';
import { monotonic } from '../../pipeline/monotonic.js';
import { ForkedRecorder } from '../../pipeline/recorder.js';
import { partFile } from '../../pipeline/vault/layout.js';
import { verifySession } from '../../pipeline/vault/verify.js';
import { loopDisk, type LoopDisk } from '../fakes/loop-disk.js';
import { openPart } from '../pipeline/keys.js';
import { PLAN, vaultIn } from '../pipeline/recorded.js';
import { syntheticRoom, type SyntheticRoom } from '../pipeline/synthetic-room.js';
import { dice, type Figures, type Soak } from './soak.js';

/** What the product promises (pipeline/part-writer.ts). */
const MOST_LOST_MS = 2000;
const BUCKET_MS = 100;
const BEAT_MS = 250;
const PATIENCE_MS = 15_000;

export interface Cut {
  readonly lostMs: number;
  readonly keptMs: number;
}

/** Records on `disk`, cuts its power `afterMs` after the first media, and reads what is left. @throws Error that says what was broken. */
export async function cutWhileRecording(room: SyntheticRoom, disk: LoopDisk, afterMs: number): Promise<Cut> {
  const { vault, key, devicePublicKey } = await vaultIn(disk.folder);
  const recorder = new ForkedRecorder({ sources: room.sources, nextPart: () => vault.nextPart(), log: () => undefined });
  const happens = (kind: string): Promise<number> => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the recorder was never "${kind}"`)), PATIENCE_MS);
    recorder.onEvent((event) => { if (event.kind === kind) { clearTimeout(late); resolve(monotonic()); } });
  });
  await vault.begin(PLAN);
  const folder = vault.folderOf(vault.current ?? '');
  const [ready, capturing, ended] = [happens('ready'), happens('capturing'), happens('ended')];
  recorder.prepare({ kind: 'part', plan: PLAN });
  await ready;
  recorder.open(monotonic());
  let confirmedAt = 0;
  const beats = setInterval(() => recorder.confirm(confirmedAt = monotonic()), BEAT_MS);
  try {
    const firstAt = await capturing;
    await sleep(afterMs);
    await disk.cut();
    clearInterval(beats);
    recorder.stop();
    await ended;
    await vault.end().catch(() => undefined); // the disk is gone
    await disk.restore();

    const verdict = await verifySession(folder, devicePublicKey);
    if (verdict.kind !== 'interrupted') throw new Error(`cut after ${afterMs} ms: ${verdict.words}`);
    const file = partFile(folder, 1);
    const { firstMs, endMs } = existsSync(file) ? picturesIn((await openPart(key, file)).plain) : { firstMs: 0, endMs: 0 };
    // The first fragment had just come whole when the recorder said so, and media come as time passes.
    const receivedMs = firstMs + Math.max(0, confirmedAt - firstAt);
    const lostMs = Math.max(0, receivedMs - endMs);
    if (lostMs > MOST_LOST_MS) throw new Error(`cut after ${afterMs} ms: ${lostMs.toFixed(0)} ms of media were lost, ${endMs} ms are kept; ${readdirSync(folder).join(', ')}`);
    return { lostMs, keptMs: endMs };
  } finally {
    clearInterval(beats);
    await recorder.close();
  }
}

/** Length of the first fragment with pictures, and the end of the last whole one, which is taken to be as short as the shortest. */
function picturesIn(plain: Buffer): { firstMs: number; endMs: number } {
  const boxes = new BoxSplitter().push(plain);
  const moov = boxes.find(({ type }) => type === 'moov');
  if (moov === undefined) return { firstMs: 0, endMs: 0 };
  const clocks = trackClocks(moov.bytes);
  const whole = boxes.filter(({ type }, i) => type === 'moof' && boxes[i + 1]?.type === 'mdat');
  const starts = whole.flatMap(({ bytes }) => fragmentTimes(bytes, clocks).picture ?? []);
  const lengths = starts.slice(1).map((start, i) => start - (starts[i] ?? 0));
  return { firstMs: lengths[0] ?? 0, endMs: (starts.at(-1) ?? 0) + (lengths.length === 0 ? 0 : Math.min(...lengths)) };
}

async function run(number: number): Promise<Figures> {
  const disk = await loopDisk();
  const room = await syntheticRoom();
  const roll = dice(number);
  const figures: Record<string, number> = {};
  const count = (what: string, by = 1): void => { figures[what] = (figures[what] ?? 0) + by; };
  try {
    for (let i = 0; i < CHUNK; i += 1) {
      const { lostMs, keptMs } = await cutWhileRecording(room, disk, roll(4000));
      count('cuts');
      count(`lossUnder${(Math.floor(lostMs / BUCKET_MS) + 1) * BUCKET_MS}ms`);
      if (keptMs === 0) count('nothingKept');
    }
    return figures;
  } finally {
    room.close();
    disk.close();
  }
}

const CHUNK = 5;

export const soak: Soak = {
  claim: 'a power cut leaves a session that opens, says that it was interrupted, and has lost at most 2 s',
  size: 500,
  unit: 'power cuts',
  chunk: CHUNK,
  subject: () => `ext4 on a loop device, Linux ${release()}`,
  run,
};
