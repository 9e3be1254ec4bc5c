/** Uniform choices from the platform's cryptographic random numbers. */
import { randomBytes } from '@noble/hashes/utils.js';

/** Random bytes, of this number. */
export type RandomBytes = (length: number) => Uint8Array;

/** crypto.getRandomValues, in browsers and in Node. */
export const platformRandom: RandomBytes = (length) => randomBytes(length);

const RANGE = 2 ** 16;

/**
 * A whole number from 0 to below `count`, each as likely as any other: numbers beyond the last whole multiple are drawn again, since a remainder would favour the first.
 * @throws RangeError where count is no whole number from 1 to 65536.
 */
export function uniform(count: number, random: RandomBytes = platformRandom): number {
  if (!Number.isInteger(count) || count < 1 || count > RANGE) throw new RangeError(`cannot choose among ${count}`);
  const end = RANGE - RANGE % count;
  for (;;) {
    const [high = 0, low = 0] = random(2);
    const drawn = high * 256 + low;
    if (drawn < end) return drawn % count;
  }
}

/** Fills with zeros. What JavaScript keeps as a string, or copied while it moved memory, no program can wipe. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
