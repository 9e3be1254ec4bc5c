import { html, nothing } from 'lit';
import { currentRegion } from '../../language/language.js';
import type { PaperCode, StewardPage } from '../../../protocol/school.js';

export type Person = StewardPage['staff'][number];
/** As fit with a notice above and the idle bar below: three rows of three. */
export const STAFF_A_PAGE = 9;

const dayOf = (moment: string): string => new Date(moment).toLocaleDateString(currentRegion(), { day: 'numeric', month: 'long' });

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
  if (one === undefined || others.length > 0 || chosen.size > 1) return chosen.size === 0 ? 'Tap a name to hand out a paper code, to bar somebody from new recordings, or to name the practice lead.' : `${chosen.size} names are chosen.`;
  const standing = [one.lead ? 'leads the practice' : '', one.barred ? 'starts no new recordings' : '', one.codeUntil === null ? 'has no paper code' : `has a paper code until ${dayOf(one.codeUntil)}`].filter((words) => words !== '');
  return `${one.displayName} ${new Intl.ListFormat(currentRegion()).format(standing)}.`;
}

/** Shown once: to be copied by hand, where there is no printer. */
export const codeCards = (codes: readonly PaperCode[]) => html`${codes.length === 0 ? nothing : html`<p class="small">Shown only now. Hand each to its person and nobody else: whoever has it can make that name’s account.</p>`}
  <ul class="codes">${codes.map(({ displayName, code, until }) => html`<li class="card">
    <strong>${displayName}</strong><span class="code">${code}</span><span class="small">until ${dayOf(until)}</span>
  </li>`)}</ul>`;
