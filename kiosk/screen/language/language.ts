/** The languages of the screen, and what the server says in the one that is shown. Without the DOM: locale.ts changes the language. */
import { msg } from '@lit/localize';
import type { Language } from '../../protocol/common.js';
import { filled, type Values } from '../../protocol/filled.js';

/** Each in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', cy: 'Cymraeg', pl: 'Polski', ur: 'اردو' };

/** Which way it is written. */
export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ur' ? 'rtl' : 'ltr');

let current: Language = 'en';
export const currentLanguage = (): Language => current;

/** Of locale.ts only. */
export const becomes = (language: Language): void => { current = language; };

/** For Intl: dates and numbers as the school's country writes them, in the language's words. */
const REGIONS: Record<Language, string> = { en: 'en-GB', cy: 'cy-GB', pl: 'pl-PL', ur: 'ur-PK' };
export const currentRegion = (): string => REGIONS[current];

export interface Sayable { readonly sentence: string; readonly remedy: string; readonly values?: Values | undefined }

/**
 * Cast, since the collector of sentences takes literals only, and what the server says is collected from the server's own tables (tools/languages.mjs).
 * `msg` is looked up at each call: it becomes another function once locale.ts has set languages up.
 */
const translated = (text: string): string => (msg as (text: string) => string)(text);

/** Latin letters and figures that keep their order inside a sentence that runs from right to left: a fingerprint, a code, an address. Where there is markup, `<bdi dir="ltr">`. */
export const ltr = (text: string): string => `\u2066${text}\u2069`;

/** What the server says, in the language of the screen; in English where nobody translated it. */
export const said = ({ sentence, remedy, values }: Sayable): { readonly sentence: string; readonly remedy: string } =>
  ({ sentence: filled(translated(sentence), values), remedy: filled(translated(remedy), values) });

/** One sentence of the server's, for instance the words of a purpose that comes with the product. */
export const saidWords = (sentence: string, values?: Values): string => filled(translated(sentence), values);
