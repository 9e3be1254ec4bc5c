/**
 * How long a session is kept (P1.5), and when a clock may not be trusted with
 * that. Pure. All times are milliseconds since 1970, by the wall.
 */
export const DAY_MS = 24 * 3600_000;
export const LONGEST_DAYS = 365;
/** Between "erase" and its doing. */
export const UNDO_MS = 24 * 3600_000;

/** No clock is right that says that it is before this program was written: one whose battery is empty says 1970. */
const FIRST_DAY = Date.UTC(2026, 0, 1);

/** @param days as the school has set; 365 at most. */
export const expiryOf = (started: number, days: number): number => started + Math.min(days, LONGEST_DAYS) * DAY_MS;

/** Beyond this a session cannot be kept. */
export const keptAtMost = (started: number): number => started + LONGEST_DAYS * DAY_MS;

/** When a session goes whose erase was undone: when it would have gone without, but it gets a day in any case, as far as 365 days allow. */
export const restored = (started: number, before: number, now: number): number => Math.max(before, Math.min(now + UNDO_MS, keptAtMost(started)));

/** Where an owner moves the expiry. @throws RangeError before `now`, or more than 365 days after the start. */
export function moved(started: number, wanted: number, now: number): number {
  if (!(wanted > now)) throw new RangeError('the day is over already; to remove a recording, erase it');
  if (wanted > keptAtMost(started)) throw new RangeError(`a recording is kept ${LONGEST_DAYS} days at most`);
  return wanted;
}

export interface ClockTrust {
  /** What the wall should say: the last time that was trusted, and what has passed since as far as that is known. */
  readonly seen: number;
  readonly trusted: boolean;
}

/**
 * @param before what was found last; undefined on the first start of a device.
 * @param passed by the monotonic clock since then; 0 where the device was off, since nobody knows for how long.
 * @returns not trusted where the wall jumped by more than a day, until it is back, or somebody says that it is right.
 *   A device that was off for longer cannot be told from one whose clock jumped, so it asks too.
 */
export function judge(before: ClockTrust | undefined, wall: number, passed: number): ClockTrust {
  if (before === undefined) return { seen: wall, trusted: wall >= FIRST_DAY };
  const expected = before.seen + passed;
  const isNear = Math.abs(wall - expected) <= DAY_MS && wall >= FIRST_DAY;
  return isNear ? { seen: wall, trusted: true } : { seen: expected, trusted: false };
}

/** Somebody looked at the date and said that it is right. @throws RangeError where it cannot be. */
export function confirmed(wall: number): ClockTrust {
  if (wall < FIRST_DAY) throw new RangeError('this date cannot be right');
  return { seen: wall, trusted: true };
}

/** Is it time? Never by a clock that is not trusted. A session without a date never expires. */
export const isDue = (goneAt: number | undefined, wall: number, clock: ClockTrust): boolean => clock.trusted && goneAt !== undefined && wall >= goneAt;
