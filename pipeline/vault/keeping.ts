/**
 * Until when each session is kept: its date, moving it, erasing and undoing, and
 * the clock that all that hangs on. Of a session its file reveals nothing but
 * when it goes (P2.7): an erase is a date of tomorrow, so the caller keeps what
 * undoing goes back to, in the owner's own record.
 */
import { access, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Monotonic } from '../../session/ports.js';
import { canonical, utf8 } from '../seal/format.js';
import { replaceWhole, syncFolder } from './durable.js';
import { erase, finishErasing, type Receipt } from './erase.js';
import { confirmed, expiryOf, isDue, judge, moved, restored, UNDO_MS, type ClockTrust } from './expiry.js';
import { datesFile, isSessionId } from './layout.js';

export interface KeepingOptions {
  /** The vault's folder. */
  readonly root: string;
  readonly wall: () => Date;
  readonly now: () => Monotonic;
  /** How many days a session that begins now is kept: as the school has set (P1.5: 60 where it has not, 365 at most). */
  readonly retentionDays: () => number;
}

/** A clock is written down at each sweep, so this is how far back "last seen" can be. */
const CLOCK = 'clock.json';

export class Keeping {
  readonly #options: KeepingOptions;
  #clock: ClockTrust;
  #judgedAt: Monotonic;
  #working: Promise<unknown> = Promise.resolve();

  private constructor(options: KeepingOptions, clock: ClockTrust) {
    this.#options = options;
    this.#clock = clock;
    this.#judgedAt = options.now();
  }

  /** Finishes what a power cut broke off. The vault's folder is there. */
  static async open(options: KeepingOptions): Promise<Keeping> {
    await finishErasing(options.root, options.wall());
    const before = await readClock(path.join(options.root, CLOCK));
    const keeping = new Keeping(options, before ?? judge(undefined, options.wall().getTime(), 0));
    await keeping.#look();
    return keeping;
  }

  /** False: the clock jumped, so nothing expires until somebody says that the date is right. */
  get isClockTrusted(): boolean {
    return this.#clock.trusted;
  }

  /** Somebody looked at the date, and it is right. @throws RangeError (rejects) where it cannot be. */
  async trustClock(): Promise<void> {
    this.#clock = confirmed(this.#options.wall().getTime());
    this.#judgedAt = this.#options.now();
    await this.#writeClock();
  }

  /** For a session that begins now. @returns until when it is kept: undefined where the clock cannot say, so that it stays until its owner sets a day. */
  async begin(session: string): Promise<Date | undefined> {
    await this.#look();
    if (!this.#clock.trusted) return undefined;
    return this.#keepUntil(session, expiryOf(this.#options.wall().getTime(), this.#options.retentionDays()));
  }

  /** When it goes; undefined where it has no date, or one that cannot be read: it never goes by itself then. */
  async goneAt(session: string): Promise<Date | undefined> {
    const at = await readDate(this.#file(session));
    return at === undefined ? undefined : new Date(at);
  }

  /** Also undoes an erase. @param started of the session. @throws RangeError (rejects) before now, beyond 365 days from the start, or where it is gone. */
  async move(session: string, started: Date, until: Date): Promise<Date> {
    return this.#keepUntil(session, moved(started.getTime(), until.getTime(), this.#options.wall().getTime()));
  }

  /** Undoes an erase. @param started of the session. @param before when it went before; undefined where it had no date. @throws RangeError (rejects) where it is gone. */
  async restore(session: string, started: Date, before: Date | undefined): Promise<void> {
    if (before !== undefined) {
      await this.#keepUntil(session, restored(started.getTime(), before.getTime(), this.#options.wall().getTime()));
      return;
    }
    await this.#inTurn(async () => {
      await this.#mustBeThere(session);
      await rm(this.#file(session), { force: true });
      await syncFolder(this.#options.root);
    });
  }

  /** @returns when it will be gone: tomorrow at this time. Until then `restore` undoes it. */
  async erase(session: string): Promise<Date> {
    return this.#keepUntil(session, this.#options.wall().getTime() + UNDO_MS);
  }

  /** At once, and not to be undone: for an owner who has just opened a challenge with their own key. */
  eraseNow(session: string): Promise<Receipt> {
    if (!isSessionId(session)) throw new RangeError('not a session id');
    return this.#inTurn(() => erase(this.#options.root, session, this.#options.wall()));
  }

  /** Erases what is due; to be called every hour and at the start. @param open id of the session that is open: it is left alone. */
  async sweep(open?: string): Promise<Receipt[]> {
    await this.#look();
    const { root, wall } = this.#options;
    const receipts: Receipt[] = [];
    for (const name of this.#clock.trusted ? await readdir(root) : []) {
      if (!isSessionId(name) || name === open) continue;
      const receipt = await this.#inTurn(async () => isDue(await readDate(datesFile(root, name)), wall().getTime(), this.#clock) ? erase(root, name, wall()) : undefined);
      if (receipt !== undefined) receipts.push(receipt);
    }
    return receipts;
  }

  async #keepUntil(session: string, at: number): Promise<Date> {
    const file = this.#file(session);
    await this.#inTurn(async () => {
      await this.#mustBeThere(session);
      await replaceWhole(file, utf8(canonical({ v: 1, goneAt: new Date(at).toISOString() })));
    });
    return new Date(at);
  }

  /** A session that has gone meanwhile gets no date any more. */
  async #mustBeThere(session: string): Promise<void> {
    await access(path.join(this.#options.root, session)).catch(() => { throw new RangeError('this session is gone'); });
  }

  /** @throws RangeError where `session` is no session id. */
  #file(session: string): string {
    if (!isSessionId(session)) throw new RangeError('not a session id');
    return datesFile(this.#options.root, session);
  }

  async #look(): Promise<void> {
    const now = this.#options.now();
    this.#clock = judge(this.#clock, this.#options.wall().getTime(), now - this.#judgedAt);
    this.#judgedAt = now;
    await this.#writeClock();
  }

  #writeClock(): Promise<void> {
    const { seen, trusted } = this.#clock;
    return this.#inTurn(() => replaceWhole(path.join(this.#options.root, CLOCK), utf8(canonical({ v: 1, seen: new Date(seen).toISOString(), trusted }))));
  }

  /** One after another: each file is replaced by way of one name, and what is being erased is not moved meanwhile. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#working.then(work);
    this.#working = done.catch(() => undefined);
    return done;
  }
}

/** A file that cannot be read counts as a clock that jumped. @returns undefined where there is none. */
async function readClock(file: string): Promise<ClockTrust | undefined> {
  const fields = await readFields(file);
  if (fields === undefined) return undefined;
  const seen = typeof fields['seen'] === 'string' ? Date.parse(fields['seen']) : NaN;
  return { seen: Number.isNaN(seen) ? 0 : seen, trusted: fields['trusted'] === true && !Number.isNaN(seen) };
}

async function readDate(file: string): Promise<number | undefined> {
  const fields = await readFields(file);
  const at = typeof fields?.['goneAt'] === 'string' ? Date.parse(fields['goneAt']) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** @returns undefined where there is no file; no fields where it holds none. */
async function readFields(file: string): Promise<Record<string, unknown> | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {};
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : {};
  }
}
