/** When a lesson ends, by the school's bells (P2.6). Pure. */

/** Where the bells do not say. */
const USUAL_MINUTES = 50;
const LONGEST_MINUTES = 120;
/** Whoever starts so shortly before a bell means the lesson after it. */
const TOO_SOON_MINUTES = 5;
/** As many as fit beside each other on a small screen. */
const MOST_BELLS = 3;

/** Minutes from now until each bell of today; negative where it has rung. */
function minutesLeft(bells: readonly string[], now: Date): { readonly bell: string; readonly minutes: number }[] {
  const at = now.getHours() * 60 + now.getMinutes();
  return bells.map((bell) => { const [hours = 0, minutes = 0] = bell.split(':').map(Number); return { bell, minutes: hours * 60 + minutes - at }; }).sort((a, b) => a.minutes - b.minutes);
}

/** @param bells ends of lessons, `09:50`. @param now by the clock on the wall. @returns whole minutes until this lesson ends: 5 to 120. */
export function minutesToBell(bells: readonly string[], now: Date): number {
  const next = minutesLeft(bells, now).find(({ minutes }) => minutes >= TOO_SOON_MINUTES)?.minutes;
  return next === undefined || next > LONGEST_MINUTES ? USUAL_MINUTES : next;
}

/** @returns the bells of today that a recording which starts now may last until, the next first: at most 3, each once. */
export const comingBells = (bells: readonly string[], now: Date): string[] =>
  minutesLeft([...new Set(bells)], now).filter(({ minutes }) => minutes >= 1 && minutes <= LONGEST_MINUTES).slice(0, MOST_BELLS).map(({ bell }) => bell);
