import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { ask } from '../ask.js';
import { volumeAfter, VOLUMES, type Chosen, type Volume } from '../chosen.js';
import { LampElement } from '../element.js';
import { LANGUAGES } from '../../protocol/languages.js';
import { currentLanguage, directionOf, LANGUAGE_NAMES } from '../language/language.js';
import { isSteady } from '../steady.js';
import { base } from '../styles.js';
import { MARKS } from './marks.js';

/** Nobody chooses any more. */
const LEFT_ALONE_MS = 15_000;

/** What this screen can be for one person: the other languages, each in its own words, larger text, one touch where two were made, softer sound. */
class Languages extends LampElement {
  static override properties = { compact: { type: Boolean, reflect: true }, steady: { state: true }, volume: { state: true } };
  static override styles = [base, css`
    :host { display: block; height: auto; padding: 0; flex: none; color: var(--ink); }
    .other { display: flex; align-items: center; gap: 0.5em; border-width: 2px; font-size: var(--small); font-weight: 400; white-space: nowrap; height: 100%; }
    :host([compact]) .other { white-space: normal; max-width: 11.5em; text-align: start; }
    /* Beside the state in larger letters there is room for the signs only. */
    :host-context([data-text='larger']):host([compact]) .names { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .names { display: flex; flex-wrap: wrap; column-gap: 0.7em; }
    @media (orientation: portrait) { :host([compact]) .other { max-width: none; } }
    .other .mark { font-size: 1.5em; }
    /* Between the state above and Stop below, which stay in sight and in reach. */
    dialog { position: fixed; inset: 27% 0 36%; z-index: 1; width: auto; height: auto; max-width: none; max-height: none; margin: 0; border: 0; border-block: 4px solid var(--ink); padding: var(--gap) var(--edge); background: var(--paper); color: var(--ink); }
    dialog[open] { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); grid-auto-rows: minmax(0, 1fr); gap: var(--gap); }
    dialog button { grid-column: span 6; font-size: 1.6em; padding-block: 0; }
    :host-context([data-text='larger']) dialog { inset-block: 18.5% 55.5%; z-index: 2; }
    :host-context([data-text='larger']) dialog .larger { display: none; }
    dialog .for-me { grid-column: span 4; display: flex; align-items: center; justify-content: center; gap: 0.6em; font-size: 1.1em; text-align: start; }
    :host-context([data-text='larger']) dialog button { grid-column: span 3; min-height: 72px; font-size: 0.9em; }
    :host-context([data-text='larger']) dialog .for-me { grid-column: span 6; font-size: 0.75em; }
    @media (orientation: portrait) {
      :host-context([data-text='larger']) dialog { inset-block: 22% 42%; }
      :host-context([data-text='larger']) dialog button { grid-column: span 6; }
      :host-context([data-text='larger']) .for-me .mark { display: none; }
    }
    dialog button[aria-pressed='true'] { background: var(--accent-pale); border-color: var(--accent); border-width: 6px; }
  `];

  /** In two lines, where the state needs the width. */
  declare compact: boolean;
  /** As they are now. */
  declare steady: boolean;
  declare volume: Volume;
  #closing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.steady = isSteady();
    this.volume = volumeNow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  override render() {
    const others = LANGUAGES.filter((language) => language !== currentLanguage());
    return html`
      <button class="other" aria-haspopup="dialog" @click=${() => this.#open()}>${MARKS.languages}<span class="names">${others.map((language) => html`<bdi lang=${language}>${LANGUAGE_NAMES[language]}</bdi> `)}</span>${MARKS.letters}</button>
      <dialog aria-label=${`${others.map((language) => LANGUAGE_NAMES[language]).join(', ')}, ${msg('Larger text')}, ${msg('For unsteady hands')}, ${volumeWords(this.volume)}`}>
        ${LANGUAGES.map((language) => html`<button lang=${language} dir=${directionOf(language)} aria-pressed=${language === currentLanguage()} ?data-back=${language === currentLanguage()} @click=${() => this.#choose({ language })}>${LANGUAGE_NAMES[language]}</button>`)}
        <button class="for-me larger" @click=${() => this.#choose({ largerText: true })}>${MARKS.letters}<span>${msg('Larger text')}</span></button>
        <button class="for-me" aria-pressed=${this.steady} @click=${() => this.#choose({ steady: !this.steady })}>${MARKS.hand}<span>${msg('For unsteady hands')}</span></button>
        <button class="for-me" @click=${() => this.#soften()}>${MARKS.sound}<span>${volumeWords(this.volume)}</span></button>
      </dialog>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #open(): void {
    this.steady = isSteady();
    this.volume = volumeNow();
    this.#dialog?.show();
    window.addEventListener('pointerdown', this.#elsewhere);
    this.#closeLater();
  }

  #closeLater(): void {
    clearTimeout(this.#closing);
    this.#closing = setTimeout(() => this.#close(), LEFT_ALONE_MS);
  }

  #close(): void {
    this.#dialog?.close();
    window.removeEventListener('pointerdown', this.#elsewhere);
    clearTimeout(this.#closing);
  }

  readonly #elsewhere = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.#close();
  };

  /** Stays open: one step may not be enough. */
  #soften(): void {
    this.volume = volumeAfter(this.volume);
    ask(this, { ask: 'choose', chosen: { volume: this.volume } });
    this.#closeLater();
  }

  #choose(chosen: Partial<Chosen>): void {
    this.#close();
    ask(this, { ask: 'choose', chosen });
  }
}
customElements.define('lamp-languages', Languages);

/** Of this page: kiosk.ts writes it there. */
const volumeNow = (): Volume => VOLUMES.find((one) => one === document.documentElement.dataset['volume']) ?? 'usual';

function volumeWords(volume: Volume): string {
  switch (volume) {
    case 'usual': return msg('Sound: usual');
    case 'softer': return msg('Sound: softer');
    case 'softest': return msg('Sound: softest');
  }
}
