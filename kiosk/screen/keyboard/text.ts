import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import type { Limits } from '../pages/limits.js';
import { base } from '../styles.js';
import { directionOf } from './edit.js';
import type { Language } from '../../protocol/common.js';
import { isLanguage, LAYOUTS, languagesOf } from './layouts.js';
import { leftWords, MOST } from './left.js';

/**
 * A text of people's own. A hardware keyboard, a scanner and the clipboard write
 * into it as into any field; a finger on it brings up the keyboard of the screen.
 * Fires `input` after each change, and `enter` where Enter goes on.
 */
export class Text extends LitElement {
  static override properties = {
    label: {}, value: {}, limits: { attribute: false }, rows: { type: Number }, lines: { type: Boolean }, asTyped: { type: Boolean, attribute: 'as-typed' }, handsOff: { type: Boolean, attribute: 'hands-off' }, language: {}, languages: { attribute: false }, writing: { state: true },
  };
  static override styles = [base, css`
    :host { display: grid; grid-template-rows: minmax(0, auto) auto; height: auto; min-height: 0; padding: 0; gap: 0.4rem; }
    textarea { width: 100%; min-height: var(--touch); padding: 0.5em 0.7em; border: 3px solid var(--ink); border-radius: var(--round); background: var(--card); color: inherit; font: inherit; font-size: var(--text); line-height: 1.3; resize: none; user-select: text; touch-action: manipulation; }
    textarea:lang(ur) { font-family: 'Atkinson Hyperlegible Next', 'Noto Naskh Arabic', sans-serif; line-height: 1.6; }
  `];

  declare label: string;
  declare value: string;
  /** Of what will be kept, in one line; null where the text is taken as it is. */
  declare limits: Limits | null;
  declare rows: number;
  /** Enter begins a new line. */
  declare lines: boolean;
  /** A key or a code: no capitals of the keyboard's own, no spelling. */
  declare asTyped: boolean;
  /** Something else is there for fingers. */
  declare handsOff: boolean;
  /** In which the keyboard begins. */
  declare language: Language;
  declare languages: readonly Language[];
  /** The keyboard is up. */
  declare writing: boolean;

  constructor() {
    super();
    const { lang, dataset } = document.documentElement;
    this.label = '';
    this.value = '';
    this.limits = null;
    this.rows = 1;
    this.lines = false;
    this.asTyped = false;
    this.handsOff = false;
    this.languages = languagesOf(dataset['languages']);
    this.language = isLanguage(lang) ? lang : this.languages[0] ?? 'en';
    this.writing = false;
    updateWhenLocaleChanges(this);
  }

  override render() {
    const dir = directionOf(this.value, this.asTyped ? 'ltr' : LAYOUTS[this.language].dir);
    return html`
      <textarea rows=${this.rows} maxlength=${MOST} dir=${dir} lang=${dir === 'rtl' ? 'ur' : this.language} aria-label=${this.label} aria-describedby=${this.limits === null ? nothing : 'left'} autocomplete="off" autocapitalize=${this.asTyped ? 'none' : 'sentences'} spellcheck=${!this.asTyped}
        placeholder=${this.handsOff ? nothing : msg('Touch here to write')} inputmode=${this.handsOff ? nothing : 'none'}
        .value=${this.value} @input=${this.#typed} @keydown=${this.#key} @pointerup=${this.#touched} @click=${this.#clicked}></textarea>
      ${this.limits === null ? nothing : html`<p id="left" class="soft">${leftWords(this.value, this.limits)}</p>`}
      ${this.writing ? html`<lamp-writing .label=${this.label} .value=${this.value} .limits=${this.limits} .lines=${this.lines} .asTyped=${this.asTyped} .language=${this.language} .languages=${this.languages} @input=${this.#written} @done=${this.#done}></lamp-writing>` : nothing}`;
  }

  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('textarea')?.focus());
  }

  /** @param value as the person has it now. */
  #become(value: string): void {
    this.value = value;
    this.dispatchEvent(new Event('input'));
  }

  /** The field's own event ends here: the host fires one when it has the value. */
  readonly #typed = (event: Event): void => {
    event.stopPropagation();
    if (event.target instanceof HTMLTextAreaElement) this.#become(event.target.value);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || this.lines) return;
    event.preventDefault();
    this.dispatchEvent(new Event('enter'));
  };

  readonly #touched = ({ pointerType }: PointerEvent): void => {
    if (pointerType === 'touch' || pointerType === 'pen') void this.#write();
  };

  /** A screen reader's or the five keys' tap; a mouse comes with a keyboard. */
  readonly #clicked = (event: PointerEvent): void => {
    if (event.detail === 0) void this.#write();
  };

  /** The keyboard is fetched when the first text is touched: most people never write here. */
  async #write(): Promise<void> {
    if (this.handsOff || this.writing) return;
    await import('./writing.js');
    if (this.isConnected) this.writing = true;
  }

  readonly #written = (event: Event & { readonly target: EventTarget & { readonly value: string; readonly language: Language } }): void => {
    event.stopPropagation();
    this.language = event.target.language;
    this.#become(event.target.value);
  };

  readonly #done = (): void => {
    this.writing = false;
    this.focus();
  };
}
customElements.define('lamp-text', Text);

declare global { interface HTMLElementTagNameMap { 'lamp-text': Text } }
