/** A session's files from the disk, by their names in FORMAT.md. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const filesIn = (folder: string): Map<string, Uint8Array> =>
  new Map(readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => [path.relative(folder, path.join(entry.parentPath, entry.name)), readFileSync(path.join(entry.parentPath, entry.name))]));
