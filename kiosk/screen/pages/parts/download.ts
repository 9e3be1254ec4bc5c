import { msg, str } from '@lit/localize';
import { css, html, type PropertyDeclarations } from 'lit';
import { Repeat } from '../../controls/ticker.js';
import type { DownloadView } from '../../../protocol/collect.js';
import { RefusedError } from '../../api.js';
import { MARKS } from '../../controls/marks.js';
import { inUnit } from '../../language/dates.js';
import { qrOf } from '../../qr.js';
import { base } from '../../styles.js';
import { size } from '../../words.js';
import { DeskPage } from '../desk-page.js';
import { pageStyles, partStyles } from './key-page.js';

const LOOK_EVERY_MS = 1000;

/** The link to one's own computer: its address, its code, and how far it is. It stays open after signing out. */
class DownloadPart extends DeskPage {
  static override properties: PropertyDeclarations = { ...DeskPage.properties, recordings: { attribute: false }, onBack: { attribute: false }, view: { state: true } };
  static override styles = [base, pageStyles, partStyles, css`
    .link { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: calc(var(--gap) * 2); align-items: center; }
    .link svg { width: min(52cqh, 40cqw); }
    .link div { display: grid; gap: var(--gap); overflow-wrap: anywhere; }
    progress { display: block; width: 100%; height: 1.2rem; accent-color: var(--accent); }
    h1 { display: flex; gap: 0.4em; align-items: center; }
    h1 .mark { color: var(--good); }
  `];

  declare recordings: readonly string[];
  declare onBack: () => void;
  declare view: DownloadView;

  constructor() {
    super();
    this.view = { kind: 'none' };
    new Repeat(this, () => void this.#look(), LOOK_EVERY_MS);
  }

  protected override firstUpdated(): void {
    void this.try(() => this.#begin());
  }

  override render() {
    const { view } = this;
    const close = html`<button class="grow" data-back aria-busy=${this.busy} @click=${() => void this.#close()}>${msg('Close the link')}</button>`;
    const back = html`<button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button>`;
    const anew = html`<button class="main grow" aria-busy=${this.busy} @click=${() => void this.try(() => this.#begin())}>${msg('Make a new link')}</button>`;
    switch (view.kind) {
      case 'none': case 'not-allowed': return this.#page(html`${msg('Download to my own computer')}`, this.trouble === null ? msg('One moment…') : '', back);
      case 'waiting': return this.#waiting(view, close);
      case 'running': return html`
        <header><h1 tabindex="-1">${msg('It is going to your computer')}</h1></header>
        <main><progress aria-label=${msg('Download')} max=${view.totalBytes} value=${view.sentBytes}></progress><p>${msg(str`${size(view.sentBytes)} of ${size(view.totalBytes)} are sent. You may sign out; it goes on.`)}</p>${this.troubleBox}</main>
        <footer>${close}</footer>`;
      case 'sent': return this.#page(html`${MARKS.done}<span>${msg('All of it was sent')}</span>`, msg('Nobody here can see whether it arrived whole: open it on your computer before you erase anything here.'), back);
      case 'expired': return this.#page(html`${msg('The link has expired')}`, msg('Nothing more can be downloaded with it.'), html`${back}${anew}`);
    }
  }

  #page(heading: unknown, words: string, buttons: unknown) {
    return html`<header><h1 tabindex="-1">${heading}</h1></header><main>${this.troubleBox}<p>${words}</p></main><footer>${buttons}</footer>`;
  }

  #waiting({ url, code, secondsLeft }: Extract<DownloadView, { kind: 'waiting' }>, close: unknown) {
    const { side, squares } = qrOf(url);
    const last = url.lastIndexOf('/') + 1;
    return html`
      <header><h1 tabindex="-1">${msg('Open this page on your own computer')}</h1></header>
      <main><div class="link">
        <svg viewBox="0 0 ${side} ${side}" role="img" aria-label=${msg('QR code of the page’s address')}>${squares}</svg>
        <div><p data-secret=${msg('Address of the page')}><bdi dir="ltr">${url.slice(0, last)}<wbr>${url.slice(last)}</bdi></p><p>${msg('It must show these letters:')}</p><p><bdi class="print" dir="ltr">${code}</bdi></p>
          <p class="soft">${msg(str`For the first computer that opens it, within ${inUnit('minute', Math.ceil(secondsLeft / 60))}. You may sign out; the link stays.`)}</p>${this.troubleBox}</div>
      </div></main>
      <footer>${close}</footer>`;
  }

  async #begin(): Promise<void> {
    const link = await this.desk.call('/api/lan-download', { recordings: [...this.recordings] });
    if (link === null) throw new RefusedError({ code: 'NO_DOWNLOAD', sentence: msg('No link can be made now.'), remedy: msg('Use a stick, and tell the technician.') }, 0);
    this.view = { kind: 'waiting', url: link.url, code: link.code, secondsLeft: link.minutes * 60 };
  }

  /** A look that fails is followed by the next. */
  async #look(): Promise<void> {
    if (this.view.kind === 'none' || this.busy) return;
    const before = this.view;
    const view = await this.desk.watch('/api/lan-download').catch(() => before);
    if (this.view === before && this.isConnected) this.view = view;
  }

  async #close(): Promise<void> {
    if (await this.try(async () => { await this.desk.call('/api/lan-download-close', {}); })) this.onBack();
  }
}
customElements.define('lamp-download', DownloadPart);
