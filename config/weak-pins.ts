/** PINs that are guessed first (P10.1). Looked at as bytes, since a string cannot be wiped. */

const ZERO = 0x30;
/** So many digits in a row that are alike, or go up or down by one. */
const RUN = 5;
/** Rows, columns and diagonals of a keypad, and of one that begins below: the same lines. Each is meant backwards, too. */
const LINES: ReadonlySet<number> = new Set([123, 456, 789, 147, 258, 369, 159, 357].flatMap((line) => [line, line % 10 * 100 + Math.floor(line / 10) % 10 * 10 + Math.floor(line / 100)]));
/** What the rules below do not see and people like: other ways over the keys, rows interleaved, numbers known from school and songs. */
const COMMON: readonly Buffer[] = [
  '123698', '124578', '147896', '235689', '258000', '741236', '789632', '963214', '987412', '123698745', '147896325',
  '135246', '142536', '162534', '192837', '246135', '246810', '908070',
  '142857', '141592', '161803', '271828', '314159', '415926', '525600', '867530', '3141592', '5201314', '8675309', '27182818', '31415926',
].map((pin) => Buffer.from(pin));

const ALIKE = 'That PIN repeats itself, and such PINs are guessed first.';
const RUNS = 'That PIN counts up or down, and such PINs are guessed first.';
const KEYS = 'That PIN is a pattern on the keys, and such PINs are guessed first.';
const DATE = 'That PIN can be read as a date, and dates are guessed first.';
const USUAL = 'That PIN is one that many people choose.';

type Digits = readonly number[];

/** In this order; the first that is true is the reason. */
const RULES: readonly (readonly [(digits: Digits) => boolean, string])[] = [
  [repeats, ALIKE], [ofTwoDigits, ALIKE], [isInGroups, ALIKE], [isMirrored, ALIKE],
  [hasEvenSteps, RUNS], [hasLongRun, RUNS], [isMadeOfRuns, RUNS],
  [isMadeOfLines, KEYS],
  [isDate, DATE],
];

/**
 * @param pin 6 to 12 ASCII digits; the caller wipes it.
 * @returns a sentence, or null where nothing speaks against it.
 */
export function whyWeak(pin: Buffer): string | null {
  const digits = Array.from(pin, (byte) => byte - ZERO);
  const broken = RULES.find(([isBroken]) => isBroken(digits));
  digits.fill(0);
  if (broken !== undefined) return broken[1];
  return COMMON.some((common) => common.equals(pin)) ? USUAL : null;
}

const all = (digits: Digits, from: number, holds: (digit: number, at: number) => boolean): boolean => digits.every((digit, at) => at < from || holds(digit, at));
const at = (digits: Digits, index: number): number => digits[index] ?? 0;
const number = (digits: Digits, from: number, length: number): number => digits.slice(from, from + length).reduce((sum, digit) => sum * 10 + digit, 0);

/** 121212, 123123, 1212121. */
function repeats(digits: Digits): boolean {
  for (let period = 1; period <= digits.length / 2; period += 1) if (all(digits, period, (digit, i) => digit === at(digits, i - period))) return true;
  return false;
}

/** 110010. */
function ofTwoDigits(digits: Digits): boolean {
  return new Set(digits).size <= 2;
}

/** 882255 in pairs, 999444 in triples. */
function isInGroups(digits: Digits): boolean {
  return [2, 3].some((size) => digits.length % size === 0 && digits.every((digit, i) => digit === at(digits, i - i % size)));
}

/** 407704. */
function isMirrored(digits: Digits): boolean {
  return digits.every((digit, i) => digit === at(digits, digits.length - 1 - i));
}

/** 123456, 890123, 246802: always the same step, where 0 follows 9. */
function hasEvenSteps(digits: Digits): boolean {
  const step = (i: number): number => (at(digits, i) - at(digits, i - 1) + 10) % 10;
  return all(digits, 1, (_digit, i) => step(i) === step(1));
}

/** 912345: alike, up or down by one. */
function hasLongRun(digits: Digits): boolean {
  return digits.some((_digit, from) => from + RUN <= digits.length && isRun(digits, from, RUN));
}

/** 123789, 4563210, 111234: nothing but runs of three and more. */
function isMadeOfRuns(digits: Digits, from = 0): boolean {
  if (from === digits.length) return true;
  for (let length = 3; from + length <= digits.length && isRun(digits, from, length); length += 1) if (isMadeOfRuns(digits, from + length)) return true;
  return false;
}

function isRun(digits: Digits, from: number, length: number): boolean {
  const step = at(digits, from + 1) - at(digits, from);
  for (let i = from + 2; i < from + length; i += 1) if (at(digits, i) - at(digits, i - 1) !== step) return false;
  return Math.abs(step) <= 1;
}

/** 147258: rows, columns and diagonals of the keypad. */
function isMadeOfLines(digits: Digits): boolean {
  return digits.length % 3 === 0 && digits.every((_digit, i) => i % 3 !== 0 || LINES.has(number(digits, i, 3)));
}

/** 010203, 311299, 20001231, 122000: day, month and year in the orders that people write. */
function isDate(digits: Digits): boolean {
  const two = (from: number): number => number(digits, from, 2);
  const isYear = (from: number): boolean => [19, 20].includes(two(from));
  if (digits.length === 6) return isDay(two(0), two(2)) || isDay(two(2), two(0)) || isDay(two(4), two(2)) || isMonthIn(two(0)) && isYear(2) || isYear(0) && isMonthIn(two(4));
  if (digits.length === 8) return isYear(4) && (isDay(two(0), two(2)) || isDay(two(2), two(0))) || isYear(0) && (isDay(two(6), two(4)) || isDay(two(4), two(6)));
  return false;
}

const isMonthIn = (month: number): boolean => month >= 1 && month <= 12;
const isDay = (day: number, month: number): boolean => day >= 1 && day <= 31 && isMonthIn(month);
