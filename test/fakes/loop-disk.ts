/**
 * A disk of its own (ext4 in a file, by a loop device) whose power can be cut:
 * EXT4_IOC_SHUTDOWN stops the file system without flushing its log, so what was
 * not synced is gone, as it is when the plug is pulled. What the drive's own
 * cache would lose is not modelled. Needs root.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** _IOR('X', 125, __u32) with EXT4_GOING_FLAGS_NOLOGFLUSH (fs/ext4/ext4.h). Node has no ioctl(2). */
const CUT = 'import fcntl, os, struct, sys; sys.stdin.read(); fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack("I", 2))';
/** A killed process lets go of its files a moment later. */
const PATIENCE_TRIES = 100;

export interface LoopDisk {
  /** Where it is mounted; the same after `restore`. */
  readonly folder: string;
  /** From now on nothing can be written, and what was not synced is lost. */
  cut(): Promise<void>;
  /** Power is back: mounts it again, replaying its log. Nobody may hold a file on it open. */
  restore(): Promise<void>;
  close(): void;
}

/** @throws Error (rejects) where loop devices or mkfs.ext4 are missing. */
export async function loopDisk(megabytes = 64): Promise<LoopDisk> {
  const base = mkdtempSync(path.join(tmpdir(), 'disk-'));
  const image = path.join(base, 'image');
  const folder = path.join(base, 'mounted');
  mkdirSync(folder);
  writeFileSync(image, '');
  truncateSync(image, megabytes * 1024 * 1024);
  await run('mkfs.ext4', ['-q', '-F', image]);
  const mount = (): Promise<unknown> => run('mount', ['-o', 'loop', image, folder]);
  await mount();
  // It waits for the end of its input, so that the cut itself takes no time.
  const sharpen = (): ChildProcess => spawn('setpriv', ['--pdeathsig', 'KILL', 'python3', '-c', CUT, folder], { stdio: ['pipe', 'ignore', 'ignore'] });
  let knife = sharpen();
  return {
    folder,
    async cut() {
      const exit = once(knife, 'exit');
      knife.stdin?.end();
      const [code] = await exit as [number | null];
      if (code !== 0) throw new Error('the power of the disk could not be cut');
    },
    async restore() {
      for (let tries = 1; ; tries += 1) {
        const isFree = await run('umount', [folder]).then(() => true, () => false);
        if (isFree) break;
        if (tries === PATIENCE_TRIES) throw new Error(`somebody still holds a file on ${folder} open`);
        await sleep(50);
      }
      await mount();
      knife = sharpen();
    },
    close() {
      knife.kill('SIGKILL');
      try {
        execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
      } finally {
        rmSync(base, { recursive: true, force: true });
      }
    },
  };
}
