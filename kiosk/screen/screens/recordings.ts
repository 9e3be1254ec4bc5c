import { css, html, LitElement } from 'lit';
import type { CollectLine, Recording } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import { dayAndTime, lengthWords, size } from '../words.js';

const A_PAGE = 4;

/** A copy to the stick, as far as it has got. */
export interface Copy { readonly recording: string; readonly line: CollectLine | null }

/** The teacher's own recordings, each with its way to the stick. */
class RecordingsScreen extends LitElement {
  static override properties = { recordings: { attribute: false }, copy: { attribute: false }, mayRecord: { type: Boolean }, page: { state: true } };
  static override styles = [base, css`
    ul { display: grid; gap: var(--gap); align-content: start; min-height: 0; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap); align-items: center; padding: 0.7em 1em; }
    li strong { display: block; font-size: 1.15em; }
    .copy { grid-column: 1 / -1; display: grid; gap: 0.4rem; }
    progress { width: 100%; height: 1.4rem; accent-color: var(--accent); }
  `];

  declare recordings: readonly Recording[] | null;
  declare copy: Copy | null;
  declare mayRecord: boolean;
  declare page: number;

  constructor() {
    super();
    this.recordings = null;
    this.copy = null;
    this.page = 0;
  }

  override render() {
    const all = this.recordings ?? [];
    const pages = Math.ceil(all.length / A_PAGE);
    const shown = all.slice(this.page * A_PAGE, (this.page + 1) * A_PAGE);
    return html`
      <header><h1 tabindex="-1">My recordings</h1><span class="soft">Sealed: only your key opens them.</span></header>
      ${this.recordings !== null && all.length === 0 ? html`<p>You have no recordings here.</p>` : html`<ul>${shown.map((recording) => this.#row(recording))}</ul>`}
      <footer>
        ${this.mayRecord ? html`<button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'purpose' } })}>Record a lesson</button>` : ''}
        ${pages > 1 ? html`<button class="grow" @click=${() => { this.page = (this.page + 1) % pages; }}>Older ones (page ${this.page + 1} of ${pages})</button>` : ''}
        <button class="grow" @click=${() => ask(this, { ask: 'sign-out' })}>Sign out</button>
      </footer>`;
  }

  #row({ id, startedAt, purpose, lengthMs, bytes, complete }: Recording) {
    const copying = this.copy !== null && (this.copy.line === null || this.copy.line.kind === 'progress');
    return html`<li class="card">
      <p><strong>${dayAndTime(startedAt)} – ${purpose}</strong>${lengthWords(lengthMs)}, ${size(bytes)}${complete ? '' : '. The end was cut off; the rest is whole.'}</p>
      <button aria-disabled=${copying} @click=${() => { if (!copying) ask(this, { ask: 'collect', recording: id }); }}>Copy to the stick</button>
      ${this.copy?.recording === id ? html`<div class="copy" role="status">${progressOf(this.copy.line)}</div>` : ''}
    </li>`;
  }
}
customElements.define('recordings-screen', RecordingsScreen);

function progressOf(line: CollectLine | null) {
  if (line === null) return html`<progress aria-label="Copying"></progress><p>Looking for the stick…</p>`;
  switch (line.kind) {
    case 'progress': return html`<progress aria-label="Copying" max=${line.totalBytes} value=${line.doneBytes}></progress><p>${size(line.doneBytes)} of ${size(line.totalBytes)} are safely on the stick. Leave it in.</p>`;
    case 'collected': return html`<p><strong>Done: you can take the stick.</strong> ${line.files} files, ${size(line.bytes)}. Receipt: ${line.receipt}</p>`;
    case 'refused': return html`<div class="trouble"><strong>${line.sentence}</strong><p>${line.remedy}</p></div>`;
  }
}
