/** Plays a `.talk` file: this side is the device, on a pseudo-terminal; README.md has the words. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verified } from '../../session/ports.js';
import { Pty } from '../../hardware/virtual/pty.js';

/** Not a wait: only how long a broken conversation takes to fail. */
const DEADLINE_MS = 10_000;

export interface Talker {
  want(wish: string): void;
  onVerified(listener: (verified: Verified<string>) => void): void;
  close(): Promise<void>;
}

/**
 * @param folder for the pseudo-terminal. @param open makes the adapter on the path that it is given.
 * @throws Error with the talk's line that did not happen, and what came instead.
 */
export async function playTalk(name: string, folder: string, open: (path: string) => Talker): Promise<void> {
  const heard = new Inbox<number>();
  const told = new Inbox<string>();
  const path = join(folder, 'line');
  const pty = await Pty.open(path, (bytes) => heard.put(...bytes));
  const talker = open(path);
  talker.onVerified((verified) => told.put(inWords(verified)));
  try {
    for (const { line, where } of readTalk(name)) await step(line).catch((error: unknown) => { throw new Error(`${where}: ${line}: ${(error as Error).message}`); });
  } finally {
    await talker.close();
    pty.unplug();
  }

  async function step(line: string): Promise<void> {
    const [word = '', ...rest] = line.split(' ');
    const what = rest.join(' ');
    switch (word) {
      case 'expect':
        return heard.expect([...bytesOf(what)], (bytes) => (what.startsWith('"') ? JSON.stringify(Buffer.from(bytes).toString()) : Buffer.from(bytes).toString('hex')));
      case 'reply':
        return pty.write(bytesOf(what));
      case 'want':
        return talker.want(what);
      case 'told':
        return told.expect([what], String);
      case 'unplug':
        return pty.unplug();
      case 'plug':
        heard.clear();
        return pty.plug();
      default:
        throw new Error('no word of a talk');
    }
  }
}

function readTalk(name: string): { line: string; where: string }[] {
  const lines = readFileSync(find(`${name}.talk`), 'utf8').split('\n').map((line, at) => ({ line: line.trim(), where: `${name}.talk:${at + 1}` }));
  return lines
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .flatMap((entry) => (entry.line.startsWith('play ') ? readTalk(entry.line.slice('play '.length)) : [entry]));
}

/** Talks are not compiled: they lie beside the source, above the compiled tree. */
function find(file: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidates = [join(folder, file), join(folder, 'test/talks', file)];
    const found = candidates.find((candidate) => existsSync(candidate));
    if (found !== undefined) return found;
    if (folder === dirname(folder)) throw new Error(`there is no test/talks/${file}`);
  }
}

const bytesOf = (text: string): Buffer =>
  text.startsWith('"') ? Buffer.from(JSON.parse(text) as string) : Buffer.from(text.replaceAll(' ', ''), 'hex');

const inWords = (verified: Verified<string>): string =>
  [verified.kind, verified.kind === 'verified' ? verified.value : verified.fault].filter((word) => word !== undefined).join(' ');

/** What came in, until it is expected. */
class Inbox<T> {
  #items: T[] = [];
  #wake = (): void => undefined;

  put(...items: T[]): void {
    this.#items.push(...items);
    this.#wake();
  }

  clear(): void {
    this.#items = [];
  }

  /** Resolves when `wanted` is what came next. @throws Error at the first difference, or at the deadline. */
  async expect(wanted: readonly T[], show: (items: T[]) => string): Promise<void> {
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const came = this.#items.slice(0, wanted.length);
      if (came.some((item, at) => item !== wanted[at])) throw new Error(`instead came ${show(came)}`);
      if (came.length === wanted.length) break;
      const more = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), deadline - Date.now());
        this.#wake = () => (clearTimeout(timer), resolve(true));
      });
      if (!more) throw new Error(`only ${show(came)} came in ${DEADLINE_MS} ms`);
    }
    this.#items.splice(0, wanted.length);
  }
}
