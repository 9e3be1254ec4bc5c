import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import type { RequestForMe } from '../../protocol/practice.js';
import { ltr } from '../language/language.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { dayWords } from './parts/days.js';

/** What is asked, and what can be done about it. */
function asks(kind: RequestForMe['kind']): readonly [string, string] {
  switch (kind) {
    case 'keep': return [msg('Somebody asks you to keep it.'), msg('You can keep it longer under My recordings.')];
    case 'erase': return [msg('Somebody asks you to erase it.'), msg('You can erase it under My recordings; the receipt shows that you did.')];
    case 'copy': return [msg('Somebody asks for a copy.'), msg('Collect it, and make a copy at home in which others are blurred.')];
    case 'talk': return [msg('Somebody would like to talk to you about it.'), msg('What they wrote may say how to reach them.')];
  }
}

/** Requests about times at which this teacher recorded (P11.1), one at a time. What is done about them is the teacher's own decision. */
class RequestsPage extends DeskPage {
  static override properties = { ...DeskPage.properties, requests: { state: true }, at: { state: true } };
  static override styles = [base, css`
    main { display: grid; gap: 1em; align-content: center; }
    .card { font-size: 1.15em; display: grid; gap: 0.6em; }
    blockquote { margin: 0; padding-inline-start: 0.8em; border-inline-start: 6px solid var(--accent); overflow-wrap: anywhere; }
  `];

  declare requests: readonly RequestForMe[] | null;
  declare at: number;

  constructor() {
    super();
    this.requests = null;
    this.at = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(() => this.#load());
  }

  override render() {
    const all = this.requests ?? [];
    const request = all[Math.min(this.at, all.length - 1)];
    return html`
      <header><h1 tabindex="-1">${msg('Requests')}</h1>${all.length > 1 ? html`<span class="soft">${msg(str`Request ${Math.min(this.at, all.length - 1) + 1} of ${all.length}`)}</span>` : ''}</header>
      <main>
        ${this.troubleBox}
        ${request === undefined ? html`<p>${this.requests === null ? msg('One moment…') : msg('There is no request about a time at which you recorded.')}</p>` : this.#card(request)}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.desk.go({ step: 'recordings' })}>${msg('My recordings')}</button>
        ${all.length > 1 ? html`<button class="grow" @click=${() => { this.at = (this.at + 1) % all.length; }}>${msg('Next request')}</button>` : ''}
        ${request === undefined ? '' : html`<button class="grow main" @click=${() => void this.#done(request.id)}>${msg('Dealt with')}</button>`}
      </footer>`;
  }

  #card({ day, from, to, kind, words, leftOn }: RequestForMe) {
    const [what, can] = asks(kind);
    const today = new Date();
    const [start, end] = [ltr(from), ltr(to)];
    return html`<section class="card">
      <strong>${msg(str`You recorded here: ${dayWords(day, today)}, between ${start} and ${end}.`)}</strong>
      <p>${what}</p>
      ${words === undefined ? '' : html`<blockquote dir="auto">${words}</blockquote>`}
      <p class="soft">${can} ${msg(str`Request left: ${dayWords(leftOn, today)}.`)}</p>
    </section>`;
  }

  async #load(): Promise<void> {
    this.requests = (await this.desk.look('/api/requests')).requests;
  }

  #done(request: string): Promise<boolean> {
    return this.try(async () => {
      await this.desk.call('/api/request-done', { request });
      await this.#load();
      await this.desk.refresh();
    });
  }
}
customElements.define('requests-page', RequestsPage);
