import { bytesToHex } from '@noble/hashes/utils.js';
import { armor } from 'age-encryption';
import { msg, str } from '@lit/localize';
import { html, type PropertyDeclarations } from 'lit';
import type { KeyPart } from '../../../protocol/account.js';
import type { TeacherKey } from '../../../keys/identity.js';
import { wipe } from '../../../keys/random.js';
import { signingPublicKey } from '../../../keys/sign.js';
import { openTestCode, openUnlockCode } from '../../../keys/test-code.js';
import { readWords } from '../../../keys/words.js';
import { readArmor, unwrapIdentity } from '../../../keys/wrap.js';
import { RefusedError } from '../../api.js';
import { base } from '../../styles.js';
import { KeyPage, pageStyles, partStyles } from './key-page.js';
import './code-entry.js';
import './line-entry.js';

type Stage = { readonly at: 'how' | 'locked-key' | 'taken' | 'code' } | { readonly at: 'words'; readonly locked: Uint8Array };

/** Has something opened with the teacher's key: here, with locked key and words, or at home. Hands on what was in it. */
class Proof extends KeyPage {
  static override properties: PropertyDeclarations = { ...KeyPage.properties, heading: {}, why: {}, opens: {}, lookOnStick: { attribute: false }, sealed: { attribute: false }, onKey: { attribute: false }, onCode: { attribute: false }, onBack: { attribute: false }, stage: { state: true } };
  static override styles = [base, pageStyles, partStyles];

  declare heading: string;
  declare why: string;
  /** Nothing else is opened in its place. */
  declare opens: 'test-code' | 'unlock-code';
  /** The locked key is looked for on the stick at first, and only where it is not there is asked where it is. */
  declare lookOnStick: boolean;
  /** Fetches what is to be opened: an age file in base64. Asked each time, since a fresh one voids the one before. */
  declare sealed: (() => Promise<string>) | null;
  /** Where the key itself is needed and not a code: it is handed over, and wiped once that has settled. */
  declare onKey: ((key: TeacherKey) => Promise<void>) | null;
  /** Is handed the code. Rejects with RefusedError, which is shown. `key`: what is enrolled of it, where it was opened here. */
  declare onCode: (code: string, key: KeyPart | null) => Promise<void>;
  declare onBack: () => void;
  declare stage: Stage;

  constructor() {
    super();
    this.why = '';
    this.opens = 'test-code';
    this.lookOnStick = false;
    this.sealed = null;
    this.onKey = null;
    this.stage = { at: 'how' };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.lookOnStick) void this.try(() => this.#fromStick()).then((found) => { if (!found) this.trouble = null; });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stage = { at: 'how' };
  }

  override render() {
    const back = (): void => this.#to({ at: 'how' });
    switch (this.stage.at) {
      case 'how': return this.#how();
      case 'locked-key': return html`<lamp-line-entry rows="6" .heading=${msg('Scan or paste your locked key')} .hint=${msg('From the recovery sheet: all of it, from BEGIN AGE ENCRYPTED FILE to its end.')} .trouble=${this.trouble} .busy=${this.busy}
        .onLine=${(text: string) => void this.try(() => this.#take(text))} .onBack=${back}></lamp-line-entry>`;
      case 'words': {
        const { locked } = this.stage;
        if (!this.desk.parked) return html`<header><h1 tabindex="-1">${msg('One moment…')}</h1></header><main><p>${msg('Your words are asked for once the camera is turned away and nothing is going on here.')}</p></main>
          <footer><button class="grow" data-back @click=${back}>${msg('Back')}</button></footer>`;
        return html`<lamp-line-entry words .heading=${this.busy ? msg('One moment…') : msg('Type your six words')} .hint=${msg('In their order. They stay in this page and are gone at once.')} .trouble=${this.trouble} .busy=${this.busy}
          .onLine=${(text: string) => void this.try(() => this.#open(locked, text))} .onBack=${back}></lamp-line-entry>`;
      }
      case 'taken': return html`
        <header><h1 tabindex="-1">${msg('It is on your stick')}</h1></header>
        <main>
          <p>${msg(html`Open the file lamplight-test-code.age at home with your key: <bdi dir="ltr">age -d -i KEY lamplight-test-code.age</bdi>. Come back with the letters that it says.`)}</p>
          ${this.opens === 'unlock-code' ? '' : html`<p>${msg('You can sign out meanwhile: the letters count for seven days. Do not take another one, since a new one makes this one useless.')}</p>`}
        </main>
        <footer><button class="grow" @click=${() => this.#to({ at: 'code' })}>${msg('I have the letters now')}</button><button class="grow main" data-back @click=${() => this.onBack()}>${msg('I come back later')}</button></footer>`;
      case 'code': return html`<lamp-code-entry .heading=${msg('Type the letters')} .hint=${msg('What your key opened: groups of four letters and digits.')} .trouble=${this.trouble} .busy=${this.busy}
        .onCode=${(code: string) => void this.try(() => this.onCode(code, null))} .onBack=${back}></lamp-code-entry>`;
    }
  }

  #how() {
    return html`
      <header><h1 tabindex="-1">${this.heading}</h1></header>
      <main>
        ${this.troubleBox}
        <p>${this.why}</p>
        <div class="choices">
          <button aria-busy=${this.busy} @click=${() => void this.try(() => this.#fromStick())}>${msg('Here: my locked key is on a stick')}<small>${msg('Then you type your six words')}</small></button>
          <button @click=${() => this.#to({ at: 'locked-key' })}>${msg('Here: I scan or paste my locked key')}<small>${msg('From the recovery sheet, with a scanner or keyboard that is plugged in')}</small></button>
          ${this.onKey !== null ? '' : html`
            <button aria-busy=${this.busy} @click=${() => void this.try(() => this.#takeHome())}>${msg('At home: put a test code on my stick')}<small>${msg('For a key that never comes here')}</small></button>
            <button @click=${() => this.#to({ at: 'code' })}>${msg('I have opened it at home')}<small>${msg('Type the letters that it says')}</small></button>`}
        </div>
      </main>
      <footer><button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button></footer>`;
  }

  #to(stage: Stage): void {
    this.trouble = null;
    this.stage = stage;
  }

  async #fromStick(): Promise<void> {
    await this.#take((await this.desk.call('/api/stick-read', { file: 'locked-key' })).text);
  }

  async #take(text: string): Promise<void> {
    this.stage = { at: 'words', locked: readArmor(text) };
    await this.updateComplete;
  }

  async #takeHome(): Promise<void> {
    await this.desk.call('/api/stick-write', { file: 'test-code', text: armor.encode(bytesOf(await this.#sealed())) });
    this.stage = { at: 'taken' };
  }

  async #sealed(): Promise<string> {
    if (this.sealed === null) throw new Error('there is nothing to be opened');
    return await this.sealed();
  }

  async #open(locked: Uint8Array, text: string): Promise<void> {
    const read = readWords(text);
    if (read.is === 'unknown') throw refused('WORD_UNKNOWN', msg(str`Word ${read.at} is not one of the words.`), read.nearest === undefined ? msg('Look at your paper.') : msg(str`Is it “${read.nearest}”?`));
    if (read.is === 'count') throw refused('WORD_COUNT', msg(str`Words typed: ${read.count}. There have to be six.`), msg('Type all six, with spaces between them.'));
    await this.painted();
    const open = this.opens === 'unlock-code' ? openUnlockCode : openTestCode;
    const key = await unwrapIdentity(locked, read.words);
    try {
      if (this.onKey !== null) return await this.onKey(key);
      await this.onCode(await open(bytesOf(await this.#sealed()), key.identity), { recipients: [key.recipient], signKey: bytesToHex(signingPublicKey(key.identity)) });
    } finally {
      wipe(key.identity);
    }
  }
}
customElements.define('lamp-proof', Proof);

const refused = (code: string, sentence: string, remedy: string): RefusedError => new RefusedError({ code, sentence, remedy }, 0);

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
