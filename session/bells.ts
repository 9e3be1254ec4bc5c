/** When a lesson ends, by the school's bells (P2.6). Pure. */

/** Where the bells do not say. */
const USUAL_MINUTES = 50;
const LONGEST_MINUTES = 120;
/** Whoever starts so shortly before a bell means the lesson after it. */
const TOO_SOON_MINUTES = 5;

/** @param bells ends of lessons, `09:50`. @param now by the clock on the wall. @returns whole minutes until this lesson ends: 5 to 120. */
export function minutesToBell(bells: readonly string[], now: Date): number {
  const at = now.getHours() * 60 + now.getMinutes();
  const left = bells.map((bell) => { const [hours = 0, minutes = 0] = bell.split(':').map(Number); return hours * 60 + minutes - at; });
  const next = left.filter((minutes) => minutes >= TOO_SOON_MINUTES).sort((a, b) => a - b)[0];
  return next === undefined || next > LONGEST_MINUTES ? USUAL_MINUTES : next;
}
