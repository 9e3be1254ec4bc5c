/** What a teacher settles before a start: as last time, or otherwise. Pure. */
import type { Mode, PurposeChoice, SignInReply, SteeringState } from '../protocol.js';

/** At the end of a lesson, or after so many minutes. */
export type Ends = { readonly by: 'bell'; readonly at: string } | { readonly by: 'minutes'; readonly minutes: number };

export interface Draft {
  readonly purpose: PurposeChoice;
  readonly mode: Mode;
  /** Of the camera; null is as it stands: the room's standard view where nobody has looked at the picture. */
  readonly view: string | null;
  /** By hand, while looking at the picture. */
  readonly turned?: boolean;
  readonly ends: Ends;
}

type Choices = Pick<SignInReply, 'purposes' | 'lastTime' | 'bells' | 'usualLengthMinutes'>;

/** The room's usual view, as the protocol calls it. */
const STANDARD_VIEW = 'standard';
const LENGTHS_MINUTES: readonly number[] = [30, 50, 60, 90, 120];
/** P2.6; as the protocol has it. */
const LONGEST_MINUTES = 120;

/** A new one for this purpose, with what is usual in this room. */
export const freshDraft = (purpose: PurposeChoice, choices: Pick<Choices, 'bells' | 'usualLengthMinutes'>): Draft =>
  ({ purpose, mode: 'picture-and-sound', view: null, ends: usualEnd(choices) });

/** Null where nothing was started yet, or its purpose is not offered any more. */
export function asLastTime(choices: Choices): Draft | null {
  const { lastTime, purposes } = choices;
  const purpose = purposes.find(({ id }) => id === lastTime?.purpose);
  return lastTime === null || purpose === undefined ? null : { purpose, mode: lastTime.mode, view: lastTime.view, ends: usualEnd(choices) };
}

function usualEnd({ bells, usualLengthMinutes }: Pick<Choices, 'bells' | 'usualLengthMinutes'>): Ends {
  const [at] = bells;
  return at === undefined ? { by: 'minutes', minutes: usualLengthMinutes } : { by: 'bell', at };
}

/** Which ends to offer, the usual one first: at most seven. */
export function endsOffered({ bells, usualLengthMinutes }: Pick<Choices, 'bells' | 'usualLengthMinutes'>): readonly Ends[] {
  const lengths = bells.length > 0 || LENGTHS_MINUTES.includes(usualLengthMinutes) ? LENGTHS_MINUTES : [usualLengthMinutes, ...LENGTHS_MINUTES];
  return [...bells.map((at): Ends => ({ by: 'bell', at })), ...lengths.map((minutes): Ends => ({ by: 'minutes', minutes }))].slice(0, 7);
}

/** When it ends by itself, if it starts at `now`. */
export function endOf(ends: Ends, now: Date): Date {
  if (ends.by === 'minutes') return new Date(now.getTime() + ends.minutes * 60_000);
  const [hours, minutes] = ends.at.split(':').map(Number) as [number, number];
  const at = new Date(now);
  at.setHours(hours, minutes, 0, 0);
  // The bell has rung while the screen stood there, or it is past midnight.
  if (at.getTime() < now.getTime()) at.setDate(at.getDate() + 1);
  return at;
}

/** In whole minutes, as a start asks for it. @returns null where that end has passed. */
export function lengthOf(ends: Ends, now: Date): number | null {
  const minutes = Math.ceil((endOf(ends, now).getTime() - now.getTime()) / 60_000);
  return minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : null;
}

/** However framing ends, what was seen last is what will be recorded. */
export const asSeen = (draft: Draft, { chosen }: Pick<SteeringState, 'chosen'>): Draft => ({ ...draft, view: chosen, turned: chosen === null });

/** @returns with the views as they are now: some may have been saved, covered or removed, and last time's be gone. */
export function withViews<T extends Pick<SignInReply, 'views' | 'lastTime'>>(me: T, { views }: Pick<SteeringState, 'views'>): T {
  const isThere = me.lastTime !== null && views.some(({ id }) => id === (me.lastTime?.view ?? STANDARD_VIEW));
  return { ...me, lastTime: isThere ? me.lastTime : null, views: views.map(({ id, name, covers }) => ({ id, name, covered: covers.length > 0 })) };
}

export const sameEnd = (one: Ends, other: Ends): boolean => JSON.stringify(one) === JSON.stringify(other);
