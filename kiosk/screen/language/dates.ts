/**
 * Days, times and lengths as the language of the screen writes them. Chromium's
 * ICU is built without Welsh and would answer in American English, so that
 * Welsh has its names here (as in the CLDR).
 */
import { currentLanguage, currentRegion } from './language.js';

type Style = 'day' | 'day-in-year' | 'weekday' | 'whole' | 'month';
const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  // 23 January 2027
  'day': { day: 'numeric', month: 'long', year: 'numeric' },
  // 23 January
  'day-in-year': { day: 'numeric', month: 'long' },
  // Sat 23 January
  'weekday': { weekday: 'short', day: 'numeric', month: 'long' },
  // Saturday 23 January 2027
  'whole': { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  // January 2027
  'month': { month: 'long', year: 'numeric' },
};

const WELSH_MONTHS: readonly string[] = ['Ionawr', 'Chwefror', 'Mawrth', 'Ebrill', 'Mai', 'Mehefin', 'Gorffennaf', 'Awst', 'Medi', 'Hydref', 'Tachwedd', 'Rhagfyr'];
const WELSH_DAYS: readonly string[] = ['Dydd Sul', 'Dydd Llun', 'Dydd Mawrth', 'Dydd Mercher', 'Dydd Iau', 'Dydd Gwener', 'Dydd Sadwrn'];
const WELSH_SHORT_DAYS: readonly string[] = ['Sul', 'Llun', 'Maw', 'Mer', 'Iau', 'Gwen', 'Sad'];
const WELSH_UNITS = { second: 'eil', minute: 'mun' } as const;

/** A date on the wall. */
export const dateWords = (date: Date, style: Style): string => (currentLanguage() === 'cy' ? inWelsh(date, STYLES[style]) : date.toLocaleDateString(currentRegion(), STYLES[style]));

function inWelsh(date: Date, { weekday, day, month, year }: Intl.DateTimeFormatOptions): string {
  const name = (weekday === 'long' ? WELSH_DAYS : WELSH_SHORT_DAYS)[date.getDay()];
  const [dayOfMonth, monthName, fullYear] = [date.getDate(), WELSH_MONTHS[date.getMonth()], date.getFullYear()];
  const words = [day && dayOfMonth, month && monthName, year && fullYear].filter((part) => part !== undefined).join(' ');
  return weekday === undefined ? words : `${name}, ${words}`;
}

/** @param day `2027-01-23`, or `2027-01` for a month. @returns its noon, which is that day whatever the clocks do. */
export function noonOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
}

/** `10:42`, in the wall-clock time of the screen. */
export const timeOfDay = (date: Date): string => date.toLocaleTimeString(currentRegion(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** `42 min`. */
export const inUnit = (unit: 'second' | 'minute', value: number): string =>
  (currentLanguage() === 'cy' ? `${value} ${WELSH_UNITS[unit]}` : value.toLocaleString(currentRegion(), { style: 'unit', unit, unitDisplay: 'short' }));
