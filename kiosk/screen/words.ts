/** Words that more than one screen says, and numbers as people read them; in the language of the screen. */
import { msg, str } from '@lit/localize';
import type { Audience, Gain, Mode, SignInReply } from '../protocol.js';
import type { Ends } from './draft.js';
import { dateWords, inUnit, timeOfDay } from './language/dates.js';

export function audience(of: Audience): string {
  switch (of) {
    case 'only-me': return msg('Only the teacher who started it may watch it.');
    case 'colleagues-i-choose': return msg('The teacher, and colleagues whom the teacher chooses, may watch it.');
  }
}

/** The same, said to the teacher who chooses. */
export function audienceForOwner(of: Audience): string {
  switch (of) {
    case 'only-me': return msg('Only you may watch it');
    case 'colleagues-i-choose': return msg('You, and colleagues you choose');
  }
}

export function modeWords(mode: Mode): string {
  switch (mode) {
    case 'picture-and-sound': return msg('Picture and sound');
    case 'sound-only': return msg('Sound only');
    case 'picture-only': return msg('Picture only');
    case 'blurred': return msg('Blurred picture, and sound');
  }
}

/** The room's standard view has no name of its own. @param id null for the standard one */
export function viewWords(id: string | null, views: SignInReply['views']): string {
  return id === null || id === 'standard' ? msg('The usual view') : views.find((view) => view.id === id)?.name ?? msg('The usual view');
}

export const endWords = (ends: Ends): string => (ends.by === 'bell' ? msg('when the lesson ends') : msg(str`after ${lengthWords(ends.minutes * 60_000)}`));

/** `12:05` or `1:02:05`. */
export function duration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** `42 min`, or `12 s` where it is shorter than a minute. */
export const lengthWords = (ms: number): string => (ms < 60_000 ? inUnit('second', Math.round(ms / 1000)) : inUnit('minute', Math.round(ms / 60_000)));

export { timeOfDay };

/** `Mon 23 November, 09:05`. */
export function dayAndTime(iso: string): string {
  const date = new Date(iso);
  return `${dateWords(date, 'weekday')}, ${timeOfDay(date)}`;
}

/** Decimal units, as sticks are sold: `1.4 GB`, `320 MB`, `12 kB`. */
export function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/** Peaks in dBFS. Speech across a room that peaks between these is loud enough to follow and does not clip; our choice. */
const QUIET_BELOW_DB = -42;
const LOUD_FROM_DB = -3;

/** What the meter says; `null` is a meter that hears nothing at all. */
export function levelWord(peakDb: number | null): string {
  if (peakDb === null) return msg('No sound is coming');
  if (peakDb < QUIET_BELOW_DB) return msg('Too quiet');
  return peakDb < LOUD_FROM_DB ? msg('Good') : msg('Too loud');
}

/** How much of the meter is filled, 0 to 1: −60 dBFS is its left end. */
export const levelFraction = (peakDb: number | null): number => (peakDb === null ? 0 : Math.min(1, Math.max(0, (peakDb + 60) / 60)));

/** What the clap test found. @param offsetMs by which the sound is moved; negative where it came after the picture. */
export function offsetWords(offsetMs: number): string {
  if (offsetMs === 0) return msg('Sound and picture fit together.');
  const thousandths = Math.abs(offsetMs);
  return offsetMs < 0 ? msg(str`The sound came ${thousandths} thousandths of a second after the picture.`) : msg(str`The sound came ${thousandths} thousandths of a second before the picture.`);
}

/** Places that classrooms have. */
const places = (): readonly string[] => [msg('Board'), msg('Carpet'), msg('My desk'), msg('Group table'), msg('Door side'), msg('Window side')];

const numberedView = (number: number): string => msg(str`View ${number}`);

/** What a view may be called, each marked where it stands for another place already: at most eight. @param taken names of saved views, without the room's standard one */
export function viewNames(taken: readonly string[]): { readonly name: string; readonly replaces: boolean }[] {
  const known = places();
  const numbered = Array.from({ length: taken.length + 1 }, (_, i) => numberedView(i + 1)).find((name) => !taken.includes(name)) ?? '';
  const own = taken.filter((name) => !known.includes(name));
  return [...known, numbered, ...own].slice(0, 8).map((name) => ({ name, replaces: taken.includes(name) }));
}

/** Less is hard to hear. */
const GAIN_STEP_DB = 3;

/** The next gain up or down, on the device's own steps; undefined at its end. */
export function nextGain({ dB, least, most, step }: Gain, way: 1 | -1): number | undefined {
  const by = Math.max(step, Math.round(GAIN_STEP_DB / step) * step);
  const next = Math.min(most, Math.max(least, dB + way * by));
  return next === dB ? undefined : next;
}
