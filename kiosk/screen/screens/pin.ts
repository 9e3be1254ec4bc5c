import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { Trouble } from '../../protocol.js';
import { ask } from '../ask.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';
import type { PinFor } from '../view.js';
import { LONGEST_PIN, SHORTEST_PIN } from '../pin-limits.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The PIN pad. Digits are shown as dots; the keys stay where they are and light up alike. */
class PinScreen extends LampElement {
  static override properties = { pinFor: { attribute: false }, refusal: { attribute: false }, busy: { type: Boolean }, digits: { state: true } };
  static override styles = [base, css`
    :host { grid-template-rows: minmax(0, 1fr); }
    main { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: calc(var(--edge) * 2); min-height: 0; }
    .who { display: grid; gap: 1.2rem; align-content: center; }
    h1 { font-size: 2.3rem; }
    .dots { display: flex; flex-wrap: wrap; gap: 0.7rem; min-height: 2.6rem; align-items: center; }
    .dots i { width: 1.7rem; height: 1.7rem; border-radius: 50%; border: 3px solid var(--ink); }
    .dots i.set { background: var(--ink); }
    .ways { display: flex; flex-wrap: wrap; gap: var(--gap); }
    .ways button { flex: 1 1 auto; }
    .pad { display: grid; grid-template-columns: repeat(3, var(--key-width)); grid-auto-rows: var(--key-height); gap: var(--gap); }
    .pad button { font-size: 1.9rem; padding: 0; }
    .pad .wide { grid-column: span 3; }
    .pad .word { font-size: 1.2rem; }
    @media (orientation: portrait) { main { grid-template-columns: minmax(0, 1fr); justify-items: center; align-content: center; grid-template-rows: auto auto; } }
  `];

  declare pinFor: PinFor;
  declare refusal: Trouble | null;
  declare busy: boolean;
  declare digits: string;

  constructor() {
    super();
    this.digits = '';
    this.refusal = null;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    this.digits = '';
  }

  override render() {
    const ready = this.digits.length >= SHORTEST_PIN && !this.busy;
    const dots = Array.from({ length: Math.max(SHORTEST_PIN, this.digits.length) }, (_, index) => html`<i class=${index < this.digits.length ? 'set' : ''}></i>`);
    return html`
      <main><div class="who">
        <h1 tabindex="-1">${this.#title()}</h1>
        <div class="dots" role="img" aria-label=${msg(str`Digits entered: ${this.digits.length}`)}>${dots}</div>
        ${this.refusal === null || this.digits !== '' ? html`<p class="soft">${msg(str`Your PIN has at least ${SHORTEST_PIN} digits.`)}</p>` : html`<div class="trouble" role="alert"><strong>${said(this.refusal).sentence}</strong><p>${said(this.refusal).remedy}</p></div>`}
        <div class="ways">
          <button data-back @click=${this.#leave}>${msg('Back')}</button>
          ${this.pinFor.kind === 'sign-in' ? html`<button @click=${this.#enrol}>${msg('I have a paper code')}</button>` : ''}
        </div>
      </div>
      <div class="pad" role="group" dir="ltr" aria-label=${msg('Keypad')}>
        ${KEYS.map((key) => html`<button @click=${() => this.#add(key)}>${key}</button>`)}
        <button class="word" @click=${() => { this.digits = ''; }}>${msg('Clear')}</button>
        <button @click=${() => this.#add('0')}>0</button>
        <button class="word" aria-label=${msg('Delete the last digit')} @click=${this.#deleteLast}>${msg('Delete')}</button>
        <button class="wide main" aria-disabled=${!ready} aria-busy=${this.busy} @click=${this.#submit}>${this.busy ? msg('Checking…') : msg('OK')}</button>
      </div></main>`;
  }

  #title(): string {
    switch (this.pinFor.kind) {
      case 'sign-in': return msg(str`${this.pinFor.teacher.displayName}: enter your PIN`);
      case 'carry-on': return msg('Carry on: the owner’s PIN');
      case 'finish': return msg('Finish: the owner’s PIN');
    }
  }

  #add(digit: string): void {
    if (this.digits.length < LONGEST_PIN) this.digits += digit;
  }

  readonly #deleteLast = (): void => { this.digits = this.digits.slice(0, -1); };

  readonly #submit = (): void => {
    if (this.digits.length < SHORTEST_PIN || this.busy) return;
    const pin = this.digits;
    this.digits = '';
    ask(this, this.pinFor.kind === 'sign-in' ? { ask: 'sign-in', teacher: this.pinFor.teacher.id, pin } : { ask: this.pinFor.kind, pin });
  };

  readonly #leave = (): void => {
    this.digits = '';
    ask(this, { ask: 'go', step: { step: this.pinFor.kind === 'sign-in' ? 'names' : 'ready' } });
  };

  readonly #enrol = (): void => {
    if (this.pinFor.kind === 'sign-in') ask(this, { ask: 'go', step: { step: 'page', page: { page: 'enrol', teacher: this.pinFor.teacher } } });
  };

  readonly #key = ({ key }: KeyboardEvent): void => {
    if (/^[0-9]$/.test(key)) this.#add(key);
    else if (key === 'Backspace') this.#deleteLast();
  };
}
customElements.define('pin-screen', PinScreen);
