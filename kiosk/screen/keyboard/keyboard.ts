import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { css, html, LitElement, nothing } from 'lit';
import { isSteady } from '../steady.js';
import { base } from '../styles.js';
import type { Language } from '../../protocol/common.js';
import { hasCapitals, keyLabel, LAYOUTS, nextLanguage, rowsOf } from './layouts.js';

export type Touch = { readonly key: 'text'; readonly text: string } | { readonly key: 'delete' | 'left' | 'right' | 'enter' };

/** A key was touched. */
export class TouchKeyEvent extends Event {
  static readonly type = 'touch-key';
  readonly touch: Touch;

  constructor(touch: Touch) {
    super(TouchKeyEvent.type);
    this.touch = touch;
  }
}

/** As hardware keyboards do by default in X11: half a second, then 25 a second; slower here, since a finger lifts later than it means to. */
const REPEAT_AFTER_MS = 500;
const REPEAT_EACH_MS = 90;

/** Keys for a screen without a keyboard. Knows no text: it tells what was touched, by `touch-key` (TouchKeyEvent); `layout` where the language was switched. */
class Keyboard extends LitElement {
  static override properties = { language: {}, languages: { attribute: false }, lines: { type: Boolean }, capital: { type: Boolean }, shift: { state: true }, signs: { state: true } };
  static override styles = [base, css`
    /* Twenty half columns, so that wide keys stand between narrow ones. */
    :host { --apart: 16px; display: grid; grid-template: none / repeat(20, minmax(0, 1fr)); grid-auto-rows: minmax(72px, 1fr); gap: var(--apart); height: auto; min-height: 0; padding: 0; direction: ltr; touch-action: none; }
    button { grid-column: span 2; min-width: 0; min-height: 72px; padding: 0; font-size: 1.6rem; font-weight: 400; line-height: 1; touch-action: none; transition: none; }
    button.down, button.down:active { background: var(--accent); border-color: var(--accent-deep); color: var(--on-accent); transform: none; }
    button.three { grid-column: span 3; }
    button.four { grid-column: span 4; }
    button.space { grid-column: span 6; }
    button.space.less { grid-column: span 5; }
    button.space.wide { grid-column: span 9; }
    button.space.less.wide { grid-column: span 8; }
    .word { background: var(--accent-pale); font-size: var(--small); font-weight: 700; }
    .word svg { width: 1.9rem; height: 1.9rem; margin: auto; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
    button[aria-pressed='true'] { background: var(--lamp-pale); border-width: 6px; }
    button[aria-pressed='true'] svg { fill: currentColor; }
    button:lang(ur):not(.word) { font-family: 'Atkinson Hyperlegible Next', 'Noto Naskh Arabic', sans-serif; font-size: 1.9rem; }
    .word:lang(ur) { font-family: 'Atkinson Hyperlegible Next', 'Noto Naskh Arabic', sans-serif; }
    /* Ten columns on 800 px leave 68 px (11.6 mm at 149 dpi) for a key, so they are closer together and higher. */
    @media (orientation: portrait) { :host { --apart: 8px; grid-auto-rows: minmax(88px, 1fr); row-gap: 16px; } }
  `];

  declare language: Language;
  declare languages: readonly Language[];
  /** The text has several lines, so there is a key for a new one. */
  declare lines: boolean;
  /** The next letter is wanted as a capital. */
  declare capital: boolean;
  declare shift: 'as-wanted' | 'once' | 'off' | 'lock';
  declare signs: boolean;
  #repeating: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.language = 'en';
    this.languages = ['en'];
    this.lines = false;
    this.capital = false;
    this.shift = 'as-wanted';
    this.signs = false;
    this.role = 'group';
    updateWhenLocaleChanges(this);
    this.addEventListener('pointerdown', this.#between);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGo();
  }

  override render() {
    const layout = LAYOUTS[this.language];
    const [extra = [], upper = [], home = [], lower = []] = rowsOf(this.language, this.signs ? 'signs' : this.#isShifted ? 'shifted' : 'letters');
    return html`
      ${[...extra, ...upper, ...home].map((key) => this.#letter(key))}
      ${this.signs ? nothing : this.#shiftKey()}
      ${lower.map((key) => this.#letter(key))}
      ${this.#key({ key: 'delete' }, msg('Delete'), this.signs ? 'word four' : 'word three', html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9 5h12v14H9l-6-7zM12 9l6 6M18 9l-6 6" /></svg>`)}
      ${this.#word(this.signs ? msg('Letters') : msg('Digits and signs'), this.signs ? 'ABC' : '123', this.lines ? 'word' : 'word three', () => { this.signs = !this.signs; })}
      ${this.languages.length < 2 ? nothing : this.#language()}
      ${this.#letter(layout.comma)}
      ${this.#key({ key: 'text', text: ' ' }, msg('Space'), `word space ${this.lines ? 'less' : ''} ${this.languages.length < 2 ? 'wide' : ''}`, msg('Space'))}
      ${this.#letter(layout.stop)}
      ${this.#key({ key: 'left' }, msg('Move left'), 'word', html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M19 12H5m6-6-6 6 6 6" /></svg>`)}
      ${this.#key({ key: 'right' }, msg('Move right'), 'word', html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h14m-6-6 6 6-6 6" /></svg>`)}
      ${this.lines ? this.#key({ key: 'enter' }, msg('New line'), 'word', html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M20 5v8H5m5-5-5 5 5 5" /></svg>`) : nothing}`;
  }

  get #isShifted(): boolean {
    if (this.shift === 'as-wanted') return this.capital && hasCapitals(LAYOUTS[this.language]);
    return this.shift !== 'off';
  }

  #letter(key: string) {
    return this.#key({ key: 'text', text: key }, keyLabel(key), '', keyLabel(key), this.language);
  }

  #key(touch: Touch, name: string, look: string, face: unknown, language?: Language) {
    return html`<button class=${look} tabindex="-1" aria-label=${name} lang=${language ?? nothing} dir=${language === undefined ? nothing : LAYOUTS[language].dir}
      @pointerdown=${(event: PointerEvent) => { this.#down(event); this.#touch(touch); if (touch.key !== 'text' && touch.key !== 'enter') this.#repeat(touch); }}
      @pointerup=${this.#up} @pointercancel=${this.#up} @lostpointercapture=${this.#up} @click=${(event: MouseEvent) => { if (isWithoutPointer(event)) this.#touch(touch); }}>${face}</button>`;
  }

  #shiftKey() {
    const lock = this.shift === 'lock';
    return this.#word(lock ? msg('Capitals stay on: off') : this.shift === 'once' ? msg('Keep capitals on') : msg('Shift'), html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${lock ? 'M12 3 3 12h5v5h8v-5h5zM6 21h12' : 'M12 3 3 12h5v5h8v-5h5z'} /></svg>`, 'word three', this.#turnShift, this.#isShifted);
  }

  #language() {
    const next = nextLanguage(this.languages, this.language);
    return this.#word(LAYOUTS[next].name, LAYOUTS[next].name, 'word three', () => {
      this.language = next;
      this.shift = 'as-wanted';
      this.dispatchEvent(new Event('layout'));
    }, undefined, next);
  }

  /** A key that changes the keyboard and writes nothing. */
  #word(name: string, face: unknown, look: string, act: () => void, pressed?: boolean, language?: Language) {
    return html`<button class=${look} tabindex="-1" aria-label=${name} lang=${language ?? nothing} aria-pressed=${pressed ?? nothing}
      @pointerdown=${(event: PointerEvent) => { this.#down(event); act(); }} @pointerup=${this.#up} @pointercancel=${this.#up} @lostpointercapture=${this.#up} @click=${(event: MouseEvent) => { if (isWithoutPointer(event)) act(); }}>${face}</button>`;
  }

  /** Once, then kept on, then off. */
  readonly #turnShift = (): void => {
    this.shift = this.shift === 'once' ? 'lock' : this.shift === 'lock' || this.#isShifted ? 'off' : 'once';
  };

  #touch(touch: Touch): void {
    // Shift is for one letter; a new line or a new letter may want its own.
    if ((touch.key === 'text' || touch.key === 'enter') && this.shift !== 'lock') this.shift = 'as-wanted';
    this.dispatchEvent(new TouchKeyEvent(touch));
  }

  /** A finger between keys means the nearest one. */
  readonly #between = (event: PointerEvent): void => {
    if (event.composedPath()[0] !== this) return;
    event.preventDefault();
    const { pointerId, clientX, clientY } = event;
    const away = (key: HTMLElement): number => {
      const { left, right, top, bottom } = key.getBoundingClientRect();
      return Math.hypot(Math.max(left - clientX, 0, clientX - right), Math.max(top - clientY, 0, clientY - bottom));
    };
    const [nearest] = [...this.renderRoot.querySelectorAll('button')].sort((a, b) => away(a) - away(b));
    nearest?.setPointerCapture(pointerId);
    nearest?.dispatchEvent(new PointerEvent('pointerdown', { pointerId, cancelable: true }));
  };

  /** A key acts as the finger comes down, so that two thumbs may type; and the text keeps the focus. */
  #down(event: PointerEvent): void {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.classList.add('down');
  }

  readonly #up = ({ currentTarget }: Event): void => {
    if (currentTarget instanceof HTMLElement) currentTarget.classList.remove('down');
    this.#letGo();
  };

  #repeat(touch: Touch): void {
    this.#letGo();
    if (isSteady()) return;
    const again = (): void => {
      this.#touch(touch);
      this.#repeating = setTimeout(again, REPEAT_EACH_MS);
    };
    this.#repeating = setTimeout(again, REPEAT_AFTER_MS);
  }

  #letGo(): void {
    clearTimeout(this.#repeating);
  }
}
customElements.define('lamp-keyboard', Keyboard);

declare global { interface HTMLElementTagNameMap { 'lamp-keyboard': Keyboard } }

/** From a hardware key, a screen reader or the five keys: those have no finger that came down first. */
const isWithoutPointer = ({ detail }: MouseEvent): boolean => detail === 0;
