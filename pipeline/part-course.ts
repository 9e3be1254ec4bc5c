/** What one recorder process tells of the parts that it writes, handed on to their logs in order; and the next part, where one is full. */
import type { FromRecorder, PartFigures, PartOrder } from './recorder-messages.js';
import type { PartLog } from './vault/part-log.js';

export type PartNews = Extract<FromRecorder, { kind: 'created' | 'checkpoint' | 'filling' | 'rolled' | 'storage' | 'frames-dropped' }>;

export interface PartCourseListener {
  /** The recorder may go on in this one. */
  goOnIn(order: PartOrder): void;
  /** A record could not be written. */
  failed(error: unknown): void;
  log(line: string, evidence?: unknown): void;
}

export class PartCourse {
  /** Resolves when it is known where the first part goes. @throws (rejects) where no session is open. */
  readonly ready: Promise<void>;
  readonly #listener: PartCourseListener;
  /** The part that is being written, and the one after it once that was asked for. */
  #part: PartLog | undefined;
  #next: PartLog | undefined;
  /** Its file is in the journal, so that records of it may follow. */
  #created = false;
  /** Pictures that overload cost, not in the journal yet. */
  #dropped = 0;

  /** @param first undefined where the process writes none. */
  constructor(first: Promise<PartLog> | undefined, listener: PartCourseListener) {
    this.#listener = listener;
    this.ready = Promise.resolve(first).then((part) => { this.#part = part; });
    this.ready.catch((error: unknown) => listener.failed(error));
  }

  get order(): PartOrder | undefined {
    return this.#part?.order;
  }

  hear(news: PartNews): void {
    switch (news.kind) {
      case 'created':
        this.#write((part) => part.created(news.header));
        this.#created = true;
        return this.#writeDrops();
      case 'checkpoint': return this.#write((part) => part.checkpoint(news.checkpoint));
      case 'storage': return news.slow ? this.#write((part) => part.slow()) : undefined;
      case 'frames-dropped':
        this.#dropped += news.frames;
        return this.#writeDrops();
      case 'filling': return this.#orderNext();
      case 'rolled': return this.#rolled(news.part);
    }
  }

  /** The process is gone. @param figures of the last part, where it still gave them. @param storageLost see PartLog. */
  async close(figures: PartFigures | undefined, storageLost: boolean): Promise<void> {
    await this.ready.catch(() => undefined);
    await Promise.all([this.#part?.closed(figures, storageLost), this.#next?.closed(undefined, storageLost)]);
  }

  #orderNext(): void {
    try {
      this.#next ??= this.#part?.next();
      if (this.#next !== undefined) this.#listener.goOnIn(this.#next.order);
    } catch (error) {
      this.#listener.log('there is no next part', error); // this one grows on
    }
  }

  #rolled(figures: PartFigures): void {
    const full = this.#part;
    this.#part = this.#next;
    this.#next = undefined;
    this.#created = false;
    full?.closed(figures).catch((error: unknown) => this.#listener.failed(error));
  }

  #writeDrops(): void {
    const frames = this.#dropped;
    if (frames === 0 || !this.#created) return;
    this.#dropped = 0;
    this.#write((part) => part.dropped(frames));
  }

  #write(record: (part: PartLog) => Promise<void>): void {
    if (this.#part !== undefined) record(this.#part).catch((error: unknown) => this.#listener.failed(error));
  }
}
