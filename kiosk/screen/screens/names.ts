import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { TeacherName } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import '../controls/languages.js';

/** Three rows of three: no scrolling, and each tile as large as a hand. */
const A_PAGE = 9;

/** Whose name? The school's staff list, the same for everyone. */
class NamesScreen extends LampElement {
  static override properties = { names: { attribute: false }, page: { state: true } };
  static override styles = [base, css`
    main { display: grid; min-height: 0; }
    ul { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); grid-template-rows: repeat(3, minmax(0, 1fr)); gap: var(--gap); }
    li { display: grid; }
    li button { font-size: 1.35em; overflow-wrap: anywhere; }
    :host-context([data-text='larger']) ul { grid-template: none / repeat(2, minmax(0, 1fr)); }
    @media (orientation: portrait) { ul { grid-template-columns: minmax(0, 1fr); grid-template-rows: repeat(9, minmax(0, 1fr)); } }
  `];

  declare names: readonly TeacherName[];
  declare page: number;

  constructor() {
    super();
    this.names = [];
    this.page = 0;
  }

  override render() {
    const pages = Math.ceil(this.names.length / A_PAGE);
    const shown = this.names.slice(this.page * A_PAGE, (this.page + 1) * A_PAGE);
    return html`
      <header><h1 tabindex="-1">${msg('Tap your name')}</h1>${pages > 1 ? html`<span class="soft">${msg(str`Page ${this.page + 1} of ${pages}`)}</span>` : ''}<lamp-languages></lamp-languages></header>
      <main><ul>${shown.map((teacher) => html`<li><button @click=${() => ask(this, { ask: 'go', step: { step: 'pin', teacher } })}>${teacher.displayName}</button></li>`)}</ul></main>
      <footer>
        <button class="grow" data-back @click=${() => ask(this, { ask: 'go', step: { step: 'ready' } })}>${msg('Back')}</button>
        ${pages > 1 ? html`<button class="grow" @click=${() => { this.page = (this.page + 1) % pages; }}>${msg('More names')}</button>` : ''}
      </footer>`;
  }
}
customElements.define('names-screen', NamesScreen);
