/** A screen that is loaded anew, or whose process crashes, comes back to where the room is. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import type { PublicState } from '../../kiosk/protocol.js';
import type { KioskByTouch } from '../fakes/kiosk-by-touch.js';
import type { TestRoom } from '../fakes/virtual-room.js';
import { NOT_RECORDING, STOPPED, atRest } from './at-rest.js';

/** The goal is 2 s on a machine that has nothing else to do; what each took is said. */
const BACK_WITHIN_MS = 10_000;
const CAMERA_ON = 'Camera and microphone on – not recording';

/** What the screen says, by what the room is in. On a machine that is too busy a sign may fall silent, and end what goes on: then that is what a screen has to come back to. */
const HEADINGS: Partial<Record<PublicState['phase']['kind'], string>> = { idle: NOT_RECORDING, waking: NOT_RECORDING, framing: CAMERA_ON, recording: 'RECORDING', paused: STOPPED };

/** For a teacher who did it before. @returns the window that is there in the end. */
export async function comesBack(t: Test, room: TestRoom, before: KioskByTouch): Promise<KioskByTouch> {
  const { school: { teacher }, kiosk } = room;
  let touch = before;
  const isBack = async (where: string, since: number, how: string): Promise<void> => {
    for (;;) {
      const shown = await touch.page.getByRole('heading', { level: 1 }).innerText({ timeout: 1000 }).catch(() => '');
      const { phase } = await kiosk.until('any state', () => true);
      const ms = performance.now() - since;
      if (shown === HEADINGS[phase.kind]) return void t.ok(ms < BACK_WITHIN_MS, `${where}: back ${Math.round(ms)} ms after ${how} (${phase.kind})`);
      if (ms > BACK_WITHIN_MS) return void t.fail(`${where}: after ${how} the screen says “${shown}” and the room is ${JSON.stringify(phase)}`);
      await sleep(20);
    }
  };
  const crashes = async (where: string): Promise<void> => {
    let openedAt: number;
    [touch, openedAt] = await touch.crash();
    await isBack(where, openedAt, 'a crash');
  };
  const twice = async (where: string): Promise<void> => {
    const reloadedAt = performance.now();
    await touch.page.reload();
    await isBack(where, reloadedAt, 'it was loaded anew');
    await crashes(where);
  };
  await twice('ready');
  await touch.tap(/Teachers: start here/);
  await touch.tap(teacher.name);
  await touch.pin();
  await touch.tap('Look at the picture');
  await touch.heading(CAMERA_ON);
  await crashes('framing');
  await atRest(room);
  await touch.heading(NOT_RECORDING);
  await kiosk.start(teacher.pin);
  await touch.heading('RECORDING');
  await twice('recording');
  if (kiosk.state?.phase.kind === 'recording') await touch.tap('Stop');
  await touch.heading(STOPPED);
  await twice('paused');
  await atRest(room);
  await touch.heading(NOT_RECORDING);
  return touch;
}
