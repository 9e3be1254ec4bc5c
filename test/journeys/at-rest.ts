/** Between two journeys in one room. */
import type { TestRoom } from '../fakes/virtual-room.js';

export const NOT_RECORDING = 'Not recording';
export const STOPPED = 'Recording has stopped';

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
