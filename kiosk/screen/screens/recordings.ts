import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { dateWords } from '../language/dates.js';
import { saidWords } from '../language/language.js';
import type { Recording } from '../../protocol.js';
import { ask } from '../ask.js';
import { DeskPage } from '../pages/desk-page.js';
import { dayOf } from '../pages/parts/days.js';
import { base } from '../styles.js';
import { dayAndTime, lengthWords, size } from '../words.js';

/** As many as fit with a notice above and the idle bar below. */
const A_PAGE = 3;
/** From today; a recording is kept a year from its start at most (P1.5). */
const keepDays = (): readonly (readonly [number, string])[] => [[30, msg('Keep it a month')], [90, msg('Keep it three months')], [365, msg('Keep it as long as possible')]];
const DAY_MS = 24 * 3600_000;

/** The teacher's own recordings, each with its way to the stick, and until when it is here. */
class RecordingsScreen extends DeskPage {
  static override properties = { ...DeskPage.properties, recordings: { attribute: false }, mayRecord: { type: Boolean }, page: { state: true }, about: { state: true }, sure: { state: true }, code: { state: true }, receipt: { state: true } };
  static override styles = [base, css`
    ul, main { display: grid; gap: var(--gap); align-content: start; min-height: 0; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: var(--gap); align-items: center; line-height: 1.25; }
    ul { gap: 0.6rem; }
    .card { padding: 0.35em 1em; }
    .what { display: block; overflow-wrap: anywhere; }
    li p { font-size: var(--small); }
    .row { display: flex; flex-wrap: wrap; gap: var(--gap); }
    .row > button { flex: 1 1 0; }
    label { display: grid; gap: 0.3em; }
    input { font: inherit; min-height: var(--touch); padding: 0 0.6em; border: 3px solid var(--ink); border-radius: var(--round); text-transform: uppercase; }
    @container (max-height: 34rem) { .card { padding-block: 0.1em; } .what { font-size: var(--small); } }
    footer button { padding-inline: 0.5em; }
    @media (orientation: portrait) { footer button { font-size: var(--small); } li { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } li > div { grid-column: span 2; } }
    .receipt { white-space: nowrap; }
  `];

  declare recordings: readonly Recording[] | null;
  declare mayRecord: boolean;
  declare page: number;
  /** Which one is looked at more closely. */
  declare about: string | null;
  /** Erasing asks once. */
  declare sure: 'no' | 'tomorrow' | 'at-once';
  declare code: string;
  declare receipt: string;

  constructor() {
    super();
    this.recordings = null;
    this.page = 0;
    this.about = null;
    this.sure = 'no';
    this.code = '';
    this.receipt = '';
  }

  override render() {
    const all = this.recordings ?? [];
    const about = all.find(({ id }) => id === this.about);
    if (about !== undefined) return this.#closely(about);
    // A receipt takes the place of one.
    const aPage = this.receipt === '' ? A_PAGE : A_PAGE - 1;
    const pages = Math.ceil(all.length / aPage);
    const shown = all.slice(this.page * aPage, (this.page + 1) * aPage);
    return html`
      <header><h1 tabindex="-1">${msg('My recordings')}</h1><span class="soft">${msg('Sealed: only your key opens them.')}</span></header>
      <main>
        ${this.receipt === '' ? nothing : html`<p class="card" role="status"><strong>${msg('Erased.')}</strong> <span>${msg('Receipt:')} <bdi dir="ltr" class="receipt">${this.receipt}</bdi></span></p>`}
        ${this.recordings !== null && all.length === 0 ? html`<p>${msg('You have no recordings here.')}</p>` : html`<ul>${shown.map((recording) => this.#row(recording))}</ul>`}
      </main>
      <footer>
        ${this.mayRecord ? html`<button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'purpose' } })}>${msg('Record a lesson')}</button>` : ''}
        ${pages > 1 ? html`<button class="grow" @click=${() => { this.page = (this.page + 1) % pages; }}>${msg(str`Older ones (page ${this.page + 1} of ${pages})`)}</button>` : ''}
        <button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'page', page: { page: 'account' } } })}>${msg('My account')}</button>
        <button class="grow" data-back @click=${() => ask(this, { ask: 'sign-out' })}>${msg('Sign out')}</button>
      </footer>`;
  }

  #row(recording: Recording) {
    const { id, startedAt, purpose, lengthMs, bytes, complete } = recording;
    return html`<li class="card">
      <div>
        <strong class="what">${dayAndTime(startedAt)} – ${saidWords(purpose)}</strong>
        <p>${lengthWords(lengthMs)}, ${size(bytes)}. ${untilWhen(recording)}${complete ? '' : ` ${msg('Its end was cut off.')}`}</p>
      </div>
      <button @click=${() => ask(this, { ask: 'go', step: { step: 'page', page: { page: 'collect', recordings: [id] } } })}>${msg('Copy to the stick')}</button>
      <button @click=${() => this.#look(id)}>${msg('Keep or erase')}</button>
    </li>`;
  }

  #closely(recording: Recording) {
    const { id, startedAt, purpose, erased } = recording;
    return html`
      <header><h1 tabindex="-1">${dayAndTime(startedAt)} – ${saidWords(purpose)}</h1></header>
      <main>
        <p><strong>${untilWhen(recording)}</strong>${erased ? ` ${msg('You erased it; until then you can undo that.')}` : ''}</p>
        ${this.troubleBox}
        ${erased && this.sure !== 'at-once' ? html`<div class="row"><button @click=${() => void this.#change(async () => { await this.desk.call('/api/undo-erase', { recording: id }); })}>${msg('Undo: do not erase it')}</button><button @click=${() => { this.sure = 'at-once'; }}>${msg('Erase it at once')}</button></div>` : erased ? nothing : this.#choices(recording)}
        ${this.sure === 'at-once' ? html`
          <p>${msg('To erase it at once and for good, prove your key: open a new test code with it (under “My account”, or at home), and type its eight letters.')}</p>
          <label>${msg('Test code')}<input dir="ltr" maxlength="20" autocomplete="off" .value=${this.code} @input=${(event: InputEvent) => { this.code = (event.target as HTMLInputElement).value; }}></label>` : nothing}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.#look(null)}>${msg('Back to my recordings')}</button>
        ${this.sure === 'at-once' ? html`<button class="grow" aria-disabled=${this.code.trim().length < 8} aria-busy=${this.busy} @click=${() => { if (this.code.trim().length >= 8) void this.#eraseNow(id); }}>${msg('Erase it now, for good')}</button>` : nothing}
      </footer>`;
  }

  #choices({ id, keptAtMost, goneAt }: Recording) {
    if (this.sure === 'tomorrow') return html`
      <p>${msg('It will be gone tomorrow at this time. Until then you can undo it here.')}</p>
      <div class="row"><button @click=${() => { this.sure = 'no'; }}>${msg('No, leave it')}</button><button class="main" @click=${() => void this.#change(async () => { await this.desk.call('/api/erase', { recording: id }); })}>${msg('Yes, erase it')}</button></div>`;
    const latest = new Date(keptAtMost).getTime();
    // What is here for longer already is not offered a nearer day.
    const longer = keepDays().map(([days, words]) => ({ words, until: new Date(Math.min(latest, Date.now() + days * DAY_MS)) })).filter(({ until }) => goneAt === null || dayOf(until) > dayOf(new Date(goneAt)));
    return html`
      <p>${longer.length > 0 ? msg('You can keep it longer, counted from today, or erase it.') : msg('It is kept as long as possible already. You can erase it.')}</p>
      <div class="row" role="group" aria-label=${msg('Keep it from today')}>${longer.map(({ until, words }) => html`<button @click=${() => void this.#change(async () => { await this.desk.call('/api/keep', { recording: id, until: dayOf(until) }); })}>${words}<br><small>${msg(str`until ${dateWords(until, 'day')}`)}</small></button>`)}</div>
      <div class="row"><button @click=${() => { this.sure = 'tomorrow'; }}>${msg('Erase it')}</button></div>`;
  }

  #look(id: string | null): void {
    [this.about, this.sure, this.code, this.receipt, this.trouble] = [id, 'no', '', '', null];
  }

  async #change(work: () => Promise<void>): Promise<void> {
    if (!await this.try(work)) return;
    this.sure = 'no';
    // What stands here is always what the recorder says.
    ask(this, { ask: 'go', step: { step: 'recordings' } });
  }

  async #eraseNow(recording: string): Promise<void> {
    let receipt = '';
    await this.#change(async () => { ({ receipt } = await this.desk.call('/api/erase-now', { recording, code: this.code })); });
    if (receipt !== '') this.#look(null);
    this.receipt = receipt;
  }
}
customElements.define('recordings-screen', RecordingsScreen);

/** P1.5: on the owner's screens only. */
function untilWhen({ goneAt, erased }: Recording): string {
  if (goneAt === null) return msg('Stays until you set a day: the recorder did not know the date.');
  return erased ? msg(str`Erased for good on ${dayAndTime(goneAt)}.`) : msg(str`Here until ${dateWords(new Date(goneAt), 'day')}.`);
}
