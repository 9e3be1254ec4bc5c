/** Debian's Chromium, as tests, measurements and pictures use it. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';

/** Why nothing can be shown here; false where it can. */
export const skip = existsSync(CHROMIUM) ? false : `needs ${CHROMIUM} (Debian package chromium)`;

/** As root only without its sandbox. */
export const FLAGS: readonly string[] = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];

export const launch = (...flags: readonly string[]): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
