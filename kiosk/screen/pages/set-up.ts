import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import './parts/code-entry.js';
import './parts/line-entry.js';
import './parts/pin-entry.js';

/** Makes a technician with the one-use code; there is no account and no PIN before (P10.1). */
class SetUpPage extends DeskPage {
  static override properties = { ...DeskPage.properties, code: { state: true }, name: { state: true } };
  static override styles = [base, css`:host { grid-template-rows: minmax(0, 1fr); }`];

  declare code: string;
  declare name: string;

  constructor() {
    super();
    this.code = '';
    this.name = '';
  }

  override render() {
    if (this.code === '') return html`<lamp-code-entry .heading=${msg('Set this recorder up')} .hint=${msg('On the recorder itself, “npm run setup-code” prints a code for one use. Type it here.')} .trouble=${this.trouble} .busy=${this.busy}
      .onCode=${(code: string) => { this.trouble = null; this.code = code; }} .onBack=${() => this.desk.go({ step: 'ready' })}></lamp-code-entry>`;
    if (this.name === '') return html`<lamp-line-entry .heading=${msg('Your name')} .hint=${msg('You become the technician: you keep the recorder running, and can open no recording. Teachers see this name.')} .trouble=${this.trouble}
      .onLine=${(line: string) => { this.name = line.trim().slice(0, 60); }} .onBack=${() => { this.code = ''; }}></lamp-line-entry>`;
    return html`<lamp-pin-entry .heading=${msg(str`${this.name}: choose a PIN`)} .hint=${msg('Your own, known to nobody else.')} twice .trouble=${this.trouble} .busy=${this.busy}
      .onPin=${(pin: string) => void this.#setUp(pin)} .onBack=${() => { this.name = ''; }}></lamp-pin-entry>`;
  }

  async #setUp(pin: string): Promise<void> {
    const done = await this.try(async () => {
      this.desk.welcomeSteward(await this.desk.call('/api/set-up', { code: this.code, name: this.name, pin }));
      this.desk.go({ step: 'page', page: { page: 'steward' } });
    });
    // A PIN that was refused is chosen again; anything else begins with the code.
    if (!done && this.trouble?.code !== 'WEAK_PIN') this.code = '';
  }
}
customElements.define('set-up-page', SetUpPage);
