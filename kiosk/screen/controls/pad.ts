import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import { CLOSER, speedsAt, speedsOfKey, WIDER, type Hand, type Speeds } from '../steer.js';

/** Turns the camera while a finger or a key holds, and only then: whatever takes the finger away stops it. */
class Pad extends LampElement {
  static override properties = { hand: { attribute: false }, disabled: { type: Boolean }, x: { state: true }, y: { state: true } };
  static override styles = [base, css`
    :host { padding: 0; grid-template-columns: minmax(0, 1.6fr) minmax(var(--touch), 1fr); grid-template-rows: repeat(2, minmax(0, 1fr)); min-height: 0; }
    button { touch-action: none; min-height: 0; padding: 0; }
    .pad { grid-row: 1 / 3; position: relative; }
    .pad svg { position: absolute; inset: 0.5rem; width: calc(100% - 1rem); height: calc(100% - 1rem); }
    .arrows { fill: currentColor; }
    .knob { fill: var(--accent); }
    .zoom { display: grid; place-content: center; justify-items: center; font-size: 1.1em; }
    .zoom b { font-size: 1.8em; line-height: 0.9; }
  `];

  declare hand: Hand;
  declare disabled: boolean;
  /** Where the finger is, from −1 to 1; the knob follows it. */
  declare x: number;
  declare y: number;
  #heldKey: string | undefined;

  constructor() {
    super();
    this.disabled = false;
    this.x = 0;
    this.y = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#keyDown);
    window.addEventListener('keyup', this.#keyUp);
    window.addEventListener('blur', this.#letGo);
    document.addEventListener('visibilitychange', this.#letGo);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGo();
    window.removeEventListener('keydown', this.#keyDown);
    window.removeEventListener('keyup', this.#keyUp);
    window.removeEventListener('blur', this.#letGo);
    document.removeEventListener('visibilitychange', this.#letGo);
  }

  override render() {
    return html`
      <button class="pad" aria-disabled=${this.disabled} aria-label=${msg('Turn the camera: hold on the side to which it is to turn, or hold an arrow key')}
        @pointerdown=${this.#padDown} @pointermove=${this.#padMove} @pointerup=${this.#letGo} @pointercancel=${this.#letGo} @lostpointercapture=${this.#letGo}>
        <svg viewBox="-100 -100 200 200" aria-hidden="true">
          <path class="arrows" d="M0-92 22-62h-44zM0 92l22-30h-44zM-92 0l30-22v44zM92 0 62-22v44z" />
          <circle class="knob" cx=${this.x * 60} cy=${this.y * 60} r="22" />
        </svg>
      </button>
      ${this.#zoom('+', msg('Closer'), CLOSER)}
      ${this.#zoom('−', msg('Wider'), WIDER)}`;
  }

  protected override updated(): void {
    if (this.disabled) this.#letGo();
  }

  #zoom(sign: string, word: string, speeds: Speeds) {
    return html`<button class="zoom" aria-disabled=${this.disabled}
      @pointerdown=${(event: PointerEvent) => { this.#capture(event); this.#hold(speeds); }} @pointerup=${this.#letGo} @pointercancel=${this.#letGo} @lostpointercapture=${this.#letGo}><b aria-hidden="true">${sign}</b>${word}</button>`;
  }

  readonly #padDown = (event: PointerEvent): void => {
    this.#capture(event);
    this.#follow(event);
  };

  readonly #padMove = (event: PointerEvent): void => { if (this.hand.isHolding) this.#follow(event); };

  #follow({ currentTarget, clientX, clientY }: PointerEvent): void {
    if (this.disabled || !(currentTarget instanceof HTMLElement)) return;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const within = (along: number): number => Math.min(1, Math.max(-1, along * 2 - 1));
    [this.x, this.y] = [within((clientX - left) / width), within((clientY - top) / height)];
    this.#hold(speedsAt(this.x, this.y));
  }

  #capture({ currentTarget, pointerId }: PointerEvent): void {
    if (currentTarget instanceof HTMLElement) currentTarget.setPointerCapture(pointerId);
  }

  #hold(speeds: Speeds): void {
    if (!this.disabled) this.hand.hold(speeds);
  }

  readonly #letGo = (): void => {
    this.hand.letGo();
    this.#heldKey = undefined;
    if (this.x !== 0 || this.y !== 0) [this.x, this.y] = [0, 0];
  };

  readonly #keyDown = ({ key, repeat }: KeyboardEvent): void => {
    const speeds = speedsOfKey(key);
    // WCAG 2.1.4: a sign is a shortcut only where the pad has the focus.
    if (speeds === undefined || repeat || (key.length === 1 && !this.matches(':focus-within'))) return;
    this.#heldKey = key;
    this.#hold(speeds);
  };

  readonly #keyUp = ({ key }: KeyboardEvent): void => { if (key === this.#heldKey) this.#letGo(); };
}
customElements.define('lamp-pad', Pad);
