import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { ask } from '../ask.js';
import { MARKS } from '../controls/marks.js';
import { Ticker } from '../controls/ticker.js';
import { endOf, lengthOf, type Draft } from '../draft.js';
import { LampElement } from '../element.js';
import { saidWords } from '../language/language.js';
import { base } from '../styles.js';
import { audienceForOwner, modeWords, timeOfDay } from '../words.js';

/** P9.3, P4.3: who has been told, line by line; one touch confirms all of it and starts. */
class ToldScreen extends LampElement {
  static override properties = { draft: { attribute: false }, busy: { type: Boolean } };
  static override styles = [base, css`
    header p { flex: 1 1 100%; }
    main { display: grid; min-height: 0; }
    ul { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-rows: minmax(0, 10rem); align-content: center; gap: var(--gap); min-height: 0; }
    li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.8em; align-items: center; font-size: 1.2em; line-height: 1.25; }
    li .mark { font-size: 2.2em; color: var(--accent); }
    footer button { font-size: 1.2em; padding-inline: 0.4em; }
    footer .start { flex: 3 1 0; min-height: max(112px, 5.6rem); font-size: 1.8em; }
    :host-context([data-text='larger']) ul { grid-template-columns: minmax(0, 1fr); }
    @media (orientation: portrait) { ul { grid-template-columns: minmax(0, 1fr); } footer .start { flex: 1 1 100%; } }
    @container (max-height: 34rem) { footer .start { min-height: var(--touch); } li { font-size: 1em; padding-block: 0.3em; } li .mark { font-size: 1.5em; } }
  `];

  declare draft: Draft;
  declare busy: boolean;

  constructor() {
    super();
    this.busy = false;
    new Ticker(this);
  }

  override render() {
    const { purpose, mode, ends } = this.draft;
    const now = new Date();
    const over = lengthOf(ends, now) === null;
    return html`
      <header>
        <h1 tabindex="-1">${msg('Before it starts')}</h1>
        <p>${saidWords(purpose.words)} · ${audienceForOwner(purpose.audience)} · ${modeWords(mode)} · <bdi dir="ltr">→ ${timeOfDay(endOf(ends, now))}</bdi></p>
      </header>
      <main><ul>
        ${this.#line(MARKS.people, msg('The class has been told.'))}
        ${this.#line(MARKS.adult, msg('Other adults in the room know and agree.'))}
        ${this.#line(MARKS.door, msg('Visitors have been told, or there are none.'))}
        ${this.#line(MARKS.outside, mode === 'sound-only' ? msg('Pupils who may not be recorded are not in the room.') : msg('Pupils who may not be filmed are out of the picture, or covered.'))}
      </ul></main>
      <footer>
        <button class="grow" data-back @click=${() => ask(this, { ask: 'go', step: { step: 'plan', draft: this.draft } })}>${msg('Back')}</button>
        <button class="main start" aria-disabled=${this.busy || over} aria-busy=${this.busy} @click=${() => { if (!this.busy && !over) ask(this, { ask: 'start', draft: this.draft }); }}>
          ${over ? msg('Choose a later end') : this.busy ? msg('One moment…') : msg('I have told everyone: start')}
        </button>
      </footer>`;
  }

  #line(sign: TemplateResult, words: string): TemplateResult {
    return html`<li class="card">${sign}<span>${words}</span></li>`;
  }
}
customElements.define('told-screen', ToldScreen);
