/** Why may this teacher not start now? Every reason, in the order in which to deal with them, each with its remedy. */
import { FAULTS } from './faults.js';
import type { FaultCode } from './ports.js';

/** What the teacher confirmed by ticking (P9.3, P4.3). */
export interface Told {
  readonly class: boolean;
  readonly otherAdults: boolean;
  readonly visitors: boolean;
  /** Pupils who may not be filmed are out of the picture or covered. */
  readonly outOfPicture: boolean;
}

export interface Reason {
  readonly code: 'NOT_SIGNED_IN' | 'ROOM_NOT_READY' | 'SESSION_OPEN' | 'PURPOSE_UNKNOWN' | 'NOT_TOLD' | 'NO_KEY' | 'NO_ROOM_ON_DISK' | 'TOO_LONG' | FaultCode;
  readonly sentence: string;
  readonly remedy: string;
}

export interface StartRequest {
  readonly signedIn: boolean;
  /** The machine is where a start is possible: a teacher is signed in and the room is awake. */
  readonly phaseAllows: boolean;
  readonly sessionOpen: boolean;
  readonly troubles: readonly FaultCode[];
  readonly purposeKnown: boolean;
  readonly hasKey: boolean;
  readonly told: Told;
  readonly lengthMs: number;
  /** Room for one full-length session (P2.7 names this one exception). */
  readonly roomOnDisk: boolean;
}

/** P2.6: never beyond 120 minutes. */
export const LONGEST_SESSION_MS = 120 * 60_000;

const REASONS = {
  NOT_SIGNED_IN: ['Nobody is signed in.', 'Tap your name and enter your PIN.'],
  SESSION_OPEN: ['A session is open already.', 'Its owner can finish it, or it closes by itself.'],
  ROOM_NOT_READY: ['The room is not ready yet.', 'Wait a moment, then try again.'],
  NO_KEY: ['You have no key yet, so a recording could not be sealed to you.', 'Make or bring a key first.'],
  PURPOSE_UNKNOWN: ['This purpose cannot be chosen.', 'Choose one of the purposes on the screen.'],
  TOO_LONG: ['A recording may last 120 minutes at most.', 'Choose an earlier end.'],
  NO_ROOM_ON_DISK: ['There is no room for a full lesson on this recorder.', 'Collect and erase recordings that you no longer need here, or tell the technician.'],
  NOT_TOLD: ['Not everyone has been told yet.', 'Tell the class, the other adults and visitors, then tick each line.'],
} as const satisfies Partial<Record<Reason['code'], readonly [string, string]>>;

const because = (code: keyof typeof REASONS): Reason => ({ code, sentence: REASONS[code][0], remedy: REASONS[code][1] });

/** @returns no reason where the start may go ahead. */
export function reasonsAgainst(start: StartRequest): Reason[] {
  const reasons: Reason[] = [];
  if (!start.signedIn) reasons.push(because('NOT_SIGNED_IN'));
  if (start.sessionOpen) reasons.push(because('SESSION_OPEN'));
  for (const code of start.troubles) reasons.push({ code, sentence: FAULTS[code].sentence, remedy: FAULTS[code].remedy });
  if (!start.phaseAllows && reasons.length === 0) reasons.push(because('ROOM_NOT_READY'));
  if (!start.hasKey) reasons.push(because('NO_KEY'));
  if (!start.purposeKnown) reasons.push(because('PURPOSE_UNKNOWN'));
  if (start.lengthMs > LONGEST_SESSION_MS || !(start.lengthMs > 0)) reasons.push(because('TOO_LONG'));
  if (!start.roomOnDisk) reasons.push(because('NO_ROOM_ON_DISK'));
  if (!Object.values(start.told).every(Boolean)) reasons.push(because('NOT_TOLD'));
  return reasons;
}
