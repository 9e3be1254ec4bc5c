/** What is answered to somebody who signs in or enrols. Each refusal is the same for every name (P3.3). */
import type { Mode, Purpose } from '../../session/ports.js';
import type { Values } from '../../session/said.js';

/** A session as its owner's record describes it. */
export interface OwnedSession {
  readonly session: string;
  /** Null: its record was lost and the owner's key claimed it, and what it was for only the recording itself tells. */
  readonly purpose: Purpose | null;
  readonly mode: Mode;
  /** ISO 8601, device time. */
  readonly startedAt: string;
  /** Its owner erased it. */
  readonly erased?: boolean;
  /** Until when it was kept before it was erased: what undoing that goes back to; null where it had no date. */
  readonly keptUntil?: string | null;
}

/** Who signed in. The opened record key stays in HeldKeys, in memory, and is wiped at sign-out. */
export interface SignedIn {
  /** The account's id. */
  readonly teacher: string;
  readonly displayName: string;
}

/** Why something was not done, for the screen. */
export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly sentence: string;
  /** What stands in the gaps of sentence and remedy. */
  readonly values?: Values;
  readonly remedy: string;
  readonly waitSeconds?: number;
}

export type Answer = { readonly ok: true } | Refusal;
export type SignInAnswer = { readonly ok: true; readonly signedIn: SignedIn } | Refusal;

const refusal = (code: string, sentence: string, remedy: string): Refusal => ({ ok: false, code, sentence, remedy });

/** One answer for a wrong PIN and for a name that is not enrolled. */
export const WRONG_PIN = refusal('WRONG_PIN', 'That name and PIN do not go together.', 'Try again, or ask the technician about enrolling.');
/** One answer for a wrong code, one that was used, one that has run out, and none. */
export const WRONG_CODE = refusal('WRONG_CODE', 'That name and code do not go together, or the code has run out.', 'Read the code again, or ask the technician for a new one.');
export const NO_KEY_BEFORE = refusal('NO_KEY_BEFORE', 'There is no key here yet that could be used again.', 'Make a key, or bring one.');
export const WRONG_UNLOCK_CODE = refusal('WRONG_CODE', 'That code does not open the older account.', 'Open the unlock code with your key once more, and type all five groups.');
export const NOTHING_LOCKED = refusal('NOTHING_LOCKED', 'There is no such older account of yours.', 'Go back, and choose one from the list.');
export const HAS_RECORDINGS = refusal('HAS_RECORDINGS', 'You still have recordings here.', 'Collect what you need and erase the rest; the account can be closed when they are gone.');
export const weakPin = (why: string): Refusal => refusal('WEAK_PIN', why, 'Choose another PIN that only you know.');
