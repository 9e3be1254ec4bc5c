import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import { LampElement } from '../element.js';
import { ask, type Ask } from '../ask.js';
import { base } from '../styles.js';
import { Ticker } from './ticker.js';
import './time.js';

/** When to begin showing it. WCAG 2.2.1 asks for 20 s at least. */
const SHOWN_FOR_MS = 30_000;

/** P5.2: how long until the teacher is signed out, or the picture ends, and the one tap that it takes to go on. */
class IdleBar extends LampElement {
  static override properties = { endsAt: { type: Number }, lookEndsAt: { type: Number } };
  static override styles = [base, css`
    :host { display: block; height: auto; padding: 0; }
    .bar { display: flex; align-items: center; justify-content: space-between; gap: var(--gap); background: var(--lamp-pale); border-top: 3px solid var(--ink); padding: 0.5rem var(--edge); font-size: 1.1em; }
  `];

  declare endsAt: number;
  /** Where the teacher is looking at the picture. */
  declare lookEndsAt: number;

  constructor() {
    super();
    this.lookEndsAt = Infinity;
    new Ticker(this);
  }

  override render() {
    const now = performance.now();
    if (this.endsAt - now <= SHOWN_FOR_MS) return this.#bar(msg(html`<strong>Still there?</strong> You are signed out in <lamp-time seconds .until=${this.endsAt}></lamp-time> seconds.`), msg('I am still here'), { ask: 'still-here' });
    if (this.lookEndsAt - now <= SHOWN_FOR_MS) return this.#bar(msg(html`The picture ends in <lamp-time seconds .until=${this.lookEndsAt}></lamp-time> seconds.`), msg('Look for longer'), { ask: 'frame', view: null });
    return nothing;
  }

  protected override updated(): void {
    this.toggleAttribute('shown', this.renderRoot.childElementCount > 0);
  }

  #bar(words: unknown, goOn: string, asked: Ask): TemplateResult {
    return html`<div class="bar" role="alert"><p>${words}</p><button class="main" @click=${() => ask(this, asked)}>${goOn}</button></div>`;
  }
}
customElements.define('lamp-idle', IdleBar);
