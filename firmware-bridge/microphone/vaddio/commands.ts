/**
 * What we say to a Vaddio (Legrand) mixer or bridge, one line a command, and
 * what of its answer counts (Vaddio manuals, "Serial Command API": OneLINK
 * Bridge p. 56, EasyIP, AV Bridge). Values stand behind their name, with or without a colon.
 */

export interface Command<T> {
  /** Without its line end. */
  readonly text: string;
  /** Takes the lines between echo and prompt; undefined where they are no answer to this command. */
  read(lines: readonly string[]): T | undefined;
}

/** CTRL-5 clears its input buffer, which noise may have begun (EasyIP manual, "Serial Command API"). */
const CLEAR = '\x05';

/** The first words: whatever lay in its buffer is gone. @returns its own words of what it is. */
export const GREET: Command<string> = {
  text: `${CLEAR}version`,
  read: (lines) => lines.find((line) => /version/i.test(line) && /\d/.test(line))?.replaceAll(/\s+/g, ' '),
};

/** Its hardware address, the only thing that tells two of a kind apart; null where it has none to tell. */
export const GET_HARDWARE_ADDRESS: Command<string | null> = {
  text: 'network settings get',
  read: (lines) => find(lines, /^MAC Address:?\s+((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})\b/i)?.toUpperCase().replaceAll('-', ':') ?? null,
};

export const setMute = (input: string, muted: boolean): Command<true> => ({ text: say(input, 'mute', muted ? 'on' : 'off'), read: done });
export const getMute = (input: string): Command<boolean> => ({
  text: say(input, 'mute', 'get'),
  read(lines) {
    const found = find(lines, /^(?:audio .*)?\bmute:?\s+(on|off)$/i);
    return found === undefined ? undefined : found.toLowerCase() === 'on';
  },
});

/** dB, to a tenth. */
export const setVolume = (input: string, dB: number): Command<true> => ({ text: say(input, 'volume', 'set', dB.toFixed(1)), read: done });
export const getVolume = (input: string): Command<number> => ({
  text: say(input, 'volume', 'get'),
  read(lines) {
    const found = find(lines, /^(?:audio .*)?\bvolume:?\s+([+-]?\d+(?:\.\d+)?)(?:\s*dB)?$/i);
    return found === undefined ? undefined : Number(found);
  },
});

/** What is set is answered by OK alone. */
const done = (lines: readonly string[]): true | undefined => (lines.length === 1 && lines[0] === 'OK' ? true : undefined);

/** The first group of the first line that fits. */
function find(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws Error for an input that no device names so, which could say more than it should. */
function say(input: string, ...words: string[]): string {
  if (!/^[a-z0-9_]{1,40}$/.test(input)) throw new Error(`"${input}" is no input of a Vaddio device; use its name as "audio ?" lists it, such as line_in_1, or master for all`);
  return ['audio', input, ...words].join(' ');
}
