import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import { levelFraction, levelWord } from '../words.js';
import { Ticker } from './ticker.js';

/** A meter that fell to “too quiet” between two words would say nothing. */
const LEVEL_HOLD_MS = 2000;

/** A peak in dBFS, and when it was heard on this page's clock: the same loudness twice is heard twice. */
export interface Heard { readonly peakDb: number; readonly at: number }

/** How loud it is: as a bar, and in words. Only its loudness comes here, never the sound. */
class Meter extends LampElement {
  static override properties = { heard: { attribute: false } };
  static override styles = [base, css`
    :host { display: grid; grid-template: none / auto minmax(5rem, 1fr) minmax(0, 9em); align-items: center; height: auto; padding: 0; }
    .bar { height: 1.4rem; border-radius: 0.7rem; background: var(--hair); border: 2px solid var(--ink); overflow: hidden; }
    /* Uncovered from where one begins to read, not stretched, so that a colour keeps its place on the scale. */
    .level { height: 100%; background: linear-gradient(to right, var(--line) 0 30%, var(--good) 30% 95%, var(--record) 95%); clip-path: inset(0 var(--silent, 100%) 0 0); }
    .bar:dir(rtl) { transform: scaleX(-1); }
    output { font-weight: 700; }
  `];

  /** Each as it comes. */
  declare heard: Heard | null;
  #levels: readonly Heard[] = [];

  constructor() {
    super();
    this.heard = null;
    new Ticker(this);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    const now = performance.now();
    const levels = changed.has('heard') && this.heard !== null ? [...this.#levels, this.heard] : this.#levels;
    this.#levels = levels.filter(({ at }) => now - at < LEVEL_HOLD_MS);
  }

  override render() {
    return html`<span>${msg('Sound')}</span><div class="bar" aria-hidden="true"><div class="level"></div></div><output>${levelWord(this.#peak)}</output>`;
  }

  protected override updated(): void {
    this.renderRoot.querySelector<HTMLElement>('.level')?.style.setProperty('--silent', `${(1 - levelFraction(this.#peak)) * 100}%`);
  }

  get #peak(): number | null {
    return this.#levels.length === 0 ? null : Math.max(...this.#levels.map(({ peakDb }) => peakDb));
  }
}
customElements.define('lamp-meter', Meter);
