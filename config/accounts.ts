/** Who signs in, and what is whose. Nothing here lists what is one teacher's without that teacher's sign-in (P1.3). */
import { NO_KEY_BEFORE, WRONG_CODE, WRONG_PIN, type Answer, type OwnedSession, type Refusal, type SignedIn, type SignInAnswer } from './accounts/answers.js';
import { changeKey, changePin, close, hasPin, Unlocking, whyNotAsPin } from './accounts/changing.js';
import { accountBefore, enrolIn, lockedOf, newAccount, type EnrolWish, type KeyPart } from './accounts/enrolment.js';
import { Gate, type GateOptions } from './accounts/gate.js';
import { HeldKeys } from './accounts/held-keys.js';
import { change, find, followed, staffToTry, type Inside } from './accounts/inside.js';
import { addSession, changeMine, changeSession, mine, own, sessionsOf } from './accounts/own-things.js';
import { heard, type LastTime, type Mine } from './mine.js';
import { makeRecovery } from './recovery.js';
import { namesInOrder } from './school/staff-list.js';
import type { Account, StoredState } from './state.js';
import type { Store } from './store.js';

export type { OwnedSession } from './accounts/answers.js';
export type { EnrolWish, KeyPart } from './accounts/enrolment.js';

const lastChangeOf = ({ school }: StoredState): number => school?.changes.at(-1)?.number ?? 0;

export class Accounts {
  readonly #inside: Inside;
  readonly #unlocking: Unlocking;

  constructor(store: Store, options: GateOptions) {
    this.#inside = { store, options, gate: new Gate(store, options), keys: new HeldKeys() };
    this.#unlocking = new Unlocking(this.#inside, options.now);
  }

  /** The whole staff list, for the sign-in: the same whoever is enrolled (P3.3). */
  names(): { id: string; displayName: string }[] {
    return namesInOrder(this.#state).map(({ id, name }) => ({ id, displayName: name }));
  }

  recipientsOf(account: string): readonly string[] {
    return find(this.#inside, account)?.recipients ?? [];
  }

  /** @returns whose account it is, on the staff list; null where there is none. */
  staffOf(account: string): string | null {
    return find(this.#inside, account)?.staff ?? null;
  }

  /** Accounts that a PIN opens. */
  enrolled(): string[] {
    return this.#state.accounts.filter(({ pin }) => pin !== null).map(({ id }) => id);
  }

  /** @param staff of the sign-in list. @param pin wiped by the caller. */
  async signIn(staff: string, pin: Buffer): Promise<SignInAnswer> {
    const opened = await this.#inside.gate.pin(staff, pin);
    if (!opened.ok) return opened;
    const { account, key } = opened;
    if (account.recovery === null) await this.#giveRecovery(account, key);
    return this.#signedIn(account, key);
  }

  /** The same for whoever owns an account: where a later one took its place, no PIN is right. */
  async signInAccount(account: string, pin: Buffer): Promise<SignInAnswer> {
    const answer = await this.signIn(staffToTry(this.#inside, account), pin);
    if (!answer.ok || answer.signedIn.teacher === account) return answer;
    this.signedOut();
    return WRONG_PIN;
  }

  /** Is this the account's PIN? Throttled like a sign-in; signs nobody in or out, and opens nothing. @param pin wiped by the caller. */
  hasPin(account: string, pin: Buffer): Promise<Answer> {
    return hasPin(this.#inside, account, pin);
  }

  /** Wipes the key of whoever was signed in. */
  signedOut(): void {
    this.#inside.keys.signedOut();
  }

  /** A start is asked for: the key is held until the session's record is written, or until the next start. */
  starting(account: string): void {
    this.#inside.keys.starting(account);
  }

  /** Writes down, for the owner's eyes only, that a session is theirs (P1.2), and how it was started. @throws Error where that teacher did not start one. */
  own(account: string, session: OwnedSession, lastTime: LastTime): Promise<void> {
    return own(this.#inside, account, session, lastTime);
  }

  /** A session that has no record here, and that its owner's key has claimed. @throws Error where that teacher is not signed in. */
  addSession(account: string, session: OwnedSession): Promise<void> {
    return addSession(this.#inside, account, session);
  }

  /** The sessions of the teacher who is signed in, newest first; of nobody else (P1.3). */
  sessionsOf(account: string): OwnedSession[] {
    return sessionsOf(this.#inside, account);
  }

  /** @param by null removes the record. Not called where there is none of that session. @throws Error where that teacher is not signed in. */
  changeSession(account: string, session: string, by: (session: OwnedSession) => OwnedSession | null): Promise<void> {
    return changeSession(this.#inside, account, session, by);
  }

  /** What else is the teacher's own. @throws Error where that teacher is not signed in. */
  mine(account: string): Mine {
    return mine(this.#inside, account);
  }

  /** @throws Error where that teacher is not signed in. */
  changeMine(account: string, by: (mine: Mine) => Mine): Promise<void> {
    return changeMine(this.#inside, account, by);
  }

  /** What was told at this sign-in has been read. @throws Error where that teacher is not signed in. */
  newsRead(account: string): Promise<void> {
    return this.changeMine(account, (own) => heard(own, lastChangeOf(this.#state)));
  }

  /** Throttled together with the sign-ins of that name. `before`: the recipients of an account that is there already. */
  async checkPaperCode(staff: string, code: string): Promise<{ readonly ok: true; readonly displayName: string; readonly before: readonly string[] | null } | Refusal> {
    const checked = await this.#inside.gate.paperCode(staff, code);
    if (!checked.ok) return checked;
    return { ok: true, displayName: this.#nameOf(staff), before: accountBefore(this.#state, staff)?.recipients ?? null };
  }

  /** Makes an account and signs in. One that was there before is locked until its own key opens it (P10.3). @throws Error where a recipient is none, TypeError where the PIN is not 6 to 12 digits. */
  async enrol(staff: string, code: string, wish: EnrolWish): Promise<SignInAnswer> {
    const weak = whyNotAsPin(wish.pin);
    if (weak !== null) return weak;
    const { store, gate, options } = this.#inside;
    const checked = await gate.paperCode(staff, code);
    if (!checked.ok) return checked;
    const before = accountBefore(this.#state, staff);
    if (wish.key === 'same' && before === undefined) return NO_KEY_BEFORE;
    const { account, key } = await newAccount(staff, wish, before, lastChangeOf(this.#state), options.slow);
    let isEnrolled = false;
    try {
      isEnrolled = await store.update((draft) => enrolIn(draft, account, checked.hash, options.ledger));
    } finally {
      if (!isEnrolled) key.fill(0);
    }
    if (!isEnrolled) return WRONG_CODE;
    await followed(this.#inside);
    return this.#signedIn(account, key);
  }

  /** Accounts of the same teacher from before a reset, which only their own key opens. */
  lockedOf(account: string): Account[] {
    const present = find(this.#inside, account);
    return present === undefined ? [] : lockedOf(this.#state, present);
  }

  /** Joins an account from before a reset with the present one (P10.3). @throws Error where that teacher is not signed in. */
  unlock(account: string, locked: string, code: string): Promise<Answer> {
    return this.#unlocking.unlock(account, locked, code);
  }

  /** @param pin the present one; both are wiped by the caller. @throws TypeError where the new one is not 6 to 12 digits. */
  changePin(account: string, pin: Buffer, newPin: Buffer): Promise<Answer> {
    return changePin(this.#inside, account, pin, newPin);
  }

  /** New recordings are sealed to this key; those that are there stay sealed to the old one. It has to be proven anew. @throws Error where that teacher is not signed in, or a recipient is none. */
  changeKey(account: string, key: KeyPart): Promise<void> {
    return changeKey(this.#inside, account, key);
  }

  /** P1.7. What of older accounts is locked and holds nothing goes along; what holds sessions stays, and the name on the list. @param pin wiped by the caller. */
  close(account: string, pin: Buffer): Promise<Answer> {
    return close(this.#inside, account, pin);
  }

  get #state(): StoredState {
    return this.#inside.store.state;
  }

  #nameOf(staff: string): string {
    return this.#state.staff.find(({ id }) => id === staff)?.name ?? '';
  }

  #signedIn({ id, staff }: Account, key: Buffer): { readonly ok: true; readonly signedIn: SignedIn } {
    this.#inside.keys.signedIn(id, key);
    return { ok: true, signedIn: { teacher: id, displayName: this.#nameOf(staff) } };
  }

  /** An older program made none. @param key wiped where it cannot be stored. */
  async #giveRecovery({ id, recipients }: Account, key: Buffer): Promise<void> {
    try {
      const recovery = await makeRecovery(key, recipients);
      await change(this.#inside, id, (its) => { its.recovery ??= recovery; });
    } catch (error) {
      key.fill(0);
      throw error;
    }
  }
}
