/** Codes that people type from paper: made, and read without case and hyphens. */
import { randomInt } from 'node:crypto';

/** At most one of those that are taken for each other (0 O, 1 I L, 5 S, 2 Z, 8 B, M N, U V), and no vowels, which make words. */
const LETTERS = 'CDFGHJKMPQRTVWXY2346789';
const GROUP = 4;

/** @param groups of four letters: two carry 36 bits, enough where tries are throttled; five carry 90. @returns `CDFG-2346`. */
export const makeTypedCode = (groups: number): string =>
  Array.from({ length: groups }, () => Array.from({ length: GROUP }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')).join('-');

/** @returns the letters alone, in one form, as bytes to be hashed and wiped; empty where there are none. */
export const typedCodeBytes = (typed: string): Buffer => Buffer.from(typed.slice(0, 100).toUpperCase().replace(/[^A-Z0-9]/g, ''), 'ascii');
