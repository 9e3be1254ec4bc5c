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

/** Proof of a sign-in: the opened record key lives here, in memory, and is wiped at sign-out. */
export interface SignedIn {
  readonly teacher: string;
  readonly name: string;
  readonly recordKey: Buffer;
}

export type SignInAnswer =
  | { readonly kind: 'signed-in'; readonly signedIn: SignedIn }
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** P10.1: the first three tries are free, then the wait doubles up to 30 s. */
const FREE_TRIES = 3;
const LONGEST_WAIT_S = 30;
const waitAfter = (failures: number): number => (failures < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_S, 2 ** (failures - FREE_TRIES)));

/** All names that are not enrolled wait together, so that they cost no memory. */
const UNKNOWN = 'unknown';

/** P1.5: kept for 60 days unless the owner says otherwise. */
const KEPT_DAYS = 60;

export class Teachers {
  readonly #store: Store;
  readonly #now: () => Monotonic;
  /** When each teacher may try again. After a restart a past failure counts from the restart. */
  readonly #tryAgainAt = new Map<string, Monotonic>();
  /** One hash at a time: 64 MiB each. */
  #hashing: Promise<unknown> = Promise.resolve();

  constructor(store: Store, now: () => Monotonic) {
    this.#store = store;
    this.#now = now;
    for (const { id, failures } of store.state.teachers) this.#tryAgainAt.set(id, now() + waitAfter(failures) * 1000);
  }

  /** For the sign-in list. */
  names(): { id: string; name: string }[] {
    return this.#store.state.teachers.map(({ id, name }) => ({ id, name }));
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
    const teacher = this.#find(id);
    const left = (this.#tryAgainAt.get(teacher?.id ?? UNKNOWN) ?? 0) - this.#now();
    if (left > 0) return { kind: 'wait', seconds: Math.ceil(left / 1000) };
    const turn = this.#hashing.then(() => unwrapRecordKey(teacher?.pin ?? NOBODY, pin));
    this.#hashing = turn.catch(() => undefined);
    const recordKey = await turn;
    await this.#count(id, recordKey !== null);
    if (teacher === undefined || recordKey === null) return { kind: 'refused' };
    return { kind: 'signed-in', signedIn: { teacher: id, name: teacher.name, recordKey } };
  }

  /** Writes down, for the owner's eyes only, that a session is theirs (P1.2). */
  async own({ teacher, recordKey }: SignedIn, session: OwnedSession): Promise<void> {
    const expiresOn = new Date(Date.parse(session.startedAt) + KEPT_DAYS * 24 * 3600_000).toISOString().slice(0, 10);
    const sealed = seal(recordKey, Buffer.from(JSON.stringify(session)));
    await this.#store.update((draft) => {
      draft.teachers.find(({ id }) => id === teacher)?.records.push({ expiresOn, sealed });
    });
  }

  /** The sessions of this signed-in teacher, newest first; nobody else's can be opened with their key (P1.3). */
  sessionsOf({ teacher, recordKey }: SignedIn): (OwnedSession & { expiresOn: string })[] {
    return (this.#find(teacher)?.records ?? []).flatMap(({ expiresOn, sealed }) => {
      const plain = unseal(recordKey, sealed);
      return plain === null ? [] : [{ ...(JSON.parse(plain.toString()) as OwnedSession), expiresOn }];
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
