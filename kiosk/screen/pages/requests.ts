import { css, html } from 'lit';
import type { RequestForMe } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { onDay } from './parts/days.js';

const ASKS: Record<RequestForMe['kind'], readonly [string, string]> = {
  keep: ['Somebody asks you to keep it.', 'You can keep it longer under My recordings.'],
  erase: ['Somebody asks you to erase it.', 'You can erase it under My recordings; the receipt shows that you did.'],
  copy: ['Somebody asks for a copy.', 'Collect it, and make a copy at home in which others are blurred.'],
  talk: ['Somebody would like to talk to you about it.', 'What is written below may say how to reach them.'],
};

/** Requests about times at which this teacher recorded (P11.1), one at a time. What is done about them is the teacher's own decision. */
class RequestsPage extends DeskPage {
  static override properties = { ...DeskPage.properties, requests: { state: true }, at: { state: true } };
  static override styles = [base, css`
    main { display: grid; gap: 1em; align-content: center; }
    .card { font-size: 1.15em; display: grid; gap: 0.6em; }
    blockquote { margin: 0; padding-left: 0.8em; border-left: 6px solid var(--accent); overflow-wrap: anywhere; }
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
      <header><h1 tabindex="-1">Requests</h1>${all.length > 1 ? html`<span class="soft">${Math.min(this.at, all.length - 1) + 1} of ${all.length}</span>` : ''}</header>
      <main>
        ${this.troubleBox}
        ${request === undefined ? html`<p>${this.requests === null ? 'One moment…' : 'There is no request about a time at which you recorded.'}</p>` : this.#card(request)}
      </main>
      <footer>
        <button class="grow" @click=${() => this.desk.go({ step: 'recordings' })}>My recordings</button>
        ${all.length > 1 ? html`<button class="grow" @click=${() => { this.at = (this.at + 1) % all.length; }}>Next request</button>` : ''}
        ${request === undefined ? '' : html`<button class="grow main" @click=${() => void this.#done(request.id)}>Dealt with</button>`}
      </footer>`;
  }

  #card({ day, from, to, kind, words, leftOn }: RequestForMe) {
    const [asks, can] = ASKS[kind];
    const today = new Date();
    return html`<section class="card">
      <strong>You recorded here ${onDay(day, today)}, between ${from} and ${to}.</strong>
      <p>${asks}</p>
      ${words === undefined ? '' : html`<blockquote>${words}</blockquote>`}
      <p class="soft">${can} Left ${onDay(leftOn, today)}.</p>
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
