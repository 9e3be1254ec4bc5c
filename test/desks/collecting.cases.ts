/** An owner's copy onto the stick, on a real vault and a folder that stands for the stick. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';
import { collectingDesk } from '../../desks/collecting.js';
import type { OwnRecord } from '../../desks/recordings.js';
import type { CopyProgress } from '../../kiosk/protocol/collect.js';
import { folderStick } from '../../pipeline/collect/folder-stick.js';
import { Stick } from '../../pipeline/collect/stick.js';
import { record, vaultIn } from '../pipeline/recorded.js';

const ANN = { teacher: 'a1'.repeat(16), displayName: 'Ann' };
const BOB = { teacher: 'b2'.repeat(16), displayName: 'Bob' };

async function scene(t: Test) {
  const folder = t.testdir({ stick: {} });
  const { vault, key } = await vaultIn(folder);
  const records: Record<string, OwnRecord[]> = { [ANN.teacher]: [], [BOB.teacher]: [] };
  const session = async (owner = ANN, ends = true): Promise<string> => {
    const id = await record(vault, [1], ends);
    records[owner.teacher]?.push({ session: id, purpose: null, mode: null, startedAt: '2026-11-23T08:15:00.000Z' });
    return id;
  };
  const stick = path.join(folder, 'stick');
  const desk = collectingDesk({
    records: { sessionsOf: (teacher) => records[teacher] ?? [], recipientsOf: () => [key.recipient] }, vault, stick: new Stick(folderStick(stick)), language: () => 'cy', page: Buffer.from('<!doctype html>'), now: () => performance.now(),
  });
  return { desk, session, stick, vault };
}

t.test('P1.3 only the owner’s own, finished recordings are copied, and the copy is nobody else’s to see or to cancel', async (t) => {
  const { desk, session, stick, vault } = await scene(t);
  const [own, his] = [await session(), await session(BOB)];
  const none = () => undefined;
  for (const wish of [[his], [own, his], ['ab'.repeat(16)]]) t.match(await desk.collect(ANN, wish, none), { ok: false, code: 'NOT_YOURS' });
  t.same(readdirSync(stick), []);
  const open = await session(ANN, false);
  t.match(await desk.collect(ANN, [open], none), { ok: false, code: 'STILL_OPEN' });
  await vault.end();

  const views: unknown[] = [];
  const others: Promise<unknown>[] = [];
  const copy = desk.collect(ANN, [own], () => {
    others.push(Promise.all([desk.stick(ANN), desk.stick(BOB), desk.cancel(BOB), desk.remove(), desk.collect(BOB, [his], none)]).then((answers) => views.push(answers)));
  });
  t.match(await copy, { ok: true });
  await Promise.all(others);
  t.match(views[0], [{ kind: 'copying', totalBytes: Number }, { kind: 'in-use' }, { ok: false, code: 'NO_COPY' }, { ok: false, code: 'COPY_RUNNING' }, { ok: false, code: 'COPY_RUNNING' }]);
  t.same(Object.keys((views[0] as object[])[1] ?? {}), ['kind'], 'no figures');
});

t.test('several, then safe to pull, and which of them may be erased here', async (t) => {
  const { desk, session, stick, vault } = await scene(t);
  const ids = [await session(), await session()];
  t.match(await desk.stick(ANN), { kind: 'seen', label: 'stick' });
  t.same(await desk.open(), { ok: true });
  t.match(await desk.stick(ANN), { kind: 'ready', freeBytes: Number });
  const told: CopyProgress[] = [];
  const answer = await desk.collect(ANN, ids, (one) => told.push(one));
  t.match(answer, { ok: true, verified: ids.map((recording) => ({ recording, receipt: /^[0-9a-f]{4}( [0-9a-f]{4}){3}$/ })) });
  t.equal(told.at(-1)?.phase, 'removing');
  t.match(await desk.stick(ANN), { kind: 'safe-to-pull' });
  t.same(readdirSync(stick).sort(), ['Open my recordings.html', 'READ ME.txt', ...ids.map((id) => `2026-11-23-${id}`)].sort());
  t.match(readFileSync(path.join(stick, 'READ ME.txt'), 'utf8'), /^\ufeffMae /);
  for (const id of ids) t.equal(readdirSync(path.join(vault.folderOf(id), 'about')).length, 2, 'the owner’s log says that it was collected');
  t.match(await desk.cancel(ANN), { ok: false, code: 'NO_COPY' });
});

t.test('cancelled after the first: that one is whole, and may be erased; nothing half-done is there', async (t) => {
  const { desk, session, stick } = await scene(t);
  const ids = [await session(), await session()];
  const answer = await desk.collect(ANN, ids, ({ phase, doneBytes, totalBytes }) => { if (phase === 'checking' && doneBytes * 2 > totalBytes) void desk.cancel(ANN); });
  t.match(answer, { ok: false, code: 'CANCELLED', verified: [{ recording: ids[0] }] });
  t.notOk(readdirSync(stick).some((name) => name.endsWith('.part')));
  rmSync(stick, { recursive: true });
  t.match(await desk.collect(ANN, ids, () => undefined), { ok: false, code: 'STICK_MISSING' });
  t.same(await desk.stick(ANN), { kind: 'none' });
  t.match(await desk.open(), { ok: false, code: 'STICK_MISSING' });
  mkdirSync(stick);
  t.match(await desk.collect(ANN, ids, () => undefined), { ok: true });
});
