import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { PublicSession } from '../../protocol.js';
import { base } from '../styles.js';
import { saidWords } from '../language/language.js';
import { audience, modeWords } from '../words.js';
import { Ticker } from '../controls/ticker.js';
import '../controls/stop-button.js';
import '../controls/time.js';

/** P9.2: a countdown that the room can see, before every first picture. */
class CountdownScreen extends LampElement {
  static override properties = { session: { attribute: false }, startsAt: { type: Number } };
  static override styles = [base, css`
    main { display: grid; align-content: center; justify-items: center; text-align: center; gap: 0.5rem; min-height: 0; }
    .number { font-size: clamp(5rem, min(26vmin, 30cqh), 16rem); font-weight: 700; line-height: 1; }
    .wait { font-size: calc(var(--huge) * 0.7); font-weight: 700; max-width: 16em; line-height: 1.15; }
  `];

  declare session: PublicSession;
  declare startsAt: number;

  constructor() {
    super();
    new Ticker(this);
  }

  override render() {
    const over = performance.now() >= this.startsAt;
    return html`<span></span>
      <main>
        <h1 tabindex="-1">${msg(str`Recording starts: ${saidWords(this.session.purpose)}`)}</h1>
        ${over ? html`<p class="wait">${msg('Waiting for the sign by the door. Nothing is recorded before it says so.')}</p>` : html`<lamp-time class="number" seconds .until=${this.startsAt}></lamp-time>`}
        <p><strong>${modeWords(this.session.mode)}.</strong> ${audience(this.session.audience)}</p>
      </main>
      <lamp-stop size="giant" .words=${msg('Stop – do not record')}></lamp-stop>`;
  }
}
customElements.define('countdown-screen', CountdownScreen);
