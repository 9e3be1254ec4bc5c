/** Room that is kept for the state (tmpfs of a fixed size stands for the disk). */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import { Ballast } from '../../../pipeline/vault/ballast.js';

const MIB = 1024 * 1024;

function smallDisk(t: Test, size: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'small-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  t.teardown(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Leaves no room at all. */
function fill(folder: string): void {
  try {
    for (;;) writeFileSync(path.join(folder, 'filler'), Buffer.alloc(64 * 1024), { flag: 'a' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

t.test('a full disk: the ballast goes and the state is saved; made anew only where there is room', async (t) => {
  const folder = smallDisk(t, '8m');
  const file = path.join(folder, 'ballast');
  const ballast = new Ballast(file, 2 * MIB);
  t.equal(await ballast.make(), true);
  t.equal(statSync(file).blocks * 512, 2 * MIB, 'it has its blocks, not a hole');
  fill(folder);
  const state = path.join(folder, 'state');
  let tries = 0;
  await ballast.spare(() => { tries += 1; return writeFile(state, Buffer.alloc(MIB, 's')); });
  t.equal(tries, 2);
  t.equal(readFileSync(state).length, MIB);
  t.notOk(existsSync(file));
  t.equal(await ballast.make(), false, 'not while the disk is as good as full');
  writeFileSync(path.join(folder, 'filler'), '');
  t.equal(await ballast.make(), true);
});

t.test('what fails for another reason costs no ballast', async (t) => {
  const folder = smallDisk(t, '8m');
  const ballast = new Ballast(path.join(folder, 'ballast'), MIB);
  await ballast.make();
  await t.rejects(ballast.spare(() => writeFile('/nowhere/state', 'x')), { code: 'ENOENT' });
  t.ok(existsSync(path.join(folder, 'ballast')));
});

t.test('a disk that is fuller than the ballast is large: the refusal is told', async (t) => {
  const folder = smallDisk(t, '4m');
  const ballast = new Ballast(path.join(folder, 'ballast'), MIB);
  await ballast.make();
  fill(folder);
  await t.rejects(ballast.spare(() => writeFile(path.join(folder, 'state'), Buffer.alloc(2 * MIB))), { code: 'ENOSPC' });
});
