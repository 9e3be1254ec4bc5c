import { css, html, nothing } from 'lit';
import { LampElement } from '../element.js';
import type { Trouble } from '../../protocol.js';
import { MARKS } from './marks.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';

/** What people should know, each in one sentence with what to do about it. Shows nothing where there is nothing. */
class Troubles extends LampElement {
  static override properties = { items: { attribute: false } };
  static override styles = [base, css`
    :host { display: grid; grid-template: none / repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); height: auto; padding: 0; gap: 0.6rem; }
    .trouble:not(:only-child) { font-size: var(--small); line-height: 1.25; padding-block: 0.5em; }
    .trouble { display: flex; gap: 0.8em; align-items: center; color: var(--ink); text-align: start; }
    .mark { font-size: 2em; }
  `];

  declare items: readonly Trouble[];

  constructor() {
    super();
    this.items = [];
  }

  override render() {
    return this.items.length === 0 ? nothing : this.items.map(said).map(({ sentence, remedy }) => html`<div class="trouble">
      ${MARKS.warn}
      <p><strong>${sentence}</strong>${remedy}</p>
    </div>`);
  }
}
customElements.define('lamp-troubles', Troubles);
