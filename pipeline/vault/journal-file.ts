/** One journal on the disk: lines are appended in order; those that come while a sync is out share the next one. */
import { open, type FileHandle } from 'node:fs/promises';

export class JournalFile {
  readonly #handle: FileHandle;
  #waiting: string[] = [];
  #turn: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @throws NodeJS.ErrnoException, EEXIST where it is there already. */
  static async create(file: string): Promise<JournalFile> {
    return new JournalFile(await open(file, 'wx', 0o600));
  }

  /** Resolved when the line is on the disk. */
  append(line: string): Promise<void> {
    this.#waiting.push(`${line}\n`);
    this.#next ??= this.#turn.then(() => this.#flush());
    return this.#next;
  }

  async close(): Promise<void> {
    await this.#turn.catch(() => undefined);
    await this.#handle.close();
  }

  #flush(): Promise<void> {
    const text = this.#waiting.join('');
    this.#waiting = [];
    this.#next = undefined;
    // Where one write failed the file's end is unknown, so the ones after it fail too.
    this.#turn = this.#handle.appendFile(text).then(() => this.#handle.datasync());
    return this.#turn;
  }
}
