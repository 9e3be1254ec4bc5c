/** Debian's Chromium, as tests, measurements and pictures use it. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { letBrowsersGiveWay } from './give-way.js';

export const CHROMIUM = '/usr/bin/chromium';

/** Why nothing can be shown here; false where it can. */
export const skip = existsSync(CHROMIUM) ? false : `needs ${CHROMIUM} (Debian package chromium)`;

/** Each window would draw two pages for its address bar, which take a processor for a second and a half; the kiosk does without them, too (hardware/kiosk). The rest is of the list that this one replaces, playwright's. */
const LEFT_OUT = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup', 'Translate', 'MediaRouter', 'DialMediaRouteProvider', 'GlobalMediaControls', 'HttpsUpgrades', 'OptimizationHints', 'PaintHolding',
  // A page’s process that waits for a page that no test opens.
  'SpareRendererForSitePerProcess'];

/** As root only without its sandbox. */
export const FLAGS: readonly string[] = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', `--disable-features=${LEFT_OUT.join(',')}`];

export async function launch(...flags: readonly string[]): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
  letBrowsersGiveWay();
  return browser;
}
