/** The page for a teacher's own computer in real Chromium, opened from a file, with folders and keys as people have them. */
import axe from 'axe-core';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../fakes/chromium.js';
import { axeFaults } from './scene-looks.js';

export const PAGE = fileURLToPath(new URL('../../viewer/Open my recordings.html', import.meta.url));
export const ADDRESS = pathToFileURL(PAGE).href;
/** On a machine that others share. */
const PATIENCE_MS = 60_000;

/** Mean of all bytes of the picture that stands there, 0 to 255. */
export const BRIGHTNESS = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
  const onto = canvas.getContext('2d');
  onto.drawImage(document.querySelector('video'), 0, 0, 64, 36);
  return onto.getImageData(0, 0, 64, 36).data.reduce((sum, byte, i) => (i % 4 === 3 ? sum : sum + byte), 0) / (64 * 36 * 3);
})()`;

/** Until the picture at this time stands there; how many milliseconds it took. Where none comes, what the player held meanwhile. */
export const seekTo = (seconds: number): string => `new Promise((done, failed) => {
  const video = document.querySelector('video');
  const began = performance.now();
  video.addEventListener('seeked', () => done(performance.now() - began), { once: true });
  video.currentTime = ${seconds};
  setTimeout(() => failed(new Error('no picture at ' + ${seconds} + ' s: ' + JSON.stringify({ at: video.currentTime, ready: video.readyState, error: video.error?.message, held: Array.from({ length: video.buffered.length }, (_, i) => [video.buffered.start(i), video.buffered.end(i)]) }))), ${PATIENCE_MS});
})`;

/** Asks again and again: the page's policy forbids what waitForFunction needs. @param evaluate in the page */
export const untilBy = (evaluate: (js: string) => Promise<unknown>) => async (js: string): Promise<void> => {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline;) {
    if (await evaluate(js) === true) return;
    await evaluate('new Promise((done) => setTimeout(done, 50))');
  }
  throw new Error(`never: ${js}`);
};

export const launched = (): Promise<Browser> => launch('--autoplay-policy=no-user-gesture-required', '--enable-precise-memory-info');

export interface Viewer {
  readonly page: Page;
  /** What the console said, and every address that was asked for but the page's own and those in its memory. */
  readonly complaints: string[];
  readonly asked: string[];
  /** The first screen, in a folder; as in a browser without a folder picker. */
  choose(folder: string): Promise<void>;
  /** With a bare age identity. */
  unlock(folder: string, keyFile: string): Promise<void>;
  press(name: string | RegExp): Promise<void>;
  heading(name: string | RegExp): Promise<void>;
  /** Until the page says this of the recording. */
  verdict(words: RegExp): Promise<string>;
  /** Until `js` is true in the page. */
  until(js: string): Promise<void>;
  brightness(): Promise<number>;
  /** @returns milliseconds that it took */
  seek(seconds: number): Promise<number>;
  violations(): Promise<string[]>;
  /** Reads a clip over and saves it. @returns the folder in `folder` that was unpacked */
  share(folder: string, clip: ClipWish): Promise<string>;
}

/** As somebody types and ticks it. */
export interface ClipWish {
  readonly from: string;
  readonly to: string;
  /** The colleague's. */
  readonly recipient: string;
  readonly blur?: boolean;
  readonly silence?: boolean;
  /** Of what stands there to be read over. */
  readonly says: RegExp;
}

export const LAPTOP = { width: 1366, height: 768 };

/** What axe complains of on the screen that stands there. */
export async function violationsOn(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page); // axe is code that the page's policy would refuse
  await session.send('Runtime.evaluate', { expression: `if (!('axe' in globalThis)) { ${axe.source} }` });
  const { result } = await session.send('Runtime.evaluate', { awaitPromise: true, returnByValue: true, expression: axeFaults() });
  await session.detach();
  return result.value as string[];
}

/** @param address the page as it was built, or a copy of it on a stick. */
export async function viewer(browser: Browser, size = LAPTOP, languages = 'en-GB', address = ADDRESS): Promise<Viewer> {
  const context = await browser.newContext({ viewport: size, locale: languages, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const [complaints, asked]: [string[], string[]] = [[], []];
  page.on('request', (request) => { if (request.url() !== address && !request.url().startsWith('blob:')) asked.push(request.url()); });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript('delete window.showDirectoryPicker');
  const until = untilBy((js) => page.evaluate(js));
  const self: Viewer = {
    page, complaints, asked, until,
    async choose(folder) {
      await page.goto(address);
      await page.locator('#folder').setInputFiles(folder);
    },
    async unlock(folder, keyFile) {
      await self.choose(folder);
      const elsewhere = page.locator('details:has(#key)');
      if (await elsewhere.getAttribute('open') === null) await elsewhere.locator('summary').click();
      await page.locator('#key').setInputFiles(keyFile);
      await page.locator('form button').first().click();
    },
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    heading: (name) => page.getByRole('heading', { name, level: 1 }).waitFor(),
    async verdict(words) {
      await page.locator('.verdict').filter({ hasText: words }).waitFor();
      return await page.locator('.verdict').textContent() ?? '';
    },
    brightness: () => page.evaluate(BRIGHTNESS),
    seek: (seconds) => page.evaluate(seekTo(seconds)),
    violations: () => violationsOn(page),
    async share(folder, { from, to, recipient, blur = false, silence = false, says }) {
      const looked = async (): Promise<void> => { for (const fault of await self.violations()) complaints.push(`axe: ${fault}`); };
      await self.press('Share a clip');
      await page.getByLabel('From').waitFor();
      await looked();
      await page.getByLabel('From').fill(from);
      await page.getByLabel('To', { exact: true }).fill(to);
      await page.getByLabel('Your colleague’s key').fill(recipient);
      if (blur) await page.getByLabel('Blur the picture').check();
      if (silence) await page.getByLabel('Leave out the sound').check();
      await self.press('Read it over');
      await self.heading('Read before you share');
      await page.locator('main').filter({ hasText: says }).waitFor();
      await looked();
      await self.press('Make the clip');
      await self.heading('The clip is ready');
      await looked();
      const [download] = await Promise.all([page.waitForEvent('download'), self.press('Save the clip')]);
      await download.saveAs(`${folder}.zip`);
      mkdirSync(folder);
      execFileSync('unzip', ['-q', `${folder}.zip`, '-d', folder]);
      return join(folder, download.suggestedFilename().replace('.zip', ''));
    },
  };
  return self;
}
