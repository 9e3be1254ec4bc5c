/** What an owner finds, keeps and erases: the owner's records and the vault's summaries, joined. Nobody else's can be named (P1.3). */
import { join } from 'node:path';
import { Throttle, waiting } from '../config/throttle.js';
import type { Recordings, SignedIn } from '../kiosk/server/house.js';
import type { Refusal } from '../kiosk/protocol.js';
import type { LogEntry } from '../pipeline/vault/about.js';
import { startedIfClaimed, type Claims } from '../pipeline/vault/claims.js';
import { DAY_MS, keptAtMost } from '../pipeline/vault/expiry.js';
import { digestOf, receiptOf } from '../pipeline/vault/erase.js';
import type { Keeping } from '../pipeline/vault/keeping.js';
import { JOURNAL } from '../pipeline/vault/layout.js';
import type { SealedVault } from '../pipeline/vault/vault.js';
import type { Mode, Monotonic, Purpose } from '../session/ports.js';
import type { KeyProof } from './accounts.js';

/** A session as its owner's record describes it. */
export interface OwnRecord {
  readonly session: string;
  /** Null where it was claimed: what it was for is inside the seal only. */
  readonly purpose: Purpose | null;
  readonly mode: Mode | null;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Its owner erased it. */
  readonly erased?: boolean;
  /** ISO 8601: when it would have gone without that; null where it had no date. */
  readonly keptUntil?: string | null;
}

/** The records of whoever is signed in (config/accounts.ts). */
export interface OwnRecords {
  sessionsOf(account: string): readonly OwnRecord[];
  /** @param change null removes the record. */
  changeSession(account: string, session: string, change: (record: OwnRecord) => OwnRecord | null): Promise<unknown>;
  /** One more, without a start. */
  addSession(account: string, record: OwnRecord): Promise<unknown>;
  recipientsOf(account: string): readonly string[];
}

export interface RecordingsDesk extends Recordings {
  /** Those that go by themselves within 14 days (P1.5). */
  goingSoon(owner: SignedIn): Promise<{ recording: string; startedAt: string; goneAt: string }[]>;
  /** Of these sessions from begin to end, pauses included, in their order; 0 where that cannot be told. */
  lengthsOf(sessions: readonly string[]): Promise<number[]>;
}

export interface RecordingsParts {
  readonly records: OwnRecords;
  readonly vault: SealedVault;
  readonly keeping: Keeping;
  readonly claims: Claims;
  /** The vault's folder. */
  readonly root: string;
  readonly key: KeyProof;
  readonly mark: () => Promise<void>;
  readonly wall: () => Date;
  readonly now: () => Monotonic;
}

export type No = { readonly ok: false } & Refusal;
export const NOT_YOURS: No = { ok: false, code: 'NOT_YOURS', sentence: 'There is no such recording of yours.', remedy: 'Choose one from the list.' };
export const STILL_OPEN: No = { ok: false, code: 'STILL_OPEN', sentence: 'This recording is not finished yet.', remedy: 'Finish it first.' };
const NO_SUCH_DAY: No = { ok: false, code: 'NO_SUCH_DAY', sentence: 'That day does not exist.', remedy: 'Choose another day.' };
const DAY_OVER: No = { ok: false, code: 'DAY_OVER', sentence: 'That day is over already.', remedy: 'Choose a later day. To remove a recording, erase it.' };
const TOO_LONG: No = { ok: false, code: 'TOO_LONG', sentence: 'A recording is kept 365 days at most.', remedy: 'Choose an earlier day, or collect it onto your stick.' };
const CLOCK_UNSURE: No = { ok: false, code: 'CLOCK_UNSURE', sentence: 'This recorder is not sure of the date, so “gone tomorrow” could be wrong.', remedy: 'Ask the technician to look at the date, or erase it at once with your key.' };
const WRONG_CLAIM: No = { ok: false, code: 'WRONG_CLAIM', sentence: 'This opens no recording here.', remedy: 'Look again with your key. A recording that was erased or has expired is gone.' };

/** What a recording was for whose record was lost stands inside its seal only. */
export const CLAIMED = 'found again with your key';

const SOON_MS = 14 * DAY_MS;
/** Five tries are free; the throttle itself gives three. */
const MORE_TRIES = 2;

export function recordingsDesk({ records, vault, keeping, claims, root, key, mark, wall, now }: RecordingsParts): RecordingsDesk {
  const throttle = new Throttle(now);
  const failures = new Map<string, number>();
  const find = ({ teacher }: SignedIn, session: string): OwnRecord | undefined => records.sessionsOf(teacher).find((record) => record.session === session);
  const note = ({ teacher }: SignedIn, session: string, entry: LogEntry): Promise<void> => vault.noteAfter(session, records.recipientsOf(teacher), { kind: 'log', ...entry });
  /** Of sessions that are over, whose journal stays as it is; in memory only. */
  const receipts = new Map<string, string>();
  const receiptFor = async (session: string): Promise<string> => {
    const receipt = receipts.get(session) ?? shortReceipt(await digestOf(join(vault.folderOf(session), JOURNAL)).catch(() => ''));
    if (receipt !== '') receipts.set(session, receipt);
    return receipt;
  };
  /** A session that goes just now is like one that never was. */
  const unlessGone = <T>(work: Promise<T>): Promise<T | No> => work.catch((error: unknown) => {
    if (error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ENOENT') return NOT_YOURS;
    throw error;
  });
  const change = ({ teacher }: SignedIn, session: string, fields: Pick<OwnRecord, 'erased' | 'keptUntil'>) =>
    records.changeSession(teacher, session, ({ purpose, mode, startedAt }) => ({ session, purpose, mode, startedAt, ...fields }));

  return {
    async list({ teacher }) {
      await vault.settled; // what was just finished has its end record
      const owned = records.sessionsOf(teacher);
      const summaries = await vault.read(owned.map(({ session }) => session));
      const listed = await Promise.all(owned.map(async ({ session, purpose, startedAt, erased = false }, at) => {
        const summary = summaries[at];
        if (summary === undefined || summary.state === 'gone') {
          // Only what was erased here is taken for gone: a disk that is not there for once costs nobody a record.
          if (await receiptOf(root, session).then(() => true, () => false)) await records.changeSession(teacher, session, () => null);
          return [];
        }
        const readable = summary.state !== 'damaged';
        const receipt = readable && summary.state !== 'open' ? await receiptFor(session) : '';
        return [{
          id: session, startedAt, purpose: purpose?.words ?? CLAIMED, erased,
          lengthMs: readable ? summary.mediaMs : 0, bytes: readable ? summary.bytes : 0, complete: readable && summary.state === 'ended',
          goneAt: (await keeping.goneAt(session))?.toISOString() ?? null, keptAtMost: new Date(keptAtMost(Date.parse(startedAt))).toISOString(), receipt,
        }];
      }));
      return listed.flat();
    },
    open(owner) {
      const { current } = vault;
      return current !== undefined && find(owner, current) !== undefined ? current : null;
    },
    async keep(owner, recording, until) {
      const owned = find(owner, recording);
      if (owned === undefined) return NOT_YOURS;
      const day = dayOf(until);
      if (day === undefined) return NO_SUCH_DAY;
      const started = Date.parse(owned.startedAt);
      const at = Math.min(day.last, keptAtMost(started)); // on the last day that is possible, as long as possible
      if (day.first > at) return TOO_LONG;
      if (at <= wall().getTime()) return DAY_OVER;
      const moved = await unlessGone(keeping.move(recording, new Date(started), new Date(at)));
      if ('ok' in moved) return moved;
      if (owned.erased === true) await change(owner, recording, {});
      await note(owner, recording, { what: 'kept-until', until: moved.toISOString() });
      return { ok: true };
    },
    async erase(owner, recording) {
      const owned = find(owner, recording);
      if (owned === undefined) return NOT_YOURS;
      if (vault.current === recording) return STILL_OPEN;
      if (!keeping.isClockTrusted) return CLOCK_UNSURE;
      const before = await keeping.goneAt(recording);
      // Asked twice, it goes when it was said first. The record comes first: without it there would be nothing to undo to.
      const isAsked = owned.erased === true && before !== undefined && before.getTime() <= wall().getTime() + DAY_MS;
      if (isAsked) return { ok: true, value: { goneAt: before.toISOString() } };
      if (owned.erased !== true) await change(owner, recording, { erased: true, keptUntil: before?.toISOString() ?? null });
      const goneAt = await unlessGone(keeping.erase(recording));
      if ('ok' in goneAt) return goneAt;
      await note(owner, recording, { what: 'erase-asked' });
      return { ok: true, value: { goneAt: goneAt.toISOString() } };
    },
    async undoErase(owner, recording) {
      const owned = find(owner, recording);
      if (owned === undefined) return NOT_YOURS;
      if (owned.erased !== true) return { ok: true };
      const before = owned.keptUntil == null ? undefined : new Date(owned.keptUntil);
      const gone = await unlessGone(keeping.restore(recording, new Date(owned.startedAt), before));
      if (gone !== undefined) return gone;
      await change(owner, recording, {});
      await note(owner, recording, { what: 'erase-undone' });
      return { ok: true };
    },
    async eraseNow(owner, recording, code) {
      if (find(owner, recording) === undefined) return NOT_YOURS;
      if (vault.current === recording) return STILL_OPEN;
      const proven = await key.answer(owner, code);
      if (!proven.ok) return proven;
      const receipt = await unlessGone(keeping.eraseNow(recording));
      if ('ok' in receipt) return receipt;
      await records.changeSession(owner.teacher, recording, () => null);
      return { ok: true, value: { receipt: shortReceipt(receipt.journal ?? '') } };
    },
    mark,
    async claims() {
      return (await claims.all()).map((file) => file.toString('base64'));
    },
    async claim(owner, session, secret) {
      const seconds = throttle.secondsLeft(owner.teacher);
      if (seconds > 0) return waiting(seconds);
      const startedAt = await startedIfClaimed(root, session, secret);
      const failed = startedAt === undefined ? (failures.get(owner.teacher) ?? 0) + 1 : 0;
      failures.set(owner.teacher, failed);
      throttle.failed(owner.teacher, Math.max(0, failed - MORE_TRIES));
      if (startedAt === undefined) return WRONG_CLAIM;
      if (find(owner, session) === undefined) await records.addSession(owner.teacher, { session, purpose: null, mode: null, startedAt });
      return { ok: true };
    },
    async goingSoon({ teacher }) {
      const dated = await Promise.all(records.sessionsOf(teacher).filter(({ erased }) => erased !== true).map(async ({ session, startedAt }) =>
        ({ recording: session, startedAt, goneAt: await keeping.goneAt(session) })));
      const until = wall().getTime() + SOON_MS;
      return dated.flatMap(({ goneAt, ...one }) => (goneAt !== undefined && goneAt.getTime() <= until ? [{ ...one, goneAt: goneAt.toISOString() }] : []));
    },
    async lengthsOf(sessions) {
      return (await vault.read(sessions)).map((summary) => (summary.state === 'gone' || summary.state === 'damaged' ? 0 : Math.max(summary.mediaMs, summary.lastedMs)));
    },
  };
}

/** First and last millisecond of a day by the clock on the wall; undefined where the calendar has no such day. */
function dayOf(text: string): { first: number; last: number } | undefined {
  const [year = NaN, month = NaN, day = NaN] = text.split('-').map(Number);
  const first = new Date(year, month - 1, day);
  if (first.getMonth() !== month - 1 || first.getDate() !== day) return undefined;
  return { first: first.getTime(), last: new Date(year, month - 1, day + 1).getTime() - 1 };
}

/** Short enough to write down, long enough that no other journal has it: 64 bits of its SHA-256, in groups of four. Empty where the journal could not be read. */
export const shortReceipt = (sha256: string): string => (sha256.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
