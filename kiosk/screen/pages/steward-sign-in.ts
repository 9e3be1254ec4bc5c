import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import './parts/pin-entry.js';

interface Named { readonly id: string; readonly displayName: string }

/** The technician's way in: name and PIN, as a teacher's. */
class StewardSignInPage extends DeskPage {
  static override properties = { ...DeskPage.properties, stewards: { state: true }, chosen: { state: true } };
  static override styles = [base, css`
    :host([pin]) { grid-template-rows: minmax(0, 1fr); }
    main { display: flex; flex-direction: column; gap: var(--gap); min-height: 0; }
    ul { flex: 1 1 0; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); grid-template-rows: repeat(4, minmax(var(--touch), 8rem)); gap: var(--gap); min-height: 0; }
    li { display: grid; }
    li button { overflow-wrap: anywhere; padding-inline: 0.6em; }
    @media (orientation: portrait) { ul { grid-template-columns: minmax(0, 1fr); grid-template-rows: repeat(10, minmax(var(--touch), 8rem)); } }
    @container (max-height: 38rem) { li button { font-size: var(--small); padding-block: 0.2em; } }
  `];

  declare stewards: readonly Named[];
  declare chosen: Named | null;

  constructor() {
    super();
    this.stewards = [];
    this.chosen = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => { ({ stewards: this.stewards } = await this.desk.look('/api/stewards')); });
  }

  override render() {
    const { chosen } = this;
    this.toggleAttribute('pin', chosen !== null);
    if (chosen !== null) return html`<lamp-pin-entry .heading=${msg(str`${chosen.displayName}: enter your PIN`)} .hint=${msg('Your PIN has at least 6 digits.')} .trouble=${this.trouble} .busy=${this.busy}
      .onPin=${(pin: string) => void this.#signIn(chosen.id, pin)} .onBack=${() => { this.chosen = null; this.trouble = null; }}></lamp-pin-entry>`;
    return html`
      <header><h1 tabindex="-1">${msg('Technicians: tap your name')}</h1></header>
      <main>${this.troubleBox}<ul>${this.stewards.map((steward) => html`<li><button @click=${() => { this.chosen = steward; }}>${steward.displayName}</button></li>`)}</ul></main>
      <footer>
        <button class="grow" data-back @click=${() => this.desk.go({ step: 'ready' })}>${msg('Back')}</button>
        <button class="grow" @click=${() => this.desk.go({ step: 'page', page: { page: 'set-up' } })}>${msg('I have a set-up code')}</button>
      </footer>`;
  }

  async #signIn(steward: string, pin: string): Promise<void> {
    await this.try(async () => {
      this.desk.welcomeSteward(await this.desk.call('/api/steward-sign-in', { steward, pin }));
      this.desk.go({ step: 'page', page: { page: 'steward' } });
    });
  }
}
customElements.define('steward-sign-in-page', StewardSignInPage);
