import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { LampElement } from '../element.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import { Ticker } from './ticker.js';
import './time.js';

/** When to begin showing it. WCAG 2.2.1 asks for 20 s at least. */
const SHOWN_FOR_MS = 30_000;

/** P5.2: how long until the teacher is signed out, and the one tap that keeps them in. */
class IdleBar extends LampElement {
  static override properties = { endsAt: { type: Number } };
  static override styles = [base, css`
    :host { display: block; height: auto; padding: 0; }
    .bar { display: flex; align-items: center; justify-content: space-between; gap: var(--gap); background: var(--lamp-pale); border-top: 3px solid var(--ink); padding: 0.5rem var(--edge); font-size: 1.1em; }
  `];

  declare endsAt: number;

  constructor() {
    super();
    new Ticker(this);
  }

  override render() {
    if (this.endsAt - performance.now() > SHOWN_FOR_MS) return nothing;
    return html`<div class="bar" role="alert"><p>${msg(html`<strong>Still there?</strong> You are signed out in <lamp-time seconds .until=${this.endsAt}></lamp-time> seconds.`)}</p><button class="main" @click=${() => ask(this, { ask: 'still-here' })}>${msg('I am still here')}</button></div>`;
  }
}
customElements.define('lamp-idle', IdleBar);
