import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { VisitorView } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';

/** More letters than these fit in smaller print only: other languages are longer than English. */
const MUCH = 850;

/** For pupils, families and visitors (P9.5): what is recorded here, for whom, and what they can do about it. */
class VisitorPage extends DeskPage {
  static override properties = { ...DeskPage.properties, speak: { attribute: false }, hush: { attribute: false }, facts: { state: true }, reading: { state: true } };
  static override styles = [base, css`
    main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--gap); align-content: center; min-height: 0; }
    .card { padding: 0.4em 1em; font-size: 0.88em; overflow-wrap: anywhere; }
    .card strong { display: block; font-size: 1.2em; }
    .much .card { font-size: var(--small); line-height: 1.25; }
    .much .card strong { font-size: 1.1em; }
    @container (max-height: 38rem) { .card { font-size: 0.8em; padding-block: 0.3em; } }
    @media (orientation: portrait) { main { grid-template-columns: minmax(0, 1fr); } .card { font-size: 0.82em; padding-block: 0.2em; } .card strong { font-size: 1.1em; } }
  `];

  /** Reads aloud, and is done when that is over. Not there: nothing here has a voice. */
  declare speak: ((text: string) => Promise<void>) | undefined;
  /** Ends the reading. */
  declare hush: (() => void) | undefined;
  declare facts: VisitorView | null;
  declare reading: boolean;
  /** Which reading this is: the end of one that was stopped says nothing about the next. */
  #turn = 0;

  constructor() {
    super();
    this.facts = null;
    this.reading = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => { this.facts = await this.desk.look('/api/visitor'); });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopReading();
  }

  override render() {
    const said = this.#said();
    return html`
      <header><h1 tabindex="-1">${msg('For pupils and visitors')}</h1>${this.facts === null ? nothing : html`<span class="soft">${this.facts.room}</span>`}</header>
      <main class=${said.flat().join('').length > MUCH ? 'much' : ''}>${this.trouble === null ? said.map(([title, text]) => html`<section class="card"><strong>${title}</strong>${text}</section>`) : this.troubleBox}</main>
      <footer>
        <button class="grow" data-back @click=${() => this.desk.go({ step: 'ready' })}>${msg('Back')}</button>
        <button class="grow" @click=${() => this.desk.go({ step: 'page', page: { page: 'code' } })}>${msg('Code of practice')}</button>
        <button class="grow" @click=${() => this.desk.go({ step: 'page', page: { page: 'leave-request' } })}>${msg('Leave a request')}</button>
        ${this.speak === undefined || said.length === 0 ? nothing : this.reading
          ? html`<button class="grow main" @click=${() => this.#stopReading()}>${msg('Stop reading')}</button>`
          : html`<button class="grow" @click=${() => void this.#read(said)}>${msg('Read aloud')}</button>`}
      </footer>`;
  }

  #said(): readonly (readonly [string, string])[] {
    if (this.facts === null) return [];
    const { contact, retentionDays, codeVersion, lead } = this.facts;
    return [
      [msg('Nothing is being recorded now.'), msg('When something is, this screen and the sign by the door say so, and what for. Lamp dark: nothing is recorded.')],
      [msg('A teacher starts it, by hand.'), msg('To learn from their own lesson. Nobody else can start one, and nothing starts by itself.')],
      [msg('Anyone may stop it.'), msg('Tap Stop here, or press the button on the sign. You need not say why.')],
      [msg('Only the teacher can open it.'), msg('It is locked while it is made. For some purposes the teacher may show it to chosen colleagues; the sign says which.')],
      [retentionDays === 1 ? msg('It stays here for one day.') : msg(str`It stays here for ${retentionDays} days.`), msg('Then it is erased, unless the teacher erases it sooner or keeps it longer, a year at most.')],
      [msg('Whom can you ask?'), [
        contact?.replace(/[.]?$/, '.') ?? msg('Nobody is named yet, so nothing can be recorded.'),
        ...(lead === null ? [] : [msg(str`The practice is led by ${lead}.`)]),
        msg(str`The code of practice is version ${codeVersion}.`),
      ].join(' ')],
    ];
  }

  async #read(said: readonly (readonly [string, string])[]): Promise<void> {
    const turn = this.#turn += 1;
    this.reading = true;
    // A voice that fails has fallen silent; all of it stands on the screen.
    await this.speak?.(said.flat().join(' ')).catch(() => undefined);
    if (turn === this.#turn) this.reading = false;
  }

  #stopReading(): void {
    this.#turn += 1;
    if (this.reading) this.hush?.();
    this.reading = false;
  }
}
customElements.define('visitor-page', VisitorPage);
