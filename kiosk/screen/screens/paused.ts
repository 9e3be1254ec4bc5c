import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { PublicSession } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import type { View } from '../view.js';
import { timeOfDay } from '../words.js';

/** P2.3: it has stopped, and nobody needs to do anything. The owner may. */
class PausedScreen extends LampElement {
  static override properties = { session: { attribute: false }, why: { attribute: false }, closesAt: { type: Number } };
  static override styles = [base, css`
    main { display: grid; align-content: center; gap: 1.2rem; }
    h1 { display: flex; align-items: center; gap: 0.3em; font-size: calc(var(--state) * 0.8); line-height: 1; }
    h1 svg { width: 0.8em; height: 0.8em; flex: none; }
    p { font-size: 1.35em; }
    footer button { flex: 1 1 0; min-height: max(112px, 5.6rem); font-size: 1.3em; }
  `];

  declare session: PublicSession;
  declare why: Extract<View, { screen: 'paused' }>['why'];
  declare closesAt: number;

  override render() {
    const closes = new Date(Date.now() + this.closesAt - performance.now());
    return html`<span></span>
      <main>
        <h1 tabindex="-1">
          <svg viewBox="0 0 10 10" aria-hidden="true"><rect x="0.8" y="0.8" width="8.4" height="8.4" rx="1" fill="none" stroke="#0f5f35" stroke-width="1.3" /></svg>
          ${this.why.by === 'owner' ? 'Recording is paused' : 'Recording has stopped'}
        </h1>
        <p>${this.#reason()} Nothing more to do; it closes by itself at <strong>${timeOfDay(closes)}</strong>. What was recorded is kept for its owner.</p>
      </main>
      <footer>
        <button @click=${() => this.#pin('carry-on')}>Carry on<br><small>(owner’s PIN)</small></button>
        <button @click=${() => this.#pin('finish')}>Finish and collect<br><small>(owner’s PIN)</small></button>
      </footer>`;
  }

  #reason(): string {
    switch (this.why.by) {
      case 'owner': return 'Its owner paused it.';
      case 'room': return 'Someone in the room stopped it.';
      case 'fault': return '';
    }
  }

  #pin(then: 'carry-on' | 'finish'): void {
    ask(this, { ask: 'go', step: { step: 'owner-pin', then } });
  }
}
customElements.define('paused-screen', PausedScreen);
