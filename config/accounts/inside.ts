/** What the parts of Accounts share, and how they find and change one account. */
import type { Account, StoredState } from '../state.js';
import type { Store } from '../store.js';
import { accountOf, type Gate, type GateOptions } from './gate.js';
import type { HeldKeys } from './held-keys.js';

export interface Inside {
  readonly store: Store;
  readonly options: GateOptions;
  readonly gate: Gate;
  readonly keys: HeldKeys;
}

export const find = ({ store }: Inside, account: string): Account | undefined => store.state.accounts.find(({ id }) => id === account);

/** Changes one account, and the rest of the state with it. @throws Error where it is not there any more. */
export const change = ({ store }: Inside, account: string, by: (own: Account, draft: StoredState) => void): Promise<void> =>
  store.update((draft) => {
    const own = draft.accounts.find(({ id }) => id === account);
    if (own === undefined) throw new Error('this account is closed');
    by(own, draft);
  });

/** The same with a copy of its record key. @throws Error where that teacher is not signed in. */
export const changeOpen = (inside: Inside, account: string, by: (key: Buffer, own: Account, draft: StoredState) => void): Promise<void> =>
  inside.keys.whileOpen(account, (key) => change(inside, account, (own, draft) => by(key, own, draft)));

/** @returns the name whose PIN opens this account; none of the list, where a later account has taken its place. */
export function staffToTry({ store }: Inside, account: string): string {
  const staff = store.state.accounts.find(({ id }) => id === account)?.staff;
  return staff !== undefined && accountOf(store.state, staff)?.id === account ? staff : '';
}

/** After each new PIN is stored. */
export const followed = ({ store, options }: Inside): Promise<void> => options.ledger.follow(store.state.accounts);
