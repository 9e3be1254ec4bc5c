import { msg, str } from '@lit/localize';
import { css, html, nothing, type PropertyDeclarations } from 'lit';
import { Repeat } from '../controls/ticker.js';
import type { Recording } from '../../protocol.js';
import type { CopyProgress, StickView } from '../../protocol/collect.js';
import { MARKS } from '../controls/marks.js';
import { afterLine, BEGUN, progressOf, type Copying } from '../copying.js';
import { said, saidWords } from '../language/language.js';
import type { Page } from '../page-names.js';
import { base } from '../styles.js';
import { dayAndTime, size } from '../words.js';
import { DeskPage } from './desk-page.js';
import './parts/choose-recordings.js';
import './parts/copied.js';
import './parts/download.js';
import { pageStyles } from './parts/key-page.js';
import { receiptsOf, receiptStyles } from './parts/receipts.js';
import { phaseWords, progressWords, stickWords } from './parts/stick-words.js';

type Stage = { readonly at: 'choose' | 'stick' | 'download' } | { readonly at: 'copy'; readonly copy: Copying };

const LOOK_EVERY_MS = 1000;

/** One's own recordings on their way to the stick, or to one's own computer. */
class CollectPage extends DeskPage {
  static override properties: PropertyDeclarations = { ...DeskPage.properties, page: { attribute: false }, recordings: { state: true }, chosen: { state: true }, stage: { state: true }, view: { state: true }, mayDownload: { state: true } };
  static override styles = [base, pageStyles, receiptStyles, css`
    progress { display: block; width: 100%; height: 1.4rem; accent-color: var(--accent); }
    h1 { display: flex; gap: 0.4em; align-items: center; }
    h1 .mark { color: var(--good); }
    .state { font-size: 1.2em; }
    .row { display: flex; flex-wrap: wrap; gap: var(--gap); }
    .row > button { flex: 1 1 0; }
    footer button { padding-inline: 0.5em; }
  `];

  declare page: Extract<Page, { page: 'collect' }>;
  declare recordings: readonly Recording[];
  declare chosen: readonly string[];
  declare stage: Stage;
  /** Null until it was looked at. */
  declare view: StickView | null;
  declare mayDownload: boolean;
  /** The stick that was asked to be opened: once. */
  #opened: string | null = null;

  constructor() {
    super();
    [this.recordings, this.chosen, this.stage, this.view, this.mayDownload] = [[], [], { at: 'stick' }, null, false];
    new Repeat(this, () => void this.#look(), LOOK_EVERY_MS);
  }

  protected override firstUpdated(): void {
    this.chosen = this.page.recordings;
    void this.#look();
    void this.try(async () => {
      ({ recordings: this.recordings } = await this.desk.look('/api/recordings'));
      this.mayDownload = (await this.desk.watch('/api/lan-download')).kind !== 'not-allowed';
    });
  }

  override render() {
    const { stage } = this;
    switch (stage.at) {
      case 'choose': return html`<lamp-choose-recordings .recordings=${this.recordings} .chosen=${this.chosen} .onChange=${(chosen: readonly string[]) => { this.chosen = chosen; }} .onDone=${() => this.#to({ at: 'stick' })}></lamp-choose-recordings>`;
      case 'stick': return this.#stick(this.view);
      case 'download': return html`<lamp-download .desk=${this.desk} .recordings=${this.chosen} .onBack=${() => this.#to({ at: 'stick' })}></lamp-download>`;
      case 'copy': return this.#copy(stage.copy);
    }
  }

  #stick(view: StickView | null) {
    const running = view === null ? null : progressOf(view);
    if (running !== null) return this.#going(running, false);
    const bytes = this.recordings.reduce((sum, one) => sum + (this.chosen.includes(one.id) ? one.bytes : 0), 0);
    const { heading, more } = view === null ? { heading: msg('Copy to a stick'), more: msg('One moment…') } : stickWords(view, bytes);
    const isTight = view?.kind === 'ready' && view.freeBytes < bytes;
    return html`
      <header><h1 tabindex="-1">${view?.kind === 'safe-to-pull' ? MARKS.done : nothing}<span>${heading}</span></h1></header>
      <main>
        <p class="state" role="status">${more}</p>
        ${isTight ? html`<p>${msg('That is too little, unless a part of it is on the stick already.')}</p>` : nothing}
        ${this.troubleBox}
        <p class="soft">${this.#chosenWords(bytes)}</p>
        <div class="row">
          ${this.recordings.length > 1 ? html`<button @click=${() => this.#to({ at: 'choose' })}>${msg('Choose others, too')}</button>` : nothing}
          ${this.mayDownload ? html`<button @click=${() => this.#to({ at: 'download' })}>${msg('Download to my own computer')}</button>` : nothing}
        </div>
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.#leave()}>${msg('Back to my recordings')}</button>
        ${view?.kind === 'ready' ? html`<button class="grow" aria-busy=${this.busy} @click=${() => void this.try(() => this.#remove())}>${msg('Remove the stick')}</button>` : nothing}
        ${view?.kind === 'seen' && this.trouble !== null ? html`<button class="main grow" aria-busy=${this.busy} @click=${() => void this.#open()}>${msg('Try again')}</button>` : nothing}
        ${view?.kind === 'ready' ? html`<button class="main grow" aria-busy=${this.busy} aria-disabled=${this.chosen.length === 0} @click=${() => void this.#begin()}>${msg('Copy to the stick')}</button>` : nothing}
      </footer>`;
  }

  #copy(copy: Copying) {
    switch (copy.is) {
      case 'going': return this.#going(copy.progress, copy.cancelling);
      case 'done': return html`<lamp-copied .desk=${this.desk} .verified=${copy.verified} .recordings=${this.recordings}></lamp-copied>`;
      case 'refused': return this.#refused(copy);
    }
  }

  #going(progress: CopyProgress | null, cancelling: boolean) {
    const phase = progress?.phase ?? 'copying';
    return html`
      <header><h1 tabindex="-1">${phaseWords(phase)}</h1></header>
      <main>
        ${progress === null || phase === 'removing' ? html`<progress aria-label=${phaseWords(phase)}></progress>` : html`<progress aria-label=${phaseWords(phase)} max=${progress.totalBytes} value=${progress.doneBytes}></progress>`}
        <p class="state">${progress === null ? msg('Looking for the stick…') : progressWords(progress)}</p>
        <p><strong>${msg('Leave the stick in.')}</strong></p>
        ${this.troubleBox}
      </main>
      <footer>${phase === 'removing' ? nothing : html`<button data-back aria-busy=${cancelling} @click=${() => void this.#cancel()}>${msg('Cancel the copy')}</button>`}</footer>`;
  }

  #refused({ refusal, verified }: Extract<Copying, { is: 'refused' }>) {
    const { sentence, remedy } = said(refusal);
    const mustRemove = refusal.code === 'STICK_NOT_RELEASED';
    return html`
      <header><h1 tabindex="-1">${sentence}</h1></header>
      <main>
        <p class="state" role="alert">${remedy}</p>
        ${verified.length === 0 || mustRemove ? nothing : html`<p>${msg('These are whole on the stick:')}</p>`}
        ${receiptsOf(verified, this.recordings)}
        ${this.troubleBox}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.#leave()}>${msg('Back to my recordings')}</button>
        ${mustRemove
          ? html`<button class="main grow" aria-busy=${this.busy} @click=${() => void this.try(async () => { await this.#remove(); this.#to({ at: 'copy', copy: { is: 'done', verified } }); })}>${msg('Remove the stick')}</button>`
          : html`<button class="main grow" @click=${() => this.#to({ at: 'stick' })}>${msg('Try again')}</button>`}
      </footer>`;
  }

  #chosenWords(bytes: number): string {
    const [one, ...others] = this.recordings.filter(({ id }) => this.chosen.includes(id));
    return one === undefined || others.length > 0 ? msg(str`Chosen: ${this.chosen.length}, ${size(bytes)}`) : `${dayAndTime(one.startedAt)} – ${saidWords(one.purpose)}`;
  }

  #to(stage: Stage): void {
    this.trouble = null;
    this.stage = stage;
  }

  /** How the stick stands, while that is what the screen is about. A look that fails is followed by the next. */
  async #look(): Promise<void> {
    if (this.stage.at !== 'stick') return;
    const before = this.view;
    const view = await this.desk.watch('/api/stick').catch(() => before);
    if (this.stage.at !== 'stick' || !this.isConnected || view === null) return;
    this.view = view;
    if (view.kind === 'none') [this.#opened, this.trouble] = [null, null];
    if (view.kind === 'seen' && this.#opened !== view.label) await this.#open();
  }

  async #open(): Promise<void> {
    if (this.view?.kind !== 'seen' || this.busy) return;
    this.#opened = this.view.label;
    if (await this.try(async () => { await this.desk.call('/api/stick-open', {}); })) await this.#look();
  }

  async #begin(): Promise<void> {
    if (this.busy || this.chosen.length === 0) return;
    this.#opened = null;
    this.view = null;
    this.#to({ at: 'copy', copy: BEGUN });
    await this.try(() => this.desk.collect(this.chosen, (line) => {
      if (this.stage.at === 'copy') this.stage = { at: 'copy', copy: afterLine(this.stage.copy, line) };
    }));
    // The line broke off before its end: how it stands is asked for again.
    if (this.stage.at === 'copy' && this.stage.copy.is === 'going') this.stage = { at: 'stick' };
  }

  async #cancel(): Promise<void> {
    if (this.stage.at === 'copy' && this.stage.copy.is === 'going') this.stage = { at: 'copy', copy: { ...this.stage.copy, cancelling: true } };
    // Where it has just ended there is nothing to cancel, and the last line says so.
    await this.desk.call('/api/collect-cancel', {}).catch(() => undefined);
  }

  async #remove(): Promise<void> {
    await this.desk.call('/api/stick-remove', {});
    this.view = null;
  }

  /** Nobody waits for the stick; it may be pulled once its light is out. */
  #leave(): void {
    if (this.view?.kind === 'ready') void this.desk.call('/api/stick-remove', {}).catch(() => undefined);
    this.#toRecordings();
  }

  #toRecordings(): void {
    this.desk.go({ step: 'recordings' });
  }
}
customElements.define('collect-page', CollectPage);
