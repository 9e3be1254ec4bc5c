/**
 * The rules by which a device is kept as it is wanted; pure. Time and line
 * enter as events, and what is to be done comes out as effects.
 *
 *     lost ──connected──▶ reaching ──read = goal──▶ verified ⇄ rechecking
 *      ▲                   │    ▲                               │
 *      └─lost, from all    ▼    └────────read ≠ goal────────────┘
 *                        resting (back-off)
 *
 * Unknown is unsafe: nothing is called verified but what was read back on this
 * connection, after the last wish. After each connect the safe state comes
 * first. The latest wish wins; earlier ones are forgotten.
 */
import type { FaultCode, Verified } from '../../session/ports.js';
import { backOffMs } from './timers.js';

/** What the rules must know of a kind of device. */
export interface Policy<T> {
  /** The state that comes first after a connect, for a wish. */
  safeFirst(wish: T): T;
  /** What the room is told while there is no answer. */
  readonly lostFault: FaultCode;
  /** What the room is told when the device answers but is not at `goal`; undefined where that is no alarm. */
  astrayFault(goal: T): FaultCode | undefined;
  readonly recheckMs: number;
}

export type Supervision<T> = { readonly wish: T } & (
  | { readonly kind: 'lost' }
  /** `secured`: the safe state was read back on this connection, so the goal is the wish itself. */
  | { readonly kind: 'reaching'; readonly secured: boolean; readonly failures: number }
  | { readonly kind: 'resting'; readonly secured: boolean; readonly failures: number }
  | { readonly kind: 'verified' }
  | { readonly kind: 'rechecking' }
);

export type SupervisionEvent<T> =
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'wished'; readonly wish: T }
  /** What an attempt or a check read back; undefined: none of the states. */
  | { readonly kind: 'read'; readonly value: T | undefined }
  /** The device refused, or did not get there. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'due' };

export type SupervisionEffect<T> =
  | { readonly kind: 'tell'; readonly verified: Verified<T> }
  /** Command the goal, then read back. Takes the place of what is under way. */
  | { readonly kind: 'attempt'; readonly goal: T }
  /** Read back only. */
  | { readonly kind: 'check' }
  /** Nothing more for this connection. */
  | { readonly kind: 'abandon' }
  /** Send `due` then, in place of an earlier one. */
  | { readonly kind: 'wake'; readonly inMs: number };

type Step<T> = { readonly state: Supervision<T>; readonly effects: readonly SupervisionEffect<T>[] };

export function supervise<T>(policy: Policy<T>, state: Supervision<T>, event: SupervisionEvent<T>): Step<T> {
  switch (event.kind) {
    case 'connected':
      return reach(policy, state.wish, false, 0);
    case 'lost':
      return {
        state: { kind: 'lost', wish: state.wish },
        effects: [{ kind: 'abandon' }, { kind: 'tell', verified: { kind: 'unverified', fault: policy.lostFault } }],
      };
    case 'wished':
      return wished(policy, state, event.wish);
    case 'read':
      return read(policy, state, event.value);
    case 'failed':
      return state.kind === 'lost' ? stay(state) : astray(policy, state);
    case 'due':
      return due(policy, state);
  }
}

function wished<T>(policy: Policy<T>, state: Supervision<T>, wish: T): Step<T> {
  if (wish === state.wish) return stay(state);
  switch (state.kind) {
    case 'lost':
      return stay({ ...state, wish });
    case 'verified':
    case 'rechecking':
      return reach(policy, wish, true, 0, { kind: 'tell', verified: { kind: 'unverified' } });
    case 'reaching':
    case 'resting':
      // Already on the way to the same safe state: let it arrive.
      return !state.secured && policy.safeFirst(wish) === policy.safeFirst(state.wish)
        ? stay({ ...state, wish })
        : reach(policy, wish, state.secured, 0);
  }
}

function read<T>(policy: Policy<T>, state: Supervision<T>, value: T | undefined): Step<T> {
  switch (state.kind) {
    case 'lost':
    case 'resting':
    case 'verified':
      return stay(state);
    case 'reaching':
    case 'rechecking': {
      if (value === undefined || value !== goalOf(policy, state)) return astray(policy, state);
      if (value !== state.wish) return reach(policy, state.wish, true, 0);
      return {
        state: { kind: 'verified', wish: state.wish },
        effects: [
          { kind: 'tell', verified: { kind: 'verified', value } },
          { kind: 'wake', inMs: policy.recheckMs },
        ],
      };
    }
  }
}

function due<T>(policy: Policy<T>, state: Supervision<T>): Step<T> {
  switch (state.kind) {
    case 'lost':
    case 'reaching':
    case 'rechecking':
      return stay(state);
    case 'resting':
      return reach(policy, state.wish, state.secured, state.failures);
    case 'verified':
      return { state: { kind: 'rechecking', wish: state.wish }, effects: [{ kind: 'check' }] };
  }
}

/** It answers, but is not where it should be: say so, and try again, at once where it had been right before. */
function astray<T>(policy: Policy<T>, state: Exclude<Supervision<T>, { kind: 'lost' }>): Step<T> {
  const fault = policy.astrayFault(goalOf(policy, state));
  const tell: SupervisionEffect<T> = { kind: 'tell', verified: { kind: 'unverified', ...(fault === undefined ? {} : { fault }) } };
  if (state.kind === 'verified' || state.kind === 'rechecking') return reach(policy, state.wish, true, 0, tell);
  const failures = state.failures + 1;
  return {
    state: { kind: 'resting', wish: state.wish, secured: state.secured, failures },
    effects: [tell, { kind: 'wake', inMs: backOffMs(failures) }],
  };
}

function reach<T>(policy: Policy<T>, wish: T, secured: boolean, failures: number, ...before: SupervisionEffect<T>[]): Step<T> {
  const state: Supervision<T> = { kind: 'reaching', wish, secured, failures };
  return { state, effects: [...before, { kind: 'attempt', goal: goalOf(policy, state) }] };
}

function goalOf<T>(policy: Policy<T>, state: Supervision<T>): T {
  switch (state.kind) {
    case 'reaching':
    case 'resting':
      return state.secured ? state.wish : policy.safeFirst(state.wish);
    case 'lost':
    case 'verified':
    case 'rechecking':
      return state.wish;
  }
}

const stay = <T>(state: Supervision<T>): Step<T> => ({ state, effects: [] });
