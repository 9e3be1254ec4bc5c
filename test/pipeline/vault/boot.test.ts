/** What the vault does at the start of the service, and how soon, with what was left in it. */
import { chmodSync, cpSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { checkVault } from '../../../pipeline/vault/boot-check.js';
import { verifySession } from '../../../pipeline/vault/verify.js';
import { record, vaultIn } from '../recorded.js';

const mode = (file: string): number => statSync(file).mode & 0o777;
const QUIET = { wasOpenToOthers: false, hadUnfinished: false, hasDamage: false };
const ids = (digit: string): string => digit.repeat(32);

/** The quickest of some tries says what the work takes; the others, what else the machine does. @returns milliseconds, and what came of it. */
async function quickest<T>(tries: number, work: () => Promise<T>): Promise<[number, T]> {
  const began = performance.now();
  const result = await work();
  const ms = performance.now() - began;
  if (tries === 1) return [ms, result];
  const [others, last] = await quickest(tries - 1, work);
  return [Math.min(ms, others), last];
}

t.test('a vault in order: nothing is touched, and nothing said', async (t) => {
  const folder = t.testdir();
  const { vault } = await vaultIn(folder);
  await record(vault, [2, 1]);
  await record(vault, [1], false);
  const said: string[] = [];
  const names = readdirSync(path.join(folder, 'vault'), { recursive: true });
  t.same(checkVault(path.join(folder, 'vault')), QUIET);
  await vaultIn(folder, { log: (line) => said.push(line) });
  t.same(said, []);
  t.same(readdirSync(path.join(folder, 'vault'), { recursive: true }), names, 'a session without an end is left as it is');
});

t.test('files that others could read are closed again; a link is not followed', async (t) => {
  const folder = t.testdir({ elsewhere: 'not ours' });
  const { vault } = await vaultIn(folder);
  const session = vault.folderOf(await record(vault, [1]));
  const [event = ''] = readdirSync(path.join(session, 'about'));
  const ours = [session, path.join(session, 'about'), path.join(session, 'journal.jsonl'), path.join(session, 'part-01.mp4.age'), path.join(session, 'about', event)];
  chmodSync(path.join(folder, 'elsewhere'), 0o644);
  symlinkSync(path.join(folder, 'elsewhere'), path.join(session, 'link'));
  for (const file of ours) chmodSync(file, 0o777);
  chmodSync(path.join(folder, 'vault'), 0o755);
  t.same(checkVault(path.join(folder, 'vault')), { ...QUIET, wasOpenToOthers: true });
  t.same(ours.map(mode), [0o700, 0o700, 0o600, 0o600, 0o600]);
  t.equal(mode(path.join(folder, 'vault')), 0o700);
  t.equal(mode(path.join(folder, 'elsewhere')), 0o644);
  t.same(checkVault(path.join(folder, 'vault')), QUIET, 'once');
});

t.test('what a power cut leaves: nothing of a teacher’s is removed, and damage in one hides no other', async (t) => {
  const folder = t.testdir();
  const root = path.join(folder, 'vault');
  const { vault, devicePublicKey } = await vaultIn(folder);
  const good = await record(vault, [2]);
  const copy = (id: string): string => {
    cpSync(vault.folderOf(good), path.join(root, id), { recursive: true });
    return path.join(root, id);
  };
  mkdirSync(path.join(root, ids('0')), { mode: 0o700 });
  mkdirSync(path.join(root, ids('1'), 'about'), { recursive: true, mode: 0o700 });
  const half = copy(ids('2'));
  rmSync(path.join(half, 'part-01.mp4.age'));
  truncateSync(path.join(half, 'journal.jsonl'), 100);
  writeFileSync(path.join(copy(ids('3')), 'part-03.mp4.age'), 'beyond the journal', { mode: 0o600 });
  rmSync(path.join(copy(ids('4')), 'journal.jsonl'));
  writeFileSync(path.join(copy(ids('5')), 'journal.jsonl'), 'rubbish\nrubbish\n', { mode: 0o600 });
  writeFileSync(path.join(copy(ids('6')), 'notes.txt'), 'somebody’s', { mode: 0o600 });
  mkdirSync(path.join(root, 'lost+found'), { mode: 0o700 });
  writeFileSync(path.join(root, 'README'), 'somebody’s');

  const said: string[] = [];
  await vaultIn(folder, { log: (line) => said.push(line) });
  t.same(said, [], 'P2.7 the device log tells of no session, damaged or not');
  t.same(readdirSync(root).sort(), [good, ...['3', '4', '5', '6'].map(ids), 'README', 'lost+found', 'unfinished'].sort(), 'empty folders are gone, all else is there');
  t.same(readdirSync(path.join(root, 'unfinished', ids('2'))).sort(), ['about', 'journal.jsonl'], 'and what had not begun is set aside');
  t.ok(readFileSync(path.join(root, ids('3'), 'part-03.mp4.age')), 'a part beyond the journal stays');
  t.match(await vault.read([ids('5'), good, ids('4')]), [{ state: 'damaged' }, { state: 'ended' }, { state: 'damaged' }]);
  t.match(await verifySession(vault.folderOf(good), devicePublicKey), { kind: 'complete' });
});

// What it takes on a quiet machine is in the comments; the bounds tell "looks at each session" from "reads through it", whatever else the machine does.
t.test('10 000 sessions: the vault is open and 60 of them are told without reading through them', async (t) => {
  const folder = t.testdir();
  const { vault } = await vaultIn(folder);
  const long = path.join(vault.folderOf(await record(vault, [2, 1])));
  const journal = readFileSync(path.join(long, 'journal.jsonl'), 'utf8').split('\n');
  const checkpoint = journal.findIndex((line) => line.includes('"checkpoint"'));
  const hours = [...journal.slice(0, checkpoint), ...Array.from({ length: 14_400 }, () => journal[checkpoint] ?? ''), ...journal.slice(checkpoint)].join('\n'); // two hours of checkpoints
  writeFileSync(path.join(long, 'journal.jsonl'), hours);
  const short = path.join(folder, 'short');
  writeFileSync(short, journal.join('\n'), { mode: 0o600 });
  const empty = path.join(folder, 'empty');
  writeFileSync(empty, '', { mode: 0o600 });
  const owned: string[] = [];
  for (let i = 0; i < 10_000; i += 1) {
    const id = i.toString(16).padStart(32, '0');
    const session = path.join(folder, 'vault', id);
    mkdirSync(path.join(session, 'about'), { recursive: true, mode: 0o700 });
    const isOwned = i % 167 === 0;
    if (isOwned) owned.push(id);
    // Further names of the same few files: to who reads them it is all one, and it is made in a second.
    linkSync(isOwned ? path.join(long, 'journal.jsonl') : short, path.join(session, 'journal.jsonl'));
    for (const name of ['part-01.mp4.age', 'part-02.mp4.age', path.join('about', `${'0'.repeat(32)}.age`)]) linkSync(empty, path.join(session, name));
  }
  const [opening, opened] = await quickest(3, async () => (await vaultIn(folder)).vault);
  t.comment(`open within 2 s: ${opening.toFixed(0)} ms`);
  t.ok(opening < 8000, `open after ${opening.toFixed(0)} ms`);
  const [telling, told] = await quickest(15, () => opened.read(owned));
  t.comment(`told within 50 ms: ${telling.toFixed(0)} ms`);
  t.ok(telling < 500, `${told.length} told after ${telling.toFixed(0)} ms`);
  t.ok(told.every((summary) => summary.state === 'ended' && summary.mediaMs === 1000), 'with their lengths');
});
