import { msg, str } from '@lit/localize';
import { html } from 'lit';
import type { AccountView } from '../../protocol/account.js';
import { ltr } from '../language/language.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { pageStyles } from './parts/key-page.js';
import './parts/proof.js';

type Locked = AccountView['locked'][number];

/** What lies locked since a reset is opened with its own key (P10.3). */
class UnlockPage extends DeskPage {
  static override properties = { ...DeskPage.properties, locked: { state: true }, unlocked: { state: true }, chosen: { state: true } };
  static override styles = [base, pageStyles];

  declare locked: readonly Locked[] | null;
  declare chosen: Locked | null;
  declare unlocked: boolean;

  constructor() {
    super();
    this.locked = null;
    this.chosen = null;
    this.unlocked = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override render() {
    if (this.chosen !== null) {
      const { account, sealed } = this.chosen;
      return html`<lamp-proof .desk=${this.desk} .heading=${msg('Unlock with the key from before')} opens="unlock-code" .why=${msg('Only the key that these recordings are sealed to opens them.')}
        .sealed=${() => Promise.resolve(sealed)} .onCode=${(code: string) => this.#unlock(account, code)} .onBack=${() => { this.chosen = null; }}></lamp-proof>`;
    }
    const back = (): void => this.desk.go({ step: 'page', page: { page: 'account' } });
    return html`
      <header><h1 tabindex="-1">${msg('Recordings from before')}</h1></header>
      <main>
        ${this.troubleBox}
        ${this.unlocked ? html`<p role="status"><strong>${msg('Unlocked.')}</strong> ${msg('What was recorded then stands in “My recordings” again.')}</p>` : ''}
        <p>${this.locked === null ? msg('One moment…') : this.locked.length === 0 ? msg('Nothing of yours is locked.') : msg('Your PIN was set anew. What is older opens with the key of that time:')}</p>
        <div class="choices">${(this.locked ?? []).slice(-5).map((locked) => html`<button @click=${() => { this.chosen = locked; }}>${msg(str`Key ${locked.fingerprints.map(ltr).join(', ')}`)}</button>`)}</div>
      </main>
      <footer><button class="grow" data-back @click=${back}>${msg('Back')}</button></footer>`;
  }

  async #load(): Promise<void> {
    await this.try(async () => { this.locked = (await this.desk.look('/api/account')).locked; });
  }

  async #unlock(account: string, code: string): Promise<void> {
    await this.desk.call('/api/unlock', { account, code });
    await this.desk.refresh();
    this.unlocked = true;
    this.chosen = null;
    await this.#load();
  }
}
customElements.define('unlock-page', UnlockPage);
