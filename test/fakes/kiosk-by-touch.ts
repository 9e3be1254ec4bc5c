/** The kiosk's screen in a real browser, touched as a person does. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM, FLAGS } from './chromium.js';
import { letBrowsersGiveWay } from './give-way.js';
import { Diary } from './effort.js';
import type { TestRoom } from './virtual-room.js';

export interface KioskByTouch {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  readonly tap: (button: string | RegExp) => Promise<void>;
  /** Counts what `tap` and `keys` touch and read. */
  readonly diary: Diary;
  /** Touches the key of each letter of a PIN or code on the pad, then OK. */
  readonly keys: (letters: string) => Promise<void>;
  /** Enters the demo teacher's PIN. */
  readonly pin: () => Promise<void>;
  readonly heading: (name: string | RegExp) => Promise<void>;
  /** The page's process is killed, and the kiosk's window opens anew. @returns it, and when it was opened (performance.now()). */
  readonly crash: () => Promise<readonly [KioskByTouch, number]>;
  /** From the ready screen to the camera being on. @param purpose its button; personal reflection where it is not given. */
  readonly look: (purpose?: RegExp) => Promise<void>;
  /** From the picture to RECORDING. */
  readonly start: () => Promise<void>;
  /** From the receipt to the stick, signed out. @param download where it is to go to the owner's computer first: does that, with the link. @returns the folder on the stick with the sealed files. */
  readonly collect: (download?: (link: string) => Promise<void>) => Promise<string>;
}

/** Its profile lies in the room's folder, so that what the browser keeps is found there. */
export async function kioskByTouch(t: { teardown: (work: () => Promise<void>) => void }, { school, folder }: TestRoom): Promise<KioskByTouch> {
  const browser = await chromium.launchPersistentContext(join(folder, 'browser'), { executablePath: CHROMIUM, viewport: { width: 1280, height: 800 }, hasTouch: true, args: [...FLAGS, '--disable-component-update', '--disable-sync', '--no-first-run'] });
  letBrowsersGiveWay();
  t.teardown(() => browser.close());
  return await kioskOn(await browser.newPage(), school, []);
}

async function kioskOn(page: Page, school: TestRoom['school'], complaints: string[]): Promise<KioskByTouch> {
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  const { teacher } = school;
  const diary = new Diary(page, process.env['KIOSK_SHOTS']);
  const tap = (name: string | RegExp): Promise<void> => diary.touch(page.getByRole('button', { name }).first());
  const heading = (name: string | RegExp): Promise<void> => page.getByRole('heading', { name, exact: true }).waitFor({ timeout: 40_000 });
  const keys = async (letters: string): Promise<void> => {
    for (const letter of letters) await diary.press(page.getByRole('button', { name: letter, exact: true }));
    await tap('OK');
  };
  const pin = (): Promise<void> => keys(teacher.pin);
  await page.goto(school.kioskUrl);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return {
    page, complaints, diary, tap, keys, pin, heading,
    crash: async () => {
      const died = page.waitForEvent('crash');
      // It is never answered: there is nobody left who could.
      void (await page.context().newCDPSession(page)).send('Page.crash').catch(() => undefined);
      await died;
      const next = await page.context().newPage();
      const openedAt = performance.now();
      const anew = await kioskOn(next, school, complaints);
      await page.close();
      return [anew, openedAt];
    },
    look: async (purpose = /personal reflection/) => {
      await tap(/Teachers: start here/);
      await tap(teacher.name);
      await pin();
      await tap(purpose);
      await tap('Look at the picture');
      await heading('Camera and microphone on – not recording');
    },
    collect: async (download) => {
      await tap('Copy to the stick');
      await heading(/^The stick .* is ready$/);
      if (download !== undefined) {
        await tap('Download to my own computer');
        await heading('Open this page on your own computer');
        await download(await page.locator('lamp-download bdi').first().innerText());
        await heading('All of it was sent');
        await tap('Back');
        await heading(/^The stick .* is ready$/);
      }
      await tap('Copy to the stick');
      await heading('You can pull it out');
      await diary.read();
      await tap('Sign out');
      const copied = (await readdir(school.stick, { withFileTypes: true })).find((entry) => entry.isDirectory());
      return join(school.stick, copied?.name ?? '');
    },
    start: async () => {
      await tap('The picture is right');
      await page.getByRole('button', { name: 'Yes, go on' }).waitFor({ timeout: 30_000 });
      await tap('Yes, go on');
      await tap('I have told everyone: start');
      await heading('RECORDING');
    },
  };
}
