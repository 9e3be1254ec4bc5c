/** Which program this is (P1.4): its version, and a hash of everything that was built, for anyone to compare. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface BuildIdentity {
  readonly version: string;
  /** First 16 hex digits of SHA-256 over names and contents of all built .js and .html files, in order of their names. */
  readonly buildHash: string;
}

/** @param built the folder of what was built. @param packageFile package.json. */
export async function buildIdentity(built: string, packageFile: string): Promise<BuildIdentity> {
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string };
  const names = (await readdir(built, { recursive: true })).filter((name) => /\.(js|html|css)$/.test(name) && !name.startsWith('test/')).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update('\0').update(await readFile(join(built, name)));
  return { version, buildHash: hash.digest('hex').slice(0, 16) };
}
