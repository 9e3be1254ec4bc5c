/** A recording on its owner's own computer: nothing but a file that is opened in a browser. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Test } from 'tap';
import { READ_ME, VIEWER } from '../../pipeline/collect/read-me.js';
import { launch } from '../fakes/chromium.js';
import { LAPTOP, launched, viewer, type Viewer } from '../kiosk/viewer-bench.js';
import { age, codecsAndSeconds, teacherKey } from '../pipeline/keys.js';

async function opened(t: Test, browser: Browser, folder: string, keyFile: string): Promise<Viewer> {
  const home = await viewer(browser, LAPTOP, 'en-GB', pathToFileURL(join(folder, VIEWER)).href);
  await home.unlock(folder, keyFile);
  t.equal(await home.verdict(/^Complete/), 'Complete: all of it, as it was recorded.');
  await home.press('Play');
  await home.until(`document.querySelector('video')?.currentTime > 0.5`);
  t.ok(await home.brightness() > 20, 'it plays');
  return home;
}

/** @param stick what the kiosk left on it. */
export async function fromTheStick(t: Test, stick: string, keyFile: string): Promise<void> {
  const folder = t.testdir();
  const colleague = await teacherKey(folder, 'colleague.txt');
  const browser = await launched();
  t.teardown(() => browser.close());
  const home = await opened(t, browser, stick, keyFile);
  for (const seconds of [7, 2]) {
    await home.seek(seconds);
    t.ok(await home.brightness() > 20, `a picture at ${seconds} s`);
  }
  await home.page.getByLabel('Your note').fill('Ask more open questions');
  await home.press('Add a note here');
  const [note] = await Promise.all([home.page.waitForEvent('download'), home.press('Save my notes')]);
  await note.saveAs(join(folder, note.suggestedFilename()));
  const written = await age({ file: keyFile }, join(folder, note.suggestedFilename()));
  t.match(JSON.parse(written.plain.toString()), { kind: 'note', text: 'Ask more open questions' }, 'age opens the note with the teacher’s key');

  const clip = await home.share(join(folder, 'clip'), { from: '0:02', to: '0:06', recipient: colleague.recipient, says: /0:02 to 0:06: 0:04[^]*Coaching/i });
  t.same([home.asked, home.complaints], [[], []], 'nothing was asked of any network');
  const sealed = join(clip, 'part-01.mp4.age');
  t.not((await age({ file: keyFile }, sealed)).code, 1, 'the teacher’s own key opens the clip');
  const { plain, code } = await age(colleague, sealed);
  t.equal(code, 0, 'and so does the colleague’s');
  writeFileSync(join(folder, 'clip.mp4'), plain);
  t.match(await codecsAndSeconds(join(folder, 'clip.mp4')), /^h264\naac\n[4-6]\.\d/, 'ffprobe: 4 s from a whole picture on');
  const there = await viewer(browser);
  await there.unlock(dirname(clip), colleague.file);
  await there.verdict(/^Complete: nothing was changed since this clip was made\.$/);
  await there.press('Play');
  await there.until(`document.querySelector('video').currentTime > 0.3`);
  t.ok(await there.brightness() > 20, 'it plays at the colleague’s');
}

/** Follows the kiosk's link with a browser of one's own, and unpacks what comes into `folder`. */
export async function downloaded(link: string, folder: string): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage({ acceptDownloads: true });
    await page.goto(link);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Download/ }).click()]);
    await download.saveAs(join(folder, 'got.zip'));
  } finally {
    await browser.close();
  }
  mkdirSync(join(folder, 'lessons'));
  execFileSync('unzip', ['-q', join(folder, 'got.zip'), '-d', join(folder, 'lessons')]);
}

/** @param computer the folder of `downloaded`. */
export async function fromTheDownload(t: Test, computer: string, keyFile: string): Promise<void> {
  const lessons = join(computer, 'lessons');
  t.ok(readdirSync(lessons).includes(READ_ME), 'what to do with it lies beside it');
  // Whoever moves it elsewhere takes the page along.
  cpSync(lessons, join(computer, 'moved'), { recursive: true });
  const browser = await launched();
  t.teardown(() => browser.close());
  const home = await opened(t, browser, join(computer, 'moved'), keyFile);
  t.same([home.asked, home.complaints], [[], []]);
}
