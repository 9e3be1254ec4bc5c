import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { SteeringState } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import { viewNames } from '../words.js';

/** What to call the view that the camera has now; or, while `removing`, which of the saved ones is to go. */
class ViewNames extends LampElement {
  static override properties = { steering: { attribute: false }, removing: { type: Boolean }, page: { state: true } };
  static override styles = [base, css`
    :host { padding: 0; min-height: 0; grid-template-rows: auto minmax(0, 1fr); gap: 0.5rem; }
    h2 { font-size: var(--text); line-height: 1.2; margin: 0; }
    ul { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); grid-auto-rows: minmax(var(--touch), 8rem); align-content: center; gap: var(--gap); }
    li { display: grid; }
    button { padding: 0.1em 0.4em; overflow-wrap: anywhere; }
    small { display: block; font-size: 0.7em; font-weight: 400; }
    @media (orientation: portrait) { ul { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
  `];

  declare steering: SteeringState;
  declare removing: boolean;
  declare page: number;

  constructor() {
    super();
    this.removing = false;
    this.page = 0;
  }

  override render() {
    const [, ...saved] = this.steering.views;
    if (this.removing) {
      const pages = Math.ceil(saved.length / 7);
      const page = pages === 0 ? 0 : this.page % pages;
      return html`
        <h2>${saved.length === 0 ? msg('There is no saved view any more.') : msg('Tap a view to remove it. Recordings are not touched.')}</h2>
        <ul>
          ${saved.slice(page * 7, (page + 1) * 7).map(({ id, name }) => html`<li><button aria-label=${msg(str`Remove ${name}`)} @click=${() => ask(this, { ask: 'forget-view', view: id })}>${name}</button></li>`)}
          ${pages > 1 ? html`<li><button @click=${() => { this.page = (page + 1) % pages; }}>${msg('More views')}</button></li>` : ''}
        </ul>`;
    }
    return html`
      <h2>${msg('What is this view called? Everyone who teaches here can use it.')}</h2>
      <ul>${viewNames(saved.map(({ name }) => name)).map(({ name, replaces }) => html`<li><button @click=${() => this.#save(name)}>${name}${replaces ? html`<small>${msg('replaces the old one')}</small>` : ''}</button></li>`)}</ul>`;
  }

  #save(name: string): void {
    ask(this, { ask: 'save-view', name });
    this.dispatchEvent(new Event('done'));
  }
}
customElements.define('lamp-view-names', ViewNames);
