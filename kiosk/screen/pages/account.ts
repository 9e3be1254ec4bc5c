import { msg } from '@lit/localize';
import { html, nothing, type PropertyDeclarations } from 'lit';
import type { AccountView } from '../../protocol/account.js';
import type { Language } from '../../protocol/common.js';
import type { TeacherKey } from '../../keys/identity.js';
import { RefusedError } from '../api.js';
import type { PageName } from '../page.js';
import { base } from '../styles.js';
import { LANGUAGE_NAMES } from '../language/language.js';
import { ownClaims } from './parts/claims.js';
import { KeyPage, pageStyles } from './parts/key-page.js';
import './parts/pin-entry.js';
import './parts/proof.js';

type Stage = 'all' | 'key' | 'own' | 'language' | 'old-pin' | 'new-pin' | 'lost' | 'close' | 'closed';

/** What a teacher does with their own account. */
class AccountPage extends KeyPage {
  static override properties: PropertyDeclarations = { ...KeyPage.properties, account: { state: true }, stage: { state: true }, done: { state: true } };
  static override styles = [base, pageStyles];

  declare account: AccountView | null;
  declare stage: Stage;
  /** What was done last, in a sentence. */
  declare done: string;
  #pin = '';

  constructor() {
    super();
    this.account = null;
    this.stage = 'all';
    this.done = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(() => this.#load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pin = '';
  }

  override render() {
    const home = (): void => this.#to('all');
    const own = (): void => this.#to('own');
    switch (this.stage) {
      case 'all': return this.#all();
      case 'key': return this.#key(home);
      case 'own': return this.#own(home);
      case 'language': return html`
        <header><h1 tabindex="-1">${msg('Which language for you?')}</h1></header>
        <main>${this.troubleBox}<div class="choices">${(Object.entries(LANGUAGE_NAMES) as [Language, string][]).map(([language, name]) => html`<button lang=${language} aria-pressed=${language === this.account?.language} @click=${() => void this.#setLanguage(language)}>${name}</button>`)}</div></main>
        <footer><button class="grow" data-back @click=${own}>${msg('Back')}</button></footer>`;
      case 'old-pin': return html`<lamp-pin-entry .heading=${msg('Your PIN until now')} .trouble=${this.trouble} .onPin=${(pin: string) => { this.#pin = pin; this.#to('new-pin'); }} .onBack=${own}></lamp-pin-entry>`;
      case 'new-pin': return html`<lamp-pin-entry twice .heading=${msg('Choose a new PIN')} .trouble=${this.trouble} .busy=${this.busy} .onPin=${(pin: string) => void this.#changePin(pin)} .onBack=${own}></lamp-pin-entry>`;
      case 'lost': return html`<lamp-proof .desk=${this.desk} .heading=${msg('Look for lost recordings')} .why=${msg('After damage to this device, a recording may no longer be in your list. Your key finds what is yours.')}
        .onKey=${this.#claim} .onBack=${home}></lamp-proof>`;
      case 'close': return html`<lamp-pin-entry .heading=${msg('Close your account: your PIN')} .hint=${msg('Your choices and your place here are erased. It is refused while you have recordings here.')} .trouble=${this.trouble} .busy=${this.busy} .onPin=${(pin: string) => void this.#close(pin)} .onBack=${own}></lamp-pin-entry>`;
      case 'closed': return html`<header><h1 tabindex="-1">${msg('Your account is closed')}</h1></header><main><p>${msg('Nothing of yours is left here. With a new paper code you can start afresh.')}</p></main>
        <footer><button class="grow main" data-back @click=${() => this.desk.signOut()}>${msg('Done')}</button></footer>`;
    }
  }

  #all() {
    const { account } = this;
    const page = (name: PageName & ('purposes' | 'requests' | 'training' | 'code' | 'lead'), words: string) => html`<button @click=${() => this.desk.go({ step: 'page', page: { page: name } })}>${words}</button>`;
    return html`
      <header><h1 tabindex="-1">${msg('My account')}</h1><span class="soft">${account?.displayName ?? ''}</span></header>
      <main>
        ${this.troubleBox}
        ${this.done === '' ? nothing : html`<p role="status">${this.done}</p>`}
        <div class="choices two">
          <button @click=${() => this.#to('key')}>${msg('My key')}<small>${account === null ? '' : account.keyProven ? msg('Tested: it opens your recordings') : msg('Not tested yet')}</small></button>
          <button @click=${() => this.#to('own')}>${msg('PIN and language')}<small>${msg('Or close my account')}</small></button>
          ${page('purposes', msg('Purposes'))}
          ${page('requests', msg('Requests left for me'))}
          ${page('training', msg('Training'))}
          ${this.desk.me?.isLead === true ? page('lead', msg('Practice lead')) : nothing}
        </div>
      </main>
      <footer>
        <button class="grow" @click=${() => this.desk.go({ step: 'recordings' })}>${msg('My recordings')}</button>
        <button class="grow main" data-back @click=${() => this.leave()}>${msg('Back')}</button>
        <button class="grow" @click=${() => this.desk.signOut()}>${msg('Sign out')}</button>
      </footer>`;
  }

  #own(home: () => void) {
    const { account } = this;
    return html`
      <header><h1 tabindex="-1">${msg('PIN and language')}</h1></header>
      <main>
        <div class="choices">
          <button @click=${() => this.#to('old-pin')}>${msg('Change my PIN')}</button>
          <button @click=${() => this.#to('language')}>${msg('Change my language')}<small lang=${account?.language ?? nothing}>${account === null ? '' : LANGUAGE_NAMES[account.language]}</small></button>
          <button @click=${() => this.#to('close')}>${msg('Close my account')}</button>
        </div>
      </main>
      <footer><button class="grow" data-back @click=${home}>${msg('Back')}</button></footer>`;
  }

  #key(home: () => void) {
    const { account } = this;
    const locked = account?.locked.length ?? 0;
    return html`
      <header><h1 tabindex="-1">${msg('My key')}</h1></header>
      <main>
        <p>${msg('Your recordings are sealed to:')}</p>
        ${(account?.fingerprints ?? []).map((print, at) => html`<p><bdi class="print" dir="ltr">${print}</bdi> ${at === 0 ? '' : msg('(spare)')}</p>`)}
        <div class="choices two">
          <button @click=${() => this.desk.go({ step: 'page', page: { page: 'prove-key' } })}>${msg('Test my key')}</button>
          <button @click=${() => this.desk.go({ step: 'page', page: { page: 'change-key' } })}>${msg('Change it, or add a spare')}</button>
          <button @click=${() => this.#to('lost')}>${msg('Look for lost recordings')}</button>
          ${locked === 0 ? nothing : html`<button @click=${() => this.desk.go({ step: 'page', page: { page: 'unlock' } })}>${msg('Unlock recordings from before')}</button>`}
        </div>
      </main>
      <footer><button class="grow" data-back @click=${home}>${msg('Back')}</button></footer>`;
  }

  #to(stage: Stage): void {
    this.trouble = null;
    this.done = '';
    if (stage !== 'new-pin') this.#pin = '';
    this.stage = stage;
  }

  async #load(): Promise<void> {
    this.account = await this.desk.look('/api/account');
  }

  async #setLanguage(language: Language): Promise<void> {
    const done = await this.try(async () => {
      await this.desk.call('/api/language', { language });
      await this.desk.refresh();
      await this.#load();
    });
    if (done) this.#to('all');
  }

  async #changePin(newPin: string): Promise<void> {
    const pin = this.#pin;
    const done = await this.try(async () => { await this.desk.call('/api/change-pin', { pin, newPin }); });
    // A PIN that is too easy is chosen again; anything else begins with the present one.
    if (this.trouble?.code === 'WEAK_PIN') return;
    this.#pin = '';
    if (!done) return void (this.stage = 'old-pin');
    this.#to('all');
    this.done = msg('Your PIN is changed.');
  }

  async #close(pin: string): Promise<void> {
    if (await this.try(async () => { await this.desk.call('/api/close-account', { pin }); })) this.#to('closed');
  }

  /** The key stays in this page: it opens what is the teacher's, and only the secrets in there are sent. */
  readonly #claim = async ({ identity }: TeacherKey): Promise<void> => {
    this.desk.stillHere();
    const { claims } = await this.desk.look('/api/claims');
    const mine = await ownClaims(claims, identity);
    let found = 0;
    for (const claim of mine) {
      try {
        await this.desk.call('/api/claim', claim);
        found += 1;
      } catch (error) {
        // One that is in the list already, or gone, is no reason to leave out the others.
        if (!(error instanceof RefusedError) || error.status === 401) throw error;
      }
    }
    this.#to('all');
    this.done = found === 0 ? msg('There was nothing to find: your list is whole.') : msg('Looked through: what your key opens stands in “My recordings”.');
  };
}
customElements.define('account-page', AccountPage);
