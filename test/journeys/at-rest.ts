/** Between two journeys in one room. */
import type { TestRoom } from '../fakes/virtual-room.js';

export const NOT_RECORDING = 'Not recording';
export const STOPPED = 'Recording has stopped';

/** One recording of the demo teacher, by another way than the screen, so that there is a last time. */
export async function recordedOnce(room: TestRoom): Promise<void> {
  await room.kiosk.phase('idle', 60_000);
  await room.kiosk.start(room.school.teacher.pin);
  await room.kiosk.phase('recording', 60_000);
  await atRest(room);
}

/** Stops and finishes what goes on, signs out whoever is there; until the room is as it was. */
export async function atRest({ school, kiosk }: TestRoom): Promise<void> {
  // A screen that crashed has signed nobody out: anyone's Stop does.
  if (kiosk.state?.phase.kind === 'framing') {
    await kiosk.post('/api/stop');
    await kiosk.phase('idle', 20_000);
  }
  if (kiosk.state?.phase.kind === 'recording') {
    await kiosk.post('/api/stop');
    await kiosk.phase('paused');
  }
  if (kiosk.state?.phase.kind === 'paused') await kiosk.post('/api/finish', { pin: school.teacher.pin });
  await kiosk.signIn(school.teacher.pin);
  await kiosk.post('/api/sign-out');
  await kiosk.until('rest', ({ phase, signedIn }) => phase.kind === 'idle' && !signedIn, 60_000);
}
