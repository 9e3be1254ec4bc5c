/**
 * Who is enrolling at the kiosk: one person at most, who has shown a paper code
 * and was given a ticket for it. The code itself waits here, and is overwritten
 * when the ticket ends.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Clock, Monotonic } from '../../session/ports.js';
import { newToken, sha256 } from './token.js';

/** As the protocol promises: enough to make a key and write down its words. */
const TICKET_MS = 15 * 60_000;

export interface EnrolmentDesk {
  /** A ticket that stands for this checked paper code; the one before is void. Returns it; only its hash is kept. */
  open(staff: string, code: string): string;
  /** Is this the present ticket? */
  holds(ticket: string): boolean;
  /**
   * Lets `enrol` use the paper code, one at a time. The ticket ends where that went well, and else stays, so that another PIN can be tried.
   * @returns undefined for any ticket but the present one, and while it is being used.
   */
  use<T extends { readonly ok: boolean }>(ticket: string, enrol: (staff: string, code: string) => Promise<T>): Promise<T | undefined>;
  /** Harmless where nobody is enrolling. */
  end(): void;
  /** Ends a ticket whose time is up. */
  tick(): void;
  /** Called after a ticket has ended, by use, time or a newer one. */
  onEnd(listener: () => void): void;
}

interface Enrolling {
  readonly staff: string;
  readonly code: Buffer;
  readonly ticketHash: Buffer;
  readonly until: Monotonic;
  inUse: boolean;
}

export function enrolmentDesk(clock: Pick<Clock, 'now'>): EnrolmentDesk {
  let present: Enrolling | undefined;
  const listeners: (() => void)[] = [];

  const end = (): void => {
    if (present === undefined) return;
    present.code.fill(0);
    present = undefined;
    for (const listener of listeners) listener();
  };

  /** Checked at each use, so that a late tick lets nobody in. */
  const heldBy = (ticket: string): Enrolling | undefined => {
    if (present !== undefined && clock.now() >= present.until) end();
    return present !== undefined && timingSafeEqual(sha256(ticket), present.ticketHash) ? present : undefined;
  };

  return {
    open(staff, code) {
      end();
      const ticket = newToken();
      present = { staff, code: Buffer.from(code), ticketHash: sha256(ticket), until: clock.now() + TICKET_MS, inUse: false };
      return ticket;
    },
    holds: (ticket) => heldBy(ticket) !== undefined,
    async use(ticket, enrol) {
      const held = heldBy(ticket);
      if (held === undefined || held.inUse) return undefined;
      held.inUse = true;
      try {
        const answer = await enrol(held.staff, held.code.toString());
        if (answer.ok && present === held) end();
        return answer;
      } finally {
        held.inUse = false;
      }
    },
    end,
    tick() { if (present !== undefined && clock.now() >= present.until) end(); },
    onEnd: (listener) => void listeners.push(listener),
  };
}
