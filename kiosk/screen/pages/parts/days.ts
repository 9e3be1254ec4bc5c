/** Days and times as people tap them. Pure. */
import { msg } from '@lit/localize';
import { dateWords, noonOf } from '../../language/dates.js';

/** `2026-11-24` of a date on the wall. */
export const dayOf = (date: Date): string => `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

export const daysBefore = (date: Date, days: number): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate() - days);

/** `today`, `yesterday`, else `Mon 23 November`. */
export function dayWords(day: string, today: Date): string {
  if (day === dayOf(today)) return msg('today');
  if (day === dayOf(daysBefore(today, 1))) return msg('yesterday');
  return dateWords(noonOf(day), 'weekday');
}

const MINUTES_A_DAY = 24 * 60;

/** @param time `09:05` @param minutes may be negative. @returns within the same day. */
export function laterBy(time: string, minutes: number): string {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  const at = Math.min(MINUTES_A_DAY - 1, Math.max(0, hours * 60 + rest + minutes));
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
