/** The device's state on the disk: acknowledged is there, damage is never emptiness, an older program's is read. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { sealJson, wrapRecordKey } from '../../config/record-key.js';
import { EMPTY_STATE } from '../../config/state.js';
import { Store } from '../../config/store.js';
import { aKey, PIN, quick, sessionOf, TestSchool } from './enrolled.js';

const MEMBER = { id: 'a'.repeat(32), name: 'Ms Ann', barred: false, leftOn: null, paperCode: null };

/** @returns a store that was written `writes` times. */
async function written(folder: string, writes = 1) {
  const file = join(folder, 'state.json');
  const store = await Store.open(file);
  for (let n = 1; n <= writes; n += 1) await store.update((draft) => { draft.staff = [{ ...MEMBER, failures: n }]; });
  return { file, store };
}

/** As some program would have written it. */
const envelope = (v: number, gen: number, data: unknown): string => {
  const body = JSON.stringify(data);
  return `{"v":${v},"gen":${gen},"sha256":"${createHash('sha256').update(body).digest('hex')}","data":${body}}\n`;
};

t.test('what was stored is there after a restart, readable by the owner of the process only', async (t) => {
  const { file } = await written(t.testdir());
  t.match((await Store.open(file)).state.staff, [{ name: 'Ms Ann', failures: 1 }]);
  t.equal((await stat(file)).mode & 0o777, 0o600);
});

t.test('a damaged state is never taken for an empty one', async (t) => {
  const damages: Record<string, (text: string) => string> = {
    'empty file': () => '', zeros: (text) => '\0'.repeat(text.length), cut: (text) => text.slice(0, text.length / 2),
    null: () => 'null', false: () => 'false', 'a flipped byte': (text) => text.replace('Ms Ann', 'Ms Amn'), 'unknown shape': () => envelope(2, 9, {}),
    'version 1 of another shape': () => envelope(1, 9, {}), 'a version that never was': () => envelope(0, 9, EMPTY_STATE),
  };
  for (const [name, damage] of Object.entries(damages)) {
    const folder = join(t.testdir(), name.replaceAll(' ', '-'));
    await mkdir(folder);
    const { file } = await written(folder);
    await writeFile(file, damage(await readFile(file, 'utf8')));
    await t.rejects(Store.open(file), { code: 'STATE_DAMAGED' }, `${name}: with no other generation it stops`);
  }
});

t.test('where the newest generation is damaged, the one just before it is used; what a power cut left half-written is swept away', async (t) => {
  const folder = t.testdir();
  const { file } = await written(folder, 2);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, -20));
  await writeFile(join(folder, '.state.json.abc.tmp'), 'half');
  const again = await Store.open(file);
  t.equal(again.state.staff[0]?.failures, 1);
  t.notOk((await readdir(folder)).includes('.state.json.abc.tmp'));
  await again.update((draft) => { draft.staff = []; });
  t.same((await Store.open(file)).state.staff, [], 'and it is written on');
});

t.test('P1.5 where the newest generation is damaged and what lies beside it is older than the last write, it stops', async (t) => {
  const { file } = await written(t.testdir(), 5);
  const old = (await readFile(`${file}.previous`, 'utf8')).replace('"gen":4', '"gen":2');
  await writeFile(`${file}.previous`, old);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, -20));
  await t.rejects(Store.open(file), { code: 'STATE_DAMAGED' });
});

t.test('a state of a newer program stops this one with a sentence, and stays as it is', async (t) => {
  for (const [newest, previous] of [[envelope(3, 9, {}), envelope(2, 8, EMPTY_STATE)], ['{"v":3,"gen":9,', envelope(3, 8, {})]] as const) {
    const folder = t.testdir();
    const file = join(folder, 'state.json');
    await writeFile(file, newest);
    await writeFile(`${file}.previous`, previous);
    await t.rejects(Store.open(file), { code: 'STATE_NEWER', message: /newer version of this program/ });
    t.equal(await readFile(file, 'utf8'), newest);
  }
});

t.test('version 1, where a name was an account, loses nobody and no record', async (t) => {
  const file = join(t.testdir(), 'state.json');
  const [{ recipient }, recordKey, views] = [await aKey(), Buffer.alloc(32, 7), [{ id: 'b'.repeat(16), name: 'board', view: { kind: 'preset', preset: 3 }, covers: [] }]];
  const teacher = (n: number, failures: number) => ({ id: `${n}`.repeat(32), name: `Teacher ${n}`, recipients: [recipient], recordKeySealed: 'YQ==', failures, records: [sealJson(recordKey, sessionOf(n), 1)] });
  const pin = await wrapRecordKey(recordKey, PIN(), quick);
  await writeFile(file, envelope(1, 7, { teachers: [{ ...teacher(1, 0), pin }, { ...teacher(2, 4), pin }], views, soundOffsetMs: -40 }));
  const first = (await Store.open(file)).state;
  t.same((await Store.open(file)).state, first, 'the same however often it is only read');
  t.match(first, { school: null, staff: [{ name: 'Teacher 1', barred: false }, { name: 'Teacher 2' }], views, soundOffsetMs: -40 });
  t.same(first.accounts.map(({ id, staff, failures, recovery }) => [id, staff, failures, recovery]), [['1'.repeat(32), first.staff[0]?.id, 0, null], ['2'.repeat(32), first.staff[1]?.id, 4, null]]);
  const school = await TestSchool.open(join(file, '..'));
  const [one, two] = first.staff.map(({ id }) => id);
  t.match(await school.accounts.signIn(two ?? '', PIN()), { ok: false, code: 'WAIT' }, 'P10.1 waits are kept, too');
  t.ok((await school.accounts.signIn(one ?? '', PIN())).ok);
  t.same(school.accounts.sessionsOf('1'.repeat(32)), [sessionOf(1)]);
  t.match(JSON.parse(await readFile(file, 'utf8')), { v: 2, gen: 8 }, 'the next write is of today');
});

t.test('a save that fails changes neither memory nor disk, and changes made at once are taken one after another', async (t) => {
  const { file, store } = await written(t.testdir());
  const before = await readFile(file, 'utf8');
  await t.rejects(store.update((draft) => { (draft.staff[0] as { name: unknown }).name = 7; }));
  t.equal(store.state.staff[0]?.name, 'Ms Ann');
  t.equal(await readFile(file, 'utf8'), before);
  await Promise.all([1, 2, 3].map((more) => store.update((draft) => { (draft.staff[0] as { failures: number }).failures += more; })));
  t.equal(store.state.staff[0]?.failures, 7);
});
