import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import type { Limits } from '../pages/limits.js';
import { base } from '../styles.js';
import { beginsSentence, caretAtEnd, directionOf, insert, move, remove, type Writing } from './edit.js';
import type { Language } from '../../protocol/common.js';
import { LAYOUTS } from './layouts.js';
import { leftWords, MOST } from './left.js';
import './keyboard.js';
import type { Touch, TouchKeyEvent } from './keyboard.js';

/** One text and the keyboard, with nothing else on the screen but the idle bar. Fires `input` after each change, and `done`. */
class WritingSheet extends LitElement {
  static override properties = { label: {}, value: {}, limits: { attribute: false }, lines: { type: Boolean }, asTyped: { type: Boolean }, language: {}, languages: { attribute: false }, caret: { state: true } };
  static override styles = [base, css`
    :host { display: contents; }
    dialog { position: fixed; inset: 0 0 var(--below, 0) 0; display: grid; grid-template-rows: auto minmax(0, 1fr) minmax(0, auto); gap: 16px; width: auto; height: auto; max-width: none; max-height: none; margin: 0; padding: 16px var(--edge); border: 0; background: var(--paper); color: var(--ink); }
    dialog::backdrop { background: transparent; }
    .asked { display: flex; justify-content: space-between; align-items: baseline; gap: var(--gap); font-size: var(--small); line-height: 1.25; }
    .asked label { font-weight: 700; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
    .asked p { flex: none; }
    .field { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap); min-height: var(--touch); }
    textarea { width: 100%; height: 100%; min-height: 0; padding: 0.4em 0.7em; border: 3px solid var(--ink); border-radius: var(--round); background: var(--card); color: inherit; font: inherit; font-size: 1.5rem; line-height: 1.35; resize: none; user-select: text; caret-color: var(--record); scroll-padding-block: 0.4em; }
    textarea:focus-visible { outline: 5px solid var(--lamp); outline-offset: 1px; }
    textarea:lang(ur) { font-family: 'Atkinson Hyperlegible Next', 'Noto Naskh Arabic', sans-serif; line-height: 1.6; }
    .field button { min-width: 8rem; min-height: min(100%, 8rem); align-self: end; font-size: 1.3em; }
    lamp-keyboard { max-height: 30rem; }
    @media (orientation: portrait) { dialog { padding-inline: 24px; } lamp-keyboard { max-height: 36rem; } }
  `];

  declare label: string;
  declare value: string;
  declare limits: Limits | null;
  declare lines: boolean;
  declare asTyped: boolean;
  declare language: Language;
  declare languages: readonly Language[];
  /** What is before the caret decides on capitals; the field itself holds the caret. */
  declare caret: number;
  #room: ResizeObserver | undefined;

  constructor() {
    super();
    this.caret = 0;
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.caret = this.value.length;
    const place = placeOf(this);
    if (place === null) return;
    this.#room = new ResizeObserver(() => this.style.setProperty('--below', `${innerHeight - place.getBoundingClientRect().bottom}px`));
    this.#room.observe(place);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#room?.disconnect();
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
    this.#put(caretAtEnd(this.value));
  }

  override render() {
    const dir = directionOf(this.value, LAYOUTS[this.language].dir);
    return html`<dialog aria-labelledby="asked" @cancel=${this.#cancel}>
      <div class="asked"><label id="asked" for="text">${this.label}</label>${this.limits === null ? nothing : html`<p class="soft" id="left" role="status">${leftWords(this.value, this.limits)}</p>`}</div>
      <div class="field">
        <textarea id="text" maxlength=${MOST} dir=${dir} lang=${dir === 'rtl' ? 'ur' : this.language} inputmode="none" autocomplete="off" spellcheck=${!this.asTyped} .value=${this.value} aria-describedby=${this.limits === null ? nothing : 'left'}
          @input=${this.#typed} @keydown=${this.#key} @keyup=${this.#caretMoved} @pointerup=${this.#caretMoved}></textarea>
        <button class="main" @click=${this.#done}>${msg('Done')}</button>
      </div>
      <lamp-keyboard aria-label=${msg('Keyboard')} .language=${this.language} .languages=${this.languages} .lines=${this.lines} .capital=${!this.asTyped && beginsSentence({ text: this.value, from: this.caret, to: this.caret })}
        @touch-key=${this.#touched} @layout=${this.#switched}></lamp-keyboard>
    </dialog>`;
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  /** @returns the most characters that the field may hold: of what is kept, spaces at the ends are not counted. */
  get #most(): number {
    return this.limits?.most ?? MOST;
  }

  readonly #touched = ({ touch }: TouchKeyEvent): void => {
    const field = this.#field;
    if (field === null) return;
    const before = { text: field.value, from: field.selectionStart, to: field.selectionEnd };
    this.#put(this.#after(before, touch));
  };

  #after(before: Writing, touch: Touch): Writing {
    // Arrows move as they point.
    const on = directionOf(before.text, LAYOUTS[this.language].dir) === 'rtl' ? -1 : 1;
    switch (touch.key) {
      case 'text': return insert(before, touch.text, this.#most);
      case 'enter': return insert(before, '\n', this.#most);
      case 'delete': return remove(before);
      case 'left': return move(before, on === 1 ? -1 : 1);
      case 'right': return move(before, on);
    }
  }

  #put({ text, from, to }: Writing): void {
    const field = this.#field;
    if (field === null) return;
    field.value = text;
    field.focus();
    field.setSelectionRange(from, to);
    this.#become(text, from);
  }

  #become(text: string, caret: number): void {
    this.caret = caret;
    if (text === this.value) return;
    this.value = text;
    this.dispatchEvent(new Event('input'));
  }

  readonly #typed = (event: Event): void => {
    event.stopPropagation();
    const field = this.#field;
    if (field !== null) this.#become(field.value, field.selectionStart);
  };

  readonly #caretMoved = (): void => { this.caret = this.#field?.selectionStart ?? 0; };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing || this.lines) return;
    event.preventDefault();
    this.#done();
  };

  readonly #switched = ({ target }: Event & { readonly target: EventTarget & { readonly language: Language } }): void => {
    this.language = target.language;
    this.#field?.focus();
  };

  readonly #cancel = (event: Event): void => {
    event.preventDefault();
    this.#done();
  };

  readonly #done = (): void => {
    this.renderRoot.querySelector('dialog')?.close();
    this.dispatchEvent(new Event('done'));
  };
}
customElements.define('lamp-writing', WritingSheet);

/** Where the screens stand: what is below it (the idle bar, WCAG 2.2.1) stays to be seen. */
function placeOf(from: Element): Element | null {
  for (let at: Node | null = from; at !== null; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (at instanceof Element && getComputedStyle(at).containerType === 'size') return at;
  }
  return null;
}
