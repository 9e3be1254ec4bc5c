/**
 * Who is signed in at the kiosk: one teacher or one steward at most, by a token
 * that lives in the page's memory. A reload loses it, and so signs out. Time is
 * asked of the clock that is handed in; `tick` is called from outside.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Clock, Monotonic } from '../../session/ports.js';
import type { SignedIn, StewardIn } from './house.js';
import { newToken, sha256 } from './token.js';

/** P5.2: signed out after this long without a touch. */
export const IDLE_MS = 60_000;

/** A ticket is fetched and used in one go; this is generous for a busy machine. */
const TICKET_MS = 10_000;

/** One person at a time, in one role: who keeps the device running sees nothing of a teacher's, and the other way round (P1.3). */
export type Sitter =
  | { readonly role: 'teacher'; readonly teacher: SignedIn }
  | { readonly role: 'steward'; readonly steward: StewardIn };

export interface SignInDesk {
  /** Signs this person in, and whoever was there out. Returns the token; only its hash is kept. */
  open(who: Sitter): string;
  /** Who holds this token; counts as a touch. Undefined for any token but the present one. */
  touch(token: string): Sitter | undefined;
  /** The same, for what a page asks by itself: nobody's touch. */
  peek(token: string): Sitter | undefined;
  /** The teacher who is signed in. */
  teacher(): SignedIn | undefined;
  /** Signs out; harmless where nobody is signed in. */
  close(): void;
  /** Keeps the sign-in of this moment from ending by idleness until `work` settles, for a copy that its owner waits for. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Signs out whoever has been idle for too long. */
  tick(): void;
  /** A pass for one look at the preview; lapses with the sign-in. */
  ticket(): string;
  /** True once for each ticket. */
  redeem(ticket: string): boolean;
  /** Called after each sign-in and sign-out. */
  onChange(listener: () => void): void;
}

interface Seat {
  readonly who: Sitter;
  readonly tokenHash: Buffer;
  idleFrom: Monotonic;
  copies: number;
  /** Hashes of unused tickets, with the time until which each is good. */
  readonly tickets: Map<string, Monotonic>;
}

export function signInDesk(clock: Pick<Clock, 'now'>): SignInDesk {
  let seat: Seat | undefined;
  const listeners: (() => void)[] = [];
  const changed = (): void => { for (const listener of listeners) listener(); };

  const close = (): void => {
    if (seat === undefined) return;
    seat = undefined;
    changed();
  };

  const isIdle = ({ copies, idleFrom }: Seat): boolean => copies === 0 && clock.now() - idleFrom >= IDLE_MS;

  /** The seat, unless its time is up. Checked at each use, so that a late tick lets nobody in. */
  const taken = (): Seat | undefined => {
    if (seat !== undefined && isIdle(seat)) close();
    return seat;
  };

  const holder = (token: string): Seat | undefined => {
    const here = taken();
    return here !== undefined && timingSafeEqual(sha256(token), here.tokenHash) ? here : undefined;
  };

  return {
    open(who) {
      const token = newToken();
      seat = { who, tokenHash: sha256(token), idleFrom: clock.now(), copies: 0, tickets: new Map() };
      changed();
      return token;
    },
    touch(token) {
      const here = holder(token);
      if (here !== undefined) here.idleFrom = clock.now();
      return here?.who;
    },
    peek: (token) => holder(token)?.who,
    teacher() {
      const who = taken()?.who;
      return who?.role === 'teacher' ? who.teacher : undefined;
    },
    close,
    async during(work) {
      const here = taken();
      if (here === undefined) return work;
      here.copies += 1;
      try {
        return await work;
      } finally {
        here.copies -= 1;
        here.idleFrom = clock.now();
      }
    },
    tick: () => void taken(),
    ticket() {
      const ticket = newToken();
      taken()?.tickets.set(sha256(ticket).toString('hex'), clock.now() + TICKET_MS);
      return ticket;
    },
    redeem(ticket) {
      const here = taken();
      const key = sha256(ticket).toString('hex');
      const until = here?.tickets.get(key);
      here?.tickets.delete(key);
      return until !== undefined && clock.now() < until;
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
