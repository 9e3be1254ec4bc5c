import { bytesToHex } from '@noble/hashes/utils.js';
import { msg, str } from '@lit/localize';
import { css, html, type PropertyDeclarations } from 'lit';
import type { KeyPart, StickFile } from '../../../protocol/account.js';
import { makeKey } from '../../../keys/identity.js';
import { platformRandom, uniform, wipe } from '../../../keys/random.js';
import { recoverySheet, type RecoverySheet } from '../../../keys/sheet.js';
import { signingPublicKey } from '../../../keys/sign.js';
import { chooseWords, WORD_COUNT } from '../../../keys/words.js';
import { wrapIdentity } from '../../../keys/wrap.js';
import { RefusedError } from '../../api.js';
import { qrOf } from '../../qr.js';
import { base } from '../../styles.js';
import { KeyPage, pageStyles, partStyles } from './key-page.js';

/** How many of the words are asked for again. */
const ASKED = 3;
/** Writing six words by hand takes a minute or two. */
const STAY_EACH_MS = 20_000;
const STAY_FOR_MS = 300_000;
const notTheSame = () => ({ code: 'STICK_DIFFERS', sentence: msg('What is on the stick is not what was written.'), remedy: msg('Take another stick, or photograph the code.') });

type Stage =
  | { readonly at: 'words' }
  /** `question`: which word is asked for; `left`: those still to ask. */
  | { readonly at: 'check'; readonly question: number; readonly left: readonly number[]; readonly choices: readonly string[]; readonly wrong: boolean }
  | { readonly at: 'locking' }
  | { readonly at: 'keep'; readonly part: KeyPart; readonly sheet: RecoverySheet; readonly onStick: boolean; readonly shown: boolean };

/** Makes a key in this page. Words and identity never leave it; what leaves it is the recipient, and the key locked by the words. */
class MakeKey extends KeyPage {
  static override properties: PropertyDeclarations = { ...KeyPage.properties, ticket: {}, onKey: { attribute: false }, onBack: { attribute: false }, stage: { state: true } };
  static override styles = [base, pageStyles, partStyles, css`
    ol { margin: 0; padding: 0; list-style: none; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--gap); }
    ol .card { display: grid; gap: 0.2em; font-size: 1.35em; font-weight: 700; }
    ol small { font-size: 0.6em; font-weight: 400; }
    .words { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--gap); }
    .words button { font-size: 1.3em; }
    .code { width: min(56cqh, 80cqw); margin-inline: auto; }
    :host-context([data-text='larger']) :is(ol, .words) { grid-template-columns: minmax(0, 1fr); }
    @media (orientation: portrait) { ol, .words { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
  `];

  /** Of the paper code, where there is no sign-in yet. */
  declare ticket: string | undefined;
  declare onKey: (key: KeyPart) => void;
  declare onBack: () => void;
  declare stage: Stage;
  #words: readonly string[] = [];
  #photographed = false;
  #stay: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.stage = { at: 'words' };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#words = chooseWords();
    this.stage = { at: 'words' };
    const since = performance.now();
    this.#stay = setInterval(() => { if (performance.now() - since < STAY_FOR_MS) this.desk.stillHere(); }, STAY_EACH_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#stay);
    this.#words = [];
    this.stage = { at: 'words' };
  }

  override render() {
    switch (this.stage.at) {
      case 'words': return this.#writeDown();
      case 'check': return this.#ask(this.stage);
      case 'locking': return html`<header><h1 tabindex="-1">${msg('One moment…')}</h1></header><main><p>${msg('Your key is being made and locked by your words.')}</p></main>`;
      case 'keep': return this.stage.shown ? this.#photograph(this.stage) : this.#keep(this.stage);
    }
  }

  #writeDown() {
    const { parked } = this.desk;
    return html`
      <header><h1 tabindex="-1">${msg('Write these six words on paper')}</h1></header>
      <main>
        <p>${msg('They open your key, in this order. They are shown only now and kept nowhere here. Lost words cannot be had again.')}</p>
        ${parked ? html`<ol data-secret=${msg('Your six words')}>${this.#words.map((word, at) => html`<li class="card"><small>${msg(str`Word ${at + 1}`)}</small><bdi lang="en">${word}</bdi></li>`)}</ol>` : hidden()}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.onBack()}>${msg('Back')}</button>
        <button class="grow main" aria-disabled=${!parked} @click=${() => { if (parked) this.#startAsking(); }}>${msg('I have written them down')}</button>
      </footer>`;
  }

  #ask({ question, choices, wrong }: Extract<Stage, { at: 'check' }>) {
    const { parked } = this.desk;
    return html`
      <header><h1 tabindex="-1">${msg(str`Look at your paper: which is word ${question + 1}?`)}</h1></header>
      <main>
        ${wrong ? html`<div class="trouble" role="alert"><strong>${msg('That is another word.')}</strong><p>${msg('Look at your paper again.')}</p></div>` : html`<p>${msg('This proves that you have written them down.')}</p>`}
        ${parked ? html`<div class="words" data-secret=${msg('The words to choose from')}>${choices.map((word) => html`<button lang="en" @click=${() => this.#answer(word)}>${word}</button>`)}</div>` : hidden()}
      </main>
      <footer><button class="grow" data-back @click=${() => { this.stage = { at: 'words' }; }}>${msg('Show the words again')}</button></footer>`;
  }

  #keep({ part, sheet, onStick }: Extract<Stage, { at: 'keep' }>) {
    return html`
      <header><h1 tabindex="-1">${msg('Take your locked key with you')}</h1></header>
      <main>
        ${this.troubleBox}
        <p>${msg('Without it nobody can open your recordings, not even this device. Take it on a stick, as a photograph, or both. Keep the paper with the words somewhere else.')}</p>
        <div class="choices two">
          <button aria-busy=${this.busy} @click=${() => void this.try(() => this.#write(sheet))}>${this.busy ? msg('One moment…') : onStick ? msg('✓ It is on the stick. Another stick') : msg('Put it on my stick')}</button>
          <button @click=${() => this.#show(true)}>${msg('Photograph it with my phone')}</button>
        </div>
        <p>${msg('Your key’s fingerprint:')} <bdi class="print" dir="ltr">${sheet.fingerprint}</bdi></p>
      </main>
      <footer><button class="grow main" aria-disabled=${!onStick && !this.#photographed} @click=${() => { if (onStick || this.#photographed) this.onKey(part); }}>${onStick || this.#photographed ? msg('I have it: go on') : msg('Take it first')}</button></footer>`;
  }

  #photograph({ sheet }: Extract<Stage, { at: 'keep' }>) {
    const { side, squares } = qrOf(sheet.lockedKey);
    return html`
      <header><h1 tabindex="-1">${msg('Photograph this code')}</h1><span class="soft">${msg('It is your key, locked by your words.')}</span></header>
      <main><svg class="code" viewBox="0 0 ${side} ${side}" role="img" aria-label=${msg('QR code of your locked key')}>${squares}</svg></main>
      <footer>
        <button class="grow" data-back @click=${() => this.#show(false)}>${msg('Back')}</button>
        <button class="grow main" @click=${() => { this.#photographed = true; this.#show(false); }}>${msg('I have a sharp photograph')}</button>
      </footer>`;
  }

  #show(shown: boolean): void {
    if (this.stage.at === 'keep') this.stage = { ...this.stage, shown };
  }

  #startAsking(): void {
    const order = shuffled(Array.from({ length: WORD_COUNT }, (_, at) => at)).slice(0, ASKED);
    this.#next(order);
  }

  #next([question, ...left]: readonly number[]): void {
    if (question === undefined) void this.#lock();
    // The same word may have come twice.
    else this.stage = { at: 'check', question, left, choices: shuffled([...new Set(this.#words)]), wrong: false };
  }

  #answer(word: string): void {
    if (this.stage.at !== 'check') return;
    if (word === this.#words[this.stage.question]) this.#next(this.stage.left);
    else this.stage = { ...this.stage, wrong: true };
  }

  async #lock(): Promise<void> {
    const words = this.#words;
    this.stage = { at: 'locking' };
    const done = await this.try(async () => {
      await this.painted();
      const { identity, recipient } = await makeKey();
      try {
        const wrapped = await wrapIdentity(identity, words);
        const part: KeyPart = { recipients: [recipient], signKey: bytesToHex(signingPublicKey(identity)) };
        this.stage = { at: 'keep', part, sheet: recoverySheet(wrapped, recipient, new Date()), onStick: false, shown: false };
      } finally {
        wipe(identity);
      }
    });
    if (done) this.#words = [];
    else this.stage = { at: 'words' };
  }

  async #write(sheet: RecoverySheet): Promise<void> {
    const files: readonly (readonly [StickFile, string])[] = [['locked-key', sheet.lockedKey], ['recipient', `${sheet.recipient}\n`], ['sheet', sheetText(sheet)]];
    for (const [file, text] of files) {
      await this.desk.call('/api/stick-write', { file, text }, this.ticket);
      const read = await this.desk.call('/api/stick-read', { file }, this.ticket);
      if (read.text !== text) throw new RefusedError(notTheSame(), 0);
    }
    if (this.stage.at === 'keep') this.stage = { ...this.stage, onStick: true };
  }
}
customElements.define('lamp-make-key', MakeKey);

const hidden = () => html`<p class="card"><strong>${msg('The words are hidden.')}</strong> ${msg('The camera may see this screen, or the recorder is busy. They come back once the camera is turned away.')}</p>`;

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = uniform(at + 1, platformRandom);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** The recovery sheet as plain text, to be printed. */
const sheetText = ({ created, fingerprint, recipient, lockedKey }: RecoverySheet): string => `${msg('Lamplight: recovery sheet')}
${msg(str`Made on ${created}. Fingerprint: ${fingerprint}`)}

${msg('My key, locked by my six words. Print this, and keep it apart from the words.')}
${msg('On a computer, save it as locked.age. The first command asks for the six words, joined by hyphens:')}
    age -d locked.age > KEY
    age -d -i KEY part-01.mp4.age > lesson.mp4

${lockedKey}
${msg('What my recordings are sealed to:')}
${recipient}
`;
