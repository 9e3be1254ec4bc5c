/** What is different between two versions of the code of practice, by paragraph and by word, as data for the screen (P4.1). Pure. */
import { diffArrays } from 'diff';
import type { FrontMatter } from './front-matter.js';
import { merged, textOf, type Block, type Span } from './markdown.js';

/** A heading, a paragraph or one item of a list: what is compared as one. */
export interface Passage {
  readonly role: 'heading-1' | 'heading-2' | 'heading-3' | 'paragraph' | 'bullet' | 'step';
  readonly spans: readonly Span[];
}

/** Words in one style that are in both, in the later one only, or in the earlier one only. */
export interface Run extends Span {
  readonly change: 'same' | 'added' | 'removed';
}

export type PassageChange =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly passage: Passage }
  | { readonly kind: 'changed'; readonly role: Passage['role']; readonly runs: readonly Run[] };

export function passagesOf(blocks: readonly Block[]): Passage[] {
  return blocks.flatMap((block): Passage[] => {
    switch (block.kind) {
      case 'heading': return [{ role: `heading-${block.level}`, spans: block.spans }];
      case 'paragraph': return [{ role: 'paragraph', spans: block.spans }];
      case 'list': return block.items.map((spans) => ({ role: block.first === null ? 'bullet' : 'step', spans }));
    }
  });
}

/** So many differences are looked for, and no more: the work grows with their square, and it is done beside a running session. */
const MOST_PASSAGES = 300;
const MOST_WORDS = 300;

interface Compared<T> { readonly value: readonly T[]; readonly added: boolean; readonly removed: boolean }

/** Where there is too much different, all of the earlier one is gone, and all of the later one new. */
function compared<T>(before: readonly T[], after: readonly T[], comparator: (one: T, other: T) => boolean, maxEditLength: number): readonly Compared<T>[] {
  const nothingAlike = [{ value: before, added: false, removed: true }, { value: after, added: true, removed: false }];
  return diffArrays([...before], [...after], { comparator, maxEditLength }) ?? nothingAlike;
}

/** @returns the later text with what is gone from the earlier one left in its place, marked as removed. */
export function whatChanged(before: readonly Passage[], after: readonly Passage[]): PassageChange[] {
  const changes: PassageChange[] = [];
  let gone: readonly Passage[] = [];
  const flush = (): void => { changes.push(...gone.map((passage) => ({ kind: 'removed' as const, passage }))); gone = []; };
  for (const { value, added, removed } of compared(before, after, samePassage, MOST_PASSAGES)) {
    if (removed) gone = [...gone, ...value];
    else if (added) {
      changes.push(...paired(gone, value));
      gone = [];
    } else {
      flush();
      changes.push(...value.map((passage) => ({ kind: 'same' as const, passage })));
    }
  }
  flush();
  return changes;
}

/** A line of the front matter that is not what it was. */
export interface FactChange {
  readonly name: keyof FrontMatter;
  readonly before: string;
  readonly after: string;
}

/** @returns which of version, reviews, lead, contact and policies are different. */
export function factsChanged(before: FrontMatter, after: FrontMatter): FactChange[] {
  const words = (head: FrontMatter, name: keyof FrontMatter): string => (name === 'policies' ? head.policies.join('; ') : head[name] ?? '');
  return (['version', 'lastReview', 'nextReview', 'lead', 'contact', 'policies'] as const)
    .map((name) => ({ name, before: words(before, name), after: words(after, name) }))
    .filter((fact) => fact.before !== fact.after);
}

const sameSpan = (one: Span, other: Span): boolean => one.style === other.style && one.text === other.text;
const samePassage = (one: Passage, other: Passage): boolean => one.role === other.role && one.spans.length === other.spans.length && one.spans.every((span, index) => sameSpan(span, other.spans[index] as Span));

/** Below this share of common words, two paragraphs are easier to read as one gone and one new. */
const ALIKE = 0.5;

/** Passages that were replaced: those that say nearly the same are compared by word, the others are gone or new. */
function paired(gone: readonly Passage[], fresh: readonly Passage[]): PassageChange[] {
  const changes: PassageChange[] = [];
  const candidates = fresh.slice(0, MOST_PASSAGES).map((passage, index) => ({ passage, index, vocabulary: vocabularyOf(passage) }));
  let next = 0;
  for (const old of gone) {
    const vocabulary = vocabularyOf(old);
    const match = candidates.find(({ passage, index, vocabulary: other }) => index >= next && passage.role === old.role && likeness(vocabulary, other) >= ALIKE);
    if (match === undefined) {
      changes.push({ kind: 'removed', passage: old });
      continue;
    }
    changes.push(...fresh.slice(next, match.index).map((passage) => ({ kind: 'added' as const, passage })));
    changes.push({ kind: 'changed', role: old.role, runs: runsOf(old.spans, match.passage.spans) });
    next = match.index + 1;
  }
  return [...changes, ...fresh.slice(next).map((passage) => ({ kind: 'added' as const, passage }))];
}

const vocabularyOf = ({ spans }: Passage): ReadonlySet<string> => new Set(textOf(spans).toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** Dice's coefficient of the words that each uses. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return (2 * common) / Math.max(1, one.size + other.size);
}

/** Words with their apostrophes and hyphens, single signs, and the space between, each in its style. */
const wordsOf = (spans: readonly Span[]): Span[] => spans.flatMap(({ style, text }) => (text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|\s+|[^\p{L}\p{N}\s]/gu) ?? []).map((word) => ({ style, text: word })));

function runsOf(before: readonly Span[], after: readonly Span[]): Run[] {
  return compared(wordsOf(before), wordsOf(after), sameSpan, MOST_WORDS).flatMap(({ value, added, removed }) => {
    const change = added ? 'added' : removed ? 'removed' : 'same';
    return merged(value).map((span) => ({ ...span, change }) as const);
  });
}
