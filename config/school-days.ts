/** Which days are school days: terms, holidays and the days of a school's week, from a file that the school edits. */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Day } from '../session/purposes.js';

/** As Date counts them. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const strict = { additionalProperties: false };
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
/** Both days belong to it. */
const Span = Type.Object({ name: Type.String({ minLength: 1, maxLength: 60 }), from: DayText, to: DayText }, strict);
const Calendar = Type.Object({
  week: Type.Array(Type.Enum([...WEEKDAYS]), { minItems: 1, maxItems: 7, uniqueItems: true }),
  terms: Type.Array(Span, { minItems: 1, maxItems: 60 }),
  /** Days off within a term: half-terms, public holidays, training days. */
  holidays: Type.Array(Span, { maxItems: 300 }),
}, strict);
export type SchoolCalendar = Static<typeof Calendar>;

const shape = Compile(Calendar);

/** The school's calendar cannot be used; nothing is guessed in its place. */
export class CalendarRefused extends Error {
  readonly code = 'CALENDAR_REFUSED';
}

/** @param text of the file. @throws CalendarRefused, with a sentence for whoever edits it. */
export function parseSchoolCalendar(text: string): SchoolCalendar {
  const calendar = checked(text);
  for (const { name, from, to } of [...calendar.terms, ...calendar.holidays]) {
    for (const day of [from, to]) if (!isDay(day)) throw new CalendarRefused(`the school’s calendar has a day that does not exist in “${name}”: ${day}`);
    if (to < from) throw new CalendarRefused(`the school’s calendar has a mistake in “${name}”: it ends before it begins`);
  }
  return calendar;
}

function checked(text: string): SchoolCalendar {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CalendarRefused(`the school’s calendar is not JSON: ${(error as Error).message}`);
  }
  if (shape.Check(value)) return value;
  const [first] = shape.Errors(value);
  const where = first === undefined || first.instancePath === '' ? 'its top' : first.instancePath;
  throw new CalendarRefused(`the school’s calendar has a mistake at ${where}: ${first?.keyword === 'boolean' ? 'nothing of this name is known' : first?.message ?? 'unknown'}`);
}

/** A day that the calendar does not reach is none. */
export function isSchoolDay({ week, terms, holidays }: SchoolCalendar, day: Day): boolean {
  const within = ({ from, to }: { from: Day; to: Day }): boolean => from <= day && day <= to;
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return weekday !== undefined && week.includes(weekday) && terms.some(within) && !holidays.some(within);
}

/** 30 February has the form of a day. */
function isDay(day: Day): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
