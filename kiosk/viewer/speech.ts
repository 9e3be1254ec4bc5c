/** In which language the page speaks. */
import { cy } from './words/cy.js';
import { en, type Words } from './words/en.js';
import { pl } from './words/pl.js';
import { ur } from './words/ur.js';

export const LANGUAGES: readonly Words[] = [en, cy, pl, ur];

let spoken: Words = LANGUAGES.find(({ tag }) => navigator.language.toLowerCase().startsWith(tag)) ?? en;

export const say = (): Words => spoken;

export function speak(tag: string): void {
  spoken = LANGUAGES.find((one) => one.tag === tag) ?? en;
  document.documentElement.lang = spoken.tag;
  document.documentElement.dir = spoken.direction;
}

/** `12:05`, or `1:02:05`; the same digits in all languages. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** `Monday 23 November 2026`. */
export const day = (iso: string): string => dated(iso, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
export const timeOfDay = (iso: string): string => dated(iso, { hour: '2-digit', minute: '2-digit' });

function dated(iso: string, form: Intl.DateTimeFormatOptions): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString(`${spoken.tag === 'en' ? 'en-GB' : spoken.tag}-u-nu-latn`, form);
}
