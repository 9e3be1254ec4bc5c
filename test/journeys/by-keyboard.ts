/** A whole lesson on a keyboard that somebody plugged in: Tab, Enter, Space and digits. */
import type { Test } from 'tap';
import type { Locator } from 'playwright-core';
import type { KioskByTouch } from '../fakes/kiosk-by-touch.js';
import type { TestRoom } from '../fakes/virtual-room.js';
import { NOT_RECORDING, STOPPED } from './at-rest.js';

/** More than any screen has controls. */
const TABS = 40;

const isFocused = (button: Locator): Promise<boolean> => button.evaluate((element: { matches: (selector: string) => boolean }) => element.matches(':focus'));

export async function byKeyboard(t: Test, { school: { teacher }, kiosk }: TestRoom, { page, heading }: KioskByTouch): Promise<void> {
  const presses = { tabs: 0, others: 0 };
  const press = async (key: string): Promise<void> => {
    presses[key === 'Tab' ? 'tabs' : 'others'] += 1;
    await page.keyboard.press(key);
  };
  const go = async (name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
    const button = page.getByRole('button', { name }).first();
    await button.waitFor();
    for (let tabs = 0; !await isFocused(button); tabs += 1) {
      if (tabs > TABS) throw new Error(`Tab does not lead to ${String(name)}`);
      await press('Tab');
    }
    await press(key);
  };
  await heading(NOT_RECORDING);
  await go(/Teachers: start here/);
  await go(teacher.name, 'Space');
  await heading(/enter your PIN/);
  for (const digit of teacher.pin) await press(digit);
  await go('OK');
  await go('Yes, go on', 'Space');
  await go('I have told everyone: start');
  await heading('RECORDING');
  t.equal(await page.locator('lamp-dark').count(), 0, 'Enter at a control that was reached with Tab does not darken the screen');
  await go(/^Stop/, 'Space');
  await heading(STOPPED);
  await go(/Finish and collect/);
  await heading(/owner’s PIN/);
  for (const digit of teacher.pin) await press(digit);
  await go('OK', 'Space');
  await heading(/^Saved/);
  await go('Sign out');
  await heading(NOT_RECORDING);
  t.pass(`from rest to rest: ${presses.others} presses, and ${presses.tabs} times Tab`);
  await kiosk.phase('idle', 60_000);
}
