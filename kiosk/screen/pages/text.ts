import { msg, str } from '@lit/localize';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import { halved, packed, type Piece, type Run } from './pieces.js';

/** The idle bar takes so much of a signed-in teacher's screen when it comes; the text must not move under the eyes for it. */
const IDLE_BAR_REM = 5;

/** Named where it is not the same, so that it is not told by lines or colour alone (P9.1). */
function nameOf(change: Exclude<Piece['change'], 'same'>): string {
  switch (change) {
    case 'added': return msg('New');
    case 'removed': return msg('Taken out');
    case 'changed': return msg('Changed');
  }
}

/** The same text, made anew, leaves the reader where they are. */
const differs = (one: readonly Piece[], other: readonly Piece[] | undefined): boolean => JSON.stringify(one) !== JSON.stringify(other);

/**
 * Long text, page by page, never scrolled. The buttons of its owner stand in
 * the slot `last`, shown on the last page only, where a reader has seen all.
 */
class PagedText extends LampElement {
  static override properties = { pieces: { attribute: false, hasChanged: differs }, steady: { type: Boolean }, pages: { state: true }, at: { state: true } };
  static override styles = [base, css`
    :host { grid-template-rows: minmax(0, 1fr) auto; padding: 0; min-height: 0; }
    .sheet { min-height: 0; overflow: hidden; max-width: 44em; }
    :host-context([data-text='larger']) { height: 88vh; }
    .sheet.measured { visibility: hidden; }
    h2, h3 { margin: 0; line-height: 1.32; font-size: 1.15em; }
    h2.first { font-size: 1.35em; }
    .sheet > * + * { margin-top: 0.5em; }
    .sheet > * + :is(h2, h3) { margin-top: 0.9em; }
    .listed { display: grid; grid-template-columns: 1.5em minmax(0, 1fr); }
    ins { text-decoration: underline; text-decoration-thickness: 3px; text-underline-offset: 4px; background: var(--accent-pale); }
    del { text-decoration: line-through; text-decoration-thickness: 2px; color: var(--soft); }
    .tag { display: inline-block; border: 2px solid var(--ink); border-radius: 0.4em; padding: 0 0.4em; font-size: 0.7em; font-weight: 700; vertical-align: 0.12em; text-decoration: none; }
    .told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    footer { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 2fr); align-items: center; min-height: calc(var(--touch) + 1rem); }
    footer button { font-size: 1.2em; padding-inline: 0.5em; }
    footer .onward { grid-column: 3; display: flex; gap: var(--gap); }
    footer .onward button { flex: 1 1 0; }
    @media (orientation: portrait) { footer { grid-template-columns: minmax(0, 1fr) auto minmax(0, 2fr); } footer button { font-size: 1em; } }
  `];

  declare pieces: readonly Piece[];
  /** Somebody is signed in, so that the idle bar may come. */
  declare steady: boolean;
  /** Null while all pieces are laid out to be measured. */
  declare pages: readonly (readonly Piece[])[] | null;
  declare at: number;
  /** With what is too long for a page in halves. */
  #whole: readonly Piece[] = [];
  /** At the top of the page when it was turned last: stays in view when the screen changes. */
  #place: Run | undefined;
  #measured = { width: 0, height: 0, least: 0 };
  readonly #resized = new ResizeObserver(() => this.#mayMeasureAnew());

  constructor() {
    super();
    this.pieces = [];
    this.steady = false;
    this.pages = null;
    this.at = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    void document.fonts.ready.then(() => this.#measureAnew());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('pieces')) return;
    this.#whole = this.pieces;
    this.#place = undefined;
    this.pages = null;
    this.at = 0;
  }

  override render() {
    const { pages, at } = this;
    const shown = pages === null ? this.#whole : pages[at] ?? [];
    const isLast = pages !== null && at >= pages.length - 1;
    return html`
      <main class="sheet ${pages === null ? 'measured' : ''}">${shown.map((piece) => draw(piece))}</main>
      <footer>
        ${at > 0 ? html`<button @click=${() => this.#turn(-1)}>${msg('Back')}</button>` : html`<span></span>`}
        <span role="status">${pages === null || pages.length < 2 ? '' : msg(str`Page ${at + 1} of ${pages.length}`)}</span>
        <div class="onward">${isLast ? html`<slot name="last"></slot>` : html`<button class="main" @click=${() => this.#turn(1)}>${msg('Next')}</button>`}</div>
      </footer>`;
  }

  protected override updated(): void {
    if (this.pages === null && this.#whole.length > 0) this.#measure();
  }

  #turn(by: 1 | -1): void {
    this.at = Math.max(0, Math.min((this.pages?.length ?? 1) - 1, this.at + by));
    this.#place = this.pages?.[this.at]?.[0]?.runs[0];
  }

  #measure(): void {
    const sheet = this.renderRoot.querySelector('.sheet');
    if (sheet === null || sheet.clientHeight === 0) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const least = this.clientHeight - (this.steady ? IDLE_BAR_REM * rem : 0);
    const height = sheet.clientHeight - (this.clientHeight - least);
    const boxes = [...sheet.children].map((child) => child.getBoundingClientRect());
    const cut = this.#whole.flatMap((piece, at) => ((boxes[at]?.height ?? 0) > height ? halved(piece) : [piece]));
    if (cut.length > this.#whole.length) {
      this.#whole = cut;
      this.requestUpdate();
      return;
    }
    this.#measured = { width: this.clientWidth, height: this.clientHeight, least };
    this.pages = packed(this.#whole, boxes, height);
    const page = this.pages.findIndex((pieces) => pieces.some(({ runs }) => runs[0] === this.#place));
    this.at = page >= 0 ? page : Math.min(this.at, this.pages.length - 1);
  }

  #mayMeasureAnew(): void {
    const { width, height, least } = this.#measured;
    if (this.clientWidth !== width || this.clientHeight > height || this.clientHeight < least) this.#measureAnew();
  }

  #measureAnew(): void {
    this.#whole = this.pieces;
    this.pages = null;
  }
}
customElements.define('lamp-paged', PagedText);

function draw(piece: Piece): TemplateResult {
  const words = html`${piece.change === 'same' ? nothing : html`<span class="tag">${nameOf(piece.change)}</span> `}${piece.runs.map((run) => drawRun(run, piece.change === 'changed'))}`;
  switch (piece.role) {
    case 'heading-1': return html`<h2 class="first" dir="auto">${words}</h2>`;
    case 'heading-2': return html`<h2 dir="auto">${words}</h2>`;
    case 'heading-3': return html`<h3 dir="auto">${words}</h3>`;
    case 'paragraph': return html`<p dir="auto">${words}</p>`;
    case 'notice': return html`<p class="trouble" dir="auto">${words}</p>`;
    case 'bullet': return html`<p class="listed" dir="auto"><span aria-hidden="true">•</span><span>${words}</span></p>`;
    case 'step': return html`<p class="listed" dir="auto"><span>${piece.number === null ? '–' : `${piece.number}.`}</span><span>${words}</span></p>`;
  }
}

/** @param named said to a screen reader at each run, where the passage as a whole is neither new nor gone. */
function drawRun({ style, text, change }: Run, named: boolean): TemplateResult {
  const words = style === 'strong' ? html`<strong>${text}</strong>` : style === 'emphasis' ? html`<em>${text}</em>` : html`${text}`;
  const name = (said: string) => (named ? html`<span class="told"> ${said} </span>` : nothing);
  switch (change) {
    case 'same': return words;
    case 'added': return html`<ins>${name(msg('new:'))}${words}</ins>`;
    case 'removed': return html`<del>${name(msg('taken out:'))}${words}</del>`;
  }
}
