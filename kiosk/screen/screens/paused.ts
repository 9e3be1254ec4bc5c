import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { PublicSession } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import type { View } from '../view.js';
import { timeOfDay } from '../words.js';
import { MARKS } from '../controls/marks.js';
import '../controls/languages.js';

/** P2.3: it has stopped, and nobody needs to do anything. The owner may. */
class PausedScreen extends LampElement {
  static override properties = { session: { attribute: false }, why: { attribute: false }, closesAt: { type: Number } };
  static override styles = [base, css`
    main { display: grid; align-content: center; gap: 1.2rem; }
    h1 { display: flex; align-items: center; gap: 0.3em; font-size: calc(var(--state) * 0.8); line-height: 1; }
    h1 .mark { font-size: 0.8em; color: var(--good); }
    p { font-size: 1.35em; }
    footer button { flex: 1 1 0; min-height: max(112px, 5.6rem); font-size: 1.3em; }
  `];

  declare session: PublicSession;
  declare why: Extract<View, { screen: 'paused' }>['why'];
  declare closesAt: number;

  override render() {
    const closes = new Date(Date.now() + this.closesAt - performance.now());
    return html`<header><span class="grow"></span><lamp-languages></lamp-languages></header>
      <main>
        <h1 tabindex="-1">
          ${MARKS.square}<span>${this.why.by === 'owner' ? msg('Recording is paused') : msg('Recording has stopped')}</span>
        </h1>
        <p>${this.#reason()}</p>
        <p>${msg(html`Nothing more to do; it closes by itself at <strong>${timeOfDay(closes)}</strong>. What was recorded is kept for its owner.`)}</p>
      </main>
      <footer>
        <button @click=${() => this.#pin('carry-on')}>${msg('Carry on')}<br><small>${msg('owner’s PIN')}</small></button>
        <button @click=${() => this.#pin('finish')}>${msg('Finish and collect')}<br><small>${msg('owner’s PIN')}</small></button>
      </footer>`;
  }

  #reason(): string {
    switch (this.why.by) {
      case 'owner': return msg('Its owner paused it.');
      case 'room': return msg('Someone in the room stopped it.');
      case 'fault': return '';
    }
  }

  #pin(then: 'carry-on' | 'finish'): void {
    ask(this, { ask: 'go', step: { step: 'owner-pin', then } });
  }
}
customElements.define('paused-screen', PausedScreen);
