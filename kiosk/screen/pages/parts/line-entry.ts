import { html, LitElement } from 'lit';
import type { Trouble } from '../../../protocol.js';
import { base } from '../../styles.js';
import { pageStyles, partStyles } from './key-page.js';

/** Something typed on a keyboard, pasted, or scanned by a scanner that types. Emptied as soon as it is handed on. Fills the screen. */
class LineEntry extends LitElement {
  static override properties = { heading: {}, hint: {}, rows: { type: Number }, busy: { type: Boolean }, trouble: { attribute: false }, onLine: { attribute: false }, onBack: { attribute: false } };
  static override styles = [base, pageStyles, partStyles];

  declare heading: string;
  declare hint: string;
  /** More than one where what is wanted has several lines: then Enter belongs to the text. */
  declare rows: number;
  declare busy: boolean;
  declare trouble: Trouble | null;
  /** Is handed the text as it is. */
  declare onLine: (text: string) => void;
  declare onBack: () => void;

  constructor() {
    super();
    this.hint = '';
    this.rows = 1;
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
    return html`
      <header><h1 tabindex="-1">${this.heading}</h1></header>
      <main>
        ${this.trouble === null ? '' : html`<div class="trouble" role="alert"><strong>${this.trouble.sentence}</strong><p>${this.trouble.remedy}</p></div>`}
        <label><span>${this.hint}</span>
          <textarea rows=${this.rows} maxlength="8000" autocomplete="off" autocapitalize="none" spellcheck="false" @keydown=${this.#key}></textarea>
        </label>
      </main>
      <footer>
        <button class="grow" @click=${() => this.onBack()}>Back</button>
        <button class="grow main" aria-busy=${this.busy} @click=${this.#submit}>${this.busy ? 'One moment…' : 'OK'}</button>
      </footer>`;
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  #take(): string {
    const field = this.#field;
    const text = field?.value ?? '';
    if (field !== null) field.value = '';
    return text;
  }

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
