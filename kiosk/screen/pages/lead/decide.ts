import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ProposalView, PurposesView } from '../../../protocol/practice.js';
import { base } from '../../styles.js';
import { DeskPage } from '../desk-page.js';
import { LIMITS } from '../limits.js';
import { day, fact, piecesOfObjections, piecesOfPurpose, statusOf } from '../pieces.js';
import { moreButton, row, rowStyles, shownOf } from '../rows.js';
import '../text.js';
import '../write.js';
import type { WrittenEvent } from '../write.js';

type Option = PurposesView['options'][number];
type Open = { readonly kind: 'proposal'; readonly number: number } | { readonly kind: 'option'; readonly purpose: string };
/** What is written now. */
type Writing = { readonly kind: 'answer'; readonly objection: number } | { readonly kind: 'decide'; readonly agreed: boolean } | { readonly kind: 'retire' };

/** P6.3: the lead answers objections, decides what is no longer open, and retires. Fires `done`. */
class LeadDecide extends DeskPage {
  static override properties = { ...DeskPage.properties, view: { state: true }, at: { state: true }, open: { state: true }, writing: { state: true } };
  static override styles = [base, rowStyles, css`
    :host { grid-template-rows: auto auto minmax(0, 1fr) auto; padding: 0; min-height: 0; }
    lamp-paged, lamp-write { grid-row: 3 / -1; }
    main { grid-row: 3; }
    footer { grid-row: 4; }
  `];

  declare view: PurposesView | null;
  declare at: number;
  declare open: Open | null;
  declare writing: Writing | null;

  constructor() {
    super();
    this.view = null;
    this.at = 0;
    this.open = null;
    this.writing = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(() => this.#load());
  }

  override render(): TemplateResult {
    const { view, open } = this;
    const proposal = open?.kind === 'proposal' ? view?.proposals.find(({ number }) => number === open.number) : undefined;
    const option = open?.kind === 'option' ? view?.options.find(({ purpose }) => purpose === open.purpose) : undefined;
    if (proposal !== undefined) return this.#proposal(proposal);
    return option === undefined ? this.#list(view) : this.#option(option);
  }

  #list(view: PurposesView | null): TemplateResult {
    const waiting = view?.proposals.filter(({ status }) => status.kind === 'open' || status.kind === 'with-the-lead') ?? [];
    const rows = [
      ...waiting.map((one) => row(one.text.words, nextOf(one), () => this.#read({ kind: 'proposal', number: one.number }))),
      ...(view?.options ?? []).map(({ purpose, text, trialUntil }) => row(text.words, trialUntil === null ? msg('In use.') : msg(str`In use, on trial until ${day(trialUntil)}.`), () => this.#read({ kind: 'option', purpose }))),
    ];
    return html`
      <header><h1 tabindex="-1">${msg('Purposes of the school')}</h1><button data-back @click=${() => this.dispatchEvent(new Event('done'))}>${msg('Back')}</button></header>
      ${this.troubleBox}
      <main><ul class="rows">${view !== null && rows.length === 0 ? html`<li><p>${msg('Nothing has been proposed, and nothing of the school’s own is in use.')}</p></li>` : shownOf(rows, this.at).map((one) => html`<li>${one}</li>`)}</ul></main>
      <footer>${moreButton(rows, this.at, (at) => { this.at = at; })}</footer>`;
  }

  #proposal(proposal: ProposalView): TemplateResult {
    const { number, text, status, objections } = proposal;
    const { writing } = this;
    if (writing?.kind === 'answer') return this.#write(`answer-${writing.objection}`, msg('Answer an objection'), msg('Your answer stays as it is, for all teachers to read. Name nobody.'), LIMITS.answer, async (words) => { await this.desk.call('/api/answer-objection', { proposal: number, objection: writing.objection, text: words }); }, objections[writing.objection]?.text);
    if (writing?.kind === 'decide') return this.#write('decide', writing.agreed ? msg(str`Agree: ${text.name}`) : msg(str`Do not agree: ${text.name}`), msg('Why? All teachers can read the reasons. Name nobody.'), LIMITS.reasons, async (words) => { await this.desk.call('/api/decide', { proposal: number, agreed: writing.agreed, reasons: words }); });
    const unanswered = objections.findIndex(({ answer }) => answer === null);
    const ways = unanswered >= 0
      ? html`<button slot="last" class="main grow" @click=${() => { this.writing = { kind: 'answer', objection: unanswered }; }}>${msg('Answer an objection')}</button>`
      : status.kind !== 'with-the-lead' ? '' : html`
        <button slot="last" class="grow" @click=${() => { this.writing = { kind: 'decide', agreed: false }; }}>${msg('Do not agree')}</button>
        <button slot="last" class="main grow" @click=${() => { this.writing = { kind: 'decide', agreed: true }; }}>${msg('Agree')}</button>`;
    return html`
      ${this.#header(text.name)}
      <lamp-paged steady .pieces=${[fact(msg('Now'), nextOf(proposal)), ...piecesOfPurpose(text), ...piecesOfObjections(objections)]}>${ways}</lamp-paged>`;
  }

  #option({ purpose, text }: Option): TemplateResult {
    if (this.writing?.kind === 'retire') return this.#write('retire', msg(str`Retire: ${text.name}`), msg('Why? Nobody can record for it any more; old recordings stay with it. Name nobody.'), LIMITS.reasons, async (words) => { await this.desk.call('/api/retire', { purpose, reasons: words }); });
    return html`
      ${this.#header(text.name)}
      <lamp-paged steady .pieces=${piecesOfPurpose(text)}><button slot="last" class="grow" @click=${() => { this.writing = { kind: 'retire' }; }}>${msg('Retire it')}</button></lamp-paged>`;
  }

  #header(name: string): TemplateResult {
    return html`<header><h1 tabindex="-1"><bdi>${name}</bdi></h1><button data-back @click=${() => { this.open = null; this.trouble = null; }}>${msg('Back to the list')}</button></header>${this.troubleBox}`;
  }

  #write(key: string, title: string, why: string, limits: (typeof LIMITS)['reasons' | 'answer'], send: (words: string) => Promise<void>, quote = ''): TemplateResult {
    const away = (): void => { this.writing = null; this.trouble = null; };
    const written = async ({ text }: WrittenEvent): Promise<void> => {
      const done = await this.try(async () => {
        await send(text);
        await this.#load();
      });
      if (done) away();
    };
    return html`<header><h1 tabindex="-1">${title}</h1></header>${this.troubleBox}
      ${keyed(key, html`<lamp-write .next=${msg('Send')} .why=${why} .quote=${quote} .limits=${limits} .busy=${this.busy} @back=${away} @written=${written}></lamp-write>`)}`;
  }

  #read(open: Open): void {
    this.open = open;
    this.writing = null;
    this.trouble = null;
  }

  async #load(): Promise<void> {
    this.view = await this.desk.look('/api/purposes');
  }
}
customElements.define('lead-decide', LeadDecide);

/** What is to be done about it next. */
function nextOf({ status, objections }: ProposalView): string {
  if (objections.some(({ answer }) => answer === null)) return msg('An objection waits for your answer.');
  return status.kind === 'with-the-lead' ? msg('Waits for your decision.') : statusOf(status);
}
