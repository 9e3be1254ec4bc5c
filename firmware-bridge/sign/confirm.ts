/**
 * What a STATUS proves. Pure, and the only place that decides it: every field
 * is held against the wish that went with the beat, and the first that is not
 * as it must be says why nothing is confirmed.
 */
import type { FaultCode, Monotonic, Relay, SignReport, SignWish } from '../../session/ports.js';
import { lightOf } from './faces.js';
import type { Status } from './protocol.js';

export interface Expectation {
  readonly requestedAt: Monotonic;
  /** The MAC was right. */
  readonly authentic: boolean;
  /** The boot of the board that we armed. */
  readonly armedBoot: number;
  /** crc16 of the wished face; undefined while it is not drawn. */
  readonly faceCrc: number | undefined;
  /** The face is on its way: the glass need not be right yet. */
  readonly changing: boolean;
  /** `actual` in the answer before this one; null where there was none. */
  readonly previousActual: number | null;
  /** Milliseconds since the beat before this one. */
  readonly sinceMs: number;
}

/** Bits and bounds from PROTOCOL.md, Fields. */
const PHOTO_LIT_ABOVE = 64;
const SHUNT_LIT_ABOVE = 32;
const LAMP_WAS_DARK = 1;
const LAMP_WAS_LIT = 2;
const SENSORS_DISAGREED = 4;
const [OFF, STEADY] = [0, 1];
const RELAY = { commanded: 1, closed: 2, wasClosed: 4, wasOpen: 8 };
const BUTTON_LATCHED = 2;
const PANEL_FAILED = 2 | 4;
/** From here on `actual` is a state that only ARM leaves: checking, assume recording, out of order. */
const FIRST_UNARMED = 4;

/**
 * The board takes 200 samples a second (PROTOCOL.md, Fields). Half of that, by our time, is the least that watches a lamp;
 * five are allowed for a beat that came 25 ms late, behind two FACE_DATA. Too few are no fault: only nothing is proven.
 */
const SAMPLES_PER_MS = 0.1;
const SAMPLES_UNEVEN = 5;

/** STATUS `fault`, from 1 on. */
const BOARD_FAULTS: Readonly<Record<number, FaultCode>> = {
  1: 'SIGN_RESTARTED',
  2: 'SIGN_FAULT',
  3: 'LAMP_DARK',
  4: 'LAMP_STUCK',
  5: 'RELAY_NOT_PROVEN',
  6: 'RELAY_NOT_PROVEN',
};

/** What can keep a STATUS from proving the wish; without a fault it is only a matter of time. */
interface Doubt {
  readonly holds: boolean;
  readonly fault?: FaultCode;
}

/**
 * @param wish what went with the beat that this STATUS answers.
 * @returns a report whose `shown` is true only where every field proves the wish.
 */
export function judge(status: Status, wish: SignWish, expectation: Expectation): SignReport {
  const doubt = doubts(status, wish, expectation).find(({ holds }) => holds);
  return {
    kind: 'answered',
    requestedAt: expectation.requestedAt,
    wish,
    shown: doubt === undefined,
    // What a stranger says of the relay proves nothing.
    relay: expectation.authentic ? relayOf(status) : 'unproven',
    stopPressed: (status.button & BUTTON_LATCHED) !== 0,
    ...(doubt?.fault === undefined ? {} : { fault: doubt.fault }),
  };
}

function doubts(status: Status, wish: SignWish, expected: Expectation): readonly Doubt[] {
  const light = lightOf(wish.face);
  const lit = status.photo > PHOTO_LIT_ABOVE && status.shunt > SHUNT_LIT_ABOVE;
  const lampFault = light.lamp === OFF ? 'LAMP_STUCK' : 'LAMP_DARK';
  return [
    { holds: !expected.authentic, fault: 'SIGN_FORGED' },
    { holds: status.bootId !== expected.armedBoot, fault: 'SIGN_RESTARTED' },
    { holds: status.fault !== 0, fault: BOARD_FAULTS[status.fault] ?? 'SIGN_FAULT' },
    { holds: (status.lampWorst & LAMP_WAS_DARK) !== 0, fault: 'LAMP_DARK' },
    { holds: (status.lampWorst & LAMP_WAS_LIT) !== 0, fault: 'LAMP_STUCK' },
    { holds: (status.lampWorst & SENSORS_DISAGREED) !== 0, fault: lampFault },
    { holds: (status.panel & PANEL_FAILED) !== 0, fault: 'GLASS_WRONG' },
    { holds: status.wanted !== light.wanted || status.actual !== light.wanted },
    { holds: status.lamp !== light.lamp, fault: lampFault },
    // The samples of the window may still be those of the state before.
    { holds: expected.previousActual !== status.actual },
    { holds: status.samples < expected.sinceMs * SAMPLES_PER_MS - SAMPLES_UNEVEN },
    { holds: (light.lamp === STEADY && !lit) || (light.lamp === OFF && lit), fault: lampFault },
    { holds: status.glassCrc !== expected.faceCrc && expected.changing },
    { holds: expected.faceCrc === undefined || status.glassCrc !== expected.faceCrc, fault: 'GLASS_WRONG' },
  ];
}

/** Closed or open only where the mirror contact has said so without a break since the last STATUS that we acknowledged. */
export function relayOf({ relay }: Pick<Status, 'relay'>): Relay | 'unproven' {
  const has = (bits: number): boolean => (relay & bits) !== 0;
  if (!has(RELAY.commanded | RELAY.closed | RELAY.wasClosed)) return 'open';
  if (has(RELAY.commanded) && has(RELAY.closed) && !has(RELAY.wasOpen)) return 'closed';
  return 'unproven';
}

/** Whether the board will follow beats again only after an ARM. */
export const needsArm = (status: Status): boolean =>
  status.fault !== 0 || status.actual >= FIRST_UNARMED || (status.button & BUTTON_LATCHED) !== 0;

/** A wish under which nothing may be captured, whatever the face says already: the only kind under which a board is armed. */
export const isResting = ({ relay }: SignWish): boolean => relay === 'open';
