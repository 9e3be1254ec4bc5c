/**
 * Which PIN of each account was the newest, in a file of its own: where an older
 * state is restored, PINs that were changed or locked since stay shut. Whoever
 * restores an older ledger along with it gets round that.
 */
import { Low } from 'lowdb';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { DurableFile } from './durable-file.js';
import type { Account } from './state.js';
import type { Spare } from './store.js';
import { OneAtATime } from './throttle.js';

/** Account → the highest number that its PIN had. */
const Numbers = Type.Record(Type.String({ pattern: '^[0-9a-f]{32}$' }), Type.Integer({ minimum: 1 }));
type Numbers = Static<typeof Numbers>;
const shape = Compile(Numbers);
const asItIs: Spare = (save) => save();

/** Of an account: all that the ledger looks at. */
type Numbered = Pick<Account, 'id' | 'pinNumber'>;

export interface LedgerOptions {
  /** The device's log. */
  readonly log: (line: string) => void;
  readonly spare?: Spare;
}

export class PinLedger {
  readonly #low: Low<Numbers>;
  readonly #options: LedgerOptions;
  readonly #turns = new OneAtATime();

  private constructor(low: Low<Numbers>, options: LedgerOptions) {
    this.#low = low;
    this.#options = options;
  }

  /**
   * Follows the state where that is ahead, as after a power cut between the two, and where there is no ledger yet.
   * @throws StateDamaged where there is one that cannot be trusted.
   */
  static async open(file: string, accounts: readonly Numbered[], options: LedgerOptions): Promise<PinLedger> {
    const low = new Low<Numbers>(new DurableFile<Numbers>(file, (data): data is Numbers => shape.Check(data)), {});
    await low.read();
    const ledger = new PinLedger(low, options);
    if (accounts.some((account) => !ledger.isNewest(account))) options.log('the stored state is older than the one that was here before: PINs that were changed since are refused, and need a new paper code');
    await ledger.follow(accounts);
    return ledger;
  }

  /** False where a later PIN has been there. */
  isNewest({ id, pinNumber }: Numbered): boolean {
    return pinNumber >= (this.#low.data[id] ?? 1);
  }

  /** For a new PIN, or for none. */
  nextNumber({ id, pinNumber }: Numbered): number {
    return Math.max(pinNumber, this.#low.data[id] ?? 1) + 1;
  }

  /** To be called after the state is stored. Where it cannot be written the next start does it, so that fails nothing. */
  follow(accounts: readonly Numbered[]): Promise<void> {
    return this.#write((numbers) => accounts.filter(({ id, pinNumber }) => pinNumber > (numbers[id] ?? 0)).map(({ id, pinNumber }) => [id, pinNumber]));
  }

  /** The account is gone: no PIN of it opens anything, should an older state come back. */
  closed(account: Numbered): Promise<void> {
    return this.#write(() => [[account.id, this.nextNumber(account)]]);
  }

  #write(changed: (numbers: Numbers) => readonly (readonly [string, number])[]): Promise<void> {
    const { log, spare = asItIs } = this.#options;
    return this.#turns.run(async () => {
      const changes = changed(this.#low.data);
      if (changes.length === 0) return;
      const numbers = { ...this.#low.data, ...Object.fromEntries(changes) };
      try {
        await spare(() => this.#low.adapter.write(numbers));
        this.#low.data = numbers;
      } catch (error) {
        log(`the numbers of the PINs could not be stored: ${(error as Error).message}`);
      }
    });
  }
}
