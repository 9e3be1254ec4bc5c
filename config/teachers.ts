/** Who is enrolled, who signs in, and which sessions are whose. Nothing here lists one teacher's sessions without that teacher's sign-in. */
import { randomBytes } from 'node:crypto';
import type { Mode, Monotonic, Purpose } from '../session/ports.js';
import { NOBODY, seal, sealRecordKey, unseal, unwrapRecordKey, wrapRecordKey } from './record-key.js';
import type { Store, Teacher } from './store.js';

/** A session as its owner's record describes it. */
export interface OwnedSession {
  readonly session: string;
  readonly purpose: Purpose;
  readonly mode: Mode;
  /** ISO 8601, device time. */
  readonly startedAt: string;
}

/** Who signed in. The opened record key stays in here (Teachers), in memory, and is wiped at sign-out. */
export interface SignedIn {
  readonly teacher: string;
  readonly displayName: string;
}

/** Why somebody is not signed in, for the screen. */
export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly sentence: string;
  readonly remedy: string;
  readonly waitSeconds?: number;
}

export type SignInAnswer = { readonly ok: true; readonly signedIn: SignedIn } | Refusal;

/** One answer for a wrong PIN and for a name that is not enrolled (P3.3). */
const WRONG: Refusal = { ok: false, code: 'WRONG_PIN', sentence: 'That name and PIN do not go together.', remedy: 'Try again, or ask the technician about enrolling.' };
const wait = (seconds: number): Refusal => ({ ok: false, code: 'WAIT', sentence: `Too many tries. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`, remedy: 'Then try again. Stop works all the time.', waitSeconds: seconds });

/** An opened record key and whose it is. */
interface OpenKey { readonly teacher: string; readonly key: Buffer }

/** P10.1: the first three tries are free, then the wait doubles up to 30 s. */
const FREE_TRIES = 3;
const LONGEST_WAIT_S = 30;
const waitAfter = (failures: number): number => (failures < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_S, 2 ** (failures - FREE_TRIES)));

/** All names that are not enrolled wait together, so that they cost no memory. */
const UNKNOWN = 'unknown';

export class Teachers {
  readonly #store: Store;
  readonly #now: () => Monotonic;
  /** When each teacher may try again. After a restart a past failure counts from the restart. */
  readonly #tryAgainAt = new Map<string, Monotonic>();
  /** One hash at a time: 64 MiB each. */
  #hashing: Promise<unknown> = Promise.resolve();
  /** The key of whoever is signed in. */
  #present: OpenKey | null = null;
  /** The key of whoever started, until their session's record is written: a start signs out. */
  #starting: OpenKey | null = null;

  constructor(store: Store, now: () => Monotonic) {
    this.#store = store;
    this.#now = now;
    for (const { id, failures } of store.state.teachers) this.#tryAgainAt.set(id, now() + waitAfter(failures) * 1000);
  }

  /** For the sign-in list. */
  names(): { id: string; displayName: string }[] {
    return this.#store.state.teachers.map(({ id, name }) => ({ id, displayName: name }));
  }

  recipientsOf(teacher: string): readonly string[] {
    return this.#find(teacher)?.recipients ?? [];
  }

  /** @returns the new teacher's id. @throws TypeError where the PIN has fewer than 6 digits (P10.1). */
  async enrol({ name, pin, recipients }: { name: string; pin: Buffer; recipients: readonly string[] }): Promise<string> {
    if (!/^\d{6,12}$/.test(pin.toString('latin1'))) throw new TypeError('a PIN has 6 to 12 digits');
    const recordKey = randomBytes(32);
    const teacher: Teacher = {
      id: randomBytes(16).toString('hex'), name, recipients: [...recipients],
      pin: await wrapRecordKey(recordKey, pin), recordKeySealed: await sealRecordKey(recordKey, recipients),
      failures: 0, records: [],
    };
    recordKey.fill(0);
    await this.#store.update((draft) => { draft.teachers.push(teacher); });
    return teacher.id;
  }

  /** @param pin wiped by the caller. A throttled try does no hashing and reveals nothing. */
  async signIn(id: string, pin: Buffer): Promise<SignInAnswer> {
    const opened = await this.#unlock(id, pin);
    if (!opened.ok) return opened;
    this.signedOut();
    this.#present = { teacher: id, key: opened.key };
    return { ok: true, signedIn: { teacher: id, displayName: opened.name } };
  }

  /** Is this the teacher's PIN? Throttled like a sign-in; signs nobody in or out, and opens nothing. @param pin wiped by the caller. */
  async hasPin(id: string, pin: Buffer): Promise<{ readonly ok: true } | Refusal> {
    const opened = await this.#unlock(id, pin);
    if (!opened.ok) return opened;
    opened.key.fill(0);
    return { ok: true };
  }

  async #unlock(id: string, pin: Buffer): Promise<{ readonly ok: true; readonly key: Buffer; readonly name: string } | Refusal> {
    const teacher = this.#find(id);
    const left = (this.#tryAgainAt.get(teacher?.id ?? UNKNOWN) ?? 0) - this.#now();
    if (left > 0) return wait(Math.ceil(left / 1000));
    const turn = this.#hashing.then(() => unwrapRecordKey(teacher?.pin ?? NOBODY, pin));
    this.#hashing = turn.catch(() => undefined);
    const recordKey = await turn;
    await this.#count(id, recordKey !== null);
    return teacher === undefined || recordKey === null ? WRONG : { ok: true, key: recordKey, name: teacher.name };
  }

  /** Wipes the key of whoever was signed in. */
  signedOut(): void {
    this.#present?.key.fill(0);
    this.#present = null;
  }

  /** A start is asked for: the key is held until the session's record is written, or until the next start. */
  starting(teacher: string): void {
    this.#starting?.key.fill(0);
    this.#starting = this.#present?.teacher === teacher ? { teacher, key: Buffer.from(this.#present.key) } : null;
  }

  /** Writes down, for the owner's eyes only, that a session is theirs (P1.2). @throws Error where that teacher did not start one. */
  async own(teacher: string, session: OwnedSession): Promise<void> {
    const held = this.#starting;
    if (held?.teacher !== teacher) throw new Error('a session needs an owner who signed in and started it');
    const sealed = seal(held.key, Buffer.from(JSON.stringify(session)));
    this.#starting = null;
    held.key.fill(0);
    await this.#store.update((draft) => {
      draft.teachers.find(({ id }) => id === teacher)?.records.push(sealed);
    });
  }

  /** The sessions of the teacher who is signed in, newest first; of nobody else (P1.3). */
  sessionsOf(teacher: string): OwnedSession[] {
    const present = this.#present;
    if (present?.teacher !== teacher) return [];
    return (this.#find(teacher)?.records ?? []).flatMap((sealed) => {
      const plain = unseal(present.key, sealed);
      return plain === null ? [] : [JSON.parse(plain.toString()) as OwnedSession];
    }).reverse();
  }

  #find(id: string): Teacher | undefined {
    return this.#store.state.teachers.find((teacher) => teacher.id === id);
  }

  async #count(id: string, right: boolean): Promise<void> {
    const failures = right ? 0 : (this.#find(id)?.failures ?? 0) + 1;
    this.#tryAgainAt.set(this.#find(id)?.id ?? UNKNOWN, this.#now() + waitAfter(failures) * 1000);
    if (this.#find(id)?.failures === failures) return;
    await this.#store.update((draft) => {
      const teacher = draft.teachers.find((candidate) => candidate.id === id);
      if (teacher !== undefined) teacher.failures = failures;
    });
  }
}
