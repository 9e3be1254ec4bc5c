import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import type { Page } from '../page.js';
import { MENDED } from '../page-names.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { pageStyles } from './parts/key-page.js';
import './parts/proof.js';

/** Before the first start: a test code is opened with the key, which proves that recordings will open too. */
class ProveKeyPage extends DeskPage {
  static override properties = { ...DeskPage.properties, page: { attribute: false }, proven: { state: true } };
  static override styles = [base, pageStyles];

  declare page: Extract<Page, { page: 'prove-key' }> | undefined;
  declare proven: boolean;

  constructor() {
    super();
    this.proven = false;
  }

  override render() {
    const missing = this.desk.me?.reasons ?? [];
    if (this.proven) return html`
      <header><h1 tabindex="-1">${msg('Your key works')}</h1></header>
      <main><p>${msg('It will open what you record. Keep key and words in two safe places: nobody can replace them.')}</p>${missing.length === 0 ? nothing : html`<p>${missing.map((reason) => `${said(reason).sentence} `)}${msg('You can do that now or later.')}</p>`}</main>
      <footer>${missing.length === 0 ? nothing : html`<button class="grow" data-back @click=${() => this.leave()}>${msg('Later')}</button>`}<button class="grow main" @click=${() => this.goOn()}>${MENDED[missing[0]?.code ?? '']?.[0]() ?? msg('Go on')}</button></footer>`;
    return html`<lamp-proof .desk=${this.desk} .lookOnStick=${this.page?.lookOnStick === true} .heading=${msg('Test your key')} .why=${msg('So that you find out now, and not after a lesson, whether you can open your recordings.')}
      .sealed=${async () => (await this.desk.call('/api/test-code', {})).sealed} .onCode=${this.#answer} .onBack=${() => this.leave()}></lamp-proof>`;
  }

  readonly #answer = async (code: string): Promise<void> => {
    await this.desk.call('/api/test-code-answer', { code });
    await this.desk.refresh();
    this.proven = true;
  };
}
customElements.define('prove-key-page', ProveKeyPage);
