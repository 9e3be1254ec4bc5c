import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import type { SignInReply } from '../../protocol.js';
import { ask } from '../ask.js';
import { freshDraft } from '../draft.js';
import { LampElement } from '../element.js';
import { saidWords } from '../language/language.js';
import { base } from '../styles.js';
import { audienceForOwner } from '../words.js';

/** As many as leave each a hand's breadth. */
const A_PAGE = 6;

/** Why record? Each purpose with who may watch. Asked first of whoever never recorded. */
class PurposeScreen extends LampElement {
  static override properties = { me: { attribute: false }, page: { state: true } };
  static override styles = [base, css`
    main { display: grid; min-height: 0; }
    ul { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-rows: minmax(var(--touch), 1fr); gap: var(--gap); min-height: 0; }
    li { display: grid; }
    li button { display: grid; gap: 0.3em; align-content: center; justify-items: start; text-align: start; padding-inline: 1.2em; font-size: 1.5em; overflow-wrap: anywhere; }
    li small { font-size: 0.68em; font-weight: 400; }
    :host-context([data-text='larger']) ul { grid-template-columns: minmax(0, 1fr); }
    @media (orientation: portrait) { ul { grid-template-columns: minmax(0, 1fr); } }
    @container (max-height: 34rem) { li button { font-size: 1.2em; } }
  `];

  declare me: SignInReply;
  declare page: number;

  constructor() {
    super();
    this.page = 0;
  }

  override render() {
    const { purposes, displayName } = this.me;
    const pages = Math.ceil(purposes.length / A_PAGE);
    return html`
      <header><h1 tabindex="-1">${msg('What is the recording for?')}</h1></header>
      <main><ul>${purposes.slice(this.page * A_PAGE, (this.page + 1) * A_PAGE).map((purpose) => html`<li><button @click=${() => ask(this, { ask: 'go', step: { step: 'plan', draft: freshDraft(purpose, this.me) } })}>${saidWords(purpose.words)}<small>${audienceForOwner(purpose.audience)}</small></button></li>`)}</ul></main>
      <footer>
        <button class="grow" data-back @click=${() => ask(this, { ask: 'sign-out' })}>${msg(str`Sign out ${displayName}`)}</button>
        <button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'recordings' } })}>${msg('My recordings')}</button>
        <button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'page', page: { page: 'account' } } })}>${msg('My account')}</button>
        ${pages > 1 ? html`<button class="grow" @click=${() => { this.page = (this.page + 1) % pages; }}>${msg('More purposes')}</button>` : ''}
      </footer>`;
  }
}
customElements.define('purpose-screen', PurposeScreen);
