import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { Trouble } from '../../protocol.js';
import { ask } from '../ask.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';
import '../controls/stop-button.js';
import '../pages/parts/room-links.js';

/** Recording is impossible: one sentence, one next step, and the code for whoever supports it. */
class BlockedScreen extends LampElement {
  static override properties = { reasons: { attribute: false }, setUp: { type: Boolean } };
  static override styles = [base, css`
    main { display: grid; align-content: center; gap: 1.2rem; max-width: 46rem; margin-inline: auto; width: 100%; }
    h1 { font-size: calc(var(--huge) * 0.8); }
    .trouble { font-size: 1.2em; }
    footer button { font-size: 1.2em; }
    /* Under notices: the way to the technician and to one’s recordings stays whole. */
    @container (max-height: 38rem) { main { gap: 0.5rem; } h1 { font-size: var(--big); } .trouble { font-size: 1em; line-height: 1.25; } }
  `];

  declare reasons: readonly Trouble[];
  declare setUp: boolean;

  override render() {
    const [first, ...others] = this.reasons;
    return html`<lamp-room-links .setUp=${this.setUp}></lamp-room-links>
      <main>
        <h1 tabindex="-1">${msg('Recording is not possible now')}</h1>
        ${first === undefined ? '' : html`<div class="trouble"><strong>${said(first).sentence}</strong><p>${said(first).remedy}</p></div>`}
        <p class="soft small">${msg(str`For the technician: ${[first, ...others].map((reason) => reason?.code).join(', ')}. This screen carries on by itself once it is put right.`)}</p>
      </main>
      <footer>
        <button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'names' } })}>${msg('Teachers: my recordings')}</button>
        <lamp-stop class="grow"></lamp-stop>
      </footer>`;
  }
}
customElements.define('blocked-screen', BlockedScreen);
