/** What the room may see, and nothing else of what the house hands over. */
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';
import { PublicState } from '../protocol.js';
import { isAtRest } from './live.js';
import type { House } from './house.js';

// TypeBox would put the kinds of phases in order anew each time that a state is told, which takes ten times as long as the rest. Only one of them fits, whatever their order.
Settings.Set({ unionPrioritySort: false });

/**
 * The state under number `rev` as JSON. Fields that the protocol does not name
 * are cut, so that no name and no id gets out by being near.
 */
export function describeState(house: House, rev: number, signedIn: boolean): string {
  const { version, buildHash, room, practice, school } = house;
  const { phase, warnings } = room.now();
  // That a review of the code is overdue is for a quiet moment; it stops no start (P4.2).
  const notice = isAtRest(room) ? practice.code().notice : null;
  const state = { rev, phase, warnings: notice === null ? warnings : [...warnings, notice], signedIn, setUp: school.isSetUp(), room: house.place(), version, buildHash };
  return JSON.stringify(Value.Clean(PublicState, structuredClone(state)));
}
