/** What an owner may do with a session, on a real vault; the owner's records and the proof of the key are fakes. */
import { readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';
import { Decrypter } from 'age-encryption';
import { recordingsDesk, type OwnRecord } from '../../desks/recordings.js';
import { ownersLog } from '../../desks/owners-log.js';
import { Claims } from '../../pipeline/vault/claims.js';
import { DAY_MS } from '../../pipeline/vault/expiry.js';
import { Keeping } from '../../pipeline/vault/keeping.js';
import type { Note } from '../../pipeline/vault/about.js';
import { inMemory } from '../fakes/in-memory.js';
import { FakeHouse } from '../fakes/house.js';
import { age } from '../pipeline/keys.js';
import './collecting.cases.js';
import { record, vaultIn } from '../pipeline/recorded.js';

const START = Date.parse('2026-11-23T08:15:00.000Z');
const ANN = { teacher: 'a1'.repeat(16), displayName: 'Ann' };
const BOB = { teacher: 'b2'.repeat(16), displayName: 'Bob' };
const PURPOSE = { id: 'coaching', version: 3, words: 'Coaching', audience: 'colleagues-i-choose' } as const;
const NOT_YOURS = { ok: false, code: 'NOT_YOURS' };

async function scene(t: Test) {
  const folder = inMemory(t);
  const root = path.join(folder, 'vault');
  const records = new Map<string, OwnRecord[]>();
  const [clock, proof] = [{ wall: START, now: 0 }, { right: 'CDFG-2346' }];
  const { vault, key } = await vaultIn(folder, { wall: () => new Date(clock.wall) });
  const keeping = await Keeping.open({ root, wall: () => new Date(clock.wall), now: () => clock.now, retentionDays: () => 60 });
  const marks: string[] = [];
  const desk = recordingsDesk({
    vault, keeping, root, claims: new Claims(root), wall: () => new Date(clock.wall), now: () => clock.now,
    records: {
      sessionsOf: (account) => records.get(account) ?? [],
      changeSession: (account, session, change) => Promise.resolve(records.set(account, (records.get(account) ?? []).flatMap((one) => (one.session === session ? change(one) ?? [] : [one])))),
      addSession: (account, one) => Promise.resolve(records.set(account, [...records.get(account) ?? [], one])),
      recipientsOf: () => [key.recipient],
    },
    key: { answer: (_, code) => Promise.resolve(code === proof.right ? { ok: true } : { ok: false, code: 'WRONG_CODE', sentence: 's', remedy: 'r' }) },
    mark: () => { marks.push('mark'); return Promise.resolve(); },
  });
  /** @returns the id of a session of Ann's. */
  const session = async (): Promise<string> => {
    const id = await record(vault, [1]);
    await keeping.begin(id);
    records.set(ANN.teacher, [...records.get(ANN.teacher) ?? [], { session: id, purpose: PURPOSE, mode: 'picture-and-sound', startedAt: new Date(clock.wall).toISOString() }]);
    return id;
  };
  return { root, vault, key, keeping, desk, records, clock, session, pass: (ms: number) => { clock.wall += ms; clock.now += ms; } };
}

t.test('P1.3 nobody else’s session can be named: the answer is the same as for one that does not exist', async (t) => {
  const { desk, session } = await scene(t);
  const id = await session();
  const asked = (recording: string) => Promise.all([
    desk.keep(BOB, recording, '2027-01-01'), desk.erase(BOB, recording), desk.undoErase(BOB, recording), desk.eraseNow(BOB, recording, 'CDFG-2346'),
  ]);
  const [his, noSuch] = await Promise.all([asked(id), asked('ab'.repeat(16))]);
  t.same(his, noSuch);
  for (const answer of his) t.match(answer, NOT_YOURS);
  t.same([await desk.list(BOB), await desk.goingSoon(BOB)], [[], []]);
  t.match(await desk.list(ANN), [{ id, purpose: 'Coaching', erased: false, complete: true, goneAt: '2027-01-22T08:15:00.000Z', keptAtMost: '2027-11-23T08:15:00.000Z' }]);
  t.same(await desk.lengthsOf([id, 'ab'.repeat(16)]), [(await desk.list(ANN))[0]?.lengthMs, 0]);
});

t.test('P1.5 kept to the end of a day of the calendar: not one that is over, and 365 days at most', async (t) => {
  const { desk, session } = await scene(t);
  const id = await session();
  const cases: [string, string, string | undefined][] = [
    ['a later day', '2027-03-01', undefined], ['the last one that is possible', '2027-11-23', undefined],
    ['the one after', '2027-11-24', 'TOO_LONG'], ['yesterday', '2026-11-22', 'DAY_OVER'], ['the 31st of February', '2027-02-31', 'NO_SUCH_DAY'],
  ];
  for (const [what, day, code] of cases) t.match(await desk.keep(ANN, id, day), code === undefined ? { ok: true } : { ok: false, code }, what);
  t.match(await desk.list(ANN), [{ goneAt: '2027-11-23T08:15:00.000Z' }]);
});

t.test('P1.5 erase: gone tomorrow at this time, undone to what it was, and by a day that is chosen too', async (t) => {
  const { desk, session, pass, records, keeping } = await scene(t);
  const [id, other] = [await session(), await session()];
  t.same(await desk.erase(ANN, id), { ok: true, value: { goneAt: '2026-11-24T08:15:00.000Z' } });
  pass(3600_000);
  t.same(await desk.erase(ANN, id), { ok: true, value: { goneAt: '2026-11-24T08:15:00.000Z' } }, 'asked twice, it goes when it was said first');
  t.match((await desk.list(ANN)).find((one) => one.id === id), { erased: true, goneAt: '2026-11-24T08:15:00.000Z' });
  t.same(await desk.goingSoon(ANN), [], 'what was erased is no news');
  t.match(await desk.undoErase(ANN, id), { ok: true });
  t.match(await desk.undoErase(ANN, id), { ok: true }, 'once more changes nothing');
  t.match((await desk.list(ANN)).find((one) => one.id === id), { erased: false, goneAt: '2027-01-22T08:15:00.000Z' });
  await desk.erase(ANN, id);
  await desk.keep(ANN, id, '2026-12-24');
  t.match((await desk.list(ANN)).find((one) => one.id === id), { erased: false });
  await desk.erase(ANN, other);
  pass(23 * 3600_000);
  await keeping.sweep();
  pass(3600_000);
  t.match(await keeping.sweep(), [{ session: other }]);
  t.match(await desk.undoErase(ANN, other), NOT_YOURS);
  t.same((await desk.list(ANN)).map((one) => one.id), [id]);
  t.same(records.get(ANN.teacher)?.map((one) => one.session), [id], 'the record of what is gone goes with the next list');
});

t.test('P1.5 a vault that is not there costs nobody a record, and a clock that jumped erases nothing', async (t) => {
  const { root, desk, session, records, clock, keeping } = await scene(t);
  const id = await session();
  renameSync(root, `${root}-away`);
  t.same(await desk.list(ANN), []);
  renameSync(`${root}-away`, root);
  t.match(records.get(ANN.teacher), [{ session: id }]);
  clock.wall += 3 * DAY_MS;
  await keeping.sweep();
  t.match(await desk.erase(ANN, id), { ok: false, code: 'CLOCK_UNSURE' });
});

t.test('P1.5 at once with the owner’s key, with a receipt; a session that is open is not erased', async (t) => {
  const { desk, session, vault, records } = await scene(t);
  const id = await session();
  t.match(await desk.eraseNow(ANN, id, 'wrong'), { ok: false, code: 'WRONG_CODE' });
  t.equal((await desk.list(ANN)).length, 1);
  const { value } = await desk.eraseNow(ANN, id, 'CDFG-2346') as { value: { receipt: string } };
  t.match(value.receipt, /^[0-9a-f]{4}( [0-9a-f]{4}){3}$/);
  t.same(records.get(ANN.teacher), []);
  const open = await record(vault, [1], false);
  records.set(ANN.teacher, [{ session: open, purpose: PURPOSE, mode: 'blurred', startedAt: new Date(START).toISOString() }]);
  for (const answer of [await desk.erase(ANN, open), await desk.eraseNow(ANN, open, 'CDFG-2346')]) t.match(answer, { ok: false, code: 'STILL_OPEN' });
  await vault.end();
});

t.test('P1.5 fourteen days before it goes, its owner is told', async (t) => {
  const { desk, session, pass } = await scene(t);
  const id = await session();
  pass(45 * DAY_MS);
  t.same(await desk.goingSoon(ANN), []);
  pass(DAY_MS);
  t.same(await desk.goingSoon(ANN), [{ recording: id, startedAt: '2026-11-23T08:15:00.000Z', goneAt: '2027-01-22T08:15:00.000Z' }]);
});

t.test('P2.7 what an owner does is in the owner’s log', async (t) => {
  const { desk, session, vault, key } = await scene(t);
  const id = await session();
  await desk.keep(ANN, id, '2027-03-01');
  await desk.erase(ANN, id);
  await desk.undoErase(ANN, id);
  const about = path.join(vault.folderOf(id), 'about');
  const events = await Promise.all(readdirSync(about).map(async (name) => JSON.parse((await age(key, path.join(about, name))).plain.toString()) as Record<string, unknown>));
  t.same(events.map(({ what }) => what).filter(Boolean).sort(), ['erase-asked', 'erase-undone', 'kept-until']);
});

t.test('P1.3 claims: always a whole thousand of two lengths, the same each time, and only the owner’s key finds its own', async (t) => {
  const { root, desk, vault, key, records } = await scene(t);
  const id = await record(vault, [1]);
  const began = performance.now();
  const claims = await desk.claims();
  t.comment(`${(performance.now() - began).toFixed(0)} ms for the first time`);
  t.equal(claims.length, 1000);
  t.equal(new Set(claims).size, 1000);
  const lengths = claims.map((claim) => Buffer.from(claim, 'base64').length);
  t.same([...new Set(lengths)].map((length) => lengths.filter((other) => other === length).length), [500, 500]);
  t.same((await recordingsClaims(root)).sort(), [...claims].sort(), 'after a restart too, so that what stays does not tell the real ones');
  t.notSame(await desk.claims(), claims, 'in no order');

  const found: { session: string; secret: string }[] = [];
  for (const claim of claims) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(key.identity);
    await decrypter.decrypt(Buffer.from(claim, 'base64'), 'text').then((text) => found.push(JSON.parse(text) as { session: string; secret: string }), () => undefined);
  }
  t.match(found, [{ session: id }]);
  const secret = found[0]?.secret ?? '';
  t.same(await desk.claim(BOB, id, 'ab'.repeat(32)), await desk.claim(BOB, 'ab'.repeat(16), secret), 'a wrong session and a wrong secret have one answer');
  t.match(await desk.claim(ANN, id, secret), { ok: true });
  t.match(await desk.claim(ANN, id, secret), { ok: true });
  t.match(records.get(ANN.teacher), [{ session: id, purpose: null, startedAt: '2026-11-23T08:15:00.000Z' }], 'once');
  t.match(await desk.list(ANN), [{ id, purpose: 'found again with your key' }]);
  for (let tries = 0; tries < 3; tries += 1) t.match(await desk.claim(BOB, id, ''), { ok: false, code: 'WRONG_CLAIM' });
  t.match(await desk.claim(BOB, id, secret), { ok: false, code: 'WAIT' }, 'five tries');
});

const recordingsClaims = async (root: string): Promise<string[]> => (await new Claims(root).all()).map((file) => file.toString('base64'));

t.test('the owner’s log tells what became of a session, from its phases', async (t) => {
  const house = new FakeHouse();
  const notes: string[] = [];
  const log = ownersLog({ note: (note: Note) => { notes.push(Object.values(note).join(' ')); return Promise.resolve(); } }, () => house.clock.now());
  house.conductor.onChange((published) => log.take(published));
  await log.mark();
  t.same(notes, [], 'no mark where nothing runs');
  await house.record();
  const since = house.clock.now();
  for (let taps = 0; taps < 5; taps += 1) await log.mark();
  for (let flaps = 0; flaps < 5; flaps += 1) {
    house.recorderEvent({ kind: 'warning', fault: 'STORAGE_SLOW' });
    house.recorderEvent({ kind: 'cleared', fault: 'STORAGE_SLOW' });
  }
  house.conductor.request({ kind: 'stop' });
  await house.pass(3000);
  await log.mark();
  house.conductor.request({ kind: 'carry-on', owner: 'ann' });
  await house.pass(10_000);
  await log.mark();
  house.lampBroken = true;
  await house.pass(5000);
  house.conductor.request({ kind: 'finish', owner: 'ann' });
  await house.pass(1000);
  const [first = 0, second = 0] = notes.filter((note) => note.startsWith('mark')).map((note) => Number(note.split(' ')[1]));
  t.same(notes.map((note) => note.replace(/^mark .*/, 'mark')), [
    'log started', 'mark', 'log fault STORAGE_SLOW', 'log paused room', 'log carried-on', 'mark', 'log paused fault LAMP_DARK', 'log ended',
  ]);
  t.ok(first > 0 && first < since && second > first && second < first + 10_000, 'a mark says where in the recording, pauses left out');

  const other = new FakeHouse();
  const told: string[] = [];
  const otherLog = ownersLog({ note: (note: Note) => { told.push(Object.values(note).join(' ')); return Promise.resolve(); } }, () => other.clock.now());
  other.conductor.onChange((published) => otherLog.take(published));
  await other.record();
  await other.pass(51 * 60_000);
  t.same(told, ['log started', 'log stopped time', 'log ended'], 'at its time');
});
