/**
 * The rules by which a device is kept as it is wanted; pure. Time and line
 * enter as events, and what is to be done comes out as effects.
 *
 *     lost ──connected──▶ reaching ──read = goal──▶ verified ⇄ rechecking
 *      ▲                   │    ▲                               │
 *      └─lost, from all    ▼    └────────read ≠ goal────────────┘
 *                        resting (back-off)
 *
 * One that a person at the device took from its verified state may be `left`
 * so, where the policy asks for it: until the wish is another, or the person
 * puts it back. That outlives the line.
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
  /** What the room is told where a person at the device took it from the verified `wish` to `found`, and it is to be left so; undefined where the wish is restored. */
  byHandFault?(wish: T, found: T): FaultCode | undefined;
  readonly recheckMs: number;
}

/** `overruled`: a person at the device did not want what is wished; the safe state is all that is commanded. */
export type Supervision<T> = { readonly wish: T; readonly overruled?: FaultCode } & (
  | { readonly kind: 'lost' }
  /** `secured`: the safe state was read back on this connection, so the goal is the wish itself. */
  | { readonly kind: 'reaching'; readonly secured: boolean; readonly failures: number }
  | { readonly kind: 'resting'; readonly secured: boolean; readonly failures: number }
  | { readonly kind: 'verified' }
  | { readonly kind: 'rechecking' }
  /** As the person put it; looked at again now and then. */
  | { readonly kind: 'left'; readonly overruled: FaultCode }
);

export type SupervisionEvent<T> =
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'wished'; readonly wish: T }
  /** What the wish means has changed: the device must come there anew. */
  | { readonly kind: 'meant-anew' }
  /** What an attempt or a check read back; undefined: none of the states. */
  | { readonly kind: 'read'; readonly value: T | undefined }
  /** The device refused, or did not get there. */
  | { readonly kind: 'failed' }
  /** The device told by itself that it changed. */
  | { readonly kind: 'stirred' }
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
      return still(state, reach(policy, state.wish, false, 0));
    case 'lost':
      return {
        state: { kind: 'lost', wish: state.wish, ...overruling(state) },
        effects: [{ kind: 'abandon' }, { kind: 'tell', verified: { kind: 'unverified', fault: policy.lostFault } }],
      };
    case 'wished':
      return wished(policy, state, event.wish);
    case 'meant-anew':
      return meantAnew(policy, state);
    case 'read':
      return read(policy, state, event.value);
    case 'failed':
      return failed(policy, state);
    case 'stirred':
      return state.kind === 'verified' || state.kind === 'left' ? due(policy, state) : stay(state);
    case 'due':
      return due(policy, state);
  }
}

function wished<T>(policy: Policy<T>, state: Supervision<T>, wish: T): Step<T> {
  if (wish === state.wish) return stay(state);
  switch (state.kind) {
    case 'lost':
      return stay({ kind: 'lost', wish });
    case 'verified':
    case 'rechecking':
    case 'left':
      return reach(policy, wish, true, 0, { kind: 'tell', verified: { kind: 'unverified' } });
    case 'reaching':
    case 'resting':
      // Already on the way to the same safe state: let it arrive.
      return !state.secured && policy.safeFirst(wish) === policy.safeFirst(state.wish)
        ? stay({ kind: state.kind, wish, secured: state.secured, failures: state.failures })
        : reach(policy, wish, state.secured, 0);
  }
}

function meantAnew<T>(policy: Policy<T>, state: Supervision<T>): Step<T> {
  switch (state.kind) {
    case 'lost':
    case 'left':
      return stay(state);
    case 'verified':
    case 'rechecking':
      return reach(policy, state.wish, true, 0, { kind: 'tell', verified: { kind: 'unverified' } });
    case 'reaching':
    case 'resting':
      return reach(policy, state.wish, state.secured, 0);
  }
}

function read<T>(policy: Policy<T>, state: Supervision<T>, value: T | undefined): Step<T> {
  switch (state.kind) {
    case 'lost':
    case 'resting':
    case 'verified':
      return stay(state);
    case 'left':
      return value !== undefined && value === state.wish ? verified(policy, value) : leave(policy, state.wish, state.overruled);
    case 'reaching':
    case 'rechecking': {
      if (value === undefined) return astray(policy, state);
      const byHand = state.kind === 'rechecking' && value !== state.wish ? policy.byHandFault?.(state.wish, value) : state.overruled;
      if (byHand !== undefined && (state.kind === 'rechecking' || value === goalOf(policy, state))) return leave(policy, state.wish, byHand);
      if (value !== goalOf(policy, state)) return astray(policy, state);
      return value === state.wish ? verified(policy, value) : reach(policy, state.wish, true, 0);
    }
  }
}

const verified = <T>(policy: Policy<T>, value: T): Step<T> => ({
  state: { kind: 'verified', wish: value },
  effects: [
    { kind: 'tell', verified: { kind: 'verified', value } },
    { kind: 'wake', inMs: policy.recheckMs },
  ],
});

const leave = <T>(policy: Policy<T>, wish: T, overruled: FaultCode): Step<T> => ({
  state: { kind: 'left', wish, overruled },
  effects: [
    { kind: 'tell', verified: { kind: 'unverified', fault: overruled } },
    { kind: 'wake', inMs: policy.recheckMs },
  ],
});

function failed<T>(policy: Policy<T>, state: Supervision<T>): Step<T> {
  switch (state.kind) {
    case 'lost':
      return stay(state);
    case 'left':
      return leave(policy, state.wish, state.overruled);
    case 'reaching':
    case 'resting':
    case 'verified':
    case 'rechecking':
      return astray(policy, state);
  }
}

function due<T>(policy: Policy<T>, state: Supervision<T>): Step<T> {
  switch (state.kind) {
    case 'lost':
    case 'reaching':
    case 'rechecking':
      return stay(state);
    case 'resting':
      return still(state, reach(policy, state.wish, state.secured, state.failures));
    case 'verified':
      return { state: { kind: 'rechecking', wish: state.wish }, effects: [{ kind: 'check' }] };
    case 'left':
      return { state, effects: [{ kind: 'check' }] };
  }
}

/** It answers, but is not where it should be: say so, and try again, at once where it had been right before. */
function astray<T>(policy: Policy<T>, state: Exclude<Supervision<T>, { kind: 'lost' | 'left' }>): Step<T> {
  const fault = policy.astrayFault(goalOf(policy, state));
  const tell: SupervisionEffect<T> = { kind: 'tell', verified: { kind: 'unverified', ...(fault === undefined ? {} : { fault }) } };
  if (state.kind === 'verified' || state.kind === 'rechecking') return reach(policy, state.wish, true, 0, tell);
  const failures = state.failures + 1;
  return {
    state: { kind: 'resting', wish: state.wish, secured: state.secured, failures, ...overruling(state) },
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
    case 'left':
      return state.wish;
  }
}

const overruling = <T>({ overruled }: Supervision<T>): { readonly overruled?: FaultCode } => (overruled === undefined ? {} : { overruled });
/** What a person overruled is so still, on the way to the safe state. */
const still = <T>(from: Supervision<T>, { state, effects }: Step<T>): Step<T> => ({ state: { ...state, ...overruling(from) }, effects });
const stay = <T>(state: Supervision<T>): Step<T> => ({ state, effects: [] });
