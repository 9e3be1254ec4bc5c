/** Which touch is one too many, for hands that touch twice where once is meant. Pure; steady.ts listens. */

/** EN 301 549, 5.8: at least so long. */
export const SAME_KEY_MS = 500;

/** What was touched, and when, on the clock of events. */
export interface Touched { readonly button: object; readonly atMs: number }

/** @param before the last touch that counted. */
export const isDouble = (before: Touched | null, now: Touched): boolean => before?.button === now.button && now.atMs - before.atMs < SAME_KEY_MS;
