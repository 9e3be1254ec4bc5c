import { css, html, nothing } from 'lit';
import { LampElement } from '../element.js';
import type { Trouble } from '../../protocol.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';

/** What people should know, each in one sentence with what to do about it. Shows nothing where there is nothing. */
class Troubles extends LampElement {
  static override properties = { items: { attribute: false } };
  static override styles = [base, css`
    :host { display: grid; grid-template: none / repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); height: auto; padding: 0; gap: 0.6rem; }
    .trouble:not(:only-child) { font-size: var(--small); line-height: 1.25; padding-block: 0.5em; }
    .trouble { display: flex; gap: 0.8em; align-items: center; color: var(--ink); text-align: left; }
    svg { width: 2em; height: 2em; flex: none; }
  `];

  declare items: readonly Trouble[];

  constructor() {
    super();
    this.items = [];
  }

  override render() {
    return this.items.length === 0 ? nothing : this.items.map(said).map(({ sentence, remedy }) => html`<div class="trouble">
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2 23 21H1z" fill="#f2a900" stroke="#15202b" stroke-width="2" stroke-linejoin="round"/><path d="M12 9v6M12 17v2" stroke="#15202b" stroke-width="2.4"/></svg>
      <p><strong>${sentence}</strong>${remedy}</p>
    </div>`);
  }
}
customElements.define('lamp-troubles', Troubles);
