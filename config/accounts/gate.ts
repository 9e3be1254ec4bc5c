/**
 * Tries of PINs and paper codes, counted together for each name on the staff
 * list (P10.1). A name that is not enrolled costs the same hash, the same write
 * and the same waits as one that is (P3.3).
 */
import type { Monotonic } from '../../session/ports.js';
import { argon2id, matches, NOBODYS, type SlowHash } from '../hashed.js';
import type { PinLedger } from '../pin-ledger.js';
import { NOBODY, unwrapRecordKey } from '../record-key.js';
import type { Account, StaffMember, StoredState } from '../state.js';
import type { Store } from '../store.js';
import { OneAtATime, Throttle, waiting } from '../throttle.js';
import { typedCodeBytes } from '../typed-code.js';
import { WRONG_CODE, WRONG_PIN, type Refusal } from './answers.js';

/** Ids that are no name of the list wait together, so that they cost no memory. */
const NO_NAME = 'no name';

export interface GateOptions {
  readonly now: () => Monotonic;
  readonly wall: () => Date;
  readonly ledger: PinLedger;
  readonly slow?: SlowHash;
}

/** The account that a name's PIN opens; there is one at most, since a reset locks the one before. */
export const accountOf = (state: StoredState, staff: string): Account | undefined => state.accounts.find((account) => account.staff === staff && account.pin !== null);
const staffEntry = (state: StoredState, staff: string): StaffMember | undefined => state.staff.find(({ id }) => id === staff);
/** What counts the wrong tries of a name. */
const counterOf = (state: StoredState, staff: string): { failures?: number } | undefined => accountOf(state, staff) ?? staffEntry(state, staff);

export class Gate {
  readonly #store: Store;
  readonly #options: GateOptions;
  readonly #slow: SlowHash;
  readonly #throttle: Throttle;
  readonly #turns = new OneAtATime();
  #failuresOfNoName = 0;

  constructor(store: Store, options: GateOptions) {
    this.#store = store;
    this.#options = options;
    this.#slow = options.slow ?? argon2id;
    this.#throttle = new Throttle(options.now);
    for (const { id } of store.state.staff) this.#throttle.failed(id, counterOf(store.state, id)?.failures ?? 0);
  }

  /** @param pin wiped by the caller. @returns the record key, which the caller wipes. A throttled try does no hashing and reveals nothing. */
  pin(staff: string, pin: Buffer): Promise<{ readonly ok: true; readonly account: Account; readonly key: Buffer } | Refusal> {
    return this.#turn(staff, async () => {
      const account = accountOf(this.#store.state, staff);
      const key = await unwrapRecordKey(account?.pin ?? NOBODY, pin, this.#slow);
      if (account !== undefined && key !== null && this.#options.ledger.isNewest(account)) {
        await this.#count(staff, 0);
        return { ok: true, account, key };
      }
      key?.fill(0);
      await this.#failed(staff);
      return WRONG_PIN;
    });
  }

  /** Is this the paper code of that name, not used and not run out? A right one ends no wait, so that it never helps to guess a PIN. @returns the stored hash, by which it is known again when it is used up. */
  paperCode(staff: string, code: string): Promise<{ readonly ok: true; readonly hash: string } | Refusal> {
    return this.#turn(staff, async () => {
      const letters = typedCodeBytes(code);
      const stored = staffEntry(this.#store.state, staff)?.paperCode ?? null;
      const fits = await matches(stored ?? NOBODYS, letters, this.#slow);
      letters.fill(0);
      if (fits && stored !== null && !stored.used && Date.parse(stored.until) > this.#options.wall().getTime()) return { ok: true, hash: stored.hash };
      await this.#failed(staff);
      return WRONG_CODE;
    });
  }

  /** One after another, and what waited is looked at only then: many tries at once are as slow as one after another. */
  #turn<T>(staff: string, look: () => Promise<T>): Promise<T | Refusal> {
    return this.#turns.run<T | Refusal>(async () => {
      const seconds = this.#throttle.secondsLeft(this.#nameOf(staff));
      return seconds > 0 ? waiting(seconds) : look();
    });
  }

  #nameOf(staff: string): string {
    return staffEntry(this.#store.state, staff) === undefined ? NO_NAME : staff;
  }

  async #failed(staff: string): Promise<void> {
    if (staffEntry(this.#store.state, staff) === undefined) this.#throttle.failed(NO_NAME, this.#failuresOfNoName += 1);
    else await this.#count(staff, (counterOf(this.#store.state, staff)?.failures ?? 0) + 1);
  }

  /** Counts in memory before it counts on the disk: a disk that takes nothing frees nobody of a wait. */
  async #count(staff: string, failures: number): Promise<void> {
    this.#throttle.failed(this.#nameOf(staff), failures);
    if ((counterOf(this.#store.state, staff)?.failures ?? 0) === failures) return;
    await this.#store.update((draft) => {
      const counter = counterOf(draft, staff);
      if (counter !== undefined) counter.failures = failures;
    });
  }
}
