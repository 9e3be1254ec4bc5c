import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../../element.js';
import type { Trouble } from '../../../protocol.js';
import { said } from '../../language/language.js';
import { base } from '../../styles.js';
import { pageStyles, partStyles } from './key-page.js';
import './words-pad.js';

/** Something typed on a keyboard, pasted, or scanned by a scanner that types. Emptied as soon as it is handed on. Fills the screen. */
class LineEntry extends LampElement {
  static override properties = { heading: {}, hint: {}, rows: { type: Number }, words: { type: Boolean }, typed: { state: true }, busy: { type: Boolean }, trouble: { attribute: false }, onLine: { attribute: false }, onBack: { attribute: false } };
  static override styles = [base, pageStyles, partStyles, css`
    main { grid-row: 2; }
    footer { grid-row: 3; }
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
    this.#field?.focus();
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
        <label>${this.words ? '' : html`<span>${this.hint}</span>`}
          <textarea aria-label=${this.heading} @input=${() => { this.typed = this.#field?.value ?? ''; }} rows=${this.rows} maxlength="8000" dir="auto" autocomplete="off" autocapitalize="none" spellcheck="false" @keydown=${this.#key}></textarea>
        </label>
        ${this.words ? html`<lamp-words-pad .text=${this.typed} .hint=${this.hint} .onText=${this.#put}></lamp-words-pad>` : ''}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button>
        <button class="grow main" aria-busy=${this.busy} @click=${this.#submit}>${this.busy ? msg('One moment…') : msg('OK')}</button>
      </footer>`;
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #take(): string {
    const field = this.#field;
    const text = field?.value ?? '';
    if (field !== null) field.value = '';
    this.typed = '';
    return text;
  }

  readonly #put = (text: string): void => {
    if (this.#field !== null) this.#field.value = text;
    this.typed = text;
  };

  readonly #submit = (): void => {
    if (!this.busy) this.onLine(this.#take());
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || this.rows > 1) return;
    event.preventDefault();
    this.#submit();
  };
}
customElements.define('lamp-line-entry', LineEntry);
