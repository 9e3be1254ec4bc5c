import { msg } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import './lead/adopt.js';
import './lead/decide.js';
import './lead/policy.js';

type Doing = 'menu' | 'adopt' | 'policy' | 'decide';
const ways = (): readonly (readonly [Exclude<Doing, 'menu'>, string, string])[] => [
  ['adopt', msg('Code of practice'), msg('Adopt the sample, or your school’s own text from a stick.')],
  ['policy', msg('Contact and keeping time'), msg('Whom people ask, and after how many days recordings are erased.')],
  ['decide', msg('Purposes'), msg('Answer objections, decide on proposals, retire what is no longer needed.')],
];

/** What the practice lead sets for the school. Nothing here tells who records, or how much (P1.3, P3.3). */
class LeadPage extends DeskPage {
  static override properties = { ...DeskPage.properties, doing: { state: true } };
  static override styles = [base, css`
    :host { grid-template-rows: auto minmax(0, 1fr); }
    .ways { display: grid; grid-auto-rows: minmax(var(--touch), 11rem); gap: var(--gap); align-content: center; }
    .ways button { text-align: start; font-size: 1.3em; }
    .ways small { display: block; font-size: 0.75em; font-weight: 400; margin-top: 0.3em; }
    .whole { grid-row: 1 / -1; }
  `];

  declare doing: Doing;

  constructor() {
    super();
    this.doing = 'menu';
  }

  override render(): TemplateResult {
    const back = (): void => { this.doing = 'menu'; };
    switch (this.doing) {
      case 'menu': return html`
        <header><h1 tabindex="-1">${msg('Leading the practice')}</h1><button data-back @click=${() => this.leave()}>${msg('Done')}</button></header>
        <main class="ways">${ways().map(([doing, words, what]) => html`<button @click=${() => { this.doing = doing; }}>${words}<small>${what}</small></button>`)}</main>`;
      case 'adopt': return html`<lead-adopt class="whole" .desk=${this.desk} @done=${back}></lead-adopt>`;
      case 'policy': return html`<lead-policy class="whole" .desk=${this.desk} @done=${back}></lead-policy>`;
      case 'decide': return html`<lead-decide class="whole" .desk=${this.desk} @done=${back}></lead-decide>`;
    }
  }
}
customElements.define('lead-page', LeadPage);
