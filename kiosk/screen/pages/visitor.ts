import { css, html, nothing } from 'lit';
import { currentRegion } from '../language/language.js';
import type { VisitorView } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';

/** For pupils, families and visitors (P9.5): what is recorded here, for whom, and what they can do about it. */
class VisitorPage extends DeskPage {
  static override properties = { ...DeskPage.properties, facts: { state: true }, reading: { state: true } };
  static override styles = [base, css`
    main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--gap); align-content: center; min-height: 0; }
    .card { padding: 0.4em 1em; font-size: 0.88em; overflow-wrap: anywhere; }
    .card strong { display: block; font-size: 1.2em; }
    @container (max-height: 38rem) { .card { font-size: 0.8em; padding-block: 0.3em; } }
    @media (orientation: portrait) { main { grid-template-columns: minmax(0, 1fr); } .card { font-size: 0.82em; padding-block: 0.2em; } .card strong { font-size: 1.1em; } }
  `];

  declare facts: VisitorView | null;
  declare reading: boolean;

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
    if (canSpeak()) speechSynthesis.cancel();
  }

  override render() {
    const said = this.#said();
    return html`
      <header><h1 tabindex="-1">For pupils and visitors</h1>${this.facts === null ? nothing : html`<span class="soft">${this.facts.room}</span>`}</header>
      <main>${this.trouble === null ? said.map(([title, text]) => html`<section class="card"><strong>${title}</strong>${text}</section>`) : this.troubleBox}</main>
      <footer>
        <button class="grow" @click=${() => this.desk.go({ step: 'ready' })}>Back</button>
        <button class="grow" @click=${() => this.desk.go({ step: 'page', page: { page: 'code' } })}>Code of practice</button>
        <button class="grow" @click=${() => this.desk.go({ step: 'page', page: { page: 'leave-request' } })}>Leave a request</button>
        ${canSpeak() && said.length > 0 ? html`<button class="grow" aria-pressed=${this.reading} @click=${() => this.#read(said)}>${this.reading ? 'Stop reading' : 'Read aloud'}</button>` : nothing}
      </footer>`;
  }

  #said(): readonly (readonly [string, string])[] {
    if (this.facts === null) return [];
    const { contact, retentionDays, codeVersion, lead } = this.facts;
    return [
      ['Nothing is being recorded now.', 'When something is, this screen and the sign by the door say RECORDING and what for, and the lamp is lit. Lamp dark: nothing is recorded.'],
      ['A teacher starts it, by hand.', 'To learn from their own lesson. Nobody else can start a recording, and nothing starts by itself.'],
      ['Anyone may stop it.', 'Tap Stop here, or press the button on the sign. You need not say why.'],
      ['Only the teacher can open it.', 'It is locked while it is made. For some purposes the teacher may show it to chosen colleagues; the sign says which.'],
      [`It stays here ${retentionDays} days.`, 'Then it is erased, unless the teacher erases it sooner or keeps it longer, a year at most.'],
      ['Whom can you ask?', `${contact?.replace(/[.]?$/, '.') ?? 'Nobody is named yet, so nothing can be recorded.'}${lead === null ? '' : ` The practice is led by ${lead}.`} The code of practice is version ${codeVersion}.`],
    ];
  }

  #read(said: readonly (readonly [string, string])[]): void {
    speechSynthesis.cancel();
    if (this.reading) { this.reading = false; return; }
    const words = new SpeechSynthesisUtterance(said.flat().join(' '));
    words.lang = currentRegion();
    for (const over of ['end', 'error'] as const) words.addEventListener(over, () => { this.reading = false; });
    this.reading = true;
    speechSynthesis.speak(words);
  }
}
customElements.define('visitor-page', VisitorPage);

/** A browser without voices stays silent however it is asked. */
const canSpeak = (): boolean => 'speechSynthesis' in window && speechSynthesis.getVoices().length > 0;
