/** Markdown → a tree of headings, paragraphs, lists and emphasis. Everything else is refused, so that nothing a school writes can reach the screen as HTML or lead off the device. */
import { Marked, type MarkedToken, type Token, type Tokens } from 'marked';
import { lineBreaksIn, PracticeFileRefused } from './refused.js';

/** A stretch of text in one style; there is no style within a style. Neighbours differ in style, and none is empty. */
export interface Span {
  readonly style: 'plain' | 'emphasis' | 'strong';
  readonly text: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  /** `first` is the number of the first item; null where the items have bullets. */
  | { readonly kind: 'list'; readonly first: number | null; readonly items: readonly (readonly Span[])[] };

const NOT_SHOWN = 'headings, paragraphs, simple lists, *emphasis* and **strong emphasis** can be shown, and nothing else';
const REFUSED: Readonly<Record<string, string>> = {
  html: 'HTML cannot be shown', link: 'a link cannot be followed here: write the address as plain text', def: 'a link cannot be followed here: write the address as plain text', image: 'pictures cannot be shown',
  code: 'a line that is indented or fenced counts as program text: begin it at the margin', table: 'tables cannot be shown: use a list', blockquote: 'quotations cannot be shown: use a paragraph',
  checkbox: 'boxes to tick cannot be shown: use a simple list',
};

/** Only its lexer is used: it gives tokens, and never HTML. */
const marked = new Marked();

/** @param line that the text begins on, in its file. @throws PracticeFileRefused */
export function parseMarkdown(file: string, text: string, line = 1): Block[] {
  const blocks: Block[] = [];
  let at = line;
  for (const token of marked.lexer(text)) {
    if (token.type !== 'space') blocks.push(blockOf(token, (part, why) => new PracticeFileRefused(file, at + lineBreaksIn(token.raw.slice(0, Math.max(0, token.raw.indexOf(part)))), why)));
    at += lineBreaksIn(token.raw);
  }
  return blocks;
}

/** Makes the error for a part of a block, at the part's own line. */
type Refuse = (raw: string, why: string) => PracticeFileRefused;

/** Which tokens there are is marked's own list, but for extensions, and there are none. */
const known = (token: Token): MarkedToken => token as MarkedToken;
const notShown = ({ type, raw }: Token, refuse: Refuse): PracticeFileRefused => refuse(raw, REFUSED[type] ?? NOT_SHOWN);

function blockOf(given: Token, refuse: Refuse): Block {
  const token = known(given);
  switch (token.type) {
    case 'heading': {
      const { depth } = token;
      if (depth !== 1 && depth !== 2 && depth !== 3) throw refuse(token.raw, 'headings have three levels at most: #, ## and ###');
      return { kind: 'heading', level: depth, spans: spansOf(token, refuse) };
    }
    case 'paragraph': return { kind: 'paragraph', spans: spansOf(token, refuse) };
    case 'list': return { kind: 'list', first: token.ordered ? Number(token.start) : null, items: token.items.map((item) => itemOf(item, refuse)) };
    default: throw notShown(token, refuse);
  }
}

function itemOf(item: Tokens.ListItem, refuse: Refuse): Span[] {
  const [only, second] = item.tokens.filter(({ type }) => type !== 'space').map(known);
  if (only === undefined) throw refuse(item.raw, 'this item of the list is empty');
  if (only.type !== 'text' && only.type !== 'paragraph') throw notShown(only, refuse);
  if (second !== undefined) throw refuse(second.raw, 'an item of a list has one paragraph, and no list within');
  return spansOf(only, refuse);
}

function spansOf({ raw, tokens }: { readonly raw: string; readonly tokens?: Token[] | undefined }, refuse: Refuse): Span[] {
  const spans = joined((tokens ?? []).map((token) => spanOf(known(token), refuse)));
  if (spans.length === 0) throw refuse(raw, 'there are no words here');
  return spans;
}

function spanOf(token: MarkedToken, refuse: Refuse): Span {
  switch (token.type) {
    case 'text': case 'escape': return { style: 'plain', text: token.text };
    case 'br': return { style: 'plain', text: ' ' };
    // A bare address becomes a link by itself; here it stays what was written.
    case 'link': if (token.raw === token.text) return { style: 'plain', text: token.text }; throw notShown(token, refuse);
    case 'em': case 'strong': {
      const inner = token.tokens.map((part) => spanOf(known(part), refuse));
      const nested = token.tokens[inner.findIndex(({ style }) => style !== 'plain')];
      if (nested !== undefined) throw refuse(nested.raw, 'emphasis within emphasis cannot be shown');
      return { style: token.type === 'em' ? 'emphasis' : 'strong', text: inner.map(({ text }) => text).join('') };
    }
    default: throw notShown(token, refuse);
  }
}

/** One space for any white space, none at either end; neighbours of the same style are one. */
function joined(spans: readonly Span[]): Span[] {
  let spaced = true;
  const flat = spans.map(({ style, text }) => {
    const single: string = text.replace(/\s+/g, ' ');
    const fresh: string = spaced ? single.trimStart() : single;
    if (fresh !== '') spaced = fresh.endsWith(' ');
    return { style, text: fresh };
  }).filter(({ text }) => text !== '');
  const last = flat.at(-1);
  if (last !== undefined) last.text = last.text.trimEnd();
  return merged(flat.filter(({ text }) => text !== ''));
}

/** Neighbours of the same style made one. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last?.style === span.style) result[result.length - 1] = { style: span.style, text: last.text + span.text };
    else result.push(span);
  }
  return result;
}

export const textOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
