/** A screen that is loaded anew, or whose process crashes, comes back to where the room is. */
import type { Test } from 'tap';
import type { KioskByTouch } from '../fakes/kiosk-by-touch.js';
import type { TestRoom } from '../fakes/virtual-room.js';
import { NOT_RECORDING, STOPPED, atRest } from './at-rest.js';

/** The goal is 2 s on a machine that has nothing else to do; what each took is said. */
const BACK_WITHIN_MS = 5000;
const CAMERA_ON = 'Camera and microphone on – not recording';

/** For a teacher who did it before. @returns the window that is there in the end. */
export async function comesBack(t: Test, room: TestRoom, before: KioskByTouch): Promise<KioskByTouch> {
  const { school: { teacher }, kiosk } = room;
  let touch = before;
  const isBack = async (where: string, heading: string | RegExp, since: number, how: string): Promise<void> => {
    await touch.heading(heading);
    const ms = performance.now() - since;
    t.ok(ms < BACK_WITHIN_MS, `${where}: back ${Math.round(ms)} ms after ${how}`);
  };
  const twice = async (where: string, heading: string): Promise<void> => {
    const reloadedAt = performance.now();
    await touch.page.reload();
    await isBack(where, heading, reloadedAt, 'it was loaded anew');
    let openedAt: number;
    [touch, openedAt] = await touch.crash();
    await isBack(where, heading, openedAt, 'a crash');
  };
  await twice('ready', NOT_RECORDING);
  await touch.tap(/Teachers: start here/);
  await touch.tap(teacher.name);
  await touch.pin();
  await touch.tap('Look at the picture');
  await touch.heading(CAMERA_ON);
  const [crashed, openedAt] = await touch.crash();
  touch = crashed;
  await isBack('framing', new RegExp(`^(${CAMERA_ON}|${NOT_RECORDING})$`), openedAt, 'a crash');
  const [shown, { phase }] = [await touch.page.getByRole('heading', { level: 1 }).innerText(), await kiosk.until('any state', () => true)];
  t.equal(shown === CAMERA_ON, phase.kind === 'framing', `and says what is so (${phase.kind})`);
  await atRest(room);
  await touch.heading(NOT_RECORDING);
  await kiosk.start(teacher.pin);
  await touch.heading('RECORDING');
  await twice('recording', 'RECORDING');
  await touch.tap('Stop');
  await touch.heading(STOPPED);
  await twice('paused', STOPPED);
  await atRest(room);
  await touch.heading(NOT_RECORDING);
  return touch;
}
