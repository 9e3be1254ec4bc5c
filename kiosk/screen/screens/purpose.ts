import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { PurposeChoice } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import { audienceForOwner } from '../words.js';

/** Why record? Each purpose with who may watch. */
class PurposeScreen extends LampElement {
  static override properties = { purposes: { attribute: false }, displayName: {}, usualLengthMinutes: { type: Number } };
  static override styles = [base, css`
    :host { grid-template-rows: auto minmax(0, 1fr); }
    ul { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-rows: minmax(var(--touch), 1fr); gap: var(--gap); }
    li { display: grid; }
    li button { display: grid; gap: 0.3em; align-content: center; justify-items: start; text-align: left; padding-inline: 1.2em; font-size: 1.6em; }
    li small { font-size: 0.65em; font-weight: 400; }
    @media (orientation: portrait) { ul { grid-template-columns: minmax(0, 1fr); } }
  `];

  declare purposes: readonly PurposeChoice[];
  declare displayName: string;
  declare usualLengthMinutes: number;

  override render() {
    return html`
      <header>
        <h1 tabindex="-1">What is the recording for?</h1>
        <button @click=${() => ask(this, { ask: 'go', step: { step: 'recordings' } })}>My recordings</button>
        <button @click=${() => ask(this, { ask: 'go', step: { step: 'page', page: { page: 'account' } } })}>My account</button>
        <button @click=${() => ask(this, { ask: 'sign-out' })}>Sign out ${this.displayName}</button>
      </header>
      <ul>${this.purposes.map((purpose) => html`<li><button @click=${() => this.#choose(purpose)}>${purpose.words}<small>${audienceForOwner(purpose.audience)}</small></button></li>`)}</ul>`;
  }

  #choose(purpose: PurposeChoice): void {
    ask(this, { ask: 'go', step: { step: 'told', draft: { purpose, lengthMinutes: this.usualLengthMinutes, ticks: [] } } });
  }
}
customElements.define('purpose-screen', PurposeScreen);
