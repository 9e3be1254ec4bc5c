import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { SignInReply } from '../../protocol.js';
import { ask } from '../ask.js';
import { MARKS } from '../controls/marks.js';
import { Ticker } from '../controls/ticker.js';
import { asLastTime, endOf, endsOffered, lengthOf, sameEnd, type Draft } from '../draft.js';
import { LampElement } from '../element.js';
import { saidWords } from '../language/language.js';
import { base } from '../styles.js';
import { audienceForOwner, endWords, modeWords, timeOfDay, viewWords } from '../words.js';

type Part = 'purpose' | 'view' | 'mode' | 'ends';
interface Choice { readonly words: string; readonly more?: string; readonly chosen: boolean; readonly change: Partial<Draft> }

/** More than these are on a second page. */
const A_PAGE = 6;

/** As last time: what for, which view, which mode, until when. Each can be changed, and one touch leads on. */
class PlanScreen extends LampElement {
  static override properties = { me: { attribute: false }, draft: { attribute: false }, busy: { type: Boolean }, changing: { state: true }, page: { state: true } };
  static override styles = [base, css`
    .parts, .choices { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-rows: minmax(var(--touch), 1fr); gap: var(--gap); min-height: 0; }
    .choices { grid-auto-rows: minmax(var(--touch), 9rem); align-content: center; }
    .part { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; align-items: center; gap: 0.1em 0.7em; text-align: start; padding-inline: 0.9em; font-weight: 400; }
    .part .mark { font-size: 2.2em; color: var(--accent); }
    .part > span { display: grid; gap: 0.1em; }
    .part strong { font-size: 1.35em; overflow-wrap: anywhere; }
    .part em { font-style: normal; text-decoration: underline; text-underline-offset: 0.2em; color: var(--accent); font-weight: 700; }
    .choice { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.2em; align-content: center; align-items: center; text-align: start; font-size: 1.25em; overflow-wrap: anywhere; }
    .choice small { font-weight: 400; font-size: 0.78em; grid-column: 1; grid-row: 2; }
    .choice .mark { grid-row: 1 / span 2; grid-column: 2; font-size: 1.6em; color: var(--accent); }
    .choice[aria-pressed='true'] { background: var(--accent-pale); border-color: var(--accent); border-width: 5px; }
    footer button { font-size: 1.1em; padding-inline: 0.5em; }
    footer .next { flex: 1.8 1 0; min-height: max(104px, 5.2rem); font-size: 1.7em; }
    :host-context([data-text='larger']) :is(.parts, .choices) { grid-template-columns: minmax(0, 1fr); }
    @media (orientation: portrait) { .parts, .choices { grid-template-columns: minmax(0, 1fr); } .part { padding-block: 0.1em; line-height: 1.1; } footer > * { flex: 1 1 40%; } footer .next { flex: 1 1 100%; order: 1; } }
    @media (orientation: portrait) { @container (max-height: 52rem) { .part { padding-block: 0; } .part strong { font-size: 1.05em; } .part .mark { font-size: 1.5em; } footer .next { min-height: var(--touch); font-size: 1.3em; } } }
    @container (max-height: 34rem) { footer .next { min-height: var(--touch); } .part small, .part strong { font-size: 1em; } .part .mark { font-size: 1.6em; } .choice { font-size: 1em; } }
  `];

  declare me: SignInReply;
  declare draft: Draft;
  declare busy: boolean;
  declare changing: Part | null;
  declare page: number;

  constructor() {
    super();
    this.busy = false;
    this.changing = null;
    this.page = 0;
    new Ticker(this);
  }

  override render() {
    return this.changing === null ? this.#overview() : this.#choose(this.changing);
  }

  #overview(): TemplateResult {
    const { purpose, mode, view, ends, turned } = this.draft;
    const like = asLastTime(this.me)?.purpose.id === purpose.id;
    const over = lengthOf(ends, new Date()) === null;
    return html`
      <header>
        <h1 tabindex="-1">${like ? msg('As last time?') : msg('The recording')}</h1>
        <button @click=${() => ask(this, { ask: 'go', step: { step: 'recordings' } })}>${msg('My recordings')}</button>
        <button @click=${() => ask(this, { ask: 'go', step: { step: 'page', page: { page: 'account' } } })}>${msg('My account')}</button>
      </header>
      <main class="parts">
        ${this.#part('purpose', msg('What for'), saidWords(purpose.words), audienceForOwner(purpose.audience))}
        ${this.#part('ends', msg('Stops by itself'), msg(str`at ${timeOfDay(endOf(ends, new Date()))}`), endWords(ends))}
        ${this.#part('mode', msg('What is recorded'), modeWords(mode), '')}
        ${mode === 'sound-only' ? '' : this.#part('view', msg('What the camera sees'), turned === true ? msg('As you turned it') : viewWords(view, this.me.views), this.me.views.find(({ id }) => id === (view ?? 'standard'))?.covered === true ? msg('Parts of it are covered') : '')}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => ask(this, { ask: 'sign-out' })}>${msg('Sign out')}</button>
        ${mode === 'sound-only' ? '' : html`<button class="grow" aria-disabled=${this.busy} @click=${() => { if (!this.busy) ask(this, { ask: 'frame', view }); }}>${msg('Look at the picture')}</button>`}
        <button class="main next" aria-disabled=${over} @click=${() => { if (!over) ask(this, { ask: 'go', step: { step: 'told', draft: this.draft } }); }}>${over ? msg('Choose a later end') : msg('Yes, go on')}</button>
      </footer>`;
  }

  #part(part: Part, what: string, words: string, more: string): TemplateResult {
    const sign = { purpose: MARKS.purpose, view: MARKS.view, mode: MARKS.mode, ends: MARKS.until }[part];
    return html`<button class="part" @click=${() => this.#change(part)}>${sign}<span><small>${what}</small><strong>${words}</strong>${more === '' ? '' : html`<small>${more}</small>`}</span><em>${msg('Change')}</em></button>`;
  }

  #choose(part: Part): TemplateResult {
    const choices = this.#choices(part);
    const pages = Math.ceil(choices.length / A_PAGE);
    return html`
      <header><h1 tabindex="-1">${this.#question(part)}</h1></header>
      <main class="choices">${choices.slice(this.page * A_PAGE, (this.page + 1) * A_PAGE).map(({ words, more, chosen, change }) => html`<button class="choice" aria-pressed=${chosen} @click=${() => this.#take(change)}><span>${words}</span>${chosen ? MARKS.done : ''}${more === undefined ? '' : html`<small>${more}</small>`}</button>`)}</main>
      <footer>
        <button class="grow" data-back @click=${() => this.#change(null)}>${msg('Back')}</button>
        ${pages > 1 ? html`<button class="grow" @click=${() => { this.page = (this.page + 1) % pages; }}>${msg('More choices')}</button>` : ''}
      </footer>`;
  }

  #question(part: Part): string {
    switch (part) {
      case 'purpose': return msg('What is the recording for?');
      case 'view': return msg('What should the camera see?');
      case 'mode': return msg('What is recorded?');
      case 'ends': return msg('When does it stop by itself?');
    }
  }

  #choices(part: Part): readonly Choice[] {
    const { draft, me } = this;
    switch (part) {
      case 'purpose': return me.purposes.map((purpose) => ({ words: saidWords(purpose.words), more: audienceForOwner(purpose.audience), chosen: purpose.id === draft.purpose.id, change: { purpose } }));
      case 'view': return me.views.map(({ id, covered }) => ({ words: viewWords(id, me.views), ...(covered && { more: msg('Parts of it are covered') }), chosen: draft.turned !== true && id === (draft.view ?? 'standard'), change: { view: id, turned: false } }));
      case 'mode': return me.modes.map((mode) => ({ words: modeWords(mode), chosen: mode === draft.mode, change: { mode } }));
      case 'ends': return endsOffered(me).map((ends) => ({ words: msg(str`at ${timeOfDay(endOf(ends, new Date()))}`), more: endWords(ends), chosen: sameEnd(ends, draft.ends), change: { ends } }));
    }
  }

  #change(part: Part | null): void {
    this.changing = part;
    this.page = 0;
  }

  #take(change: Partial<Draft>): void {
    this.#change(null);
    ask(this, { ask: 'go', step: { step: 'plan', draft: { ...this.draft, ...change } } });
  }
}
customElements.define('plan-screen', PlanScreen);
