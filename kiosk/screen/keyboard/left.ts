import { msg, str } from '@lit/localize';
import { tidy, whatIsMissing, type Limits } from '../pages/limits.js';

/** A locked key on paper is the longest that is scanned into a field: under 2 kB. */
export const MOST = 8000;

/** How much room there is, in words. */
export function leftWords(text: string, limits: Limits): string {
  const left = limits.most - tidy(text).length;
  return whatIsMissing(text, limits) ?? msg(str`Characters left: ${left}.`);
}
