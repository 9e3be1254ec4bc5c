import { msg } from '@lit/localize';
import { html } from 'lit';
import { LampElement } from '../../element.js';
import type { KeyPart } from '../../../protocol/account.js';
import type { PageDesk } from '../../page.js';
import { base } from '../../styles.js';
import { pageStyles, partStyles } from './key-page.js';
import './bring-key.js';
import './make-key.js';

/** A key for this teacher: brought, or made here. */
class KeyStep extends LampElement {
  static override properties = { desk: { attribute: false }, ticket: {}, onKey: { attribute: false }, onBack: { attribute: false }, way: { state: true } };
  static override styles = [base, pageStyles, partStyles];

  declare desk: PageDesk;
  /** Of the paper code, where there is no sign-in yet. */
  declare ticket: string | undefined;
  /** Is handed the key once its owner has it in their hands. */
  declare onKey: (key: KeyPart) => void;
  declare onBack: () => void;
  declare way: 'ask' | 'bring' | 'make';

  constructor() {
    super();
    this.way = 'ask';
  }

  override render() {
    const back = (): void => { this.way = 'ask'; };
    switch (this.way) {
      case 'bring': return html`<lamp-bring-key .desk=${this.desk} .ticket=${this.ticket} .onKey=${this.onKey} .onBack=${back}></lamp-bring-key>`;
      case 'make': return html`<lamp-make-key .desk=${this.desk} .ticket=${this.ticket} .onKey=${this.onKey} .onBack=${back}></lamp-make-key>`;
      case 'ask': return html`
        <header><h1 tabindex="-1">${msg('Your key')}</h1></header>
        <main>
          <p>${msg('Everything you record is sealed to it, so that only you can open it. Nobody else has it, and nobody can replace it.')}</p>
          <div class="choices">
            <button @click=${() => { this.way = 'make'; }}>${msg('Make one here')}<small>${msg('You write down six words, and take the locked key on a stick or as a photograph. 3 minutes.')}</small></button>
            <button @click=${() => { this.way = 'bring'; }}>${msg('I brought my key')}<small>${msg('Made at home: the safest way, since this device never sees its secret part')}</small></button>
          </div>
        </main>
        <footer><button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button></footer>`;
    }
  }
}
customElements.define('lamp-key-step', KeyStep);
