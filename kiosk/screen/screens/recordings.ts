import { css, html, LitElement } from 'lit';
import type { CollectLine, Recording } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import { dayAndTime, lengthWords, size } from '../words.js';

/** As many as fit with a notice above and the idle bar below. */
const A_PAGE = 3;

/** A copy to the stick, as far as it has got. One that was refused is a refusal like any other. */
export interface Copy { readonly recording: string; readonly line: CopyLine | null }
export type CopyLine = Exclude<CollectLine, { kind: 'refused' }>;

/** The teacher's own recordings, each with its way to the stick. */
class RecordingsScreen extends LitElement {
  static override properties = { recordings: { attribute: false }, copy: { attribute: false }, mayRecord: { type: Boolean }, page: { state: true } };
  static override styles = [base, css`
    ul { display: grid; gap: var(--gap); align-content: start; min-height: 0; }
    li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap); align-items: center; line-height: 1.25; }
    .card { padding: 0.5em 1em; }
    .what { display: block; font-size: 1.15em; }
    @container (max-height: 26rem) { .card { padding-block: 0.2em; } }
    .receipt { white-space: nowrap; }
    progress { display: block; width: 100%; height: 0.9rem; accent-color: var(--accent); }
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
      <div>
        <strong class="what">${dayAndTime(startedAt)} – ${purpose}</strong>
        ${this.copy?.recording === id
          ? html`<div role="status">${progressOf(this.copy.line)}</div>`
          : html`<p>${lengthWords(lengthMs)}, ${size(bytes)}${complete ? '' : '. The end was cut off; the rest is whole.'}</p>`}
      </div>
      <button aria-disabled=${copying} @click=${() => { if (!copying) ask(this, { ask: 'collect', recording: id }); }}>Copy to the stick</button>
    </li>`;
  }
}
customElements.define('recordings-screen', RecordingsScreen);

function progressOf(line: CopyLine | null) {
  if (line === null) return html`<progress aria-label="Copying"></progress><p class="small">Looking for the stick…</p>`;
  switch (line.kind) {
    case 'progress': return html`<progress aria-label="Copying" max=${line.totalBytes} value=${line.doneBytes}></progress><p class="small">${size(line.doneBytes)} of ${size(line.totalBytes)} are safely on the stick. Leave it in.</p>`;
    case 'collected': return html`<p><strong>Done: you can take the stick.</strong> <span class="small">${line.files} files, ${size(line.bytes)}. ${line.receipt === '' ? '' : html`<span class="receipt">Receipt: ${line.receipt}</span>`}</span></p>`;
  }
}
