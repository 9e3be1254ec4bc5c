/**
 * Which letters are where, as data. Each layout has four rows of ten columns: a
 * row for what the language has besides (or digits), and three as on a hardware
 * keyboard. The last row leaves room for shift and delete.
 */
import type { Language } from '../../protocol/common.js';
import { LANGUAGES } from '../../protocol/languages.js';

type Rows = readonly [extra: string, upper: string, home: string, lower: string];

export interface Layout {
  /** In the language itself. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  readonly letters: Rows;
  /** With shift, where that is not simply the capital. */
  readonly shifted: Rows | null;
  /** Digits and signs. */
  readonly signs: Rows;
  readonly comma: string;
  readonly stop: string;
}

const DIGITS = '1 2 3 4 5 6 7 8 9 0';
const URDU_DIGITS = '۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹ ۰';
const LATIN = ['q w e r t y u i o p', "a s d f g h j k l '", 'z x c v b n m'] as const;
const latin = (name: string, extra: string, signs: Rows): Layout => ({ name, dir: 'ltr', letters: [extra, ...LATIN], shifted: null, signs, comma: ',', stop: '.' });
const SIGNS: Rows = [DIGITS, '@ # £ € % & * ( ) /', '- – + = : ; " ? ! \'', '_ < > [ ] … ° §'];

export const LAYOUTS: Record<Language, Layout> = {
  en: latin('English', DIGITS, SIGNS),
  cy: latin('Cymraeg', 'â ê î ô û ŵ ŷ ï ö á', SIGNS),
  pl: latin('Polski', 'ą ć ę ł ń ó ś ź ż -', [DIGITS, '@ # € £ % & * ( ) /', '- – + = : ; „ ” ? !', '_ < > [ ] … ° §']),
  /**
   * The phonetic layout that comes with X11 (xkeyboard-config, pk: urd-phonetic),
   * and what is behind its shift and often needed, in a row of its own. Shift of m
   * and b has أ and ً in place of a rare mark and a letter that k has too.
   */
  ur: {
    name: 'اردو',
    dir: 'rtl',
    letters: ['آ ٹ ڈ ڑ ں ھ ئ خ غ ص', 'ق و ع ر ت ے ء ی ہ پ', 'ا س د ف گ ح ج ک ل ؟', 'ز ش چ ط ب ن م'],
    shifted: [URDU_DIGITS, 'ْ ؤ ٰ ڑ ٹ َ ئ ِ ۃ ُ', 'آ ص ڈ ّ غ ھ ض خ ٔ !', 'ذ ژ ث ظ ً ں أ'],
    signs: [URDU_DIGITS, DIGITS, '- – + = : ؛ " ؟ ! /', '( ) @ ٪ & * _ …'],
    comma: '،',
    stop: '۔',
  },
};

/** What the keys of a row write. */
export const keysOf = (row: string): readonly string[] => row.split(' ');

/** A mark alone stands on a dotted circle, as in a grammar book. */
export const keyLabel = (key: string): string => (/^\p{M}/u.test(key) ? `◌${key}` : key);

/** Does this layout have capitals? */
export const hasCapitals = (layout: Layout): boolean => layout.shifted === null;

/** What stands on the keys now. */
export function rowsOf(language: Language, page: 'letters' | 'shifted' | 'signs'): readonly (readonly string[])[] {
  const layout = LAYOUTS[language];
  if (page === 'shifted' && layout.shifted === null) return layout.letters.map((row) => keysOf(row.toLocaleUpperCase(language)));
  return (layout[page] ?? layout.letters).map(keysOf);
}

/** The language that comes next on the key that switches. */
export const nextLanguage = (languages: readonly Language[], language: Language): Language => languages[(languages.indexOf(language) + 1) % languages.length] ?? language;

export const isLanguage = (word: string | undefined): word is Language => LANGUAGES.some((language) => language === word);

/** The room's languages as the page says them (`<html data-languages="en cy">`); all where it says nothing. */
export function languagesOf(words: string | undefined): readonly Language[] {
  const named = (words ?? '').split(' ').filter(isLanguage);
  return named.length > 0 ? named : LANGUAGES;
}
