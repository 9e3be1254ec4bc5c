import { msg, str } from '@lit/localize';
import { css, html, type PropertyDeclarations } from 'lit';
import type { Recording } from '../../../protocol.js';
import { MARKS } from '../../controls/marks.js';
import { MOST, sinceChoices, type Since } from '../../copying.js';
import { LampElement } from '../../element.js';
import { dateWords } from '../../language/dates.js';
import { saidWords } from '../../language/language.js';
import { base } from '../../styles.js';
import { dayAndTime, lengthWords, size } from '../../words.js';
import { moreButton, rowStyles, shownOf } from '../rows.js';
import { partStyles } from './key-page.js';

/** Which recordings go: one tap for each, or for all of a day, of a week, of the list. */
class ChooseRecordings extends LampElement {
  static override properties: PropertyDeclarations = { recordings: { attribute: false }, chosen: { attribute: false }, onChange: { attribute: false }, onDone: { attribute: false }, at: { state: true } };
  static override styles = [base, partStyles, rowStyles, css`
    main { display: grid; gap: var(--gap); align-content: start; min-height: 0; }
    .since { display: flex; flex-wrap: wrap; gap: var(--gap); }
    .since button { flex: 1 1 0; }
    .rows .row { display: flex; align-items: center; gap: 0.8em; }
    .rows .mark { font-size: 1.5em; }
    .row[aria-pressed='true'] { background: var(--accent-pale); border-color: var(--accent); }
    @media (orientation: portrait) { footer button { padding-inline: 0.5em; } }
  `];

  declare recordings: readonly Recording[];
  declare chosen: readonly string[];
  declare onChange: (chosen: readonly string[]) => void;
  declare onDone: () => void;
  declare at: number;

  constructor() {
    super();
    this.at = 0;
  }

  override render() {
    const { recordings, chosen } = this;
    const bytes = recordings.reduce((sum, one) => sum + (chosen.includes(one.id) ? one.bytes : 0), 0);
    return html`
      <header><h1 tabindex="-1">${msg('Which recordings?')}</h1><span class="soft" role="status">${msg(str`Chosen: ${chosen.length}, ${size(bytes)}`)}</span></header>
      <main>
        <div class="since">${sinceChoices(recordings, new Date()).map((since) => html`<button @click=${() => this.onChange(since.ids)}>${sinceWords(since)}</button>`)}</div>
        <ul class="rows">${shownOf(recordings, this.at).map((recording) => this.#row(recording))}</ul>
      </main>
      <footer>
        ${moreButton(recordings, this.at, (at) => { this.at = at; })}
        <button class="grow" aria-disabled=${chosen.length === 0} @click=${() => { if (chosen.length > 0) this.onChange([]); }}>${msg('Choose none')}</button>
        <button class="main grow" data-back @click=${() => this.onDone()}>${msg('Go on')}</button>
      </footer>`;
  }

  #row({ id, startedAt, purpose, lengthMs, bytes }: Recording) {
    const isChosen = this.chosen.includes(id);
    const mayChoose = isChosen || this.chosen.length < MOST;
    return html`<li><button class="row" aria-pressed=${isChosen} aria-disabled=${!mayChoose} @click=${() => { if (mayChoose) this.onChange(isChosen ? this.chosen.filter((one) => one !== id) : [...this.chosen, id]); }}>
      ${isChosen ? MARKS.done : MARKS.square}<span>${dayAndTime(startedAt)} – ${saidWords(purpose)}<small>${lengthWords(lengthMs)}, ${size(bytes)}</small></span>
    </button></li>`;
  }
}
customElements.define('lamp-choose-recordings', ChooseRecordings);

function sinceWords({ kind, from }: Since): string {
  switch (kind) {
    case 'today': return msg('All of today');
    case 'week': case 'all': return msg(str`All since ${dateWords(from, 'weekday')}`);
  }
}
