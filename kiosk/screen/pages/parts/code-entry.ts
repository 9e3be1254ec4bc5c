import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../../element.js';
import type { Trouble } from '../../../protocol.js';
import { said } from '../../language/language.js';
import { base } from '../../styles.js';

/** The letters of typed codes (config/typed-code.ts, kiosk/keys/test-code.ts). */
const LETTERS: readonly string[] = 'CDFGHJKMPQRTVWXY2346789'.match(/./g) ?? [];
const GROUP = 4;
const SHORTEST = 8;
const LONGEST = 40;

/** A code from paper or from an opened test code, tapped or typed. Fills the screen. */
class CodeEntry extends LampElement {
  static override properties = { heading: {}, hint: {}, busy: { type: Boolean }, trouble: { attribute: false }, onCode: { attribute: false }, onBack: { attribute: false }, typed: { state: true } };
  static override styles = [base, css`
    :host { grid-row: 1 / -1; padding: 0; }
    main, .secret { display: grid; gap: var(--gap); align-content: center; min-height: 0; }
    .typed { font-size: 2rem; font-weight: 700; letter-spacing: 0.12em; min-height: 1.3em; overflow-wrap: anywhere; }
    .pad { display: grid; grid-template-columns: repeat(8, minmax(72px, 1fr)); grid-auto-rows: minmax(72px, var(--touch)); gap: 16px; }
    .pad button { padding: 0; font-size: 1.5rem; }
    .pad .word { font-size: 1rem; }
    @media (orientation: portrait) { .pad { grid-template-columns: repeat(6, minmax(72px, 1fr)); } }
  `];

  declare heading: string;
  declare hint: string;
  declare busy: boolean;
  declare trouble: Trouble | null;
  /** Is handed the code, in groups of four. */
  declare onCode: (code: string) => void;
  declare onBack: () => void;
  declare typed: string;

  constructor() {
    super();
    this.hint = '';
    this.busy = false;
    this.trouble = null;
    this.typed = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
    window.addEventListener('paste', this.#paste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    window.removeEventListener('paste', this.#paste);
    this.typed = '';
  }

  override render() {
    const ready = this.typed.length >= SHORTEST && !this.busy;
    return html`
      <header><h1 tabindex="-1">${this.heading}</h1></header>
      <main>
        ${this.trouble === null || this.typed !== '' ? html`<p>${this.hint}</p>` : html`<div class="trouble" role="alert"><strong>${said(this.trouble).sentence}</strong><p>${said(this.trouble).remedy}</p></div>`}
        <div class="secret" data-secret=${msg(str`Letters typed: ${this.typed.length}`)}>
          <p class="typed" dir="ltr" aria-live="polite">${grouped(this.typed) || '····-····'}</p>
          <div class="pad" dir="ltr" role="group" aria-label=${msg('Letters of codes')}>
            ${LETTERS.map((letter) => html`<button @click=${() => this.#add(letter)}>${letter}</button>`)}
            <button class="word" aria-label=${msg('Delete the last letter')} @click=${this.#deleteLast}>${msg('Delete')}</button>
          </div>
        </div>
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button>
        <button class="grow main" aria-disabled=${!ready} aria-busy=${this.busy} @click=${this.#submit}>${this.busy ? msg('One moment…') : msg('OK')}</button>
      </footer>`;
  }

  #add(text: string): void {
    const letters = (text.toUpperCase().match(/./g) ?? []).filter((letter) => LETTERS.includes(letter));
    this.typed = (this.typed + letters.join('')).slice(0, LONGEST);
  }

  readonly #deleteLast = (): void => { this.typed = this.typed.slice(0, -1); };

  readonly #submit = (): void => {
    if (this.typed.length < SHORTEST || this.busy) return;
    const code = grouped(this.typed);
    this.typed = '';
    this.onCode(code);
  };

  readonly #key = ({ key, repeat, ctrlKey, metaKey }: KeyboardEvent): void => {
    if (ctrlKey || metaKey) return;
    if (key === 'Backspace') this.#deleteLast();
    // A button in focus takes Enter as its own tap.
    else if (key === 'Enter' && !repeat && this.renderRoot instanceof ShadowRoot && !(this.renderRoot.activeElement instanceof HTMLButtonElement)) this.#submit();
    else if (key.length === 1) this.#add(key);
  };

  readonly #paste = (event: ClipboardEvent): void => this.#add(event.clipboardData?.getData('text') ?? '');
}
customElements.define('lamp-code-entry', CodeEntry);

/** `CDFG-2346` for `CDFG2346`. */
const grouped = (letters: string): string => (letters.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
