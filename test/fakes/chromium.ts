/** Debian's Chromium, as tests, measurements and pictures use it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { pidsOf } from './processes.js';

export const CHROMIUM = '/usr/bin/chromium';

/** What that script starts. */
const PROGRAM = '/usr/lib/chromium/chromium';

/** Why nothing can be shown here; false where it can. */
export const skip = existsSync(CHROMIUM) ? false : `needs ${CHROMIUM} (Debian package chromium)`;

/** Each window would draw two pages for its address bar, which take a processor for a second and a half; the kiosk does without them, too (hardware/kiosk). The rest is of the list that this one replaces, playwright's. */
const LEFT_OUT = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'Translate', 'MediaRouter', 'DialMediaRouteProvider', 'GlobalMediaControls', 'HttpsUpgrades', 'OptimizationHints', 'PaintHolding'];

/** As root only without its sandbox. */
export const FLAGS: readonly string[] = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', `--disable-features=${LEFT_OUT.join(',')}`];

export async function launch(...flags: readonly string[]): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
  letBrowsersGiveWay();
  return browser;
}

/** Enough for a room's boards, which work in real time, to have the processor when they need it. */
const NICE = 10;

/** A browser is started as a session of its own, and the kernel serves each session as well as all that another one runs (sched(7), autogroup): two browsers would have two thirds of a busy machine, and the room that they are in the rest. */
export function letBrowsersGiveWay(): void {
  for (const pid of pidsOf(process.pid)) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith(PROGRAM)) writeFileSync(`/proc/${pid}/autogroup`, String(NICE));
    } catch {
      // Gone meanwhile, or a kernel without such groups.
    }
  }
}
