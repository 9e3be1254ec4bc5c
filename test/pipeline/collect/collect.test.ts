/** Copying onto a stick: whole, honest about progress, carried on where it was broken off, and never believed before it was read back from the medium. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import t, { type Test } from 'tap';
import { collect, folderName, type CollectOptions, type Session } from '../../../pipeline/collect/collect.js';
import { SEGMENT } from '../../../pipeline/collect/copy-file.js';
import { COLLECT_FAULTS, CollectError, STICK_FAULTS } from '../../../pipeline/collect/faults.js';
import { Pace, type Progress } from '../../../pipeline/collect/pace.js';
import { readBack } from '../../../pipeline/collect/read-back.js';
import { READ_ME, readMe, VIEWER, type Language } from '../../../pipeline/collect/read-me.js';
import { verifySession } from '../../../pipeline/vault/verify.js';
import { loopDisk } from '../../fakes/loop-disk.js';
import { cutUnderCopy } from '../../soaks/stick-cut.js';
import { record, vaultIn } from '../recorded.js';
import './stick.cases.js';
import './udisks.cases.js';

const contents = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(path.join(folder, name)).isFile()).sort();
const bytesOf = (folder: string): string[] => contents(folder).map((file) => `${file} ${readFileSync(path.join(folder, file)).toString('base64')}`);
const mayMount = spawnSync('mount', ['--bind', '/mnt', '/mnt']).status === 0;
if (mayMount) spawnSync('umount', ['/mnt']);
const needsMount = { skip: mayMount ? false : 'needs the right to mount' } as const;

t.test('collecting', async (t) => {
  const base = t.testdir({ stick: {} });
  const { vault, devicePublicKey } = await vaultIn(base);
  const sessions: Session[] = [];
  for (const parts of [[2, 1], [1]]) {
    const id = await record(vault, parts);
    sessions.push({ folder: vault.folderOf(id), name: folderName('2026-11-23T08:15:00.000Z', id) });
  }
  const stick = path.join(base, 'stick');
  const [first = { folder: '', name: '' }] = sessions;
  const before = sessions.map(({ folder }) => bytesOf(folder));
  const beside = [{ name: VIEWER, bytes: Buffer.from('<!doctype html>') }, { name: READ_ME, bytes: Buffer.from(readMe('cy')) }];
  const empty = (): void => { for (const name of readdirSync(stick)) rmSync(path.join(stick, name), { recursive: true }); };
  t.afterEach(empty);

  await t.test('several at once, whole, named by date and id (P10.4), and honest about progress', async (t) => {
    const told: Progress[] = [];
    const copies = await collect(sessions, stick, { beside, onProgress: (one) => told.push(one) });
    t.same(readdirSync(stick).sort(), [READ_ME, VIEWER, ...sessions.map(({ name }) => name)].sort());
    for (const [i, { folder, name }] of sessions.entries()) {
      t.same(bytesOf(path.join(stick, name)), bytesOf(folder));
      t.match(await verifySession(path.join(stick, name), devicePublicKey), { kind: 'complete' });
      t.match(copies[i], { name, files: contents(folder).length, journal: /^[0-9a-f]{64}$/ });
    }
    t.ok(readdirSync(stick, { recursive: true }).map(String).every((name) => /^[\x20-\x7e]+$/.test(path.basename(name))), 'ASCII only');
    const total = copies.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const phase of ['copying', 'checking']) {
      const done = told.filter((one) => one.phase === phase).map(({ doneBytes }) => doneBytes);
      t.same(done, done.toSorted((a, b) => a - b), `${phase}: never goes back`);
      t.equal(done.at(-1), total, `${phase}: to the end`);
    }
    t.ok(told.every(({ totalBytes }) => totalBytes === total));
  });

  await t.test('a copy that is there already is checked, not made again; something else of its name is left alone', async (t) => {
    await collect([first], stick);
    const inode = statSync(path.join(stick, first.name, 'journal.jsonl')).ino;
    writeFileSync(path.join(first.folder, 'about', 'later.age'), 'a note that came later');
    t.match(await collect([first], stick), [{ name: first.name }]);
    t.equal(statSync(path.join(stick, first.name, 'journal.jsonl')).ino, inode);
    rmSync(path.join(first.folder, 'about', 'later.age'));
    appendFileSync(path.join(stick, first.name, 'part-01.mp4.age'), 'x');
    await t.rejects(collect([first], stick), { code: 'ALREADY_THERE', values: { folder: first.name } });
    t.ok(statSync(path.join(stick, first.name)).isDirectory(), 'still there');
  });

  await t.test('P10.4 what lies beside: nobody’s name, four languages, the school’s first; a file of somebody else’s keeps a name', async (t) => {
    for (const language of ['en', 'cy', 'pl', 'ur'] as const satisfies Language[]) {
      const blocks = readMe(language).split('----');
      t.equal(blocks.length, 4);
      t.equal(blocks.filter((block) => block.includes(VIEWER) && block.includes('.part')).length, 4, 'each says how to open, and what unfinished means');
    }
    t.ok(readMe('pl').startsWith('\ufeffW folderach'));
    writeFileSync(path.join(stick, READ_ME), 'my shopping list');
    await collect([first], stick, { beside });
    await collect([first], stick, { beside });
    t.equal(readFileSync(path.join(stick, 'READ ME 1.txt'), 'utf8'), 'my shopping list');
    t.equal(readFileSync(path.join(stick, READ_ME), 'utf8'), readMe('cy'));
    t.same(readdirSync(stick).length, 4, 'once');
  });

  await t.test('P10.2 nothing is in clear on the stick', async (t) => {
    await collect(sessions, stick, { beside });
    const all = contents(stick).map((file) => readFileSync(path.join(stick, file), 'latin1')).join('');
    for (const secret of ['Coaching', 'coaching', 'teacher-7', 'Room 12', 'AGE-SECRET-KEY', 'moov']) t.notOk(all.includes(secret), secret);
  });

  await t.test('cancelled, it leaves nothing half-done; what was verified before stays', async (t) => {
    for (const phase of ['copying', 'checking'] as const) {
      empty();
      const abort = new AbortController();
      const onProgress = (one: Progress): void => { if (one.phase === phase && one.doneBytes > 0) abort.abort(); };
      await t.rejects(collect(sessions, stick, { signal: abort.signal, onProgress }), { code: 'CANCELLED' });
      t.same(readdirSync(stick), [], phase);
    }
    const abort = new AbortController();
    await t.rejects(collect(sessions, stick, { signal: abort.signal, onVerified: () => abort.abort() }), { code: 'CANCELLED' });
    t.same(readdirSync(stick), [first.name]);
  });

  await t.test('links and other things in the way are not followed', async (t) => {
    const elsewhere = path.join(base, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, path.join(stick, `${first.name}.part`));
    await collect([first], stick);
    t.same(readdirSync(elsewhere), []);
    rmSync(path.join(stick, first.name), { recursive: true });
    mkdirSync(path.join(stick, `${first.name}.part`));
    symlinkSync(path.join(elsewhere, 'target'), path.join(stick, `${first.name}.part`, 'journal.jsonl'));
    writeFileSync(path.join(stick, `${first.name}.part`, 'stray'), 'x');
    await collect([first], stick);
    t.same(readdirSync(elsewhere), []);
    t.same(bytesOf(path.join(stick, first.name)), bytesOf(first.folder));
  });

  await t.test('faults of the stick', async (t) => {
    await t.rejects(collect([first], path.join(base, 'no-stick')), { code: 'STICK_MISSING' });
    const gone = path.join(base, 'gone');
    mkdirSync(gone);
    await t.rejects(collect([first], gone, {
      onProgress: ({ doneBytes }) => { if (doneBytes > 0) renameSync(gone, path.join(base, `pulled-${Math.random()}`)); }, // pulled out under the copy
    }), CollectError, 'vanished');
    await t.rejects(collect([{ folder: path.join(base, 'no-session'), name: 'x' }], stick), { code: 'RECORDING_UNREADABLE' });
    t.same(readdirSync(stick), [], 'nothing half-done stays');
  });

  await t.test('a full stick and a read-only one', needsMount, async (t) => {
    const small = path.join(base, 'small');
    mkdirSync(small);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', small]);
    t.teardown(() => spawnSync('umount', [small]));
    const error = await collect([first], small).catch((reason: unknown) => reason as CollectError);
    t.match(error, { code: 'STICK_FULL', values: { needed: /^\d+ kB$/, free: /^\d+ kB$/ } }, 'seen before anything is copied');
    const tiny = path.join(base, 'tiny');
    mkdirSync(tiny);
    cpSync(path.join(first.folder, 'journal.jsonl'), path.join(tiny, 'journal.jsonl'));
    writeFileSync(path.join(tiny, 'z-part'), Buffer.alloc(200_000));
    const others = path.join(small, 'someone-else');
    await t.rejects(collect([{ folder: tiny, name: 'tiny' }], small, {
      onProgress: () => {
        try {
          for (;;) appendFileSync(others, Buffer.alloc(4096));
        } catch {
          // full now
        }
      },
    }), { code: 'STICK_FULL' }, 'filled up under the copy');
    t.same(readdirSync(small), ['someone-else'], 'nothing half-done stays');
    rmSync(others);
    spawnSync('mount', ['-o', 'remount,ro', small]);
    await t.rejects(collect([{ folder: tiny, name: 'tiny' }], small), { code: 'STICK_READ_ONLY' });
  });

  t.same(sessions.map(({ folder }) => bytesOf(folder)), before, 'the recordings themselves are untouched');
  for (const [code, { sentence, remedy }] of [...Object.entries(COLLECT_FAULTS), ...Object.entries(STICK_FAULTS)]) {
    t.ok(sentence.endsWith('.') && remedy.endsWith('.'), code);
  }
});

t.test('time left: to the end of checking, from what is synced, nothing while nothing is known', (t) => {
  let now = 0;
  const pace = new Pace(100_000_000, () => now);
  t.match(pace.progress, { phase: 'copying', secondsLeft: null });
  now = 900;
  t.match(pace.add(9_000_000), { secondsLeft: null });
  now = 2000;
  t.match(pace.add(11_000_000), { doneBytes: 20_000_000, secondsLeft: 18 }, '10 MB/s: 8 s of copying, 10 s of checking');
  now = 10_000;
  pace.add(80_000_000);
  t.match(pace.check(), { phase: 'checking', doneBytes: 0, secondsLeft: 10 });
  now = 12_000;
  t.match(pace.add(50_000_000), { secondsLeft: 2 }, '25 MB/s');
  t.end();
});

t.test('on a real file system', { ...needsMount, timeout: 200_000 }, async (t) => {
  const base = t.testdir();
  const disk = await loopDisk(160);
  t.teardown(() => disk.close());
  const session = path.join(base, 'session');
  mkdirSync(session);
  writeFileSync(path.join(session, 'journal.jsonl'), 'x');
  writeFileSync(path.join(session, 'part-01.mp4.age'), Buffer.concat(Array.from({ length: 50 }, (_, i) => Buffer.alloc(1024 * 1024, `MARK${i} `))));
  const one: Session = { folder: session, name: 'one' };
  const go = (options: CollectOptions = {}) => collect([one], disk.folder, options);

  /** Changes the medium under the file system, whose cache goes on showing what was there. */
  const changeUnder = (marker: string): void => {
    spawnSync('sync', ['-f', disk.folder]);
    const image = path.join(path.dirname(disk.folder), 'image');
    const found = spawnSync('grep', ['-abo', '-m', '1', marker, image]).stdout.toString();
    spawnSync('dd', [`of=${image}`, 'bs=1', `seek=${found.split(':')[0]}`, 'conv=notrunc', 'status=none'], { input: 'CHANGED!' });
  };

  await t.test('the check reads the medium: a change under the cache is seen, by either way of reading', async (t) => {
    for (const how of ['direct', 'dropped'] as const) {
      const file = path.join(disk.folder, how);
      writeFileSync(file, Buffer.alloc(1024 * 1024, `${how}-was-here `));
      spawnSync('sync', ['-f', disk.folder]);
      const read = async (): Promise<string> => {
        const medium = await readBack(file, how);
        return medium.digest(0, 1024 * 1024).finally(() => medium.close());
      };
      const before = await read();
      readFileSync(file);
      changeUnder(`${how}-was-here `);
      t.notOk(readFileSync(file).includes('CHANGED!'), 'the cache does not know');
      t.not(await read(), before, how);
      rmSync(file);
    }
    await t.rejects(go({ onProgress: ({ phase, doneBytes }) => { if (phase === 'checking' && doneBytes === 0) changeUnder('MARK7 MARK7'); } }), { code: 'STICK_FAILED' });
    t.same(readdirSync(disk.folder), ['lost+found'], 'what was not the same has no name');
  });

  await t.test('a broken copy is carried on with: what is the same on the medium is kept, what is not is written again', async (t) => {
    await t.rejects(go({ onProgress: ({ doneBytes }) => { if (doneBytes > 2 * SEGMENT) throw new Error('the service ends here'); } }));
    const part = path.join(disk.folder, 'one.part', 'part-01.mp4.age');
    truncateSync(part, 2 * SEGMENT + 5);
    const { ino } = statSync(part);
    changeUnder('MARK20 MARK20'); // in the second segment
    const jumps: number[] = [];
    await go({ onProgress: ({ phase, doneBytes }) => { if (phase === 'copying') jumps.push(doneBytes); } });
    const copy = path.join(disk.folder, 'one', 'part-01.mp4.age');
    t.equal(statSync(copy).ino, ino, 'the same file');
    t.ok(readFileSync(copy).equals(readFileSync(path.join(session, 'part-01.mp4.age'))));
    rmSync(path.join(disk.folder, 'one'), { recursive: true });
  });

  await t.test('the power goes under the copy: never a copy that only looks finished, and it is carried on with', async (t) => {
    for (let number = 1; number <= 5; number += 1) await t.resolves(cutUnderCopy(disk, session, number));
  });
});

/** @returns what the copy ends with, where the kernel answers so. */
function failing(t: Test, inject: string): string {
  const base = t.testdir({ stick: {}, session: { 'journal.jsonl': 'x', 'part-01.mp4.age': 'y'.repeat(100_000) } });
  const script = `import { collect } from '${new URL('../../../pipeline/collect/collect.js', import.meta.url).href}';
    collect([{ folder: '${base}/session', name: 'one' }], '${base}/stick').then(() => console.log('copied'), (error) => console.log(error.code));`;
  const { stdout } = spawnSync('strace', ['-f', '-o', '/dev/null', '-P', `${base}/stick/one.part/part-01.mp4.age`, '-e', 'trace=pwrite64,fdatasync,pread64', '-e', `inject=${inject}`, process.execPath, '--input-type=module', '-e', script]);
  t.ok(readFileSync(`${base}/session/part-01.mp4.age`, 'utf8').endsWith('yyy'));
  t.notOk(readdirSync(`${base}/stick`).includes('one'), 'it has no name that looks finished');
  return stdout.toString().trim();
}

t.test('a stick that fails to write, to sync, to read, or that fills up, says which', async (t) => {
  const cases: [string, string][] = [
    ['pwrite64:error=EIO', 'STICK_ERROR'], ['fdatasync:error=EIO', 'STICK_ERROR'], ['pread64:error=EIO', 'STICK_ERROR'], ['pwrite64:error=ENOSPC', 'STICK_FULL'], ['fdatasync:error=ENODEV', 'STICK_MISSING'],
  ];
  for (const [inject, code] of cases) await t.test(inject, (t) => {
    t.equal(failing(t, inject), code);
    t.end();
  });
});
