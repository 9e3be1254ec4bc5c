/** Why may this teacher not start now? Every reason, in the order in which to deal with them, each with its remedy. */
import type { CodeReason } from './code.js';
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
  readonly code: 'NOT_SIGNED_IN' | 'ROOM_NOT_READY' | 'SESSION_OPEN' | 'NOT_SET_UP' | 'BARRED' | 'PURPOSE_UNKNOWN' | 'MODE_UNKNOWN' | 'NOT_TOLD' | 'NO_KEY' | 'KEY_NOT_PROVEN' | 'NO_ROOM_ON_DISK' | 'TOO_LONG' | CodeReason['code'] | FaultCode;
  readonly sentence: string;
  readonly remedy: string;
}

/** How this teacher stands with the school's practice: known from the sign-in on. */
export interface Standing {
  /** A steward has set the room up. */
  readonly setUp: boolean;
  /** P1.7: from new sessions only. */
  readonly barred: boolean;
  /** What code and training ask for still (session/code.ts). */
  readonly code: readonly CodeReason[];
  readonly hasKey: boolean;
  /** A test code was opened with it, so recordings can be. */
  readonly keyProven: boolean;
}

export interface StartRequest {
  /** The machine is where a start is possible: a teacher is signed in and the room is awake. */
  readonly phaseAllows: boolean;
  readonly sessionOpen: boolean;
  readonly troubles: readonly FaultCode[];
  readonly purposeKnown: boolean;
  /** This room can record in that way. */
  readonly modeKnown: boolean;
  /** Null where nobody is signed in: then there is nobody to ask about. */
  readonly standing: Standing | null;
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
  NOT_SET_UP: ['This recorder has not been set up for a school yet.', 'The technician sets it up: “Technician” on the first screen.'],
  BARRED: ['The technician has switched new recordings off for your name.', 'Ask the technician why. Your recordings stay yours: you can collect, keep and erase them.'],
  KEY_NOT_PROVEN: ['Nobody knows yet whether your key opens what is recorded.', 'Open a test code with it, here or at home: two minutes, once for each key.'],
  NO_KEY: ['You have no key yet, so a recording could not be sealed to you.', 'Make or bring a key first.'],
  PURPOSE_UNKNOWN: ['This purpose cannot be chosen.', 'Choose one of the purposes on the screen.'],
  MODE_UNKNOWN: ['This room cannot record in that way.', 'Choose another way to record.'],
  TOO_LONG: ['A recording may last 120 minutes at most.', 'Choose an earlier end.'],
  NO_ROOM_ON_DISK: ['There is no room for a full lesson on this recorder.', 'Collect and erase recordings that you no longer need here, or tell the technician.'],
  NOT_TOLD: ['Not everyone has been told yet.', 'Tell the class, the other adults and visitors, then tick each line.'],
} as const satisfies Partial<Record<Reason['code'], readonly [string, string]>>;

const because = (code: keyof typeof REASONS): Reason => ({ code, sentence: REASONS[code][0], remedy: REASONS[code][1] });

/** Also of whoever extends (P2.6). */
export const TOO_LONG = because('TOO_LONG');

/** What stands between this teacher and any start, whatever is to be recorded; first what the school owes, then what the teacher does. */
export function reasonsOfPractice({ setUp, barred, code, hasKey, keyProven }: Standing): Reason[] {
  return [
    ...(setUp ? [] : [because('NOT_SET_UP')]), ...(barred ? [because('BARRED')] : []), ...code,
    ...(hasKey ? keyProven ? [] : [because('KEY_NOT_PROVEN')] : [because('NO_KEY')]),
  ];
}

/** @returns no reason where the start may go ahead. */
export function reasonsAgainst(start: StartRequest): Reason[] {
  const reasons: Reason[] = [];
  if (start.standing === null) reasons.push(because('NOT_SIGNED_IN'));
  if (start.sessionOpen) reasons.push(because('SESSION_OPEN'));
  for (const code of start.troubles) reasons.push({ code, sentence: FAULTS[code].sentence, remedy: FAULTS[code].remedy });
  if (!start.phaseAllows && reasons.length === 0) reasons.push(because('ROOM_NOT_READY'));
  if (start.standing !== null) reasons.push(...reasonsOfPractice(start.standing));
  if (!start.purposeKnown) reasons.push(because('PURPOSE_UNKNOWN'));
  if (!start.modeKnown) reasons.push(because('MODE_UNKNOWN'));
  if (start.lengthMs > LONGEST_SESSION_MS || !(start.lengthMs > 0)) reasons.push(because('TOO_LONG'));
  if (!start.roomOnDisk) reasons.push(because('NO_ROOM_ON_DISK'));
  if (!Object.values(start.told).every(Boolean)) reasons.push(because('NOT_TOLD'));
  return reasons;
}
