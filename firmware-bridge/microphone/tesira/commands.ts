/**
 * What we say to a Tesira, one line a command: `InstanceTag verb attribute
 * [index] [value]`, case-sensitive, one space between (Biamp, Tesira help,
 * "TTP syntax"; attributes by "TCM-1 microphone block", "Logic State", "Audio Meter", "Device").
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
const asNumber = (value: Value | undefined): number | undefined => (typeof value === 'number' ? value : undefined);
/** Serial numbers are strings of digits, which a bare reply does not quote. */
const asText = (value: Value | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export const SET_VERBOSE: Command<true> = { text: 'SESSION set verbose true', read: done };
export const GET_SERIAL_NUMBER: Command<string> = { text: 'DEVICE get serialNumber', read: asText };
export const GET_FAULTS: Command<readonly string[]> = { text: 'DEVICE get activeFaultList', read: faultsIn };

/** A block, and the channel of it that is ours. Some (Parlé Processing) have no channels. */
export interface Block {
  readonly tag: string;
  /** Counted from 1. */
  readonly channel?: number | undefined;
}

/** The block that mutes the microphone. */
export type MuteBlock = Block;

export const setMute = (block: MuteBlock, muted: boolean): Command<true> => ({ text: say(block, 'set', 'mute', muted), read: done });
export const getMute = (block: MuteBlock): Command<boolean> => ({ text: say(block, 'get', 'mute'), read: asBoolean });

/** News of the mute, at each change and at most every `everyMs`, under the name `token`. */
export const subscribeMute = (block: Block, token: string, everyMs: number): Command<true> => ({ text: say(block, 'subscribe', 'mute', token, everyMs), read: done });

export const getLevel = (block: Block): Command<number> => ({ text: say(block, 'get', 'level'), read: asNumber });
export const getLeastLevel = (block: Block): Command<number> => ({ text: say(block, 'get', 'minLevel'), read: asNumber });
export const getMostLevel = (block: Block): Command<number> => ({ text: say(block, 'get', 'maxLevel'), read: asNumber });
/** A gain in dB, to a tenth. */
export const setLevel = (block: Block, dB: number): Command<true> => ({ text: say(block, 'set', 'level', dB.toFixed(1)), read: done });

/** Of a Logic State block. */
export const setState = (block: Block, on: boolean): Command<true> => ({ text: say(block, 'set', 'state', on), read: done });
export const getState = (block: Block): Command<boolean> => ({ text: say(block, 'get', 'state'), read: asBoolean });

/** An Audio Meter tells dBu, and clips at +24 dBu, which is full scale (Biamp, Tesira help, "Audio Meter"). */
const FULL_SCALE_DBU = 24;
/** dBFS. */
export const getMeter = (block: Block): Command<number> => ({
  text: say(block, 'get', 'level'),
  read: (value) => (typeof value === 'number' ? value - FULL_SCALE_DBU : undefined),
});

/** @throws Error for a tag that Tesira software does not allow. */
const say = ({ tag, channel }: Block, verb: 'get' | 'set' | 'subscribe', attribute: string, ...values: (string | number | boolean)[]): string =>
  [quoted(tag), verb, attribute, ...(channel === undefined ? [] : [channel]), ...values].join(' ');

/** @throws Error for a tag that Tesira software does not allow, which could say more than it should. */
function quoted(tag: string): string {
  if (!/^[^\x00-\x1f"/&]+$/.test(tag)) throw new Error(`"${tag}" is no instance tag; use the name of the block as it stands in Tesira software`);
  return tag.includes(' ') ? `"${tag}"` : tag;
}

/**
 * An entry for each device or system, which says "No fault in device" or holds
 * a list of its faults (Biamp, "Tesira TTP fault responses"). What it calls major
 * or minor without saying more is told by that name.
 */
function faultsIn(value: Value | undefined): readonly string[] | undefined {
  if (!isList(value)) return undefined;
  const found = value.flatMap((entry) => {
    if (!isObject(entry)) return [nameOf(entry)];
    const faults = entry['faults'];
    if (isList(faults) && faults.length > 0) return faults.map(nameOf);
    const { id } = entry;
    return typeof id === 'string' && id.startsWith('INDICATOR_NONE') ? [] : [nameOf(entry)];
  });
  return [...new Set(found)];
}

const nameOf = (entry: Value): string => {
  const name = isObject(entry) ? entry['name'] : entry;
  return typeof name === 'string' ? name : JSON.stringify(entry);
};
const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
const isObject = (value: Value | undefined): value is { readonly [name: string]: Value } => typeof value === 'object' && !Array.isArray(value);
