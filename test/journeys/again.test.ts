/** Whoever did it before does it again: by touch at a person's pace, by five keys in the dark, in other languages. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { monotonic } from '../../hardware/virtual/program.js';
import type { Calls } from '../../kiosk/protocol.js';
import { atRest, NOT_RECORDING, recordedOnce, STOPPED } from './at-rest.js';
import { COSTS_S } from '../fakes/effort.js';
import { kioskByTouch, type KioskByTouch } from '../fakes/kiosk-by-touch.js';
import { lookInto } from '../fakes/lesson-file.js';
import { openTestRoom, VIDEO, type TestRoom } from '../fakes/virtual-room.js';

/** As long as the e-ink panel by the door takes (hardware/virtual/sign/panels.ts). */
const PANEL_MS = 4000;

t.test('a teacher who did it before', { timeout: 280_000 }, async (t) => {
  const room = await openTestRoom(t, PANEL_MS);
  const { school, kiosk } = room;
  const { teacher } = school;
  await recordedOnce(room);
  const touch = await kioskByTouch(t, room);
  await touch.heading(NOT_RECORDING);

  await t.test('starts as last time in eleven touches, and is recorded within half a minute', async (t) => {
    const { diary, heading, page } = touch;
    const screenOnAt = monotonic();
    /** Not before a hand gets there. */
    const inTime = async (): Promise<void> => sleep(Math.max(0, screenOnAt + (diary.hand.touches + 1) * COSTS_S.touch * 1000 - monotonic()));
    const press = async (button: string | RegExp): Promise<void> => {
      const found = page.getByRole('button', { name: button, exact: typeof button === 'string' }).first();
      await found.waitFor();
      await inTime();
      await diary.press(found);
    };
    for (const button of [/Teachers: start here/, teacher.name, ...Array.from(teacher.pin), 'OK', 'Yes, go on', 'I have told everyone: start']) await press(button);
    await heading('RECORDING');
    const saidAfter = monotonic() - screenOnAt;
    const { touches, seconds } = diary.hand;
    await sleep(2500); // the lesson itself
    await kiosk.post('/api/stop');
    await kiosk.phase('paused');
    const firstAfter = await firstFrame(room) - screenOnAt;
    t.comment(`${touches} touches, ${seconds.toFixed(1)} s of the hand; RECORDING after ${(saidAfter / 1000).toFixed(1)} s, the first kept frame after ${(firstAfter / 1000).toFixed(1)} s, with a panel that takes ${PANEL_MS / 1000} s`);
    t.ok(touches <= 11, `${touches} touches, name and PIN among them`);
    t.ok(seconds <= 20, `${seconds.toFixed(1)} s of the hand`);
    // 30 s are the goal on a machine that has nothing else to do.
    t.ok(firstAfter > 0 && firstAfter <= 60_000, `from the first look to the first kept frame: ${(firstAfter / 1000).toFixed(1)} s`);
    await atRest(room);
  });

  await t.test('does it by five keys in the dark', (t) => inTheDark(t, room, touch));

  await t.test('does it in another language', async (t) => {
    for (const language of ['pl', 'ur']) {
      await atRest(room);
      await inLanguage(touch.page, language, teacher);
      t.pass(`${language}: signed in, started, stopped, signed out`);
      await touch.heading(NOT_RECORDING);
      t.same(await touch.page.evaluate('[document.documentElement.lang, document.documentElement.dir]'), ['en', 'ltr'], 'and the room speaks its own language again');
      await kiosk.phase('idle', 60_000);
    }
  });
  // These five keys are pressed faster than anybody does, and the reader says so.
  t.same(touch.complaints.filter((one) => !one.includes('status of 429')), [], 'the browser complained of nothing');
});

async function inTheDark(t: Test, room: TestRoom, { page, heading }: KioskByTouch): Promise<void> {
  const { school: { teacher }, kiosk } = room;
  await atRest(room);
  await heading(NOT_RECORDING);
  await page.evaluate('document.activeElement?.blur()');
  const spoken: string[] = [];
  let listened = 0;
  page.on('request', (request) => { if (request.url().endsWith('/api/say')) spoken.push((request.postDataJSON() as Calls['/api/say']['body']).text); });
  /** What was asked to be said from now on, until this. */
  const hears = async (words: string | RegExp): Promise<string[]> => {
    for (let patience = 600; patience > 0; patience -= 1) {
      const heard = spoken.slice(listened);
      if (heard.some((text) => (typeof words === 'string' ? text.includes(words) : words.test(text)))) {
        listened = spoken.length;
        return heard;
      }
      await sleep(50);
    }
    throw new Error(`nobody says ${String(words)}, but ${JSON.stringify(spoken.slice(listened))}`);
  };
  let presses = 0;
  const press = async (key: string, times = 1): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1) {
      presses += 1;
      await page.keyboard.press(key);
    }
  };
  const pin = async (): Promise<string[]> => {
    const heard: string[] = [];
    const before = presses;
    for (const [at, digit] of Array.from(teacher.pin).entries()) {
      const steps = Number(digit);
      if (steps === 0 || steps > 5) await press('ArrowLeft', steps === 0 ? 1 : 11 - steps);
      else await press('ArrowRight', steps);
      await press('Enter');
      heard.push(...await hears(at === 0 ? '1 digit.' : `${at + 1} digits.`));
    }
    presses = before;
    return heard;
  };
  const counted = Array.from(teacher.pin, (_, at) => (at === 0 ? '1 digit.' : `${at + 1} digits.`));

  await press('Enter');
  t.match(await hears('Teachers: start here'), [/^Five keys: .*The screen is dark/], 'the first key says what it is');
  t.ok(await page.locator('lamp-dark').isVisible(), 'and darkens the screen');
  await press('Enter');
  await hears('Tap your name');
  for (let names = 0; !spoken.at(-1)?.includes(teacher.name); names += 1) {
    if (names > 9) throw new Error('the name is not on the list');
    await press('ArrowRight');
    await hears(/button/);
  }
  await press('Enter');
  await hears(/enter your PIN/);
  t.same(await pin(), counted, 'P10.2 of the PIN is said how many digits there are, and nothing else');
  await press('Enter');
  await hears('Yes, go on');
  await press('Enter');
  t.match(await hears('start, button'), [/class has been told/], 'who has to be told is read');
  await press('Enter');
  await kiosk.phase('recording', 60_000);
  await hears(/^RECORDING/);
  t.comment(`by five keys: started in ${presses} presses and the digits of the PIN`);
  t.ok(presses <= 12, `${presses} presses`);
  t.ok(await page.locator('lamp-dark').isVisible(), 'the screen is still dark');
  presses = 0;
  await press('F9');
  await hears('Stopping.');
  await kiosk.phase('paused');
  t.same(presses, 1, 'and stopped in one');
  await hears(STOPPED);
  for (let steps = 0; !spoken.at(-1)?.startsWith('Finish and collect'); steps += 1) {
    if (steps > 9) throw new Error('there is no way to finish');
    await press('ArrowRight');
    await hears(/button|closes by itself|heading/);
  }
  await press('Enter');
  await hears('owner’s PIN');
  t.same(await pin(), counted, 'nor at the end');
  await press('Enter');
  await hears(/Copy to the stick/);
  await press('Escape');
  await kiosk.until('nobody signed in', ({ phase, signedIn }) => phase.kind === 'idle' && !signedIn, 60_000);
  t.ok(!spoken.some((text) => text.includes(teacher.pin)), 'P10.2 the PIN is never asked to be said');
  await page.touchscreen.tap(20, 20);
  await page.locator('lamp-dark').waitFor({ state: 'detached' });
}

/** By structure: the words may be anyone's. */
async function inLanguage(page: Page, language: string, { name, pin }: { readonly name: string; readonly pin: string }): Promise<void> {
  const tap = (selector: string): Promise<void> => page.locator(selector).first().tap({ timeout: 60_000 });
  const enter = async (): Promise<void> => {
    for (const digit of pin) await page.locator('pin-screen .pad').getByRole('button', { name: digit, exact: true }).tap();
    await tap('pin-screen .pad .main');
  };
  await tap('ready-screen lamp-languages .other');
  await tap(`ready-screen lamp-languages dialog [lang=${language}]`);
  await page.locator(`html[lang=${language}][dir=${language === 'ur' ? 'rtl' : 'ltr'}]`).waitFor({ state: 'attached' });
  await tap('ready-screen .start');
  await page.locator('names-screen').getByRole('button', { name }).tap();
  await enter();
  await tap('plan-screen .next');
  await tap('told-screen .start');
  await page.locator('recording-screen').waitFor({ timeout: 60_000 });
  await tap('recording-screen lamp-stop button');
  await tap('paused-screen footer button:last-child');
  await enter();
  await tap('saved-screen [data-back]');
}

/** When the first kept frame of the newest session was drawn, as it tells itself. */
async function firstFrame({ school }: TestRoom): Promise<number> {
  const vault = join(school.recorderFolder, 'vault');
  const sessions = (await readdir(vault)).filter((name) => /^[0-9a-f]{32}$/.test(name));
  const firsts = await Promise.all(sessions.map(async (session) => (await lookInto(join(vault, session, 'part-01.mp4.age'), school.teacher.keyFile, { width: VIDEO.width, interrupted: true }).catch(() => null))?.drawnAt[0] ?? 0));
  return Math.max(...firsts);
}
