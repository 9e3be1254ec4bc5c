import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { SignInReply } from '../../protocol.js';
import type { News } from '../../protocol/account.js';
import { MENDED } from '../page-names.js';
import { said, saidWords } from '../language/language.js';
import { base } from '../styles.js';
import { dayAndTime } from '../words.js';
import { DeskPage } from './desk-page.js';
import { pageStyles } from './parts/key-page.js';

function newsOf(kind: News['kind']): string {
  switch (kind) {
    case 'pin-reset': return msg('Your PIN was set anew with a paper code. If that was not you, tell the practice lead.');
    case 'key-changed': return msg('Your key was changed. If that was not you, tell the practice lead.');
    case 'unlocked': return msg('Recordings from before a reset were unlocked with your old key.');
  }
}

/** Lines on a screen, so that nothing scrolls. */
const LINES = 3;

/** After signing in: what is to be told, and what is missing before a start. */
class WelcomePage extends DeskPage {
  static override properties = { ...DeskPage.properties, at: { state: true } };
  static override styles = [base, pageStyles, css`
    ul { display: grid; gap: var(--gap); align-content: center; min-height: 0; }
    li { display: flex; align-items: center; gap: var(--gap); padding-block: 0.5em; line-height: 1.25; }
    li p { flex: 1 1 auto; }
    li strong { display: block; }
    li button { flex: none; }
    .print { font-size: 1em; }
    @container (max-height: 34rem) { li.card { padding-block: 0.3em; font-size: var(--small); } }
    @media (orientation: portrait) { li { flex-wrap: wrap; } li button { flex: 1 1 100%; } }
  `];

  /** The first line that is shown. */
  declare at: number;

  constructor() {
    super();
    this.at = 0;
  }

  override render() {
    const { me } = this.desk;
    if (me === null) return nothing;
    const lines = this.#lines(me);
    const rest = lines.length - this.at - LINES;
    return html`
      <header><h1 tabindex="-1">${me.reasons.length > 0 ? msg('Before you can record') : msg(str`Welcome, ${me.displayName}`)}</h1><button data-back @click=${() => this.desk.signOut()}>${msg('Sign out')}</button></header>
      <main>${this.troubleBox}<ul>${lines.slice(this.at, this.at + LINES)}</ul></main>
      <footer>
        ${this.at > 0 ? html`<button class="grow" @click=${() => { this.at -= LINES; }}>${msg('Back')}</button>` : nothing}
        <button class="grow" @click=${() => this.desk.go({ step: 'page', page: { page: 'account' } })}>${msg('My account')}</button>
        ${rest > 0
          ? html`<button class="grow main" @click=${() => { this.at += LINES; }}>${msg('More to read')}</button>`
          : html`<button class="grow ${me.reasons.length > 0 ? '' : 'main'}" aria-busy=${this.busy} @click=${() => void this.#goOn()}>${me.reasons.length > 0 ? msg('Later: to my recordings') : msg('Go on')}</button>`}
      </footer>`;
  }

  #lines(me: SignInReply): TemplateResult[] {
    return [
      ...me.news.map(({ kind, fingerprint }) => html`<li class="card"><p><strong>${newsOf(kind)}</strong>${msg('Fingerprint of the key:')} <bdi class="print" dir="ltr">${fingerprint}</bdi></p></li>`),
      ...me.reasons.map((reason, at) => {
        const mended = MENDED[reason.code];
        const { sentence, remedy } = said(reason);
        return html`<li class="card"><p><strong>${sentence}</strong>${remedy}</p>${mended === undefined ? nothing : html`<button class=${at === 0 ? 'main' : ''} @click=${() => this.desk.go({ step: 'page', page: { page: mended[1] } })}>${mended[0]()}</button>`}</li>`;
      }),
      ...me.goingSoon.map(({ startedAt, goneAt }) => html`<li class="card"><p><strong>${msg(str`Your recording of ${dayAndTime(startedAt)} will be erased: ${dayAndTime(goneAt)}.`)}</strong>${msg('Collect it or keep it longer, if you want it.')}</p><button @click=${() => this.desk.go({ step: 'recordings' })}>${msg('My recordings')}</button></li>`),
      ...(me.requests === 0 ? [] : [html`<li class="card"><p><strong>${me.requests === 1 ? msg('Somebody has left a request about a time at which you recorded.') : msg(str`Requests about times at which you recorded: ${me.requests}.`)}</strong>${msg('Only you see this.')}</p><button @click=${() => this.desk.go({ step: 'page', page: { page: 'requests' } })}>${msg('Look')}</button></li>`]),
      ...me.changes.map(({ sentence, values }) => html`<li class="card"><p><strong>${msg('A rule of your school has changed.')}</strong>${saidWords(sentence, values)}</p></li>`),
    ];
  }

  async #goOn(): Promise<void> {
    const { me } = this.desk;
    const read = await this.try(async () => {
      await this.desk.call('/api/news-read', {});
    });
    if (read && me !== null) this.desk.go({ step: me.reasons.length > 0 ? 'recordings' : 'purpose' });
  }
}
customElements.define('welcome-page', WelcomePage);
