/** Timers that a test winds by hand: a wait of ten seconds takes none. */
import type { Timers } from '../../firmware-bridge/serial/timers.js';

export interface HandWoundClock extends Timers {
  /** Lets `ms` milliseconds pass, running what falls due in its order, each with all that it sets going. */
  wind(ms: number): Promise<void>;
}

export function handWoundClock(): HandWoundClock {
  let now = 0;
  const alarms = new Set<{ at: number; work: () => void }>();
  // Promises that hang together settle before the event loop's next turn.
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after(ms, work) {
      const alarm = { at: now + ms, work };
      alarms.add(alarm);
      return () => void alarms.delete(alarm);
    },
    async wind(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = [...alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        alarms.delete(next);
        now = next.at;
        next.work();
        await settle();
      }
      now = end;
    },
  };
}
