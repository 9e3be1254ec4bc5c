/**
 * `npm run open -- FOLDER --key FILE [--out FILE]`: opens a collected session with its owner's key, joins its parts
 * into one MP4, and writes a text beside it. Exit code 0: all of it; 1: something is missing, and said; 2: nothing.
 */
import { open, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { aboutEvents, openedSession, verifyFiles, type AboutEvent, type Binding, type HeaderOpener, type Verified } from '../pipeline/seal/format.js';
import { nodeCrypto, openHeader } from '../pipeline/seal/node.js';
import { folderFiles } from '../pipeline/vault/verify.js';

const USAGE = 'npm run open -- FOLDER --key FILE [--out FILE.mp4]';

/** Told once for the whole session, or, a claim's secret, not at all: who knows it can claim the session. */
const NOT_TOLD: ReadonlySet<string> = new Set(['kind', 'v', 'session', 'at', 'secret']);

/** Its message says what is wrong and what to do. */
class CannotOpen extends Error {}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(`not opened: ${whatToDo(error)}`);
  process.exitCode = 2;
}

async function run(): Promise<number> {
  const { positionals: [folder, ...more], values } = parseArgs({ allowPositionals: true, options: { key: { type: 'string' }, out: { type: 'string' } } });
  if (folder === undefined || more.length > 0) throw new CannotOpen(`which folder? Run: ${USAGE}`);
  if (values.key === undefined) throw new CannotOpen(`it takes your key: ${USAGE}`);
  const opener = openerOf(await readFile(values.key, 'utf8'));
  const out = values.out ?? `${path.basename(path.resolve(folder))}.mp4`;
  const stem = out.replace(/\.mp4$/i, '');
  for (const file of [out, `${stem}.txt`]) if (await isThere(file)) throw new CannotOpen(`${file} is there already; move it away, or name another file by --out`);

  const files = folderFiles(folder);
  const verified = await verifyFiles(nodeCrypto, files, undefined);
  const continues = new Map(verified.parts.map((part) => [part.part, part.continues]));
  const told: string[] = [];
  const films: string[] = [];
  let binding: Binding | undefined;
  let film: FileHandle | undefined;
  try {
    for await (const step of openedSession(nodeCrypto, files, continues, opener)) {
      if (step.kind === 'binding') binding = step.binding;
      else if (step.kind === 'told') told.push(step.words);
      else if (step.kind === 'bytes') await film?.writeFile(step.bytes);
      else {
        await film?.close();
        const name = films.length === 0 ? out : `${stem}-${films.length + 1}.mp4`;
        film = await open(name, 'wx', 0o600);
        films.push(name);
      }
    }
    await film?.sync();
  } catch (error) {
    for (const name of films) await rm(name, { force: true }); // nothing half-written is left in clear
    throw error;
  } finally {
    await film?.close();
  }
  if (binding === undefined || films.length === 0) throw new CannotOpen(told[0] ?? `there is no part-01.mp4.age in ${folder}; name the folder of one session`);
  const { events, unreadable } = await aboutEvents(nodeCrypto, files, opener);
  if (unreadable > 0) told.push(`${unreadable} of the events beside the film could not be read`);
  await writeNew(`${stem}.txt`, text(binding, verified, told, events));
  const wholly = verified.verdict.kind === 'complete' && told.length === 0;
  console.log(`${films.join(', ')}: opened${wholly ? ', all of it' : ''}`);
  console.log(`the journal says: ${verified.verdict.words}`);
  for (const words of told) console.log(words);
  return wholly ? 0 : 1;
}

/** @param text of an age identity file. */
function openerOf(text: string): HeaderOpener {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines[0] === 'age-encryption.org/v1' || lines[0]?.startsWith('-----BEGIN AGE') === true)
    throw new CannotOpen('this key file is itself locked by a passphrase; unlock it first: age -d KEYFILE > key.txt');
  const identities = lines.filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (identities.length === 0) throw new CannotOpen('there is no key in this file; an age key is a line that begins with AGE-SECRET-KEY-');
  return async (header) => {
    try {
      return await openHeader(header, ...identities);
    } catch {
      throw new CannotOpen('this key does not open this session, or the beginning of a part was changed; try your other key, and run npm run verify');
    }
  };
}

function text(binding: Binding, { verdict, started, framesDropped }: Verified, told: readonly string[], events: readonly AboutEvent[]): string {
  const { purpose, mode, room, code, session, owner } = binding;
  return `${[
    `Session ${session}`,
    `Started: ${started ?? 'not known'} (by the device's clock)`,
    `Room: ${room}`,
    `Purpose: ${purpose.words} (${purpose.id}, version ${purpose.version})`,
    `Who may watch it: ${purpose.audience}`,
    `Mode: ${mode}`,
    `Code of practice: ${code}`,
    `Owner's key: ${owner}`,
    `Journal: ${verdict.words} (its device's key was not compared)`,
    ...(framesDropped > 0 ? [`Pictures lost to overload: ${framesDropped}`] : []),
    ...told,
    ...events.map(eventWords),
  ].join('\n')}\n`;
}

function eventWords(event: AboutEvent): string {
  const fields = Object.entries(event).filter(([name]) => !NOT_TOLD.has(name)).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [typeof event['at'] === 'string' ? event['at'] : 'at no time', event.kind, ...fields].join('  ');
}

async function writeNew(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false);
}

function whatToDo(error: unknown): string {
  const { code, message, path: file = 'a file' } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT': return `${file} is not there; look at the spelling`;
    case 'ENOTDIR': return `${file} is no folder; name the folder of one session`;
    case 'EISDIR': return `${file} is a folder; name a file`;
    case 'EEXIST': return `${file} is there already; move it away, or name another file by --out`;
    case 'EACCES': return `${file} may not be read or written by you; copy the session to a folder of your own`;
    case 'ENOSPC': return 'the disk is full; nothing in clear was left on it. Make room, or name a file on another disk by --out';
    default: return message;
  }
}
