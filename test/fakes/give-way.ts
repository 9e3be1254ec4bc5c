/**
 * A browser is started as a session of its own, and the kernel serves each session as well as all that another one runs
 * (sched(7), autogroup): two browsers would have two thirds of a busy machine, and the room that they are in the rest.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pidsOf } from './processes.js';

/** What Debian's scripts start. */
const PROGRAMS = ['/usr/lib/chromium/chromium', '/usr/lib/firefox-esr/firefox-esr'];
/** More than whoever started it. Enough for a room's boards, which work in real time, to have the processor when they need it. */
const NICER = 10;
/** There is no more (sched(7)). */
const NICEST = 19;

/** Those that this process has started. */
export function letBrowsersGiveWay(): void {
  const nice = String(Math.min(NICEST, ownNice() + NICER));
  for (const pid of pidsOf(process.pid)) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      if (PROGRAMS.some((program) => command.startsWith(program))) writeFileSync(`/proc/${pid}/autogroup`, nice);
    } catch {
      // Gone meanwhile, or a kernel without such groups.
    }
  }
}

function ownNice(): number {
  try {
    return Number(/nice (-?\d+)/.exec(readFileSync('/proc/self/autogroup', 'latin1'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
