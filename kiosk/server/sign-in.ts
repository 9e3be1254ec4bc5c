/**
 * Who is signed in at the kiosk: one teacher at most, by a token that lives in
 * the page's memory. A reload loses it, and so signs out. Time is asked of the
 * clock that is handed in; `tick` is called from outside.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock, Monotonic } from '../../session/ports.js';
import type { SignedIn } from './house.js';

/** P5.2: signed out after this long without a touch. */
export const IDLE_MS = 60_000;

/** A ticket is fetched and used in one go; this is generous for a busy machine. */
const TICKET_MS = 10_000;

/** 256 bits: beyond guessing, so a plain hash of it is enough on our side. */
const TOKEN_BYTES = 32;

export interface SignInDesk {
  /** Signs this teacher in, and whoever was there out. Returns the token; only its hash is kept. */
  open(signedIn: SignedIn): string;
  /** Who holds this token; counts as a touch. Undefined for any token but the present one. */
  touch(token: string): SignedIn | undefined;
  current(): SignedIn | undefined;
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
  readonly signedIn: SignedIn;
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

  return {
    open(signedIn) {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      seat = { signedIn, tokenHash: sha256(token), idleFrom: clock.now(), copies: 0, tickets: new Map() };
      changed();
      return token;
    },
    touch(token) {
      const here = taken();
      if (here === undefined || !timingSafeEqual(sha256(token), here.tokenHash)) return undefined;
      here.idleFrom = clock.now();
      return here.signedIn;
    },
    current: () => taken()?.signedIn,
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
      const ticket = randomBytes(TOKEN_BYTES).toString('base64url');
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

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
