/**
 * The disk fails under the real recorder. Each time: a plain reason, a part that
 * opens as far as it was written, no claim beyond that, and other sessions as they
 * were. What else ends a part (slow disk, killed, stopped) is in pipeline/recorder.test.ts.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { FaultCode, RecorderEvent } from '../../session/ports.js';
import { monotonic } from '../../pipeline/monotonic.js';
import { ForkedRecorder } from '../../pipeline/recorder.js';
import { partFile } from '../../pipeline/vault/layout.js';
import { verifySession } from '../../pipeline/vault/verify.js';
import { age } from '../pipeline/keys.js';
import { PLAN, record, vaultIn, type VaultScene } from '../pipeline/recorded.js';
import { syntheticRoom } from '../pipeline/synthetic-room.js';

const PATIENCE_MS = 15_000;

interface Scene extends VaultScene {
  readonly disk: string;
  readonly recorder: ForkedRecorder;
  /** A session that was there before. */
  readonly earlier: string;
  /** Of the session that is recorded. */
  readonly folder: string;
  readonly ended: Promise<FaultCode | undefined>;
}

const room = await syntheticRoom();
t.teardown(() => room.close());

/** A disk of 8 MiB with one session on it, and another one of which there is a second by now. */
async function recording(t: Test): Promise<Scene> {
  const disk = mkdtempSync(path.join(tmpdir(), 'disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  const house = await vaultIn(disk);
  const earlier = house.vault.folderOf(await record(house.vault, [1]));
  const recorder = new ForkedRecorder({ sources: room.sources, nextPart: () => house.vault.nextPart(), log: () => undefined });
  const beats = setInterval(() => recorder.confirm(monotonic()), 250);
  t.teardown(async () => {
    clearInterval(beats);
    await recorder.close();
    await house.vault.end().catch(() => undefined);
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });
  const next = (kind: RecorderEvent['kind']): Promise<RecorderEvent> => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no "${kind}" came`)), PATIENCE_MS);
    recorder.onEvent((event) => { if (event.kind === kind) { clearTimeout(late); resolve(event); } });
  });
  await house.vault.begin(PLAN);
  const folder = house.vault.folderOf(house.vault.current ?? '');
  recorder.onEvent(({ kind }) => { if (kind === 'ready') recorder.open(monotonic()); });
  const [capturing, end] = [next('capturing'), next('ended')];
  recorder.prepare({ kind: 'part', plan: PLAN });
  await capturing;
  while (!readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').includes('"checkpoint"')) await sleep(20);
  await sleep(1000);
  return { ...house, disk, recorder, earlier, folder, ended: end.then((event) => event.kind === 'ended' ? event.fault : undefined) };
}

/** From now on these calls of a process fail for this one file (strace(1)). */
function inject(t: Test, pid: number, file: string, call: string, error: string): void {
  const strace = spawn('strace', ['-f', '-qq', '-P', file, '-e', `trace=${call}`, '-e', `inject=${call}:error=${error}`, '-o', '/dev/null', '-p', String(pid)], { stdio: 'ignore' });
  t.teardown(() => strace.kill('SIGKILL'));
}

async function isAsItShouldBe(t: Test, { vault, recorder, key, devicePublicKey, earlier, folder, ended }: Scene): Promise<void> {
  t.equal(await ended, 'STORAGE_FAILED', 'a plain reason');
  await recorder.close();
  await t.rejects(vault.nextPart(), /the disk failed/, 'the session takes no further part');
  await vault.end();
  t.match(await verifySession(folder, devicePublicKey), { kind: 'interrupted', part: 1 }, 'nothing is claimed beyond the last checkpoint');
  const journal = readFileSync(path.join(folder, 'journal.jsonl'), 'utf8');
  t.notMatch(journal, /"kind":"(part-end|end)"/);
  const checkpoint = JSON.parse(journal.split('\n').findLast((line) => line.includes('"checkpoint"')) ?? '{}') as { moof?: number };
  const { plain } = await age(key, partFile(folder, 1));
  t.ok(plain.length > (checkpoint.moof ?? Infinity), `age opens what was written (${plain.length} bytes)`);
  t.match(await verifySession(earlier, devicePublicKey), { kind: 'complete' }, 'and the other session is as it was');
}

t.test('the disk is full', async (t) => {
  const house = await recording(t);
  const { bavail, bsize } = statfsSync(house.disk);
  writeFileSync(path.join(house.disk, 'filler'), Buffer.alloc(bavail * bsize - 128 * 1024));
  await isAsItShouldBe(t, house);
});

t.test('the disk cannot be written any more', async (t) => {
  const house = await recording(t);
  inject(t, house.recorder.pid ?? 0, partFile(house.folder, 1), 'write', 'EROFS');
  await isAsItShouldBe(t, house);
});

t.test('fdatasync fails: it is not tried again and called good', async (t) => {
  const house = await recording(t);
  inject(t, house.recorder.pid ?? 0, partFile(house.folder, 1), 'fdatasync', 'EIO');
  await isAsItShouldBe(t, house);
});

t.test('the journal cannot be synced', async (t) => {
  const house = await recording(t);
  inject(t, process.pid, path.join(house.folder, 'journal.jsonl'), 'fdatasync', 'EIO');
  await isAsItShouldBe(t, house);
});

t.test('a disk that is read-only at the start: refused, and nothing is half there', async (t) => {
  const disk = mkdtempSync(path.join(tmpdir(), 'disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
  t.teardown(() => {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });
  const { vault, devicePublicKey } = await vaultIn(disk);
  const earlier = await record(vault, [1]);
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  await t.rejects(vault.begin(PLAN), { code: 'EROFS' });
  t.equal(vault.current, undefined);
  t.match(await verifySession(vault.folderOf(earlier), devicePublicKey), { kind: 'complete' });
  t.match(await vault.read([earlier]), [{ state: 'ended' }]);
  execFileSync('mount', ['-o', 'remount,rw', disk]);
  await vault.begin(PLAN);
  t.ok(existsSync(vault.folderOf(vault.current ?? '')), 'and once it can be written again, a session begins');
  await vault.end();
});
