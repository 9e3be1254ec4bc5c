/** The lines at the head of the code of practice, between two lines of three hyphens. They are `name: value` and not YAML, whose surprises (2026-11.1 is fine, "no" is false) nobody should have to know. */
import type { Month } from '../../session/code.js';
import { PracticeFileRefused } from './refused.js';

export interface FrontMatter {
  /** YYYY-MM.n */
  readonly version: string;
  readonly lastReview: Month;
  readonly nextReview: Month;
  /** Who leads the practice; null where nobody is named, which means that the school has not adopted this code (P4.1). */
  readonly lead: string | null;
  /** Whom pupils, families and visitors can ask (P9.5); null where it is not set. */
  readonly contact: string | null;
  /** Names of the school's policies that go with it. */
  readonly policies: readonly string[];
}

const NAMES = ['version', 'lastReview', 'nextReview', 'lead', 'contact', 'policies'] as const;
type Name = (typeof NAMES)[number];
const isName = (name: string): name is Name => (NAMES as readonly string[]).includes(name);

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const VERSION = /^\d{4}-(0[1-9]|1[0-2])\.[1-9]\d{0,2}$/;
/** What fits on a line of the kiosk. */
const LONGEST = 160;

/** @returns what the head says, the text after it, and the line on which that begins. @throws PracticeFileRefused */
export function parseFrontMatter(file: string, text: string): { head: FrontMatter; body: string; bodyLine: number } {
  const lines = text.split('\n');
  if (lines[0]?.trim() !== '---') throw new PracticeFileRefused(file, 1, 'the file begins with a line of three hyphens, then version, reviews, lead, contact and policies');
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '---');
  if (end < 0) throw new PracticeFileRefused(file, 1, 'the head of the file is not closed by a second line of three hyphens');
  const found = new Map<Name, { value: string; line: number }>();
  lines.slice(1, end).forEach((written, index) => {
    if (written.trim() === '') return;
    const line = index + 2;
    const [, name = '', value = ''] = /^\s*(\w+)\s*:(.*)$/.exec(written) ?? [];
    if (!isName(name)) throw new PracticeFileRefused(file, line, `only these can stand here, each followed by a colon: ${NAMES.join(', ')}`);
    if (found.has(name)) throw new PracticeFileRefused(file, line, `${name} stands here twice`);
    if (value.trim().length > LONGEST) throw new PracticeFileRefused(file, line, `${name} has ${LONGEST} characters at most`);
    found.set(name, { value: value.trim(), line });
  });
  const read = (name: Name): { value: string; line: number } => {
    const entry = found.get(name);
    if (entry === undefined) throw new PracticeFileRefused(file, end + 1, `${name} is missing above this line`);
    return entry;
  };
  const matching = (name: Name, pattern: RegExp, form: string): string => {
    const { value, line } = read(name);
    if (!pattern.test(value)) throw new PracticeFileRefused(file, line, `${name} is written ${form}`);
    return value;
  };
  const named = (name: Name): string | null => (read(name).value === '' ? null : read(name).value);
  const lastReview = matching('lastReview', MONTH, 'as year and month: 2026-11');
  const nextReview = matching('nextReview', MONTH, 'as year and month: 2028-11');
  if (nextReview <= lastReview) throw new PracticeFileRefused(file, read('nextReview').line, 'nextReview is later than lastReview');
  return {
    head: {
      version: matching('version', VERSION, 'as year, month and a number: 2026-11.1'),
      lastReview, nextReview, lead: named('lead'), contact: named('contact'),
      policies: read('policies').value.split(';').map((policy) => policy.trim()).filter((policy) => policy !== ''),
    },
    body: lines.slice(end + 1).join('\n'), bodyLine: end + 2,
  };
}
