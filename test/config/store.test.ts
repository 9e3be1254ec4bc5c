import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { Store, type StoredState } from '../../config/store.js';
import { Teachers } from '../../config/teachers.js';
import { generateIdentity, identityToRecipient, Decrypter } from 'age-encryption';

const PIN = (): Buffer => Buffer.from('428173');
const SESSION = { session: 'ab'.repeat(16), purpose: { id: 'p', version: 1, words: 'reflection', audience: 'only-me' }, mode: 'picture-and-sound', startedAt: '2026-09-01T09:00:00.000Z' } as const;

async function enrolled(folder: string) {
  const file = join(folder, 'state.json');
  const identity = await generateIdentity();
  const store = await Store.open(file);
  let now = 0;
  const teachers = new Teachers(store, () => now);
  const id = await teachers.enrol({ name: 'Ms Ann', pin: PIN(), recipients: [await identityToRecipient(identity)] });
  return { file, identity, store, teachers, id, pass: (ms: number) => { now += ms; } };
}

t.test('what was stored is there after a restart, readable by the owner of the process only', async (t) => {
  const { file, id } = await enrolled(t.testdir());
  const again = new Teachers(await Store.open(file), () => 0);
  t.ok((await again.signIn(id, PIN())).ok);
  t.equal((await stat(file)).mode & 0o777, 0o600);
});

t.test('P10.1 a wrong PIN is refused, and the waits rise to 30 s and no further', async (t) => {
  const { teachers, id, pass } = await enrolled(t.testdir());
  const waits: number[] = [];
  for (let tries = 0; tries < 11; tries += 1) {
    const answer = await teachers.signIn(id, Buffer.from('000000'));
    t.match(answer, { ok: false, code: 'WRONG_PIN' });
    const next = await teachers.signIn(id, PIN());
    waits.push(next.ok ? 0 : (next.waitSeconds ?? 0));
    if (next.ok) continue; // a right PIN starts the count anew
    pass(30_000);
  }
  t.same(waits.slice(0, 2), [0, 0], 'the first tries cost no wait');
  t.ok(waits.every((seconds) => seconds <= 30));
});

t.test('P10.1 the wait is remembered over a restart', async (t) => {
  const { file, teachers, id, pass } = await enrolled(t.testdir());
  for (let tries = 0; tries < 6; tries += 1) { await teachers.signIn(id, Buffer.from('000000')); pass(30_000); }
  const again = new Teachers(await Store.open(file), () => 0);
  t.match(await again.signIn(id, PIN()), { ok: false, code: 'WAIT' });
});

t.test('a PIN can be asked for without signing in: throttled as a sign-in, and it opens nothing', async (t) => {
  const { teachers, id, pass } = await enrolled(t.testdir());
  t.same(await teachers.hasPin(id, PIN()), { ok: true });
  t.same(teachers.sessionsOf(id), []);
  t.match(await teachers.hasPin('0'.repeat(32), PIN()), { ok: false, code: 'WRONG_PIN' });
  await teachers.signIn(id, PIN());
  teachers.starting(id);
  t.match(await teachers.hasPin(id, Buffer.from('000000')), { ok: false, code: 'WRONG_PIN' });
  await teachers.own(id, SESSION);
  t.equal(teachers.sessionsOf(id).length, 1, 'whoever is signed in stays so');
  for (let tries = 0; tries < 6; tries += 1) await teachers.hasPin(id, Buffer.from('000000'));
  t.match(await teachers.hasPin(id, PIN()), { ok: false, code: 'WAIT' });
  t.match(await teachers.signIn(id, PIN()), { ok: false, code: 'WAIT' }, 'one throttle for both');
  pass(30_000);
  t.same(await teachers.hasPin(id, PIN()), { ok: true });
});

t.test('P3.3 a name that is not enrolled is answered as a wrong PIN is', async (t) => {
  const { teachers, id } = await enrolled(t.testdir());
  const stranger = await teachers.signIn('0'.repeat(32), PIN());
  const wrong = await teachers.signIn(id, Buffer.from('000000'));
  t.same(stranger, wrong);
});

t.test('P1.3 owner records open with the owner’s sign-in only, and P2.7 the file reveals neither purpose nor session', async (t) => {
  const { file, store, teachers, id, identity } = await enrolled(t.testdir());
  const other = await teachers.enrol({ name: 'Mr Bob', pin: Buffer.from('555123'), recipients: [await identityToRecipient(identity)] });
  await teachers.signIn(id, PIN());
  teachers.starting(id);
  teachers.signedOut(); // a start signs out, and the record is written all the same
  await teachers.own(id, SESSION);
  t.same(teachers.sessionsOf(id), [], 'signed out, nothing is listed');
  await t.rejects(teachers.own(id, SESSION), 'P1.2 without a start of their own nobody owns a session');
  await teachers.signIn(other, Buffer.from('555123'));
  t.same(teachers.sessionsOf(other), []);
  t.same(teachers.sessionsOf(id), [], 'another teacher’s sign-in opens nothing');
  await teachers.signIn(id, PIN());
  t.match(teachers.sessionsOf(id), [SESSION]);
  const text = await readFile(file, 'utf8');
  for (const secret of [SESSION.session, 'reflection', '428173']) t.notMatch(text, secret, 'not in the file');
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const sealed = store.state.teachers[0]?.recordKeySealed ?? '';
  t.equal((await decrypter.decrypt(Buffer.from(sealed, 'base64'))).length, 32, 'P10.3 the teacher’s own key opens the record key');
});

t.test('a damaged state is never taken for an empty one', async (t) => {
  const damages: Record<string, (text: string) => string> = {
    'empty file': () => '', zeros: (text) => '\0'.repeat(text.length), cut: (text) => text.slice(0, text.length / 2),
    null: () => 'null', false: () => 'false', 'a flipped byte': (text) => text.replace('Ms Ann', 'Ms Amn'), 'unknown shape': () => '{"v":1,"gen":9,"sha256":"","data":{}}',
  };
  for (const [name, damage] of Object.entries(damages)) {
    const folder = join(t.testdir(), name.replaceAll(' ', '-'));
    await mkdir(folder);
    const { file } = await enrolled(folder);
    const text = await readFile(file, 'utf8');
    await writeFile(file, damage(text));
    await t.rejects(Store.open(file), { code: 'STATE_DAMAGED' }, `${name}: with no other generation it stops`);
  }
});

t.test('where the newest generation is damaged, the one before it is used; what a power cut left half-written is swept away', async (t) => {
  const folder = t.testdir();
  const { file, store, id } = await enrolled(folder);
  await store.update((draft) => { (draft.teachers[0] as StoredState['teachers'][0]).failures = 1; });
  await writeFile(file, '{"v":1');
  await writeFile(join(folder, '.state.json.abc.tmp'), 'half');
  const again = await Store.open(file);
  t.equal(again.state.teachers[0]?.id, id);
  t.notOk((await readdir(folder)).includes('.state.json.abc.tmp'));
});

t.test('a save that fails changes neither memory nor disk', async (t) => {
  const { file, store } = await enrolled(t.testdir());
  const before = await readFile(file, 'utf8');
  await t.rejects(store.update((draft) => { (draft.teachers[0] as { name: unknown }).name = 7; }));
  t.equal(store.state.teachers[0]?.name, 'Ms Ann');
  t.equal(await readFile(file, 'utf8'), before);
  await Promise.all([1, 2, 3].map((failures) => store.update((draft) => { (draft.teachers[0] as StoredState['teachers'][0]).failures += failures; })));
  t.equal(store.state.teachers[0]?.failures, 6, 'changes made at once are taken one after another');
});
