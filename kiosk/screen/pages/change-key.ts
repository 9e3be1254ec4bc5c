import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { AccountView, KeyPart } from '../../protocol/account.js';
import { fingerprintOf } from '../../keys/recipient.js';
import { ltr } from '../language/language.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { pageStyles } from './parts/key-page.js';
import './parts/bring-key.js';
import './parts/key-step.js';
import './parts/proof.js';

type Stage =
  | { readonly at: 'prove' | 'done' }
  /** `present`: the first key, where it is known. */
  | { readonly at: 'what' | 'new' | 'present' | 'spare'; readonly code: string; readonly present: KeyPart | null };

/** Another key, or a spare one beside it. The present key has to prove itself first. */
class ChangeKeyPage extends DeskPage {
  static override properties = { ...DeskPage.properties, account: { state: true }, stage: { state: true } };
  static override styles = [base, pageStyles];

  declare account: AccountView | null;
  declare stage: Stage;

  constructor() {
    super();
    this.account = null;
    this.stage = { at: 'prove' };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => { this.account = await this.desk.look('/api/account'); });
  }

  override render() {
    const { stage } = this;
    const home = (): void => this.desk.go({ step: 'page', page: { page: 'account' } });
    switch (stage.at) {
      case 'prove': return html`<lamp-proof .desk=${this.desk} .heading=${msg('First, prove your present key')} .why=${msg('So that nobody else can put their key in the place of yours.')}
        .sealed=${async () => (await this.desk.call('/api/test-code', {})).sealed} .onCode=${this.#proven} .onBack=${home}></lamp-proof>`;
      case 'what': return this.#what(stage);
      case 'new': return html`<lamp-key-step .desk=${this.desk} .onKey=${(key: KeyPart) => void this.#change(stage, key)} .onBack=${() => { this.stage = { ...stage, at: 'what' }; }}></lamp-key-step>`;
      case 'present': return html`<lamp-bring-key .desk=${this.desk} .heading=${msg('First the key that you have now')} .onKey=${(key: KeyPart) => this.#isPresent(stage, key)} .onBack=${() => { this.stage = { ...stage, at: 'what' }; }}></lamp-bring-key>`;
      case 'spare': return html`<lamp-bring-key .desk=${this.desk} .heading=${msg('Now the spare key')} .onKey=${(key: KeyPart) => void this.#addSpare(stage, key)} .onBack=${() => { this.stage = { ...stage, at: 'what' }; }}></lamp-bring-key>`;
      case 'done': return html`
        <header><h1 tabindex="-1">${msg('Your key is changed')}</h1></header>
        <main><p>${msg('From now on your recordings are sealed to:')}</p>${(this.account?.fingerprints ?? []).map((print) => html`<p><bdi class="print" dir="ltr">${print}</bdi></p>`)}
          <p>${msg('Older recordings still open with the key of their time only. Keep it.')}</p></main>
        <footer><button class="grow main" data-back @click=${() => this.leave()}>${msg('Go on')}</button></footer>`;
    }
  }

  #what(stage: Extract<Stage, { code: string }>) {
    return html`
      <header><h1 tabindex="-1">${msg('What do you want to change?')}</h1></header>
      <main>
        ${this.troubleBox}
        <p>${msg('This counts for recordings from now on. Older ones stay with the key of their time.')}</p>
        <div class="choices">
          <button @click=${() => { this.stage = { ...stage, at: 'new' }; }}>${msg('Another key in place of mine')}<small>${msg('New recordings no longer open with the present one')}</small></button>
          <button @click=${() => { this.stage = { ...stage, at: stage.present === null ? 'present' : 'spare' }; }}>${msg('A spare key of my own beside it')}<small>${msg('Either opens new recordings; the spare lies somewhere safe')}</small></button>
        </div>
      </main>
      <footer><button class="grow" data-back @click=${() => this.desk.go({ step: 'page', page: { page: 'account' } })}>${msg('Leave it as it is')}</button></footer>`;
  }

  /** The code is checked together with the change. */
  readonly #proven = (code: string, key: KeyPart | null): Promise<void> => {
    // Where it was the spare that was opened, the first of the two is still to be said.
    this.stage = { at: 'what', code, present: key !== null && this.#isFirst(key) ? key : null };
    return Promise.resolve();
  };

  readonly #isFirst = ({ recipients: [first] }: KeyPart): boolean => first !== undefined && fingerprintOf(first) === this.account?.fingerprints[0];

  #isPresent(stage: Extract<Stage, { code: string }>, present: KeyPart): void {
    if (this.#isFirst(present)) this.stage = { ...stage, at: 'spare', present };
    else {
      this.stage = { ...stage, at: 'what' };
      this.trouble = { code: 'NOT_PRESENT_KEY', sentence: msg('That is not your present key.'), remedy: msg(str`The fingerprint of your present key is ${ltr(this.account?.fingerprints[0] ?? '')}.`) };
    }
  }

  async #addSpare(stage: Extract<Stage, { code: string }>, { recipients: [spare] }: KeyPart): Promise<void> {
    const present = stage.present?.recipients[0];
    if (present === undefined || spare === undefined) return;
    if (spare === present) {
      this.stage = { ...stage, at: 'what' };
      this.trouble = { code: 'SAME_KEY', sentence: msg('That is the key that you have already.'), remedy: msg('Bring another one as your spare.') };
      return;
    }
    await this.#change(stage, { recipients: [present, spare], signKey: stage.present?.signKey ?? null });
  }

  async #change(stage: Extract<Stage, { code: string }>, key: KeyPart): Promise<void> {
    const done = await this.try(async () => {
      await this.desk.call('/api/change-key', { code: stage.code, key });
      await this.desk.refresh();
      this.account = await this.desk.look('/api/account');
    });
    this.stage = done ? { at: 'done' } : { ...stage, at: 'what' };
  }
}
customElements.define('change-key-page', ChangeKeyPage);
