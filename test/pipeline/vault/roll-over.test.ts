/** A recording that is too long for one file goes on in the next one. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { BoxSplitter, fragmentTimes, trackClocks, type Box } from '../../../pipeline/mp4-boxes.js';
import { monotonic } from '../../../pipeline/monotonic.js';
import { ForkedRecorder } from '../../../pipeline/recorder.js';
import { beginsWithSync } from '../../../pipeline/sync-sample.js';
import { verifySession } from '../../../pipeline/vault/verify.js';
import { age } from '../keys.js';
import { PLAN, record, vaultIn, writePart } from '../recorded.js';
import { syntheticRoom } from '../synthetic-room.js';

const LIMIT = 600_000;

interface JournalLine { readonly kind: string; readonly part?: number; readonly continues?: boolean }
const journalOf = (folder: string): JournalLine[] => readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as JournalLine);

const boxesOf = (plain: Buffer): Box[] => new BoxSplitter().push(plain).filter(({ type }) => type !== 'free');

t.test('three files of one recording: each opens by itself, and no fragment is missing between them', async (t) => {
  const { vault, key, devicePublicKey } = await vaultIn(t.testdir(), { partLimit: LIMIT });
  const id = await record(vault, [20]);
  const folder = vault.folderOf(id);
  const parts = readdirSync(folder).filter((name) => name.startsWith('part-')).sort();
  t.ok(parts.length >= 3, `${parts.length} parts`);
  for (const name of parts) t.ok(statSync(path.join(folder, name)).size <= LIMIT, `${name} is within the limit`);

  const plains = await Promise.all(parts.map((name) => age(key, path.join(folder, name))));
  t.ok(plains.every(({ code }) => code === 0), 'age opens each');
  const boxes = plains.map(({ plain }) => boxesOf(plain));
  for (const [i, of] of boxes.entries()) {
    t.same(of.slice(0, 4).map(({ type }) => type), ['ftyp', 'uuid', 'moov', 'moof'], `part ${i + 1} begins as the first does`);
    t.same(of.slice(0, 3).map(({ bytes }) => bytes), boxes[0]?.slice(0, 3).map(({ bytes }) => bytes), 'with the same boxes');
  }
  const clocks = trackClocks(boxes[0]?.[2]?.bytes ?? Buffer.alloc(0));
  const times = boxes.flat().filter(({ type }) => type === 'moof').map(({ bytes }) => fragmentTimes(bytes, clocks).picture);
  t.same(times, Array.from({ length: 80 }, (_, i) => i * 250), 'decode times go on, four a second, without a gap');

  const journal = journalOf(folder);
  t.same(journal.filter(({ kind }) => kind === 'part').map(({ continues }) => continues), parts.map((_, i) => i > 0));
  t.equal(journal.filter(({ kind }) => kind === 'part-end').length, parts.length);
  t.match(await vault.read([id]), [{ state: 'ended', mediaMs: 19_000 }], 'its length is counted once');
  t.match(await verifySession(folder, devicePublicKey), { kind: 'complete', parts: parts.length });
});

t.test('a pause between two recordings of which each rolls over: lengths add up', async (t) => {
  const { vault, devicePublicKey } = await vaultIn(t.testdir(), { partLimit: LIMIT });
  const id = await record(vault, [10, 11, 2]);
  t.match(await vault.read([id]), [{ mediaMs: 9000 + 10_000 + 1000 }]);
  t.match(await verifySession(vault.folderOf(id), devicePublicKey), { kind: 'complete' });
});

t.test('a part that was ordered ahead and never needed takes no number', async (t) => {
  const { vault, devicePublicKey } = await vaultIn(t.testdir(), { partLimit: LIMIT });
  await vault.begin(PLAN);
  const id = vault.current ?? '';
  for (const seconds of [4, 1]) await writePart(await vault.nextPart(), seconds); // 4 s fill nine tenths of it
  await vault.end();
  t.same(journalOf(vault.folderOf(id)).filter(({ kind }) => kind === 'part').map(({ part, continues }) => [part, continues]), [[1, false], [2, false]]);
  t.match(await verifySession(vault.folderOf(id), devicePublicKey), { kind: 'complete', parts: 2 });
});

t.test('power is cut just after the next file came into being: interrupted, not altered', async (t) => {
  const { vault, devicePublicKey } = await vaultIn(t.testdir(), { partLimit: LIMIT });
  const folder = vault.folderOf(await record(vault, [10]));
  const lines = readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').split('\n');
  const firstEnd = lines.findIndex((line) => line.includes('"kind":"part-end"'));
  writeFileSync(path.join(folder, 'journal.jsonl'), `${lines.slice(0, firstEnd).join('\n')}\n`);
  for (const name of readdirSync(folder)) if (/^part-0[3-9]/.test(name)) rmSync(path.join(folder, name));
  t.match(await verifySession(folder, devicePublicKey), { kind: 'interrupted', part: 1 });
});

t.test('the real recorder goes on in the next file while it captures', async (t) => {
  const { vault, key, devicePublicKey } = await vaultIn(t.testdir(), { partLimit: LIMIT });
  const room = await syntheticRoom();
  const recorder = new ForkedRecorder({ sources: room.sources, nextPart: () => vault.nextPart(), log: () => undefined });
  const beats = setInterval(() => recorder.confirm(monotonic()), 250);
  t.teardown(async () => {
    clearInterval(beats);
    await recorder.close();
    room.close();
  });
  await vault.begin(PLAN);
  const folder = vault.folderOf(vault.current ?? '');
  recorder.onEvent(({ kind }) => { if (kind === 'ready') recorder.open(monotonic()); });
  recorder.prepare({ kind: 'part', plan: PLAN });
  for (const patience = monotonic() + 20_000; !existsSync(path.join(folder, 'part-03.mp4.age'));) {
    if (monotonic() > patience) throw new Error('there is no third part');
    await sleep(50);
  }
  await sleep(500);
  recorder.stop();
  await recorder.close();
  await vault.end();
  const verdict = await verifySession(folder, devicePublicKey);
  t.equal(verdict.kind, 'complete', verdict.words);
  t.same(journalOf(folder).filter(({ kind }) => kind === 'part').map(({ continues }) => continues), [false, true, true]);
  const boxes = await Promise.all([1, 2, 3].map(async (part) => boxesOf((await age(key, path.join(folder, `part-0${part}.mp4.age`))).plain)));
  const clocks = trackClocks(boxes[0]?.[2]?.bytes ?? Buffer.alloc(0));
  const times = boxes.map((of) => of.filter(({ type }) => type === 'moof').flatMap(({ bytes }) => fragmentTimes(bytes, clocks).picture ?? []));
  const all = times.flat();
  t.ok(all.every((time, i) => i === 0 || (time > (all[i - 1] ?? 0) && time - (all[i - 1] ?? 0) < 400)), `no fragment is missing (${all.join(' ')}; ${times.map(({ length }) => length).join(' + ')})`);
  t.same(boxes.map((of) => of.findIndex(({ type, bytes }) => type === 'moof' && fragmentTimes(bytes, clocks).picture !== undefined)).slice(1), [3, 3], 'each begins with pictures');
  t.ok(boxes.every((of) => beginsWithSync(of[3]?.bytes ?? Buffer.alloc(0))), 'that need none before them');
  t.notOk(boxes.flat().every(({ type, bytes }) => type !== 'moof' || beginsWithSync(bytes)), 'which is not so of any');
});

t.test('after part 99 there is none', async (t) => {
  const { vault } = await vaultIn(t.testdir());
  await vault.begin(PLAN);
  let log = await vault.nextPart();
  for (let part = 1; part < 99; part += 1) log = log.next();
  t.match(log.order.path, /part-99/);
  t.throws(() => log.next(), RangeError);
});
