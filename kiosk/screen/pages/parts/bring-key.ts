import { msg, str } from '@lit/localize';
import { css, html, type PropertyDeclarations } from 'lit';
import type { KeyPart, LanPage } from '../../../protocol/account.js';
import { checkRecipient, fingerprintOf } from '../../../keys/recipient.js';
import { RefusedError } from '../../api.js';
import { qrOf } from '../../qr.js';
import { inUnit } from '../../language/dates.js';
import { base } from '../../styles.js';
import { KeyPage, pageStyles, partStyles } from './key-page.js';
import './line-entry.js';

type Stage = { readonly at: 'how' | 'type' } | { readonly at: 'lan'; readonly page: NonNullable<LanPage> } | { readonly at: 'confirm'; readonly recipient: string };

const notAllowed = () => ({ code: 'NO_LAN_PAGE', sentence: msg('Your school has not switched this way on.'), remedy: msg('Bring your key on a stick, or type it.') });

/** Takes the recipient of a key that was made elsewhere, and has its fingerprint confirmed. What else is pasted is emptied and never sent. */
class BringKey extends KeyPage {
  static override properties: PropertyDeclarations = { ...KeyPage.properties, heading: {}, ticket: {}, onKey: { attribute: false }, onBack: { attribute: false }, stage: { state: true } };
  static override styles = [base, pageStyles, partStyles, css`
    .lan { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: calc(var(--gap) * 2); align-items: center; }
    .lan svg { width: min(52cqh, 40cqw); }
    .lan div { display: grid; gap: var(--gap); overflow-wrap: anywhere; }
  `];

  /** Where it is not “Where is your key?”. */
  declare heading: string | undefined;
  /** Of the paper code, where there is no sign-in yet. */
  declare ticket: string | undefined;
  declare onKey: (key: KeyPart) => void;
  declare onBack: () => void;
  declare stage: Stage;

  constructor() {
    super();
    this.stage = { at: 'how' };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.stage.at === 'lan') this.#closeLan();
    this.stage = { at: 'how' };
  }

  override render() {
    switch (this.stage.at) {
      case 'how': return this.#how();
      case 'type': return html`<lamp-line-entry .heading=${msg('Type, paste or scan your key')} .hint=${msg('Only the part that starts with age1. It is not secret.')} .trouble=${this.trouble} .busy=${this.busy}
        .onLine=${(line: string) => void this.try(() => this.#take(line))} .onBack=${() => this.#to({ at: 'how' })}></lamp-line-entry>`;
      case 'lan': return this.#lan(this.stage.page);
      case 'confirm': return this.#confirm(this.stage.recipient);
    }
  }

  #how() {
    return html`
      <header><h1 tabindex="-1">${this.heading ?? msg('Where is your key?')}</h1></header>
      <main>
        ${this.troubleBox}
        <p>${msg(html`Only its public part (<bdi dir="ltr">age1…</bdi>) comes here. The secret part stays with you.`)}</p>
        <div class="choices">
          <button aria-busy=${this.busy} @click=${() => void this.try(() => this.#fromStick())}>${msg('On a stick')}<small>${msg('In the file lamplight-recipient.txt')}</small></button>
          <button @click=${() => this.#to({ at: 'type' })}>${msg('I type, paste or scan it')}<small>${msg('With a keyboard or a scanner that is plugged in')}</small></button>
          <button aria-busy=${this.busy} @click=${() => void this.try(() => this.#openLan())}>${msg('On my phone or computer')}<small>${msg('I open a page there and paste it')}</small></button>
        </div>
      </main>
      <footer><button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button></footer>`;
  }

  #lan({ url, code, minutes }: NonNullable<LanPage>) {
    const { side, squares } = qrOf(url);
    return html`
      <header><h1 tabindex="-1">${msg('Open this page on your phone or computer')}</h1></header>
      <main><div class="lan">
        <svg viewBox="0 0 ${side} ${side}" role="img" aria-label=${msg('QR code of the page’s address')}>${squares}</svg>
        <div><p data-secret=${msg('Address of the page')}><bdi dir="ltr">${url}</bdi></p><p>${msg('It asks for this code:')}</p><p><bdi class="print" dir="ltr">${code}</bdi></p><p class="soft">${msg(str`For one use, within ${inUnit('minute', minutes)}. This screen goes on by itself.`)}</p></div>
      </div></main>
      <footer><button class="grow" data-back @click=${() => { this.#closeLan(); this.#to({ at: 'how' }); }}>${msg('Back')}</button></footer>`;
  }

  #confirm(recipient: string) {
    return html`
      <header><h1 tabindex="-1">${msg('Is this your key?')}</h1></header>
      <main>
        <p>${msg('Compare the fingerprint with the one where your key was made. Whoever has the secret part of this key can open your recordings.')}</p>
        <p><bdi class="print" dir="ltr">${fingerprintOf(recipient)}</bdi></p>
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.#to({ at: 'how' })}>${msg('No, another one')}</button>
        <button class="grow main" @click=${() => this.onKey({ recipients: [recipient], signKey: null })}>${msg('Yes, it is the same')}</button>
      </footer>`;
  }

  #to(stage: Stage): void {
    this.trouble = null;
    this.stage = stage;
  }

  async #take(text: string): Promise<void> {
    const checked = await checkRecipient(text);
    if (checked.is === 'mistake') throw new RefusedError({ code: checked.code, sentence: checked.sentence, ...(checked.values && { values: checked.values }), remedy: '' }, 0);
    this.stage = { at: 'confirm', recipient: checked.recipient };
  }

  async #fromStick(): Promise<void> {
    await this.#take((await this.desk.call('/api/stick-read', { file: 'recipient' }, this.ticket)).text);
  }

  async #openLan(): Promise<void> {
    const { page } = await this.desk.call('/api/lan-open', {}, this.ticket);
    if (page === null) throw new RefusedError(notAllowed(), 0);
    const stage: Stage = { at: 'lan', page };
    this.stage = stage;
    void this.#waitFor(stage, performance.now() + page.minutes * 60_000);
  }

  /** As long as this very page is shown, and open. */
  async #waitFor(stage: Stage, until: number): Promise<void> {
    let came: string | null = null;
    try {
      while (came === null && this.stage === stage && performance.now() < until) {
        this.desk.stillHere();
        came = (await this.desk.call('/api/lan-wait', {}, this.ticket)).recipient;
      }
    } catch (error) {
      if (this.stage !== stage) return;
      this.stage = { at: 'how' };
      await this.try(() => { throw error; });
      return;
    }
    if (this.stage !== stage) return;
    this.stage = { at: 'how' };
    if (came !== null) await this.try(() => this.#take(came));
  }

  #closeLan(): void {
    void this.desk.call('/api/lan-close', {}, this.ticket).catch(() => undefined);
  }
}
customElements.define('lamp-bring-key', BringKey);
