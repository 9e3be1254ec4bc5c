import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { PurposesView, ProposalView } from '../../protocol/practice.js';
import { saidWords } from '../language/language.js';
import { base } from '../styles.js';
import { audienceForOwner } from '../words.js';
import { DeskPage } from './desk-page.js';
import { LIMITS } from './limits.js';
import { day, fact, paragraph, piecesOfObjections, piecesOfPurpose, statusOf, type Piece } from './pieces.js';
import { moreButton, row, rowStyles, shownOf } from './rows.js';
import './text.js';
import './write.js';
import type { WrittenEvent } from './write.js';

type Tab = 'in-use' | 'proposals' | 'past';
const tabs = (): readonly (readonly [Tab, string])[] => [['in-use', msg('In use')], ['proposals', msg('Proposals')], ['past', msg('Past ones')]];

function aboutTab(tab: Tab): string {
  switch (tab) {
    case 'in-use': return msg('A purpose that the school adds is off for you until you switch it on. Switching it off works at once.');
    case 'proposals': return msg('Any teacher may propose a purpose. It is open to all teachers for ten school days.');
    case 'past': return msg('Nobody can record for these any more. Old recordings stay with the purpose they were made for.');
  }
}

type Option = PurposesView['options'][number];
type PastPurpose = PurposesView['past'][number];
/** What is read now, with the screen to itself; kept by its number, so that it is shown as it stands. */
type Open = { readonly kind: 'option' | 'past'; readonly purpose: string; readonly version: number } | { readonly kind: 'proposal'; readonly number: number };

/** What one may record for: switched on by each teacher for themselves (P7.1), proposed and talked about by all (P6.2, P6.3). */
class PurposesPage extends DeskPage {
  static override properties = { ...DeskPage.properties, view: { state: true }, tab: { state: true }, at: { state: true }, open: { state: true }, objecting: { state: true } };
  static override styles = [base, rowStyles, css`
    :host { grid-template-rows: auto auto minmax(0, 1fr) auto; }
    lamp-paged, lamp-write { grid-row: 3 / -1; }
    .tabs { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--gap); }
    .tabs button[aria-pressed='true'] { background: var(--ink); color: var(--paper); }
    main { grid-row: 3; min-height: 0; }
    header > .tabs, header > .what { flex: 1 1 100%; }
    /* With a notice above and the idle bar below. */
    @container (max-height: 34rem) {
      .what, .much .tabs { display: none; }
      .trouble { font-size: var(--small); line-height: 1.2; padding-block: 0.3em; }
      .trouble ~ main { margin-top: calc(-1 * var(--gap)); }
    }
    footer { grid-row: 4; }
    [role='switch'] { display: flex; align-items: center; gap: 0.6em; min-width: 7.5em; padding: 0.3em 0.8em; }
    [role='switch'] svg { width: 3.2em; height: 1.8em; flex: none; }
    [role='switch']:dir(rtl) svg { transform: scaleX(-1); }
    [role='switch'][aria-checked='true'] { background: var(--accent-pale); border-color: var(--accent); }
  `];

  declare view: PurposesView | null;
  declare tab: Tab;
  declare at: number;
  declare open: Open | null;
  declare objecting: boolean;

  constructor() {
    super();
    this.view = null;
    this.tab = 'in-use';
    this.at = 0;
    this.open = null;
    this.objecting = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(() => this.#load());
  }

  override render() {
    const { view, open } = this;
    if (view === null) return html`<header><h1 tabindex="-1">${msg('What recordings may be for')}</h1><button data-back @click=${() => this.leave()}>${msg('Back')}</button></header>${this.troubleBox}`;
    if (open === null) return this.#list(view);
    switch (open.kind) {
      case 'option': {
        const option = view.options.find(({ purpose, version }) => purpose === open.purpose && version === open.version);
        return option === undefined ? this.#list(view) : this.#option(option);
      }
      case 'past': {
        const past = view.past.find(({ purpose, version }) => purpose === open.purpose && version === open.version);
        return past === undefined ? this.#list(view) : this.#past(past);
      }
      case 'proposal': {
        const proposal = view.proposals.find(({ number }) => number === open.number);
        return proposal === undefined ? this.#list(view) : this.#proposal(proposal);
      }
    }
  }

  #list(view: PurposesView): TemplateResult {
    const rows = this.#rows(view);
    return html`
      <header class=${this.trouble === null ? '' : 'much'}><h1 tabindex="-1">${msg('What recordings may be for')}</h1><button data-back @click=${() => this.leave()}>${msg('Done')}</button>
      <div class="tabs" role="group" aria-label=${msg('Which ones')}>${tabs().map(([tab, words]) => html`<button aria-pressed=${tab === this.tab} @click=${() => this.#turnTo(tab)}>${words}</button>`)}</div>
      ${this.trouble === null ? html`<p class="what">${aboutTab(this.tab)}</p>` : ''}</header>
      ${this.troubleBox}
      <main><ul class="rows">${rows.length === 0 ? html`<li><p class="soft">${msg('There are none.')}</p></li>` : shownOf(rows, this.at).map((one) => html`<li>${one}</li>`)}</ul></main>
      <footer>
        <button class="grow" @click=${() => this.desk.go({ step: 'page', page: { page: 'propose' } })}>${msg('Propose one')}</button>
        ${moreButton(rows, this.at, (at) => { this.at = at; })}
      </footer>`;
  }

  #rows(view: PurposesView): TemplateResult[] {
    switch (this.tab) {
      case 'in-use': return [
        ...view.options.map((option) => html`${row(option.text.words, audienceForOwner(option.text.audience), () => this.#read({ kind: 'option', purpose: option.purpose, version: option.version }))}${this.#switch(option)}`),
        ...view.builtIn.map(({ words, audience }) => html`<p class="row"><strong>${saidWords(words)}</strong><small>${msg(str`${audienceForOwner(audience)}. Comes with the recorder.`)}</small></p>`),
      ];
      case 'proposals': return [...view.proposals].sort(undecidedFirst).map(({ number, text, status }) => row(text.words, statusOf(status), () => this.#read({ kind: 'proposal', number })));
      case 'past': return view.past.map(({ purpose, version, text, standing }) => row(text.words, standing === 'retired' ? msg('Retired.') : msg('Its year of trial is over.'), () => this.#read({ kind: 'past', purpose, version })));
    }
  }

  #switch({ purpose, text, on }: Option): TemplateResult {
    return html`<button role="switch" aria-checked=${on} aria-label=${msg(str`Use: ${text.words}`)} @click=${() => this.#do(async () => {
      if (on) await this.desk.call('/api/opt-out', { purpose });
      else await this.desk.call('/api/opt-in', { purpose });
      await this.desk.refresh();
    })}>
      <svg viewBox="0 0 32 18" aria-hidden="true"><rect x="1" y="1" width="30" height="16" rx="8" fill=${on ? 'var(--accent)' : 'var(--card)'} stroke="var(--ink)" stroke-width="2" /><circle cx=${on ? 23 : 9} cy="9" r="5.5" fill=${on ? 'var(--on-accent)' : 'var(--ink)'} /></svg>
      ${on ? msg('On') : msg('Off')}
    </button>`;
  }

  #option({ purpose, text, trialUntil }: Option): TemplateResult {
    const trial = trialUntil === null ? [] : [fact(msg('On trial until'), msg(str`${day(trialUntil)}. Then it is agreed again, or no longer used.`))];
    return this.#reading(text.name, [...piecesOfPurpose(text), ...trial], trialUntil === null ? '' : this.#again(purpose, msg('Propose to keep it after the trial')));
  }

  #past({ purpose, text, standing }: PastPurpose): TemplateResult {
    return this.#reading(text.name, piecesOfPurpose(text), standing === 'retired' ? '' : this.#again(purpose, msg('Propose to use it again')));
  }

  #again(purpose: string, words: string): TemplateResult {
    return html`<button slot="last" class="grow" aria-busy=${this.busy} @click=${async () => {
      if (await this.#do(async () => { await this.desk.call('/api/propose', { purpose }); })) this.#turnTo('proposals');
    }}>${words}</button>`;
  }

  #proposal(proposal: ProposalView): TemplateResult {
    const { number, text, status, youAgreed, youObjected } = proposal;
    if (this.objecting) return html`
      <header><h1 tabindex="-1">${msg(str`${text.name}: your objection`)}</h1></header>
      ${this.troubleBox}
      <lamp-write .limits=${LIMITS.objection} .busy=${this.busy} .why=${msg('What speaks against it? The practice lead has to answer in writing. All teachers can read it; your name is not with it.')} .next=${msg('Send')}
        @back=${() => { this.objecting = false; }}
        @written=${async ({ text: words }: WrittenEvent) => { if (await this.#do(async () => { await this.desk.call('/api/object', { proposal: number, text: words }); })) this.objecting = false; }}></lamp-write>`;
    const voices = status.kind !== 'open' ? '' : html`
      <button slot="last" class="grow" aria-disabled=${youObjected} @click=${() => { if (!youObjected) this.objecting = true; }}>${youObjected ? msg('You objected') : msg('I object')}</button>
      <button slot="last" class="main grow" aria-disabled=${youAgreed} @click=${() => { if (!youAgreed) void this.#do(async () => { await this.desk.call('/api/agree', { proposal: number }); }); }}>${youAgreed ? msg('You agreed') : msg('I agree')}</button>`;
    return this.#reading(text.name, piecesOfProposal(proposal), voices);
  }

  #reading(name: string, pieces: readonly Piece[], last: TemplateResult | ''): TemplateResult {
    return html`
      <header><h1 tabindex="-1"><bdi>${name}</bdi></h1><button data-back @click=${() => { this.open = null; this.trouble = null; }}>${msg('Back to the list')}</button></header>
      ${this.troubleBox}
      <lamp-paged steady .pieces=${pieces}>${last}</lamp-paged>`;
  }

  #read(open: Open): void {
    this.open = open;
    this.objecting = false;
    this.trouble = null;
  }

  #turnTo(tab: Tab): void {
    this.tab = tab;
    this.at = 0;
    this.open = null;
    this.trouble = null;
  }

  #do(work: () => Promise<void>): Promise<boolean> {
    return this.try(async () => {
      await work();
      await this.#load();
    });
  }

  async #load(): Promise<void> {
    this.view = await this.desk.look('/api/purposes');
  }
}
customElements.define('purposes-page', PurposesPage);

function kindOf(kind: ProposalView['kind']): string {
  switch (kind) {
    case 'new': return msg('A new purpose.');
    case 'version': return msg('Other words or another audience for a purpose of this school.');
    case 'again': return msg('A purpose on trial, to be agreed again.');
  }
}

const isUndecided = ({ status }: ProposalView): boolean => status.kind === 'open' || status.kind === 'with-the-lead';
/** The latest first, and before them what can still be talked about. */
const undecidedFirst = (one: ProposalView, other: ProposalView): number => Number(isUndecided(other)) - Number(isUndecided(one)) || other.number - one.number;

function piecesOfProposal({ kind, text, status, objections }: ProposalView): Piece[] {
  return [
    paragraph(`${kindOf(kind)} ${statusOf(status)}`),
    ...(status.kind === 'agreed' || status.kind === 'not-agreed' ? [fact(msg('Reasons'), status.reasons)] : []),
    ...piecesOfPurpose(text),
    ...piecesOfObjections(objections),
    ...(status.kind === 'open' ? [paragraph(msg('You need not say anything. Nobody is shown who agreed or objected.'))] : []),
  ];
}
