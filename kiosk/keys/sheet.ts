/** What stands on the recovery sheet, as data. The six words are not on it: sheet and words together open everything, so they lie in two places. */
import { fingerprintOf } from './recipient.js';
import { armorOf } from './wrap.js';

export interface RecoverySheet {
  /** YYYY-MM-DD in UTC. */
  readonly created: string;
  readonly fingerprint: string;
  readonly recipient: string;
  /** The locked key as text, for one QR code; whoever has it and the words has the key. `readArmor` reads it, and `age -d`. */
  readonly lockedKey: string;
}

/** A QR code of 1 kB (version 22 at level M holds 1003 bytes) still scans from plain paper. */
const LARGEST_CODE = 1000;

/** @param wrapped from wrapIdentity: 418 characters as text, so one code always holds it. @throws RangeError where it is something larger. */
export function recoverySheet(wrapped: Uint8Array, recipient: string, created: Date): RecoverySheet {
  const lockedKey = armorOf(wrapped);
  if (lockedKey.length > LARGEST_CODE) throw new RangeError(`a locked key of ${lockedKey.length} characters does not fit into one code`);
  return { created: created.toISOString().slice(0, 10), fingerprint: fingerprintOf(recipient), recipient, lockedKey };
}
