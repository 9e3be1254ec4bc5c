import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import { dateWords } from '../../language/dates.js';
import type { PaperCode, StewardPage } from '../../../protocol/school.js';

export type Person = StewardPage['staff'][number];
/** As fit with a notice above and the idle bar below: three rows of three. */
export const STAFF_A_PAGE = 9;

const dayOf = (moment: string): string => dateWords(new Date(moment), 'day-in-year');

/** In the order in which people look for a name; which language it is in, nobody knows. */
export const byName = (staff: readonly Person[]): readonly Person[] => [...staff].sort((a, b) => a.displayName.localeCompare(b.displayName));

const initial = ({ displayName }: Person): string => displayName.slice(0, 1).toLocaleUpperCase();

/** The letters with which names begin, in order. */
export const initialsOf = (sorted: readonly Person[]): readonly string[] => [...new Set(sorted.map(initial))];

/** On which page the names with this letter begin. */
export const pageOfInitial = (sorted: readonly Person[], letter: string): number => Math.floor(sorted.findIndex((person) => initial(person) === letter) / STAFF_A_PAGE);

/** The names as loaded, to be chosen. */
export const staffGrid = (people: readonly Person[], chosen: ReadonlySet<string>, choose: (person: Person) => void) => html`<p class="small">${standingOf(people, chosen)}</p>
  <ul class="names">${people.map((person) => html`<li><button aria-pressed=${chosen.has(person.id)} @click=${() => choose(person)}>${person.displayName}</button></li>`)}</ul>`;

/** That a code was handed out shows; whether anybody used it does not (P3.3). */
function standingOf(people: readonly Person[], chosen: ReadonlySet<string>): string {
  const [one, ...others] = people.filter(({ id }) => chosen.has(id));
  if (one === undefined || others.length > 0 || chosen.size > 1) return chosen.size === 0 ? msg('Tap a name to hand out a paper code, to bar somebody from new recordings, or to name the practice lead.') : msg(str`Names chosen: ${chosen.size}.`);
  return [
    `${one.displayName}:`,
    ...(one.lead ? [msg('Leads the practice.')] : []),
    ...(one.barred ? [msg('Starts no new recordings.')] : []),
    one.codeUntil === null ? msg('No paper code.') : msg(str`Paper code until ${dayOf(one.codeUntil)}.`),
  ].join(' ');
}

/** Shown once: to be copied by hand, where there is no printer. */
export const codeCards = (codes: readonly PaperCode[]) => html`${codes.length === 0 ? nothing : html`<p class="small">${msg('Shown only now. Hand each to its person and nobody else: whoever has it can make that name’s account.')}</p>`}
  <ul class="codes" data-secret=${codes.length === 0 ? nothing : msg('Paper codes')}>${codes.map(({ displayName, code, until }) => html`<li class="card">
    <strong>${displayName}</strong><bdi class="code" dir="ltr">${code}</bdi><span class="small">${msg(str`until ${dayOf(until)}`)}</span>
  </li>`)}</ul>`;
