import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { LampElement } from '../../element.js';
import type { Trouble } from '../../../protocol.js';
import { said } from '../../language/language.js';
import { base } from '../../styles.js';
import { LONGEST_PIN, SHORTEST_PIN } from '../../pin-limits.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const different = (): Trouble => ({ code: 'PINS_DIFFER', sentence: msg('The two PINs were not the same.'), remedy: msg('Choose it again.') });

/** A PIN of a page, or a new one, which is asked for twice. Digits are shown as dots, and keys light up alike. Fills the screen. */
class PinEntry extends LampElement {
  static override properties = {
    heading: {}, hint: {}, twice: { type: Boolean }, busy: { type: Boolean }, trouble: { attribute: false }, onPin: { attribute: false }, onBack: { attribute: false },
    digits: { state: true }, first: { state: true }, differed: { state: true },
  };
  static override styles = [base, css`
    :host { grid-row: 1 / -1; grid-template-rows: minmax(0, 1fr); padding: 0; }
    main { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: calc(var(--edge) * 2); min-height: 0; }
    .who { display: grid; gap: 1.2rem; }
    .dots { display: flex; flex-wrap: wrap; gap: 0.7rem; min-height: 2.6rem; align-items: center; }
    .dots i { width: 1.7rem; height: 1.7rem; border-radius: 50%; border: 3px solid var(--ink); }
    .dots i.set { background: var(--ink); }
    .pad { display: grid; grid-template-columns: repeat(3, var(--key-width)); grid-auto-rows: minmax(72px, var(--key-height)); gap: var(--gap); }
    .pad button { font-size: 1.9rem; padding: 0; }
    .pad .wide { grid-column: span 3; }
    .pad .word { font-size: 1.2rem; }
    @media (orientation: portrait) { main { gap: var(--gap); grid-template-columns: minmax(0, 1fr); justify-items: center; align-content: center; grid-template-rows: auto auto; } }
    /* Between notices and the idle bar on an upright panel. */
    @media (orientation: portrait) { @container (max-height: 52rem) { .who { gap: 0.6rem; } .pad { grid-auto-rows: minmax(72px, 4.2rem); } } }
  `];

  declare heading: string;
  declare hint: string;
  declare twice: boolean;
  declare busy: boolean;
  declare trouble: Trouble | null;
  /** Is handed the PIN. */
  declare onPin: (pin: string) => void;
  declare onBack: () => void;
  declare digits: string;
  declare first: string | null;
  declare differed: boolean;

  constructor() {
    super();
    this.hint = '';
    this.twice = false;
    this.busy = false;
    this.trouble = null;
    this.#forget();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    this.#forget();
  }

  override render() {
    const again = this.first !== null;
    const trouble = this.differed ? different() : this.trouble;
    const dots = Array.from({ length: Math.max(SHORTEST_PIN, this.digits.length) }, (_, index) => html`<i class=${index < this.digits.length ? 'set' : ''}></i>`);
    return html`
      <main><div class="who">
        <h1 tabindex="-1">${again ? msg('The same PIN again') : this.heading}</h1>
        <div class="dots" role="img" aria-label=${msg(str`Digits entered: ${this.digits.length}`)}>${dots}</div>
        ${trouble === null || this.digits !== '' || again ? html`<p>${again ? msg('So that no slip locks you out.') : this.hint}</p>` : html`<div class="trouble" role="alert"><strong>${said(trouble).sentence}</strong><p>${said(trouble).remedy}</p></div>`}
        ${this.twice ? html`<p class="soft small">${msg('Six digits or more. Not a birthday, and not the PIN of your phone or card.')}</p>` : nothing}
        <button data-back @click=${this.#leave}>${msg('Back')}</button>
      </div>
      <div class="pad" dir="ltr" role="group" aria-label=${msg('Keypad')}>
        ${KEYS.map((key) => html`<button @click=${() => this.#add(key)}>${key}</button>`)}
        <button class="word" @click=${() => { this.digits = ''; }}>${msg('Clear')}</button>
        <button @click=${() => this.#add('0')}>0</button>
        <button class="word" aria-label=${msg('Delete the last digit')} @click=${this.#deleteLast}>${msg('Delete')}</button>
        <button class="wide main" aria-disabled=${this.digits.length < SHORTEST_PIN || this.busy} aria-busy=${this.busy} @click=${this.#submit}>${this.busy ? msg('One moment…') : msg('OK')}</button>
      </div></main>`;
  }

  #forget(): void {
    this.digits = '';
    this.first = null;
    this.differed = false;
  }

  #add(digit: string): void {
    if (this.digits.length < LONGEST_PIN) this.digits += digit;
  }

  readonly #deleteLast = (): void => { this.digits = this.digits.slice(0, -1); };

  readonly #submit = (): void => {
    if (this.digits.length < SHORTEST_PIN || this.busy) return;
    const { digits, first } = this;
    this.#forget();
    if (this.twice && first === null) this.first = digits;
    else if (this.twice && first !== digits) this.differed = true;
    else this.onPin(digits);
  };

  readonly #leave = (): void => {
    const wasAgain = this.first !== null;
    this.#forget();
    if (!wasAgain) this.onBack();
  };

  readonly #key = ({ key, repeat }: KeyboardEvent): void => {
    if (/^[0-9]$/.test(key)) this.#add(key);
    else if (key === 'Backspace') this.#deleteLast();
    // A button in focus takes Enter as its own tap.
    else if (key === 'Enter' && !repeat && this.renderRoot instanceof ShadowRoot && !(this.renderRoot.activeElement instanceof HTMLButtonElement)) this.#submit();
  };
}
customElements.define('lamp-pin-entry', PinEntry);
