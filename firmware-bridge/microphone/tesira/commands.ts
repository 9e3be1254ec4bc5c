/**
 * What we say to a Tesira, one line a command: `InstanceTag verb attribute
 * [index] [value]`, case-sensitive, one space between (Biamp, Tesira help,
 * "TTP syntax"; attributes by "TCM-1 microphone block").
 */
import type { Value } from './lines.js';

export interface Command<T> {
  /** Without its line end. */
  readonly text: string;
  /** Takes the value of `+OK`, if it has one; undefined where it is no answer to this command. */
  read(value: Value | undefined): T | undefined;
}

/** What is set is answered by `+OK` alone; anything else answers something else. */
const done = (value: Value | undefined): true | undefined => (value === undefined ? true : undefined);
const asBoolean = (value: Value | undefined): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
/** Serial numbers are strings of digits, which a bare reply does not quote. */
const asText = (value: Value | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export const SET_VERBOSE: Command<true> = { text: 'SESSION set verbose true', read: done };
export const GET_SERIAL_NUMBER: Command<string> = { text: 'DEVICE get serialNumber', read: asText };

/** The block that mutes. Some (Parlé Processing) have no channels. */
export interface MuteBlock {
  readonly tag: string;
  /** Counted from 1. */
  readonly channel?: number;
}

export const setMute = (block: MuteBlock, muted: boolean): Command<true> => ({ text: `${attribute(block, 'set')} ${muted}`, read: done });
export const getMute = (block: MuteBlock): Command<boolean> => ({ text: attribute(block, 'get'), read: asBoolean });

const attribute = ({ tag, channel }: MuteBlock, verb: 'get' | 'set'): string =>
  [quoted(tag), verb, 'mute', ...(channel === undefined ? [] : [channel])].join(' ');

/** @throws Error for a tag that Tesira software does not allow, which could say more than it should. */
function quoted(tag: string): string {
  if (!/^[^\x00-\x1f"/&]+$/.test(tag)) throw new Error(`"${tag}" is no instance tag; use the name of the block as it stands in Tesira software`);
  return tag.includes(' ') ? `"${tag}"` : tag;
}
