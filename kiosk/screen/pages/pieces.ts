/** Long text as pieces that are drawn whole, and how many of them a screen takes. Pure: their heights are handed in. */
import { dateWords, noonOf } from '../language/dates.js';
import { said } from '../language/language.js';
import { msg, str } from '@lit/localize';
import type { Block, CodeView, PassageChange, ProposalView, PurposeText, Span } from '../../protocol/practice.js';
import { audience } from '../words.js';

type Role = Extract<PassageChange, { kind: 'changed' }>['role'];
export type Run = Span & { readonly change: 'same' | 'added' | 'removed' };

export interface Piece {
  /** `notice`: what should be known first. */
  readonly role: Role | 'notice';
  /** Of a step in a numbered list. */
  readonly number: number | null;
  readonly runs: readonly Run[];
  readonly change: PassageChange['kind'];
  /** Whatever comes before it stays on another page. */
  readonly startsPage: boolean;
}

const piece = (role: Piece['role'], spans: readonly Span[], more: Partial<Piece> = {}): Piece =>
  ({ role, number: null, runs: spans.map((span) => ({ ...span, change: 'same' })), change: 'same', startsPage: false, ...more });

const plain = (text: string): Span => ({ style: 'plain', text });
const strong = (text: string): Span => ({ style: 'strong', text });
export const heading = (text: string): Piece => piece('heading-2', [plain(text)]);
export const paragraph = (text: string): Piece => piece('paragraph', [plain(text)]);
export const notice = (sentence: string, remedy: string): Piece => piece('notice', [strong(`${sentence} `), plain(remedy)]);
/** `What: this.` */
export const fact = (what: string, text: string): Piece => piece('paragraph', [strong(`${what}: `), plain(text)]);

export function piecesOf(blocks: readonly Block[]): Piece[] {
  return blocks.flatMap((block): Piece[] => {
    switch (block.kind) {
      case 'heading': return [piece(`heading-${block.level}`, block.spans)];
      case 'paragraph': return [piece('paragraph', block.spans)];
      case 'list': return block.items.map((spans, at) => (block.first === null ? piece('bullet', spans) : piece('step', spans, { number: block.first + at })));
    }
  });
}

/** Each of `pages` begins a new one. */
export const piecesOfPages = (pages: readonly (readonly Block[])[]): Piece[] => pages.flatMap((blocks) => piecesOf(blocks).map((one, at) => ({ ...one, startsPage: at === 0 })));

/** What was added, removed or changed, each under the heading it stands under; what is the same is left out. */
export function piecesOfChanges(passages: readonly PassageChange[]): Piece[] {
  const pieces: Piece[] = [];
  let above: Piece | null = null;
  let step = 0;
  for (const passage of passages) {
    const role = passage.kind === 'changed' ? passage.role : passage.passage.role;
    if (role !== 'step') step = 0;
    else if (passage.kind !== 'removed') step += 1;
    const number = role === 'step' && passage.kind !== 'removed' ? step : null;
    const isHeading = role.startsWith('heading');
    if (passage.kind === 'same') {
      if (isHeading) above = piece(role, passage.passage.spans);
      continue;
    }
    if (above !== null && !isHeading) pieces.push(above);
    above = null;
    if (passage.kind === 'changed') pieces.push({ role, number, runs: passage.runs, change: 'changed', startsPage: false });
    else pieces.push({ ...piece(role, passage.passage.spans, { number }), runs: passage.passage.spans.map((span) => ({ ...span, change: passage.kind })), change: passage.kind });
  }
  return pieces;
}

/** P4.2: what is known of a code besides its text. */
export function piecesOfFacts(code: CodeView): Piece[] {
  return [
    ...(code.notice === null ? [] : [notice(said(code.notice).sentence, said(code.notice).remedy)]),
    fact(msg('Version'), code.version),
    fact(msg('Reviewed'), msg(str`${month(code.lastReview)}. Next review: ${month(code.nextReview)}.`)),
    fact(msg('Practice lead'), code.lead ?? msg('nobody has been named yet')),
    fact(msg('Whom to ask'), code.contact ?? msg('nobody has been named yet')),
    ...(code.policies.length === 0 ? [] : [fact(msg('Goes with'), `${code.policies.join('; ')}.`)]),
  ];
}

/** All of a purpose (P6.2). */
export const piecesOfPurpose = (text: PurposeText): Piece[] => [
  fact(msg('Words on the sign'), text.words),
  fact(msg('Who may watch'), audience(text.audience)),
  fact(msg('How it enhances teaching and learning'), text.enhances),
  fact(msg('How it fits trust-based collaboration'), text.trust),
];

export function piecesOfObjections(objections: ProposalView['objections']): Piece[] {
  if (objections.length === 0) return [];
  return [heading(msg('Objections')), ...objections.flatMap(({ text, answer }) => [fact(msg('Objection'), text), fact(msg('Answer'), answer ?? msg('not written yet'))])];
}

/** As it stands, in a sentence. How many agreed is never said. */
export function statusOf(status: ProposalView['status']): string {
  switch (status.kind) {
    case 'open': return msg(str`Open to all teachers until ${day(status.until)}.`);
    case 'with-the-lead': return msg('No longer open: the practice lead decides.');
    case 'agreed': return msg(str`Agreed on ${day(status.on)}.`);
    case 'not-agreed': return msg(str`Not agreed, on ${day(status.on)}.`);
  }
}

/** `November 2026` for `2026-11`. */
export const month = (yearMonth: string): string => dateWords(noonOf(yearMonth), 'month');
/** `23 January 2027` for `2027-01-23`. */
export const day = (isoDay: string): string => dateWords(noonOf(isoDay), 'day');

/** Does it only make sense with what follows: a heading, or a sentence that ends in a colon? */
const leads = ({ role, runs }: Piece): boolean => role.startsWith('heading') || (runs.at(-1)?.text.trimEnd().endsWith(':') ?? false);

/**
 * @param boxes where each piece lies when all stand one below the other.
 * @param height what a screen takes.
 * @returns the pieces of each page. Nothing is cut; what leads to the next piece goes along with it.
 */
export function packed(pieces: readonly Piece[], boxes: readonly { readonly top: number; readonly bottom: number }[], height: number): Piece[][] {
  const starts = [0];
  for (let at = 1; at < pieces.length; at += 1) {
    const start = starts.at(-1) ?? 0;
    const overflows = (boxes[at]?.bottom ?? 0) - (boxes[start]?.top ?? 0) > height;
    if (pieces[at]?.startsPage === true) starts.push(at);
    else if (overflows) starts.push(withItsLead(pieces, at, start));
  }
  return starts.map((start, page) => pieces.slice(start, starts[page + 1]));
}

function withItsLead(pieces: readonly Piece[], at: number, start: number): number {
  let first = at;
  while (first - 1 > start && leads(pieces[first - 1] as Piece)) first -= 1;
  return first;
}

/** For a piece that no screen takes whole. @returns its halves, cut between words; itself where it is one word. */
export function halved(whole: Piece): Piece[] {
  const words = whole.runs.flatMap((run) => (run.text.match(/\S+\s*|\s+/g) ?? []).map((text) => ({ ...run, text })));
  const middle = Math.floor(words.length / 2);
  if (middle === 0) return [whole];
  return [{ ...whole, runs: words.slice(0, middle) }, { ...whole, runs: words.slice(middle), number: null, startsPage: false, role: whole.role === 'notice' ? 'notice' : 'paragraph' }];
}
