import { css, html } from 'lit';
import type { LeaveRequest } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { dayOf, daysBefore, dayWords, laterBy } from './parts/days.js';

const KINDS: readonly (readonly [LeaveRequest['kind'], string])[] = [
  ['keep', 'Please keep it'], ['erase', 'Please erase it'], ['copy', 'Please give me a copy'], ['talk', 'Please talk to me'],
];
const STEP_MINUTES = 15;

/** Anyone asks for something about a time in this room (P11.1). The thanks are the same whether anything was recorded or not. */
class LeaveRequestPage extends DeskPage {
  static override properties = { ...DeskPage.properties, daysAgo: { state: true }, from: { state: true }, to: { state: true }, kind: { state: true }, words: { state: true }, stage: { state: true } };
  static override styles = [base, css`
    main { display: grid; gap: var(--gap); align-content: center; }
    .line { display: grid; grid-template-columns: var(--touch) minmax(0, 1fr) var(--touch); gap: var(--gap); align-items: center; text-align: center; font-size: 1.3em; font-weight: 700; }
    .line button { padding: 0; font-size: 1.4em; }
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
        <main><h1 tabindex="-1">Thank you. Your request is left.</h1>
          <p>It reaches whoever recorded then, if anyone did. Nobody can see here whether anything was recorded.</p></main>
        <footer><button class="grow main" @click=${() => this.desk.go({ step: 'ready' })}>Done</button></footer>`;
    }
  }

  #when() {
    const day = dayOf(daysBefore(new Date(), this.daysAgo));
    return html`
      <header><h1 tabindex="-1">Leave a request: when was it?</h1></header>
      <main>
        <h2>Day</h2>
        ${this.#stepper(dayWords(day, new Date()), 'day', () => { this.daysAgo = Math.min(366, this.daysAgo + 1); }, () => { this.daysAgo = Math.max(0, this.daysAgo - 1); })}
        <div class="times">
          <h2>From</h2><h2>Until</h2>
          ${this.#stepper(this.from, 'start', () => { this.from = laterBy(this.from, -STEP_MINUTES); }, () => { this.from = laterBy(this.from, STEP_MINUTES); })}
          ${this.#stepper(this.to, 'end', () => { this.to = laterBy(this.to, -STEP_MINUTES); }, () => { this.to = laterBy(this.to, STEP_MINUTES); })}
        </div>
        ${this.troubleBox}
      </main>
      <footer>
        <button class="grow" @click=${() => this.desk.go({ step: 'ready' })}>Back</button>
        <button class="grow main" aria-disabled=${this.from >= this.to} @click=${() => { if (this.from < this.to) { this.trouble = null; this.stage = 'what'; } }}>Next</button>
      </footer>`;
  }

  #stepper(words: string, what: string, earlier: () => void, later: () => void) {
    return html`<div class="line" role="group" aria-label=${what}>
      <button aria-label="Earlier ${what}" @click=${earlier}>‹</button><span aria-live="polite">${words}</span><button aria-label="Later ${what}" @click=${later}>›</button>
    </div>`;
  }

  #what() {
    return html`
      <header><h1 tabindex="-1">What do you ask for?</h1></header>
      <main>
        <div class="kinds" role="group" aria-label="What do you ask for?">
          ${KINDS.map(([kind, words]) => html`<button aria-pressed=${this.kind === kind} @click=${() => { this.kind = kind; }}>${words}</button>`)}
        </div>
        <label>How can the teacher reach you, or one sentence. You may leave it empty. Only whoever recorded then reads it.
          <input maxlength="200" autocomplete="off" .value=${this.words} @input=${(event: InputEvent) => { this.words = (event.target as HTMLInputElement).value; }}></label>
        ${this.troubleBox}
      </main>
      <footer>
        <button class="grow" @click=${() => { this.stage = 'when'; }}>Back</button>
        <button class="grow main" aria-disabled=${this.kind === null} @click=${() => void this.#leave()}>Leave the request</button>
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
