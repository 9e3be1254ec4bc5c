/** What the room may see, and nothing else of what the house hands over. */
import { Value } from 'typebox/value';
import { PublicState } from '../protocol.js';
import type { House } from './house.js';

/**
 * The state under number `rev` as JSON. Fields that the protocol does not name
 * are cut, so that no name and no id gets out by being near.
 */
export function describeState(house: House, rev: number, signedIn: boolean): string {
  const { version, buildHash } = house;
  const state = { rev, ...house.room.now(), signedIn, version, buildHash };
  return JSON.stringify(Value.Clean(PublicState, structuredClone(state)));
}
