/** Keeps the heart told of whether a teacher is signed in: that is what wakes the camera, and what ends framing. Of a steward it hears nothing, so the camera stays parked. */
import type { FastifyBaseLogger } from 'fastify';
import type { House } from './house.js';
import type { SignInDesk } from './sign-in.js';

/** Returns the unsubscribe of its half on the room. */
export function keepRoomTold(desk: SignInDesk, room: House['room'], log: FastifyBaseLogger): () => void {
  let knowsOfOne = false;
  const tell = (): void => {
    const here = desk.teacher();
    if (here === undefined && !knowsOfOne) return;
    knowsOfOne = here !== undefined;
    const asked = room.ask(here === undefined ? { kind: 'signed-out' } : { kind: 'signed-in', owner: here.teacher });
    asked.catch((err: unknown) => log.error({ err }, 'the heart could not be told of a sign-in'));
  };
  desk.onChange(tell);
  // A teacher who signed in while the room was not ready, or has just finished a session, may start once it is at rest.
  return room.onChange(() => { if (desk.teacher() !== undefined && room.now().phase.kind === 'idle') tell(); });
}
