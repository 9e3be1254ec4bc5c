/** The sign's letters: Atkinson Hyperlegible Next for Latin, Noto Naskh Arabic for Urdu, both bold. */
import { createRequire } from 'node:module';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { isRightToLeft, type Typeface } from './lines.js';

const LATIN = '@fontsource/atkinson-hyperlegible-next';
const ARABIC = '@fontsource/noto-naskh-arabic';
const FAMILIES = { latin: 'Sign Latin', arabic: 'Sign Arabic' };
const MEASURED_AT = 1000;

const require = createRequire(import.meta.url);
const register = (pack: string, file: string, family: string): void => {
  GlobalFonts.registerFromPath(require.resolve(`${pack}/files/${file}-700-normal.woff2`), family);
};
for (const subset of ['latin', 'latin-ext']) register(LATIN, `atkinson-hyperlegible-next-${subset}`, FAMILIES.latin);
register(ARABIC, 'noto-naskh-arabic-arabic', FAMILIES.arabic);

/** CSS font of a text. The other family follows for what the first has not: a Latin name within Urdu. */
export function fontOf(text: string, size: number): string {
  const families = isRightToLeft(text) ? [FAMILIES.arabic, FAMILIES.latin] : [FAMILIES.latin, FAMILIES.arabic];
  return `${size}px ${families.map((family) => `"${family}"`).join(', ')}`;
}

const measuring = createCanvas(1, 1).getContext('2d');
function measure(text: string): ReturnType<typeof measuring.measureText> {
  measuring.font = fontOf(text, MEASURED_AT);
  measuring.direction = isRightToLeft(text) ? 'rtl' : 'ltr';
  return measuring.measureText(text);
}

const ranges = [
  ...subsetsOf(LATIN),
  ...subsetsOf(ARABIC, ['arabic']),
];
const heights = { latin: drawnHeight('H'), arabic: drawnHeight('ا') };
const widths = new Map<string, number>();
/** Texts whose width is remembered: enough for the tries of one layout. */
const REMEMBERED = 5000;

export const TYPEFACE: Typeface = {
  capHeight: (text) => (isRightToLeft(text) ? heights.arabic : heights.latin),
  ink: (text) => {
    const { actualBoundingBoxAscent, actualBoundingBoxDescent } = measure(text);
    return { above: actualBoundingBoxAscent / MEASURED_AT, below: Math.max(0, actualBoundingBoxDescent) / MEASURED_AT };
  },
  width: (text) => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    if (widths.size >= REMEMBERED) widths.clear();
    const width = measure(text).width / MEASURED_AT;
    widths.set(text, width);
    return width;
  },
  has: (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return !/\p{C}/u.test(character) && ranges.some(([first = 0, last = first]) => codePoint >= first && codePoint <= last);
  },
};

/** Of the letter's ink, in ems, counted in pixels: measureText rounds it to a 64th. */
function drawnHeight(letter: string): number {
  const size = 2 * MEASURED_AT;
  const context = createCanvas(size, size).getContext('2d');
  context.font = fontOf(letter, MEASURED_AT);
  context.fillText(letter, MEASURED_AT / 2, 1.5 * MEASURED_AT);
  const { data } = context.getImageData(0, 0, size, 1.5 * MEASURED_AT);
  const first = data.findIndex((value) => value >= 128);
  return (1.5 * MEASURED_AT - Math.floor(first / 4 / size)) / MEASURED_AT;
}

/** CSS unicode-range lists, as the font package has them. */
function subsetsOf(pack: string, names?: readonly string[]): number[][] {
  const subsets = require(`${pack}/unicode.json`) as Record<string, string>;
  return Object.entries(subsets)
    .filter(([name]) => names?.includes(name) ?? true)
    .flatMap(([, list]) => list.split(','))
    .map((range) => range.slice(2).split('-').map((hex) => parseInt(hex, 16)));
}
