/** The record keys that are open: of whoever is signed in, and of whoever started until their session's record is written. In memory only, wiped as soon as they are not needed. */

interface HeldKey { readonly account: string; readonly key: Buffer }

export class HeldKeys {
  #present: HeldKey | null = null;
  #starting: HeldKey | null = null;

  /** The key of whoever is signed in, where that is this account. It is wiped at sign-out: whoever waits for something takes a copy. */
  of(account: string): Buffer | null {
    return this.#present?.account === account ? this.#present.key : null;
  }

  /** @param key is kept, and wiped later. */
  signedIn(account: string, key: Buffer): void {
    this.signedOut();
    this.#present = { account, key };
  }

  signedOut(): void {
    this.#present?.key.fill(0);
    this.#present = null;
  }

  /** A start signs out: the key is held until the session's record is written, or until the next start. */
  starting(account: string): void {
    this.#starting?.key.fill(0);
    const key = this.of(account);
    this.#starting = key === null ? null : { account, key: Buffer.from(key) };
  }

  /** @returns the key of whoever started, once; the caller wipes it. */
  started(account: string): Buffer | null {
    if (this.#starting?.account !== account) return null;
    const { key } = this.#starting;
    this.#starting = null;
    return key;
  }

  /** Does something with a copy of the key of whoever is signed in, which outlives a sign-out in between. @throws Error where that is not this account. */
  async whileOpen<T>(account: string, work: (key: Buffer) => Promise<T>): Promise<T> {
    const present = this.of(account);
    if (present === null) throw new Error('what is a teacher’s own opens only while that teacher is signed in');
    const key = Buffer.from(present);
    try {
      return await work(key);
    } finally {
      key.fill(0);
    }
  }
}
