/** What of the school's rules was changed, in sentences that each teacher is told at the next sign-in. They name nobody but the practice lead and stewards (P3.3). */
import type { Said, Values } from '../../session/said.js';
import type { School } from '../state.js';

/** As many as the state may hold. */
const KEPT = 50;
/** As long as a value may be there. */
const LONGEST = 300;

/** Numbers go on where the oldest are dropped, so that nobody is told twice. @param day of the change, 2026-09-01. @returns the school with it; the one given stays as it is. */
export function withChange(school: School, day: string, { sentence, values }: Said): School {
  const number = (school.changes.at(-1)?.number ?? 0) + 1;
  return { ...school, changes: [...school.changes, { number, on: day, sentence, ...(values && { values: short(values) }) }].slice(-KEPT) };
}

const short = (values: Values): Values => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, LONGEST) : value]));
