/** How an account is made, locked, renewed and joined with an older one: changes of the state, made in one step each, so that none is ever half there. */
import { randomBytes } from 'node:crypto';
import { fingerprintOf } from '../fingerprint.js';
import type { SlowHash } from '../hashed.js';
import { joined, nothingMine, openMine, sealMine, withNews, type Mine } from '../mine.js';
import type { PinLedger } from '../pin-ledger.js';
import { seal, unseal, wrapRecordKey } from '../record-key.js';
import { makeRecovery } from '../recovery.js';
import type { Account, Sealed, StoredState } from '../state.js';
import { accountOf } from './gate.js';

/** What is enrolled of a key. */
export interface KeyPart {
  readonly recipients: readonly string[];
  readonly signKey: string | null;
}

export interface EnrolWish {
  /** Wiped by the caller. */
  readonly pin: Buffer;
  readonly language: Mine['language'];
  /** `same`: the key of the account before. */
  readonly key: KeyPart | 'same';
}

/** The account that a new one of this name would take the place of: the one with a PIN, else the last. */
export const accountBefore = (state: StoredState, staff: string): Account | undefined => accountOf(state, staff) ?? state.accounts.findLast((account) => account.staff === staff);

/** The same key brought twice is no spare; it counts once. */
export const distinct = (recipients: readonly string[]): string[] => [...new Set(recipients)];

/** @param lastChange number of the last change of the school's rules. @returns an account that is not stored yet, and its open record key, which the caller keeps or wipes. */
export async function newAccount(staff: string, wish: EnrolWish, before: Account | undefined, lastChange: number, slow?: SlowHash): Promise<{ readonly account: Account; readonly key: Buffer }> {
  const { recipients, signKey } = wish.key === 'same' ? (before ?? { recipients: [], signKey: null }) : wish.key;
  const key = randomBytes(32);
  // Somebody new reads the code as it is; who was here before may have missed a change.
  const mine = { ...nothingMine(wish.language), toldChange: before === undefined ? lastChange : 0 };
  const account: Account = {
    id: randomBytes(16).toString('hex'), staff, recipients: distinct(recipients), signKey,
    pin: await wrapRecordKey(key, wish.pin, slow), pinNumber: 1, recovery: await makeRecovery(key, recipients),
    failures: 0, records: [],
    mine: sealMine(key, before === undefined ? mine : withNews(mine, wish.key === 'same' ? 'pin-reset' : 'key-changed', fingerprintOf(recipients[0] ?? ''))),
  };
  return { account, key };
}

/**
 * The paper code is used up, what was there before is locked, and the new account is there: all of it, or nothing.
 * @param hash of the paper code that was checked. @returns false where it was replaced, used or taken back meanwhile.
 */
export function enrolIn(draft: StoredState, account: Account, hash: string, ledger: PinLedger): boolean {
  const paperCode = draft.staff.find(({ id }) => id === account.staff)?.paperCode;
  if (paperCode?.hash !== hash || paperCode.used) return false;
  paperCode.used = true;
  for (const before of draft.accounts) if (before.staff === account.staff && before.pin !== null) lock(before, ledger);
  draft.accounts.push(account);
  return true;
}

/** Its number rises, so that not even an older state brings its PIN back. */
function lock(account: Account, ledger: PinLedger): void {
  account.pinNumber = ledger.nextNumber(account);
  account.pin = null;
}

/** Accounts of the same teacher that only their own key opens. */
export const lockedOf = (state: StoredState, account: Account): Account[] => state.accounts.filter(({ id, staff, pin }) => staff === account.staff && pin === null && id !== account.id);

/**
 * What the older account holds is the present one's from now on, under its key; recordings stay sealed to the older key.
 * A record that does not open, because it was damaged, stays where it is, and its account with it.
 * @throws Error where the older account's own things cannot be read; then nothing has changed.
 */
export function joinIn(draft: StoredState, present: Account, key: Buffer, older: Account, olderKey: Buffer): void {
  const closed: Sealed[] = [];
  const opened = older.records.flatMap((sealed) => {
    const plain = unseal(olderKey, sealed);
    if (plain === null) closed.push(sealed);
    const again = plain === null ? [] : [seal(key, plain)];
    plain?.fill(0);
    return again;
  });
  present.records = [...opened, ...present.records];
  const mine = mineIn(draft, present, key);
  present.mine = sealMine(key, withNews(older.mine === null ? mine : joined(openMine(olderKey, older.mine), mine), 'unlocked', fingerprintOf(older.recipients[0] ?? '')));
  older.records = closed;
  if (closed.length === 0) draft.accounts = draft.accounts.filter(({ id }) => id !== older.id);
}

/** What is the teacher's own, or what it is before anything was settled. */
export const mineIn = (state: StoredState, { mine }: Account, key: Buffer): Mine => (mine === null ? nothingMine(state.school?.languages[0] ?? 'en') : openMine(key, mine));
