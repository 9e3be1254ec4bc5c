/** A folder, or what is mounted there, in place of a stick: for the virtual classroom, tests, and machines where something else mounts it. */
import { execFile } from 'node:child_process';
import { stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Seen, StickPort } from './stick.js';

const run = promisify(execFile);

/** statfs(2). */
const FILE_SYSTEMS: Readonly<Record<number, string>> = { 0x4d44: 'vfat', 0x2011_bab0: 'exfat', 0xef53: 'ext4', 0x7366_746e: 'ntfs3', 0x0102_1994: 'tmpfs', 0x9123_683e: 'btrfs', 0x5846_5342: 'xfs', 0x794c_7630: 'overlay' };

/** @param folder need not be there yet */
export function folderStick(folder: string): StickPort {
  return {
    async look(): Promise<Seen | undefined> {
      const there = await stat(folder).catch(() => undefined);
      if (there?.isDirectory() !== true) return undefined;
      const { type } = await statfs(folder);
      return { id: `${folder} on ${there.dev}`, label: path.basename(folder), fileSystem: FILE_SYSTEMS[type] ?? `0x${type.toString(16)}` };
    },
    mount: () => Promise.resolve(folder),
    // Node has no syncfs(2).
    unmount: () => run('sync', ['-f', folder]).then(() => undefined),
    powerOff: () => Promise.resolve(),
    close: () => undefined,
  };
}
