import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { LeaveRequest } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { dayOf, daysBefore, dayWords, laterBy } from './parts/days.js';

const kinds = (): readonly (readonly [LeaveRequest['kind'], string])[] => [
  ['keep', msg('Please keep it')], ['erase', msg('Please erase it')], ['copy', msg('Please give me a copy')], ['talk', msg('Please talk to me')],
];
const STEP_MINUTES = 15;

/** Anyone asks for something about a time in this room (P11.1). The thanks are the same whether anything was recorded or not. */
class LeaveRequestPage extends DeskPage {
  static override properties = { ...DeskPage.properties, daysAgo: { state: true }, from: { state: true }, to: { state: true }, kind: { state: true }, words: { state: true }, stage: { state: true } };
  static override styles = [base, css`
    main { display: grid; gap: var(--gap); align-content: center; }
    .line { display: grid; grid-template-columns: var(--touch) minmax(0, 1fr) var(--touch); gap: var(--gap); align-items: center; text-align: center; font-size: 1.3em; font-weight: 700; }
    .line button { padding: 0; font-size: 1.4em; }
    :host-context([data-text='larger']) .line button { font-size: 0.9em; }
    .times { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--gap) calc(2 * var(--gap)); }
    .kinds { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--gap); }
    button[aria-pressed='true'] { background: var(--accent-pale); border-color: var(--accent); border-width: 6px; }
    label { display: grid; gap: 0.3em; }
    input { font: inherit; min-height: var(--touch); padding: 0 0.6em; border: 3px solid var(--ink); border-radius: var(--round); }
    h2 { font-size: 1em; margin: 0; }
  `];

  declare daysAgo: number;
  declare from: string;
  declare to: string;
  declare kind: LeaveRequest['kind'] | null;
  declare words: string;
  declare stage: 'when' | 'what' | 'left';

  constructor() {
    super();
    const now = new Date();
    this.daysAgo = 0;
    this.to = laterBy(`${now.getHours()}:00`, Math.floor(now.getMinutes() / STEP_MINUTES) * STEP_MINUTES);
    this.from = laterBy(this.to, -60);
    this.kind = null;
    this.words = '';
    this.stage = 'when';
  }

  override render() {
    switch (this.stage) {
      case 'when': return this.#when();
      case 'what': return this.#what();
      case 'left': return html`<span></span>
        <main><h1 tabindex="-1">${msg('Thank you. Your request is left.')}</h1>
          <p>${msg('It reaches whoever recorded then, if anyone did. Nobody can see here whether anything was recorded.')}</p></main>
        <footer><button class="grow main" data-back @click=${() => this.desk.go({ step: 'ready' })}>${msg('Done')}</button></footer>`;
    }
  }

  #when() {
    const day = dayOf(daysBefore(new Date(), this.daysAgo));
    return html`
      <header><h1 tabindex="-1">${msg('Leave a request: when was it?')}</h1></header>
      <main>
        <h2>${msg('Day')}</h2>
        ${this.#stepper(dayWords(day, new Date()), [msg('Day'), msg('Earlier day'), msg('Later day')], () => { this.daysAgo = Math.min(366, this.daysAgo + 1); }, () => { this.daysAgo = Math.max(0, this.daysAgo - 1); })}
        <div class="times">
          <h2>${msg('From')}</h2><h2>${msg('Until')}</h2>
          ${this.#stepper(html`<bdi dir="ltr">${this.from}</bdi>`, [msg('From'), msg('Earlier start'), msg('Later start')], () => { this.from = laterBy(this.from, -STEP_MINUTES); }, () => { this.from = laterBy(this.from, STEP_MINUTES); })}
          ${this.#stepper(html`<bdi dir="ltr">${this.to}</bdi>`, [msg('Until'), msg('Earlier end'), msg('Later end')], () => { this.to = laterBy(this.to, -STEP_MINUTES); }, () => { this.to = laterBy(this.to, STEP_MINUTES); })}
        </div>
        ${this.troubleBox}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.desk.go({ step: 'ready' })}>${msg('Back')}</button>
        <button class="grow main" aria-disabled=${this.from >= this.to} @click=${() => { if (this.from < this.to) { this.trouble = null; this.stage = 'what'; } }}>${msg('Next')}</button>
      </footer>`;
  }

  /** The two signs are mirrored where a language runs from right to left, as brackets are. */
  #stepper(words: string | TemplateResult, [what, toEarlier, toLater]: readonly [string, string, string], earlier: () => void, later: () => void) {
    return html`<div class="line" role="group" aria-label=${what}>
      <button aria-label=${toEarlier} @click=${earlier}>‹</button><span aria-live="polite">${words}</span><button aria-label=${toLater} @click=${later}>›</button>
    </div>`;
  }

  #what() {
    return html`
      <header><h1 tabindex="-1">${msg('What do you ask for?')}</h1></header>
      <main>
        <div class="kinds" role="group" aria-label=${msg('What do you ask for?')}>
          ${kinds().map(([kind, words]) => html`<button aria-pressed=${this.kind === kind} @click=${() => { this.kind = kind; }}>${words}</button>`)}
        </div>
        <label>${msg('How can the teacher reach you? You may leave this empty. Only whoever recorded then reads it.')}
          <input dir="auto" maxlength="200" autocomplete="off" .value=${this.words} @input=${(event: InputEvent) => { this.words = (event.target as HTMLInputElement).value; }}></label>
        ${this.troubleBox}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => { this.stage = 'when'; }}>${msg('Back')}</button>
        <button class="grow main" aria-disabled=${this.kind === null} @click=${() => void this.#leave()}>${msg('Leave the request')}</button>
      </footer>`;
  }

  async #leave(): Promise<void> {
    if (this.kind === null) return;
    const words = this.words.trim();
    const asked: LeaveRequest = { day: dayOf(daysBefore(new Date(), this.daysAgo)), from: this.from, to: this.to, kind: this.kind, ...(words === '' ? {} : { words }) };
    if (await this.try(async () => { await this.desk.call('/api/leave-request', asked); })) this.stage = 'left';
  }
}
customElements.define('leave-request-page', LeaveRequestPage);
