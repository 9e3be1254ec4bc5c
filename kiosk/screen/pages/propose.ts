import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { PurposesView, PurposeText } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { audienceForOwner } from '../words.js';
import { DeskPage } from './desk-page.js';
import { LIMITS } from './limits.js';
import { fact, paragraph, piecesOfPurpose } from './pieces.js';
import { moreButton, row, rowStyles, shownOf } from './rows.js';
import './text.js';
import './write.js';
import type { WrittenEvent } from './write.js';

const STEPS = ['about', 'name', 'words', 'audience', 'enhances', 'trust', 'check'] as const;
type Step = (typeof STEPS)[number];
/** Of which each is written. */
type Field = 'name' | 'words' | 'enhances' | 'trust';

function titleOf(step: Step): string {
  switch (step) {
    case 'about': return msg('What do you propose?');
    case 'name': return msg('Its name');
    case 'words': return msg('The words on the sign');
    case 'audience': return msg('Who may watch?');
    case 'enhances': return msg('Teaching and learning');
    case 'trust': return msg('Trust');
    case 'check': return msg('Is this right?');
  }
}

function whyOf(field: Field): string {
  switch (field) {
    case 'name': return msg('What shall it be called among teachers?');
    case 'words': return msg('Everyone who comes in reads these words by the door. Short, and clear to a pupil.');
    case 'enhances': return msg('How does it enhance teaching and learning?');
    case 'trust': return msg('How does it fit collaboration that rests on trust?');
  }
}

const NOTHING: PurposeText = { name: '', words: '', audience: 'only-me', enhances: '', trust: '' };

/** P6.2: a teacher proposes a purpose, or other words or another audience for one of the school's: one thing a step. */
class ProposePage extends DeskPage {
  static override properties = { ...DeskPage.properties, step: { state: true }, text: { state: true }, at: { state: true }, known: { state: true } };
  static override styles = [base, rowStyles, css`
    :host { grid-template-rows: auto auto minmax(0, 1fr) auto; }
    lamp-paged, lamp-write { grid-row: 3 / -1; }
    main { grid-row: 3; }
    footer { grid-row: 4; }
    .audiences { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-rows: minmax(var(--touch), 12rem); gap: var(--gap); align-content: center; }
    .audiences button { font-size: 1.3em; }
    .audiences button[aria-pressed='true'] { background: var(--accent-pale); border-color: var(--accent); }
    .audiences small { display: block; font-size: 0.7em; font-weight: 400; margin-top: 0.4em; }
    @media (orientation: portrait) { .audiences { grid-template-columns: minmax(0, 1fr); } }
  `];

  declare step: Step;
  declare text: PurposeText;
  declare at: number;
  /** Purposes of the school that could be changed; null until they have come. */
  declare known: PurposesView['options'] | null;
  /** The one that this changes; undefined for a new one. */
  #purpose: string | undefined;

  constructor() {
    super();
    this.step = 'name';
    this.text = NOTHING;
    this.at = 0;
    this.known = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => {
      const { options } = await this.desk.look('/api/purposes');
      this.step = options.length > 0 ? 'about' : 'name';
      this.known = options;
    });
  }

  override render() {
    return html`
      <header><h1 tabindex="-1">${titleOf(this.step)}</h1><button data-back @click=${() => this.#away()}>${msg('Do not propose')}</button></header>
      ${this.troubleBox}
      ${this.known === null ? '' : this.#middle(this.known)}`;
  }

  #middle(known: PurposesView['options']): TemplateResult {
    const { step } = this;
    switch (step) {
      case 'about': return html`
        <main><ul class="rows">${shownOf([undefined, ...known], this.at).map((one) => html`<li>${one === undefined
          ? row(msg('A new purpose'), msg('For something that is not on the list yet.'), () => this.#about(undefined, NOTHING))
          : row(msg(str`Change: ${one.text.words}`), msg('Other words, or another audience. It has to be agreed anew.'), () => this.#about(one.purpose, one.text))}</li>`)}</ul></main>
        <footer>${moreButton([undefined, ...known], this.at, (at) => { this.at = at; })}</footer>`;
      case 'name': case 'words': case 'enhances': case 'trust': return this.#field(step);
      case 'audience': return html`
        <main class="audiences">${(['only-me', 'colleagues-i-choose'] as const).map((audience) => html`<button aria-pressed=${this.text.audience === audience} @click=${() => this.#keep({ audience })}>${audienceForOwner(audience)}<small>${audience === 'only-me' ? msg('Such a recording is never shown to others.') : msg('You alone choose whom, each time, or nobody.')}</small></button>`)}</main>
        <footer><button class="grow" @click=${() => this.#back()}>${msg('Back')}</button></footer>`;
      case 'check': return html`<lamp-paged steady .pieces=${[paragraph(msg('It is open to all teachers for ten school days. Then the practice lead decides, together with enough teachers.')), fact(msg('Name'), this.text.name), ...piecesOfPurpose(this.text)]}>
        <button slot="last" class="grow" @click=${() => this.#back()}>${msg('Change it')}</button>
        <button slot="last" class="main grow" aria-busy=${this.busy} @click=${this.#propose}>${msg('Propose it')}</button>
      </lamp-paged>`;
    }
  }

  /** An element of its own for each field, so that none begins with the words of the one before. */
  #field(field: Field): TemplateResult {
    return html`${keyed(field, html`<lamp-write .why=${whyOf(field)} .limits=${LIMITS[field]} .value=${this.text[field]} @back=${() => this.#back()} @written=${({ text }: WrittenEvent) => this.#keep({ [field]: text })}></lamp-write>`)}`;
  }

  #about(purpose: string | undefined, text: PurposeText): void {
    this.#purpose = purpose;
    this.text = text;
    this.step = 'name';
  }

  #keep(part: Partial<PurposeText>): void {
    this.text = { ...this.text, ...part };
    this.#move(1);
  }

  #back(): void {
    const first = (this.known?.length ?? 0) > 0 ? 'about' : 'name';
    if (this.step === first) this.#away();
    else this.#move(-1);
  }

  #move(by: 1 | -1): void {
    this.trouble = null;
    this.step = STEPS[STEPS.indexOf(this.step) + by] ?? this.step;
  }

  #away(): void {
    this.desk.go({ step: 'page', page: { page: 'purposes' } });
  }

  readonly #propose = async (): Promise<void> => {
    const { text } = this;
    const purpose = this.#purpose;
    const proposed = await this.try(async () => { await this.desk.call('/api/propose', purpose === undefined ? { text } : { purpose, text }); });
    if (proposed) this.#away();
  };
}
customElements.define('propose-page', ProposePage);
