import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { KeyPart, PaperCodeReply } from '../../protocol/account.js';
import type { Language } from '../../protocol/common.js';
import type { Page } from '../page.js';
import { base } from '../styles.js';
import { LANGUAGE_NAMES } from '../language/language.js';
import { DeskPage } from './desk-page.js';
import { pageStyles } from './parts/key-page.js';
import './parts/code-entry.js';
import './parts/key-step.js';
import './parts/pin-entry.js';

type Stage = 'code' | 'before' | 'pin' | 'language' | 'key' | 'sending';

/** Whoever walks away leaves a checked paper code behind: this long without a touch, and it is forgotten. Longer than six words take to write. */
const IDLE_MS = 240_000;

/** With a paper code: PIN, language, key, and then signed in (P10.1). */
class EnrolPage extends DeskPage {
  static override properties = { ...DeskPage.properties, page: { attribute: false }, stage: { state: true } };
  static override styles = [base, pageStyles];

  declare page: Extract<Page, { page: 'enrol' }>;
  declare stage: Stage;
  #checked: PaperCodeReply | null = null;
  #pin = '';
  #language: Language = 'en';
  #key: KeyPart | 'same' | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.stage = 'code';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const touch of ['pointerdown', 'keydown']) window.addEventListener(touch, this.#touched);
    this.#touched();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const touch of ['pointerdown', 'keydown']) window.removeEventListener(touch, this.#touched);
    clearTimeout(this.#idle);
    this.#pin = '';
    this.#checked = null;
    this.#key = null;
  }

  override render() {
    const { displayName } = this.page.teacher;
    const leave = (): void => this.desk.go({ step: 'names' });
    switch (this.stage) {
      case 'code': return html`<lamp-code-entry .heading=${msg(str`${displayName}: your paper code`)} .hint=${msg('The technician handed it to you. It is for your name, and for one use.')} .trouble=${this.trouble} .busy=${this.busy}
        .onCode=${(code: string) => void this.try(() => this.#check(code))} .onBack=${leave}></lamp-code-entry>`;
      case 'before': return this.#before(leave);
      case 'pin': return html`<lamp-pin-entry twice .heading=${msg('Choose a PIN')} .hint=${msg('You sign in with it. Nobody else knows it, the technician included.')} .trouble=${this.trouble} .busy=${this.busy}
        .onPin=${(pin: string) => void this.try(() => this.#choosePin(pin))} .onBack=${leave}></lamp-pin-entry>`;
      case 'language': return html`
        <header><h1 tabindex="-1">${msg('Which language for you?')}</h1></header>
        <main><div class="choices">${(Object.entries(LANGUAGE_NAMES) as [Language, string][]).map(([language, name]) => html`<button lang=${language} @click=${() => this.#choose(language)}>${name}</button>`)}</div></main>
        <footer><button class="grow" data-back @click=${() => { this.stage = 'pin'; }}>${msg('Back')}</button></footer>`;
      case 'key': return html`<lamp-key-step .desk=${this.desk} .ticket=${this.#checked?.ticket} .onKey=${(key: KeyPart) => { this.#key = key; void this.#enrol(); }} .onBack=${() => { this.stage = 'language'; }}></lamp-key-step>`;
      case 'sending': return html`
        <header><h1 tabindex="-1">${this.busy ? msg('One moment…') : msg('That did not work')}</h1></header>
        <main>${this.troubleBox}</main>
        <footer>${this.busy ? nothing : html`<button class="grow" data-back @click=${leave}>${msg('Stop here')}</button><button class="grow main" @click=${() => void this.#enrol()}>${msg('Try again')}</button>`}</footer>`;
    }
  }

  #before(leave: () => void) {
    return html`
      <header><h1 tabindex="-1">${msg('You were here before')}</h1></header>
      <main>
        <p>${msg('A new PIN opens an empty place beside the old one. Your older recordings stay locked until your old key opens them; nobody else can do that.')}</p>
        <p>${msg('Your key until now:')} ${(this.#checked?.before ?? []).map((print) => html`<bdi class="print" dir="ltr">${print}</bdi> `)}</p>
        <div class="choices">
          <button @click=${() => { this.#key = 'same'; this.stage = 'pin'; }}>${msg('I still have this key')}<small>${msg('New recordings are sealed to it too')}</small></button>
          <button @click=${() => { this.#key = null; this.stage = 'pin'; }}>${msg('I have lost my key: a new one')}<small>${msg('My old recordings stay locked, unless the key is found')}</small></button>
        </div>
      </main>
      <footer><button class="grow" data-back @click=${leave}>${msg('Stop here')}</button></footer>`;
  }

  async #check(code: string): Promise<void> {
    this.#checked = await this.desk.call('/api/paper-code', { staff: this.page.teacher.id, code });
    this.stage = this.#checked.before === null ? 'pin' : 'before';
  }

  /** Refused now, and not after a key was made. */
  async #choosePin(pin: string): Promise<void> {
    await this.desk.call('/api/try-pin', { pin }, this.#checked?.ticket);
    this.#pin = pin;
    this.stage = 'language';
  }

  #choose(language: Language): void {
    this.#language = language;
    // There is one already where the old one stays, or the PIN was refused afterwards.
    if (this.#key !== null) void this.#enrol();
    else this.stage = 'key';
  }

  async #enrol(): Promise<void> {
    const { desk } = this;
    this.stage = 'sending';
    const done = await this.try(async () => {
      if (this.#checked === null || this.#key === null) return;
      const me = await desk.call('/api/enrol', { ticket: this.#checked.ticket, pin: this.#pin, language: this.#language, key: this.#key });
      this.#pin = '';
      desk.welcome(me);
      desk.go({ step: 'page', page: { page: 'prove-key', lookOnStick: true } });
    });
    if (!done && this.trouble?.code === 'WEAK_PIN') this.stage = 'pin';
  }

  readonly #touched = (): void => {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.desk.go({ step: 'ready' }), IDLE_MS);
  };
}
customElements.define('enrol-page', EnrolPage);
