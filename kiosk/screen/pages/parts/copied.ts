import { msg } from '@lit/localize';
import { css, html, nothing, type PropertyDeclarations } from 'lit';
import type { Recording } from '../../../protocol.js';
import type { Verified } from '../../../protocol/collect.js';
import { MARKS } from '../../controls/marks.js';
import { base } from '../../styles.js';
import { DeskPage } from '../desk-page.js';
import { pageStyles, partStyles } from './key-page.js';
import { receiptsOf, receiptStyles } from './receipts.js';

/** All is on the stick, and it can be pulled out. The recorder's own copies may be erased: that is offered, never urged (P3.1). */
class Copied extends DeskPage {
  static override properties: PropertyDeclarations = { ...DeskPage.properties, verified: { attribute: false }, recordings: { attribute: false }, erase: { state: true } };
  static override styles = [base, pageStyles, partStyles, receiptStyles, css`
    h1 { display: flex; gap: 0.4em; align-items: center; }
    h1 .mark { color: var(--good); }
    .row { display: flex; flex-wrap: wrap; gap: var(--gap); }
    .row > button { flex: 1 1 0; }
    footer button { padding-inline: 0.5em; }
  `];

  declare verified: readonly Verified[];
  declare recordings: readonly Recording[];
  declare erase: 'no' | 'sure' | 'done';

  constructor() {
    super();
    this.erase = 'no';
  }

  override render() {
    return html`
      <header><h1 tabindex="-1">${MARKS.done}<span>${msg('You can pull it out')}</span></h1></header>
      <main>
        <p role="status">${this.erase === 'done' ? msg('The recorder’s own copies will be gone tomorrow at this time. Until then you can undo it under “My recordings”.') : msg('All of it was read back from the stick and is the same as here.')}</p>
        ${receiptsOf(this.verified, this.recordings)}
        ${this.troubleBox}
        ${this.erase === 'sure' ? html`
          <p>${msg('The recorder’s own copies of these will be gone tomorrow at this time. Then only your stick has them.')}</p>
          <div class="row"><button @click=${() => { this.erase = 'no'; }}>${msg('No, leave them here')}</button><button class="main" aria-busy=${this.busy} @click=${() => void this.#erase()}>${msg('Yes, erase them here')}</button></div>` : nothing}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.desk.go({ step: 'recordings' })}>${msg('Back to my recordings')}</button>
        ${this.erase === 'no' && this.verified.length > 0 ? html`<button class="grow" @click=${() => { this.erase = 'sure'; }}>${msg('Erase them here…')}</button>` : nothing}
        <button class="grow" @click=${() => this.desk.signOut()}>${msg('Sign out')}</button>
      </footer>`;
  }

  /** Each as usual, to be undone for a day; one that fails leaves the others as they are. */
  async #erase(): Promise<void> {
    const gone = await this.try(async () => { for (const { recording } of this.verified) await this.desk.call('/api/erase', { recording }); });
    if (gone) this.erase = 'done';
  }
}
customElements.define('lamp-copied', Copied);
