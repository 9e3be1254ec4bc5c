/**
 * The one-use code that makes a steward. Whoever can write into the data folder
 * can have one: there is no account and no PIN that everybody knows (P10.1).
 */
import { chown, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { argon2id, hashed, matches, NOBODYS, type SlowHash } from '../hashed.js';
import { makeTypedCode, typedCodeBytes } from '../typed-code.js';

const FILE = 'setup-code.json';
const VALID_MS = 24 * 3600_000;
/** 54 bits: it may be tried all day, and the number of tries is not stored. */
const GROUPS = 3;

const Stored = Type.Object({ salt: Type.String(), hash: Type.String({ minLength: 44, maxLength: 44 }), until: Type.String() }, { additionalProperties: false });
type Stored = Static<typeof Stored>;
const shape = Compile(Stored);

/**
 * A new one replaces the older.
 * @param folder the data folder. @returns the code, which is nowhere else. @throws the file system's error.
 */
export async function writeSetUpCode(folder: string, wall: Date, slow: SlowHash = argon2id): Promise<{ readonly code: string; readonly until: Date }> {
  const code = makeTypedCode(GROUPS);
  const letters = typedCodeBytes(code);
  const until = new Date(wall.getTime() + VALID_MS);
  const stored: Stored = { ...await hashed(letters, slow), until: until.toISOString() };
  letters.fill(0);
  const file = join(folder, FILE);
  const fresh = `${file}.new`;
  await rm(fresh, { force: true });
  const handle = await open(fresh, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(stored)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // Whoever runs the tool is often root; the service has to read it.
  const { uid, gid } = await stat(folder);
  if (process.getuid?.() === 0) await chown(fresh, uid, gid);
  await rename(fresh, file);
  await syncFolder(folder);
  return { code, until };
}

/** Takes the same time where there is none. @returns false where it is another, has run out, or there is none. @throws the file system's error. */
export async function isSetUpCode(folder: string, typed: string, wall: Date, slow: SlowHash = argon2id): Promise<boolean> {
  const stored = await readStored(join(folder, FILE));
  const letters = typedCodeBytes(typed);
  const fits = await matches(stored ?? NOBODYS, letters, slow);
  letters.fill(0);
  const left = stored === null ? 0 : Date.parse(stored.until) - wall.getTime();
  // One that seems to be valid for longer was made before the clock was put back.
  return fits && left > 0 && left <= VALID_MS;
}

/** For good: on the disk when it resolves. @throws the file system's error. */
export async function useUpSetUpCode(folder: string): Promise<void> {
  await rm(join(folder, FILE), { force: true });
  await syncFolder(folder);
}

/** A file that is none of ours is no code. */
async function readStored(file: string): Promise<Stored | null> {
  try {
    const stored: unknown = JSON.parse(await readFile(file, 'utf8'));
    return shape.Check(stored) ? stored : null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
