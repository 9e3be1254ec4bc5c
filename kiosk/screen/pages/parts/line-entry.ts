import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../../element.js';
import type { Trouble } from '../../../protocol.js';
import { said } from '../../language/language.js';
import type { Text } from '../../keyboard/text.js';
import '../../keyboard/text.js';
import { base } from '../../styles.js';
import { pageStyles, partStyles } from './key-page.js';
import './words-pad.js';

/** Something typed, pasted, or scanned by a scanner that types. Emptied as soon as it is handed on. Fills the screen. */
class LineEntry extends LampElement {
  static override properties = { heading: {}, hint: {}, rows: { type: Number }, words: { type: Boolean }, typed: { state: true }, busy: { type: Boolean }, trouble: { attribute: false }, onLine: { attribute: false }, onBack: { attribute: false } };
  static override styles = [base, pageStyles, partStyles, css`
    main { grid-row: 2; }
    footer { grid-row: 3; }
    .secret { display: grid; gap: inherit; outline: none; }
    @container (max-height: 34rem) {
      .spare { display: none; }
      .spare ~ main { gap: 0.5rem; }
      .spare ~ main .trouble { font-size: var(--small); padding-block: 0.3em; }
    }
  `];

  declare heading: string;
  declare hint: string;
  /** More than one where what is wanted has several lines: then Enter belongs to the text. */
  declare rows: number;
  /** Words of a key are wanted: there is a pad for them, so that no keyboard is needed. */
  declare words: boolean;
  declare busy: boolean;
  declare trouble: Trouble | null;
  /** Is handed the text as it is. */
  declare onLine: (text: string) => void;
  declare onBack: () => void;
  declare typed: string;

  constructor() {
    super();
    this.hint = '';
    this.rows = 1;
    this.words = false;
    this.typed = '';
    this.busy = false;
    this.trouble = null;
  }

  override firstUpdated(): void {
    this.#write();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#take();
  }

  override render() {
    // On a low screen the pad and what was wrong leave no room for a heading; with the next letter there is room again.
    const wrong = this.words && this.trouble !== null && this.typed === '';
    return html`
      <header class=${wrong ? 'spare' : ''}><h1 tabindex="-1">${this.heading}</h1></header>
      <main>
        ${this.trouble === null || (this.words && !wrong) ? '' : html`<div class="trouble" role="alert"><strong>${said(this.trouble).sentence}</strong><p>${said(this.trouble).remedy}</p></div>`}
        ${this.words ? '' : html`<p>${this.hint}</p>`}
        ${this.words ? html`<div class="secret" tabindex="-1" data-secret=${countOf(this.typed)} @focus=${this.#write}>${this.#field()}<lamp-words-pad .text=${this.typed} .hint=${this.hint} .onText=${(text: string) => { this.typed = text; }}></lamp-words-pad></div>` : this.#field()}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button>
        <button class="grow main" aria-busy=${this.busy} @click=${this.#submit}>${this.busy ? msg('One moment…') : msg('OK')}</button>
      </footer>`;
  }

  #field() {
    return html`<lamp-text .label=${this.heading} .value=${this.typed} .rows=${this.rows} .lines=${this.rows > 1} as-typed .handsOff=${this.words} @input=${({ target }: Event & { readonly target: Text }) => { this.typed = target.value; }} @enter=${this.#submit}></lamp-text>`;
  }

  #take(): string {
    const text = this.typed;
    this.typed = '';
    return text;
  }

  readonly #write = (): void => this.renderRoot.querySelector('lamp-text')?.focus();

  readonly #submit = (): void => {
    if (!this.busy) this.onLine(this.#take());
  };
}
customElements.define('lamp-line-entry', LineEntry);

/** What may be said aloud of the words that are typed. */
function countOf(typed: string): string {
  const whole = typed.match(/\S+(?=\s)/gu)?.length ?? 0;
  const letters = /\S*$/u.exec(typed)?.[0].length ?? 0;
  return msg(str`Words typed: ${whole}, and letters of the next one: ${letters}`);
}
