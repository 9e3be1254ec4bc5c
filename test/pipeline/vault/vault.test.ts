import { createHash } from 'node:crypto';
import { mkdirSync, appendFileSync, cpSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { readBinding, readHeader, readSessionStanza } from '../../../pipeline/seal/format.js';
import { nodeCrypto } from '../../../pipeline/seal/node.js';
import { evidence } from '../../../pipeline/vault/about.js';
import { loadDeviceKey } from '../../../pipeline/vault/device-key.js';
import { verifySession } from '../../../pipeline/vault/verify.js';
import { age, openPart } from '../keys.js';
import { PLAN, record, vaultIn, writePart } from '../recorded.js';

const mode = (file: string): number => statSync(file).mode & 0o777;

t.test('P1.4 a session on the disk: sealed, named by chance, and open to its owner only', async (t) => {
  const { vault, key, devicePublicKey } = await vaultIn(t.testdir());
  const id = await record(vault, [3, 2]);
  const folder = vault.folderOf(id);
  t.same(readdirSync(folder).sort(), ['about', 'journal.jsonl', 'part-01.mp4.age', 'part-02.mp4.age']);
  t.same([folder, path.join(folder, 'about')].map(mode), [0o700, 0o700]);
  t.same(['journal.jsonl', 'part-01.mp4.age', path.join('about', readdirSync(path.join(folder, 'about'))[0] ?? '')].map((name) => mode(path.join(folder, name))), [0o600, 0o600, 0o600]);
  t.same(await verifySession(folder, devicePublicKey), { kind: 'complete', parts: 2, words: 'complete' });
  t.same(await vault.read([id]), [{
    id, state: 'ended', started: '2026-11-23T08:15:00.000Z', mediaMs: 3000, lastedMs: 0,
    parts: [1, 2].map((number) => ({ number, bytes: statSync(path.join(folder, `part-0${number}.mp4.age`)).size })),
    bytes: [1, 2].reduce((sum, number) => sum + statSync(path.join(folder, `part-0${number}.mp4.age`)).size, 0),
  }]);

  const clear = readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(path.join(folder, name)).isFile()).map((name) => readFileSync(path.join(folder, name), 'latin1')).join();
  for (const secret of [PLAN.owner, PLAN.purpose.id, PLAN.purpose.words, PLAN.purpose.audience, 'Room 12', '2026-09', key.recipient, 'ZZZZZZZZZZZZZZZZ'])
    t.notOk(clear.includes(secret), `nothing in clear reads ${secret}`);

  const [about = ''] = readdirSync(path.join(folder, 'about'));
  const { plain: claim } = await age(key, path.join(folder, 'about', about));
  t.equal(claim.length, 4096, 'events are padded');
  const { kind, session, secret } = JSON.parse(claim.toString()) as Record<string, string>;
  t.same([kind, session], ['claim', id]);
  t.match(readFileSync(path.join(folder, 'journal.jsonl'), 'utf8'), `"claim":"${createHash('sha256').update(Buffer.from(secret ?? '', 'hex')).digest('hex')}"`);
});

t.test('P7.2 purpose, version, audience and code version are bound inside the seal, in every part', async (t) => {
  const { vault, key } = await vaultIn(t.testdir());
  const folder = vault.folderOf(await record(vault, [1, 1]));
  for (const part of ['part-01.mp4.age', 'part-02.mp4.age']) {
    const { commitment } = readSessionStanza(readHeader(readFileSync(path.join(folder, part))));
    const { plain } = await openPart(key, path.join(folder, part));
    const binding = readBinding(nodeCrypto, plain, commitment);
    t.notOk('soundOffsetMs' in binding, 'no clap test, no offset');
    t.match(binding, { owner: key.recipient, purpose: { id: 'coaching', version: 3, words: 'Coaching', audience: 'colleagues-i-choose' }, code: '2026-09', mode: 'picture-and-sound', room: 'Room 12' });
  }
});

t.test('the offset that a clap test has found is written into each recording', async (t) => {
  const sealing = { owner: '', recipients: [''], code: '2026-09', room: 'Room 12', soundOffsetMs: -40 };
  const { vault, key } = await vaultIn(t.testdir(), { sealingFor: () => Promise.resolve({ ...sealing, owner: key.recipient, recipients: [key.recipient] }) });
  const file = path.join(vault.folderOf(await record(vault, [1])), 'part-01.mp4.age');
  const { commitment } = readSessionStanza(readHeader(readFileSync(file)));
  t.equal(readBinding(nodeCrypto, (await openPart(key, file)).plain, commitment).soundOffsetMs, -40);
});

t.test('interrupted: what the disk holds without an end record', async (t) => {
  const { vault, key, devicePublicKey } = await vaultIn(t.testdir());
  const id = await record(vault, [3], false);
  const folder = vault.folderOf(id);
  t.match(await vault.read([id]), [{ state: 'open' }]);
  t.match(await verifySession(folder, devicePublicKey), { kind: 'interrupted', part: 1, words: 'interrupted at 0:02' });
  await writePart(await vault.nextPart(), 2, true);
  t.match(readFileSync(path.join(folder, 'journal.jsonl'), 'utf8').trim().split('\n').at(-1), '"closed":false', 'a recorder that was killed: what it wrote counts');
  t.match(await verifySession(folder, devicePublicKey), { kind: 'interrupted', part: 2, words: 'interrupted at 0:01 of part 2' });

  const cut = path.join(folder, '..', 'cut');
  cpSync(folder, cut, { recursive: true });
  const journal = path.join(cut, 'journal.jsonl');
  const lines = readFileSync(journal, 'utf8').split('\n');
  writeFileSync(journal, lines.slice(0, -2).join('\n') + (lines.at(-2) ?? '').slice(0, 50)); // power cut: a torn line, and a tail that is not in the journal
  appendFileSync(path.join(cut, 'part-02.mp4.age'), Buffer.alloc(9000));
  t.match(await verifySession(cut, devicePublicKey), { kind: 'interrupted', part: 2 });
  const { plain, ending } = await openPart(key, path.join(cut, 'part-02.mp4.age'));
  t.equal(ending, 'cut');
  t.ok(plain.length > 65_536, 'and the prefix opens');
  await vault.end();
  t.match(await verifySession(folder, devicePublicKey), { kind: 'complete', parts: 2 });
});

t.test('altered: every change is told, and from where', async (t) => {
  const base = t.testdir();
  const { vault, devicePublicKey } = await vaultIn(base);
  const folder = vault.folderOf(await record(vault, [4, 1]));
  const other = vault.folderOf(await record(vault, [4]));
  const part = (dir: string, n = 1): string => path.join(dir, `part-0${n}.mp4.age`);
  const journal = (dir: string, edit: (lines: string[]) => string[]): void => {
    const file = path.join(dir, 'journal.jsonl');
    writeFileSync(file, edit(readFileSync(file, 'utf8').trimEnd().split('\n')).map((line) => `${line}\n`).join(''));
  };
  const flip = (file: string, at: number): void => {
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(at < 0 ? bytes.length + at : at) ^ 1, at < 0 ? bytes.length + at : at);
    writeFileSync(file, bytes);
  };
  const changes: [string, (dir: string) => void, object][] = [
    ['a bit of the header', (d) => flip(part(d), 60), { kind: 'altered', part: 1, atMs: 0 }],
    ['a bit of the nonce', (d) => flip(part(d), readHeader(readFileSync(part(d))).length), { kind: 'altered', part: 1, atMs: 0 }],
    ['a bit in the first chunk', (d) => flip(part(d), 30_000), { kind: 'altered', part: 1, atMs: 0 }],
    ['a bit in the third second', (d) => flip(part(d), 290_000), { kind: 'altered', part: 1, atMs: 1000, words: /^altered from 0:01: / }],
    ['the last bit of part 2', (d) => flip(part(d, 2), -1), { kind: 'altered', part: 2, words: /of part 2/ }],
    ['bytes cut off', (d) => truncateSync(part(d), 100_000), { kind: 'altered' }],
    ['bytes added', (d) => appendFileSync(part(d), 'x'), { kind: 'altered' }],
    ['a part removed', (d) => rmSync(part(d, 2)), { kind: 'altered', part: 2, why: /missing/ }],
    ['a part added', (d) => cpSync(part(d), part(d, 3)), { kind: 'altered', why: /not in the journal/ }],
    ['parts swapped', (d) => { renameSync(part(d), `${d}/x`); renameSync(part(d, 2), part(d)); renameSync(`${d}/x`, part(d, 2)); }, { kind: 'altered' }],
    ['a part of another session', (d) => cpSync(part(other), part(d)), { kind: 'altered', part: 1, atMs: 0 }],
    ['the journal of another session', (d) => cpSync(path.join(other, 'journal.jsonl'), path.join(d, 'journal.jsonl')), { kind: 'altered' }],
    ['no journal', (d) => rmSync(path.join(d, 'journal.jsonl')), { kind: 'altered', why: /no journal/ }],
    ['an empty journal', (d) => journal(d, () => []), { kind: 'altered' }],
    ['a line dropped', (d) => journal(d, (lines) => lines.toSpliced(3, 1)), { kind: 'altered', why: /line 4/ }],
    ['a figure changed', (d) => journal(d, (lines) => lines.with(-1, (lines.at(-1) ?? '').replace('"parts":2', '"parts":1'))), { kind: 'altered', part: 2 }],
    ['lines after the end', (d) => journal(d, (lines) => [...lines, lines.at(-2) ?? '']), { kind: 'altered' }],
    ['the end taken away', (d) => journal(d, (lines) => lines.slice(0, -1)), { kind: 'interrupted', part: 2 }],
  ];
  for (const [i, [what, change, verdict]] of changes.entries()) {
    const dir = path.join(base, `changed-${i}`);
    cpSync(folder, dir, { recursive: true });
    change(dir);
    t.match(await verifySession(dir, devicePublicKey), verdict, what);
  }
  t.match(await verifySession(folder, (await loadDeviceKey(path.join(base, 'another.pem'))).publicKey), { kind: 'altered', why: /another device|signature/ }, 'another device');
});

t.test('beginning and ending', async (t) => {
  const folder = t.testdir();
  const begun: string[] = [];
  const { vault, devicePublicKey } = await vaultIn(folder, { onBegun: (session, plan) => { begun.push(`${session} ${plan.owner}`); return Promise.resolve(); } });
  await vault.end();
  await t.rejects(vault.nextPart(), /no session is open/);
  const beginning = vault.begin(PLAN);
  await t.rejects(vault.begin(PLAN), /open already/, 'one at a time');
  await beginning;
  const id = vault.current ?? '';
  t.same(begun, [`${id} ${PLAN.owner}`], 'told whose it is before it is acknowledged');
  const unused = await vault.nextPart();
  await unused.closed(undefined);
  await writePart(await vault.nextPart(), 1);
  t.ok(statSync(path.join(vault.folderOf(id), 'part-01.mp4.age')), 'a part that never began takes no number');
  const ending = vault.end();
  await vault.begin(PLAN);
  await ending;
  t.not(vault.current, id, 'a new one waits for the end of the old');
  await vault.end();
  t.match(await verifySession(vault.folderOf(id), devicePublicKey), { kind: 'complete', parts: 1 });

  for (const bad of ['../../etc', '', 'AB'.repeat(16), `${'ab'.repeat(16)}/`]) t.throws(() => vault.folderOf(bad), RangeError, `${JSON.stringify(bad)} never becomes a path`);
  const [gone, damaged] = ['ab'.repeat(16), 'cd'.repeat(16)];
  mkdirSync(vault.folderOf(damaged));
  t.match(await vault.read([damaged, gone, id]), [{ id: damaged, state: 'damaged' }, { id: gone, state: 'gone' }, { id, state: 'ended' }], 'damage in one hides no other');
});

t.test('a begin that fails leaves nothing behind', async (t) => {
  const folder = t.testdir();
  const { vault } = await vaultIn(folder, { sealingFor: () => Promise.resolve({ owner: 'x', recipients: ['age1nobody'], code: '1', room: 'r' }) });
  await t.rejects(vault.begin(PLAN));
  t.same(readdirSync(path.join(folder, 'vault')), []);
  t.equal(vault.current, undefined);
});

t.test('P2.7 marks and the owner’s log: for the owner’s eyes only, and alike from outside', async (t) => {
  const { vault, key } = await vaultIn(t.testdir());
  await vault.note({ kind: 'log', what: 'started' });
  const beginning = vault.begin(PLAN);
  const early = vault.note({ kind: 'log', what: 'started' });
  await Promise.all([beginning, early]);
  const id = vault.current ?? '';
  const about = path.join(vault.folderOf(id), 'about');
  await vault.note({ kind: 'mark', mediaMs: 61_000 });
  await vault.note(evidence('the recorder ended by itself', '\u0000'.repeat(400)));
  await vault.note(evidence('cut', new Error('\u{1f4a5}'.repeat(400))));
  const ending = vault.end();
  void vault.note({ kind: 'log', what: 'ended' });
  await ending;
  await vault.note({ kind: 'log', what: 'paused', by: 'room' });
  await vault.noteAfter(id, [key.recipient], { kind: 'log', what: 'kept-until', until: '2027-01-01T00:00:00.000Z' });
  const names = readdirSync(about);
  const events = await Promise.all(names.map(async (name) => (await age(key, path.join(about, name))).plain));
  t.ok(events.every(({ length }) => length === 4096));
  t.equal(new Set(names.map((name) => statSync(path.join(about, name)).size)).size, 1, 'neither kind nor order shows');
  t.ok(names.every((name) => /^[0-9a-f]{32}\.age$/.test(name)));
  const said = events.map((text) => JSON.parse(text.toString()) as Record<string, unknown>);
  t.same(said.map(({ kind, what }) => String(what ?? kind)).sort(), ['claim', 'ended', 'evidence', 'evidence', 'kept-until', 'mark', 'started'], 'nothing before it, nothing of nobody’s');
  t.ok(said.every(({ v, session }) => v === 1 && session === id));
});

t.test('a disk that takes no event ends no session', async (t) => {
  const { vault } = await vaultIn(t.testdir());
  const id = await record(vault, [1], false);
  rmSync(path.join(vault.folderOf(id), 'about'), { recursive: true });
  await vault.note({ kind: 'mark' });
  await vault.noteAfter('ab'.repeat(16), [], { kind: 'log', what: 'collected' });
  await writePart(await vault.nextPart(), 1);
  await vault.end();
  t.match(await vault.read([id]), [{ state: 'ended' }]);
});

t.test('the device key is made once, for its owner’s eyes only', async (t) => {
  const folder = t.testdir();
  const file = path.join(folder, 'device-key.pem');
  const [first, second] = [await loadDeviceKey(file), await loadDeviceKey(file)];
  t.ok(Buffer.from(first.publicKey).equals(Buffer.from(second.publicKey)));
  t.equal(mode(file), 0o600);
  t.equal(first.publicKey.length, 32);
  writeFileSync(file, 'rubbish');
  await t.rejects(loadDeviceKey(file), 'a damaged key is never replaced silently');
  t.equal(readFileSync(file, 'utf8'), 'rubbish');
});
