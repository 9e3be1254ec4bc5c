import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import t from 'tap';
import { collect, COLLECT_FAULTS, CollectError, folderName } from '../../../pipeline/collect/collect.js';
import { verifySession } from '../../../pipeline/vault/verify.js';
import { record, vaultIn } from '../recorded.js';

const contents = (folder: string): string[] => readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(path.join(folder, name)).isFile()).sort();

t.test('collecting', async (t) => {
  const base = t.testdir({ stick: {} });
  const { vault, devicePublicKey } = await vaultIn(base);
  const id = await record(vault, [2, 1]);
  const source = vault.folderOf(id);
  const stick = path.join(base, 'stick');
  const name = folderName('2026-11-23T08:15:00.000Z', id);
  const before = contents(source).map((file) => readFileSync(path.join(source, file)).toString('base64'));

  await t.test('a copy that is whole, named by date and id (P10.4), and honest about progress', async (t) => {
    const progress: [number, number][] = [];
    const { folder: copy, sha256 } = await collect(source, stick, name, (...step) => progress.push(step));
    t.equal(path.basename(copy), `2026-11-23-${id}`);
    t.ok([copy, ...contents(copy)].every((file) => /^[\x21-\x7e]+$/.test(path.basename(file))), 'ASCII only');
    t.same(contents(copy), contents(source));
    t.same([...sha256.keys()].toSorted(), contents(source).toSorted(), 'every file was read back and has its digest');
    t.same(await verifySession(copy, devicePublicKey), { kind: 'complete', parts: 2, words: 'complete' });
    const total = contents(source).reduce((sum, file) => sum + statSync(path.join(source, file)).size, 0);
    t.same(progress.at(-1), [total, total]);
    t.same(progress.map(([synced]) => synced), progress.map(([synced]) => synced).toSorted((a, b) => a - b), 'never goes back');
    await t.rejects(collect(source, stick, name), { code: 'ALREADY_THERE' });
    rmSync(copy, { recursive: true });
  });

  await t.test('a copy that was broken off is begun anew', async (t) => {
    mkdirSync(path.join(stick, `${name}.part`));
    writeFileSync(path.join(stick, `${name}.part`, 'part-01.mp4.age'), 'half');
    const { folder: copy } = await collect(source, stick, name);
    t.same(readdirSync(stick), [path.basename(copy)]);
    rmSync(copy, { recursive: true });
  });

  await t.test('faults of the stick', async (t) => {
    await t.rejects(collect(source, path.join(base, 'no-stick'), name), { code: 'STICK_MISSING' });
    const gone = path.join(base, 'gone');
    mkdirSync(gone);
    await t.rejects(collect(source, gone, name, () => {
      renameSync(gone, path.join(base, 'pulled')); // pulled out under the copy
    }), CollectError, 'vanished');
    await t.rejects(collect(path.join(base, 'no-session'), stick, name), { code: 'RECORDING_UNREADABLE' });
    t.same(readdirSync(stick), [], 'nothing half-done stays');
  });

  await t.test('a full stick and a read-only one', async (t) => {
    const small = path.join(base, 'small');
    mkdirSync(small);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', small]).status !== 0) return t.comment('not run: it needs the right to mount');
    t.teardown(() => spawnSync('umount', [small]));
    await t.rejects(collect(source, small, name), { code: 'STICK_FULL' }, 'seen before anything is copied');
    const tiny = path.join(base, 'tiny');
    mkdirSync(tiny);
    cpSync(path.join(source, 'about'), path.join(tiny, 'about'), { recursive: true });
    writeFileSync(path.join(tiny, 'a-part'), Buffer.alloc(200_000));
    const others = path.join(small, 'someone-else');
    await t.rejects(collect(tiny, small, name, () => {
      try {
        for (;;) appendFileSync(others, Buffer.alloc(4096));
      } catch {
        // full now
      }
    }), { code: 'STICK_FULL' }, 'filled up under the copy');
    t.same(readdirSync(small), ['someone-else'], 'nothing half-done stays');
    rmSync(others);
    spawnSync('mount', ['-o', 'remount,ro', small]);
    await t.rejects(collect(tiny, small, name), { code: 'STICK_READ_ONLY' });
  });

  t.same(contents(source).map((file) => readFileSync(path.join(source, file)).toString('base64')), before, 'the recording itself is untouched');
  for (const { sentence, remedy } of Object.values(COLLECT_FAULTS)) t.ok(sentence.endsWith('.') && remedy.endsWith('.'));
});
