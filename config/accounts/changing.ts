/** What a teacher changes of their own account: PIN, key, an older account joined, the account closed. */
import type { Monotonic } from '../../session/ports.js';
import { fingerprintOf } from '../fingerprint.js';
import { sealMine, withNews } from '../mine.js';
import { wrapRecordKey } from '../record-key.js';
import { makeRecovery, openRecovery } from '../recovery.js';
import { Throttle, waiting } from '../throttle.js';
import { whyWeak } from '../weak-pins.js';
import { HAS_RECORDINGS, NOTHING_LOCKED, WRONG_PIN, WRONG_UNLOCK_CODE, weakPin, type Answer, type Refusal } from './answers.js';
import { distinct, joinIn, lockedOf, mineIn, type KeyPart } from './enrolment.js';
import { change, changeOpen, find, followed, staffToTry, type Inside } from './inside.js';

/** @throws TypeError where it is not 6 to 12 digits (P10.1). */
export function whyNotAsPin(pin: Buffer): Refusal | null {
  if (!/^\d{6,12}$/.test(pin.toString('latin1'))) throw new TypeError('a PIN has 6 to 12 digits');
  const why = whyWeak(pin);
  return why === null ? null : weakPin(why);
}

export async function hasPin(inside: Inside, account: string, pin: Buffer): Promise<Answer> {
  const opened = await inside.gate.pin(staffToTry(inside, account), pin);
  if (!opened.ok) return opened;
  opened.key.fill(0);
  return opened.account.id === account ? { ok: true } : WRONG_PIN;
}

export async function changePin(inside: Inside, account: string, pin: Buffer, newPin: Buffer): Promise<Answer> {
  const weak = whyNotAsPin(newPin);
  if (weak !== null) return weak;
  const opened = await inside.gate.pin(staffToTry(inside, account), pin);
  if (!opened.ok) return opened;
  try {
    if (opened.account.id !== account) return WRONG_PIN;
    const wrapped = await wrapRecordKey(opened.key, newPin, inside.options.slow);
    await change(inside, account, (own) => {
      if (own.pin === null) throw new Error('the account was locked meanwhile');
      Object.assign(own, { pin: wrapped, pinNumber: inside.options.ledger.nextNumber(own) });
    });
  } finally {
    opened.key.fill(0);
  }
  await followed(inside);
  return { ok: true };
}

export async function changeKey(inside: Inside, account: string, { recipients, signKey }: KeyPart): Promise<void> {
  const recovery = await inside.keys.whileOpen(account, (key) => makeRecovery(key, recipients));
  await changeOpen(inside, account, (key, own, draft) => {
    const mine = { ...mineIn(draft, own, key), keyProven: false, testCode: null };
    Object.assign(own, { recipients: distinct(recipients), signKey, recovery, mine: sealMine(key, withNews(mine, 'key-changed', fingerprintOf(recipients[0] ?? ''))) });
  });
}

export async function close(inside: Inside, account: string, pin: Buffer): Promise<Answer> {
  const right = await hasPin(inside, account, pin);
  if (!right.ok) return right;
  const closed = await inside.store.update((draft) => {
    const own = draft.accounts.find(({ id }) => id === account);
    if (own === undefined || own.records.length > 0) return null;
    const going = new Set([own, ...lockedOf(draft, own).filter(({ records }) => records.length === 0)]);
    draft.accounts = draft.accounts.filter((one) => !going.has(one));
    return own;
  });
  if (closed === null) return HAS_RECORDINGS;
  await inside.options.ledger.closed(closed);
  inside.keys.signedOut();
  return { ok: true };
}

/** Of the tries of an unlock code that cost no wait, more than of a PIN. */
const MORE_FREE_TRIES = 2;

export class Unlocking {
  readonly #inside: Inside;
  /** By locked account. 90 bits are nobody's to guess, so wrong tries need not outlast a restart. */
  readonly #throttle: Throttle;
  readonly #wrong = new Map<string, number>();

  constructor(inside: Inside, now: () => Monotonic) {
    this.#inside = inside;
    this.#throttle = new Throttle(now);
  }

  async unlock(account: string, locked: string, code: string): Promise<Answer> {
    const own = find(this.#inside, account);
    const older = own && lockedOf(this.#inside.store.state, own).find(({ id }) => id === locked);
    if (older?.recovery == null) return NOTHING_LOCKED;
    const seconds = this.#throttle.secondsLeft(locked);
    if (seconds > 0) return waiting(seconds);
    const olderKey = openRecovery(older.recovery, code);
    if (olderKey === null) {
      const wrong = (this.#wrong.get(locked) ?? 0) + 1;
      this.#wrong.set(locked, wrong);
      this.#throttle.failed(locked, Math.max(0, wrong - MORE_FREE_TRIES));
      return WRONG_UNLOCK_CODE;
    }
    try {
      await changeOpen(this.#inside, account, (key, present, draft) => {
        const still = draft.accounts.find(({ id }) => id === locked);
        if (still !== undefined) joinIn(draft, present, key, still, olderKey);
      });
    } finally {
      olderKey.fill(0);
    }
    return { ok: true };
  }
}
