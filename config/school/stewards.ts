/** Who keeps the device running: signing in, PINs, one more. A steward opens no session; each has a PIN of their own (P10.1). */
import { randomBytes } from 'node:crypto';
import type { Said } from '../../session/said.js';
import type { Monotonic } from '../../session/ports.js';
import type { Answer, Refusal } from '../accounts/answers.js';
import { whyNotAsPin } from '../accounts/changing.js';
import { argon2id, hashed, matches, NOBODYS, type SlowHash } from '../hashed.js';
import type { Steward, StoredState } from '../state.js';
import type { Store } from '../store.js';
import { OneAtATime, Throttle, waiting } from '../throttle.js';
import { withChange } from './changes.js';
import { likeness, tidyName, whyNotName } from './names.js';
import { isSetUpCode, useUpSetUpCode } from './set-up-code.js';

export interface StewardsOptions {
  readonly store: Store;
  /** Where the set-up code lies. */
  readonly dataFolder: string;
  readonly now: () => Monotonic;
  readonly wall: () => Date;
  /** Today, by the calendar on the wall. */
  readonly today: () => string;
  readonly slow?: SlowHash;
}

type Found = { readonly ok: true; readonly steward: Steward } | Refusal;

/** As the state holds them. */
const MOST = 10;
const LONGEST_NAME = 60;
/** Ids of no steward wait together, so that they cost no memory; so do set-up codes. */
const NO_NAME = 'no name';
const SET_UP = 'set-up';

const refusal = (code: string, sentence: string, remedy: string): Refusal => ({ ok: false, code, sentence, remedy });
const WRONG_PIN = refusal('WRONG_PIN', 'That name and PIN do not go together.', 'Try again. Where the PIN is lost, “npm run setup-code” on the recorder gives a code for a new one.');
const WRONG_CODE = refusal('WRONG_CODE', 'That is not the set-up code, or it has run out.', 'Read it again, or run “npm run setup-code” on the recorder once more: each code is for one use, within 24 hours.');
const TOO_MANY = { ...refusal('TOO_MANY_STEWARDS', 'There are {most} technicians already.', 'With a set-up code, one of them can be given a new PIN: type that name.'), values: { most: MOST } };
const NAME_TAKEN = refusal('NAME_TAKEN', 'There is a technician of that name already.', 'Add something that tells the two apart.');
const NO_SUCH_STEWARD = refusal('NO_SUCH_STEWARD', 'There is no technician of that name any more.', 'Look at the list again.');
const NOT_YOURSELF = refusal('NOT_YOURSELF', 'You cannot remove yourself.', 'Another technician does that, so that there is always one.');
const BAD_NAME = {
  unseen: 'That name holds characters that cannot be seen, or that turn the direction of what follows.',
  empty: 'That name is empty.',
  long: 'That name has {length} characters; {longest} are the most.',
} as const;
const badName = (why: Said): Refusal => ({ ok: false, code: 'BAD_NAME', ...why, remedy: 'Type it once more.' });

export class Stewards {
  readonly #options: StewardsOptions;
  readonly #slow: SlowHash;
  readonly #throttle: Throttle;
  readonly #turns = new OneAtATime();
  #failuresOfOthers = new Map<string, number>();

  constructor(options: StewardsOptions) {
    this.#options = options;
    this.#slow = options.slow ?? argon2id;
    this.#throttle = new Throttle(options.now);
    for (const { id, failures } of this.#state.stewards) this.#throttle.failed(id, failures);
  }

  /** Makes a steward with the one-use code. A name that is there already gets that PIN: so a lost one is replaced. Every teacher is told of it. @param pin wiped by the caller. @throws TypeError where the PIN is not 6 to 12 digits. */
  async setUp(code: string, name: string, pin: Buffer): Promise<Found> {
    const why = whyNotName(name, LONGEST_NAME, BAD_NAME);
    if (why !== null) return badName(why);
    const weak = whyNotAsPin(pin);
    if (weak !== null) return weak;
    const { dataFolder, wall, store } = this.#options;
    return this.#turn(SET_UP, async () => {
      if (!await isSetUpCode(dataFolder, code, wall(), this.#slow)) {
        await this.#count(SET_UP, this.#failuresOf(SET_UP) + 1);
        return WRONG_CODE;
      }
      await this.#count(SET_UP, 0);
      const before = this.#namesake(name);
      if (before === undefined && this.#state.stewards.length >= MOST) return TOO_MANY;
      const steward: Steward = { id: before?.id ?? newId(), name: tidyName(name), pin: await hashed(pin, this.#slow), failures: 0 };
      // Before the steward is there: a power cut in between costs a code, and never makes two of one.
      await useUpSetUpCode(dataFolder);
      await store.update((draft) => {
        draft.stewards = [...draft.stewards.filter(({ id }) => id !== steward.id), steward];
        this.#tell(draft, before === undefined ? isTechnician(steward.name) : { sentence: '{name}, a technician of this recorder, has a new PIN, by a set-up code.', values: { name: steward.name } });
      });
      this.#throttle.failed(steward.id, 0);
      return { ok: true, steward };
    });
  }

  /** @param pin wiped by the caller. */
  signIn(id: string, pin: Buffer): Promise<Found> {
    const known = this.#find(id) === undefined ? NO_NAME : id;
    return this.#turn(known, async () => {
      const steward = this.#find(id);
      const fits = await matches(steward?.pin ?? NOBODYS, pin, this.#slow);
      await this.#count(known, fits ? 0 : this.#failuresOf(known) + 1);
      return fits && steward !== undefined ? { ok: true, steward } : WRONG_PIN;
    });
  }

  /** Every teacher is told of it. @param pin of the new one, wiped by the caller. @throws TypeError where it is not 6 to 12 digits. */
  async add(name: string, pin: Buffer): Promise<Answer> {
    const why = whyNotName(name, LONGEST_NAME, BAD_NAME);
    if (why !== null) return badName(why);
    const weak = whyNotAsPin(pin);
    if (weak !== null) return weak;
    const steward: Steward = { id: newId(), name: tidyName(name), pin: await hashed(pin, this.#slow), failures: 0 };
    return this.#options.store.update((draft): Answer => {
      if (draft.stewards.length >= MOST) return TOO_MANY;
      if (draft.stewards.some((other) => likeness(other.name) === likeness(name))) return NAME_TAKEN;
      draft.stewards.push(steward);
      this.#tell(draft, isTechnician(steward.name));
      return { ok: true };
    });
  }

  /** Whoever leaves the school: another steward takes the PIN away. Every teacher is told of it. @param by who asks; nobody removes themselves, so one stays. */
  async remove(by: string, name: string): Promise<Answer> {
    const gone = this.#namesake(name);
    if (gone === undefined) return NO_SUCH_STEWARD;
    if (gone.id === by) return NOT_YOURSELF;
    await this.#options.store.update((draft) => {
      draft.stewards = draft.stewards.filter(({ id }) => id !== gone.id);
      this.#tell(draft, { sentence: '{name} is no longer a technician of this recorder.', values: { name: gone.name } });
    });
    return { ok: true };
  }

  /** @param pin the present one; both are wiped by the caller. @throws TypeError where the new one is not 6 to 12 digits. */
  async changePin(id: string, pin: Buffer, newPin: Buffer): Promise<Answer> {
    const weak = whyNotAsPin(newPin);
    if (weak !== null) return weak;
    const found = await this.signIn(id, pin);
    if (!found.ok) return found;
    const next = await hashed(newPin, this.#slow);
    await this.#options.store.update((draft) => {
      const steward = draft.stewards.find((one) => one.id === id);
      if (steward !== undefined) steward.pin = next;
    });
    return { ok: true };
  }

  get #state(): StoredState {
    return this.#options.store.state;
  }

  #find(id: string): Steward | undefined {
    return this.#state.stewards.find((steward) => steward.id === id);
  }

  #namesake(name: string): Steward | undefined {
    return this.#state.stewards.find((steward) => likeness(steward.name) === likeness(name));
  }

  /** Before there is a school there is nobody to be told: whoever is a steward then is told with the first settings. */
  #tell(draft: StoredState, change: Said): void {
    if (draft.school !== null) draft.school = withChange(draft.school, this.#options.today(), change);
  }

  /** One after another, and what waited is looked at only then. */
  #turn<T>(who: string, look: () => Promise<T>): Promise<T | Refusal> {
    return this.#turns.run<T | Refusal>(async () => {
      const seconds = this.#throttle.secondsLeft(who);
      return seconds > 0 ? waiting(seconds) : look();
    });
  }

  #failuresOf(who: string): number {
    return this.#find(who)?.failures ?? this.#failuresOfOthers.get(who) ?? 0;
  }

  /** Counts in memory before it counts on the disk: a disk that takes nothing frees nobody of a wait. */
  async #count(who: string, failures: number): Promise<void> {
    this.#throttle.failed(who, failures);
    if (this.#failuresOf(who) === failures) return;
    if (this.#find(who) === undefined) { this.#failuresOfOthers.set(who, failures); return; }
    await this.#options.store.update((draft) => {
      const steward = draft.stewards.find(({ id }) => id === who);
      if (steward !== undefined) steward.failures = failures;
    });
  }
}

const newId = (): string => randomBytes(16).toString('hex');
export const isTechnician = (name: string): Said => ({ sentence: '{name} is a technician of this recorder now. Technicians keep it running, and can open no recording.', values: { name } });
