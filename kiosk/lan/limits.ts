/** What one address, and all of them together, may ask of a page that anyone on the school's network can reach. */
import type { Socket } from 'node:net';

/** At most `most` requests of one address in each window of time. */
export function rateLimit(now: () => number, { most, windowMs }: { readonly most: number; readonly windowMs: number }): (address: string) => boolean {
  let windowEnds = -Infinity;
  const asked = new Map<string, number>();
  return (address) => {
    if (now() >= windowEnds) {
      windowEnds = now() + windowMs;
      asked.clear();
    }
    const count = (asked.get(address) ?? 0) + 1;
    asked.set(address, count);
    return count <= most;
  };
}

export interface ConnectionLimit {
  /** To be told of each connection. */
  readonly admit: (socket: Socket) => void;
  /** From now on this one may last so long. */
  readonly keep: (socket: Socket, ms: number) => void;
}

/** However slowly it reads or writes, no connection lives longer than `ms`, and one address has `each` of them. */
export function limitConnections({ each, ms }: { readonly each: number; readonly ms: number }): ConnectionLimit {
  const open = new Map<string, number>();
  const late = new WeakMap<Socket, NodeJS.Timeout>();
  const keep = (socket: Socket, forMs: number): void => {
    clearTimeout(late.get(socket));
    late.set(socket, setTimeout(() => socket.destroy(), forMs));
  };
  return {
    keep,
    admit(socket) {
      const address = socket.remoteAddress ?? '';
      const count = (open.get(address) ?? 0) + 1;
      open.set(address, count);
      keep(socket, ms);
      socket.once('close', () => {
        clearTimeout(late.get(socket));
        const left = (open.get(address) ?? 1) - 1;
        if (left === 0) open.delete(address);
        else open.set(address, left);
      });
      if (count > each) socket.destroy();
    },
  };
}
