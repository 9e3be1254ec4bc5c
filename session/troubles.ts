/** What cannot be proven of a room at rest (P2.5): each is an alarm that anyone sees, and a reason not to start. */
import { isDeepStrictEqual } from 'node:util';
import type { Face, FaultCode, Monotonic } from './ports.js';
import { LIMITS, type Room } from './state.js';

export const sameJson = (a: unknown, b: unknown): boolean => a === b || isDeepStrictEqual(a, b);
export const sameFace = (a: Face, b: Face): boolean => a === b || (a.kind === b.kind && isDeepStrictEqual(a, b));

/** In the order in which they matter to the room; empty where all is proven at rest. */
export function troubles(room: Room, at: Monotonic): FaultCode[] {
  const found: FaultCode[] = [];
  const { shown } = room;
  if (shown === null || shown.face.kind !== 'not-recording') found.push(room.signFault ?? 'SIGN_SILENT');
  else if (at >= shown.requestedAt + LIMITS.lease) found.push('SIGN_SILENT');
  if (room.relay !== 'open') found.push('RELAY_NOT_PROVEN');
  if (room.microphone !== 'muted') found.push(room.microphoneFault ?? 'MICROPHONE_NOT_MUTED');
  if (room.camera !== 'parked') found.push(room.cameraFault ?? 'CAMERA_NOT_PARKED');
  return found;
}
