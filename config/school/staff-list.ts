/** The school's staff list: read from CSV, loaded in place of the one before, and rid of those who left long ago. Nothing here knows who is enrolled (P3.3). */
import { randomBytes } from 'node:crypto';
import type { Account, StaffMember, StoredState } from '../state.js';
import { parseCsv, type Mistake, type Row } from './csv.js';
import { likeness, tidyName, whyNotName } from './names.js';

export type { Mistake } from './csv.js';

/** As the state holds them. */
const MOST_NAMES = 1000;
const LONGEST_NAME = 80;
/** A day more than the longest that anything is kept (P1.5): by then what they recorded has expired. */
const STAYS_DAYS = 366;
const DAY_MS = 24 * 3600_000;

const BAD_NAME = {
  unseen: 'Line {line} has a name with characters that cannot be seen, or that turn the direction of what follows.',
  empty: 'Line {line} has a name that is empty.',
  long: 'Line {line} has a name of {length} characters; {longest} are the most.',
} as const;

/** How columns are called, in the languages of the kiosk and in German. */
const WHOLE_NAME = new Set(['name', 'full name', 'display name', 'staff', 'staff name', 'teacher', 'teacher name', 'enw', 'enw llawn', 'imię i nazwisko', 'pracownik', 'نام', 'vollständiger name', 'lehrkraft']);
const SURNAME = new Set(['surname', 'last name', 'family name', 'cyfenw', 'nazwisko', 'nachname', 'familienname']);
const FIRST_NAME = new Set(['first name', 'forename', 'given name', 'enw cyntaf', 'imię', 'vorname']);

/** @returns the names in one form, in the order of the file; or every mistake with its line, and no name at all. */
export function readStaffList(csv: string): { readonly ok: true; readonly names: string[] } | { readonly ok: false; readonly mistakes: Mistake[] } {
  const { rows, mistakes: ofForm } = parseCsv(csv);
  const { people, mistakes: ofColumns } = peopleIn(rows);
  const mistakes = [...ofColumns, ...(ofColumns.length > 0 ? [] : mistakesOf(people)), ...ofForm];
  if (mistakes.length === 0 && people.length === 0) mistakes.push({ line: 1, sentence: 'There is no name in this list.' });
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, names: people.map(({ name }) => tidyName(name)) };
}

interface Person { readonly line: number; readonly name: string }

/** Finds the names in the columns. */
function peopleIn(rows: readonly Row[]): { readonly people: Person[]; readonly mistakes: Mistake[] } {
  const headings = (rows[0]?.cells ?? []).map((cell) => tidyName(cell).toLowerCase().replaceAll(/[_-]/g, ' '));
  const column = (names: ReadonlySet<string>): number => headings.findIndex((heading) => names.has(heading));
  const [whole, first, last] = [column(WHOLE_NAME), column(FIRST_NAME), column(SURNAME)];
  const taken = whole >= 0 ? [whole] : [first, last].filter((index) => index >= 0);
  if (taken.length > 0) return { people: rows.slice(1).map(({ line, cells }) => ({ line, name: taken.map((index) => cells[index]?.trim() ?? '').join(' ').trim() })), mistakes: [] };
  const wide = rows.find(({ cells }) => cells.slice(1).some((cell) => cell.trim() !== ''));
  if (wide !== undefined) return { people: [], mistakes: [{ line: wide.line, sentence: 'Line {line} has more than one column, and no column is called “name”. Call the column of the names so in the first line; a name with a comma in it stands in quotation marks.' }] };
  return { people: rows.map(({ line, cells }) => ({ line, name: cells[0] ?? '' })), mistakes: [] };
}

function mistakesOf(people: readonly Person[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const firstLine = new Map<string, number>();
  for (const { line, name } of people) {
    const why = whyNotName(name, LONGEST_NAME, BAD_NAME);
    const before = firstLine.get(likeness(name));
    if (why !== null) mistakes.push({ line, ...why });
    else if (before !== undefined) mistakes.push({ line, sentence: 'Line {line} has the same name as line {before}. Tell the two apart, by a first name or an initial.', values: { before } });
    else firstLine.set(likeness(name), line);
  }
  const [tooMany] = people.slice(MOST_NAMES);
  if (tooMany !== undefined) mistakes.push({ line: tooMany.line, sentence: 'Line {line} begins what is too much: a list has {most} names at most.', values: { most: MOST_NAMES } });
  return mistakes;
}

/**
 * Loading replaces. Who is there already keeps the id; who is gone stays for what they recorded, starts nothing new, and goes a year later; who comes back is as before.
 * @param names of readStaffList. @param today 2026-09-01.
 * @returns the list to be stored; null where, with those who left, it is longer than the state holds.
 */
export function replacedStaff(staff: readonly StaffMember[], names: readonly string[], today: string): StaffMember[] | null {
  const wanted = new Map(names.map((name) => [likeness(name), name]));
  const there = new Set(staff.map(({ name }) => likeness(name)));
  const kept = staff.map((member): StaffMember => {
    const name = wanted.get(likeness(member.name));
    if (name === undefined) return { ...member, barred: true, leftOn: member.leftOn ?? today };
    return member.leftOn === null ? { ...member, name } : { ...member, name, barred: false, leftOn: null };
  });
  const fresh = names.filter((name) => !there.has(likeness(name))).map((name): StaffMember => ({ id: randomBytes(16).toString('hex'), name, barred: false, leftOn: null, paperCode: null }));
  return kept.length + fresh.length > MOST_NAMES ? null : [...kept, ...fresh];
}

/** Whose time is over on that day. */
export const goneBy = (staff: readonly StaffMember[], today: string): StaffMember[] =>
  staff.filter(({ leftOn }) => leftOn !== null && Date.parse(today) - Date.parse(leftOn) >= STAYS_DAYS * DAY_MS);

/** Removes those whose time is over, with their accounts. @returns the accounts. */
export function removeGone(draft: StoredState, today: string): Account[] {
  const gone = new Set(goneBy(draft.staff, today).map(({ id }) => id));
  draft.staff = draft.staff.filter(({ id }) => !gone.has(id));
  const closed = draft.accounts.filter(({ staff }) => gone.has(staff));
  draft.accounts = draft.accounts.filter(({ staff }) => !gone.has(staff));
  return closed;
}

/** Alphabetical, in the room's language. */
export function namesInOrder({ staff, school }: Pick<StoredState, 'staff' | 'school'>): StaffMember[] {
  const { compare } = new Intl.Collator(school?.languages[0] ?? 'en');
  return [...staff].sort((one, other) => compare(one.name, other.name));
}
