import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { SteeringState } from '../../protocol.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';

/** Three rows of two, with two buttons below that lead on. */
const A_PAGE = 4;

/** The room's saved views; a mark and a word say which is chosen. */
class ViewsControl extends LampElement {
  static override properties = { steering: { attribute: false }, page: { state: true } };
  static override styles = [base, css`
    :host { padding: 0; height: auto; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-template-rows: none; grid-auto-rows: minmax(var(--touch), 1fr); min-height: 0; }
    button { display: flex; align-items: center; justify-content: center; gap: 0.4em; padding: 0.2em 0.5em; overflow-wrap: anywhere; }
    button[aria-pressed='true'] { background: var(--ink); color: var(--paper); }
    svg { width: 1em; height: 1em; flex: none; }
  `];

  declare steering: SteeringState;
  declare page: number;

  constructor() {
    super();
    this.page = 0;
  }

  override render() {
    const { views, chosen } = this.steering;
    const size = this.#size;
    const many = views.length > size;
    const pages = Math.max(1, Math.ceil(views.length / size));
    const page = this.page % pages;
    return html`
      ${views.slice(page * size, (page + 1) * size).map(({ id, name }) => html`<button aria-pressed=${id === chosen} @click=${() => ask(this, { ask: 'view', view: id })}>
        ${id === chosen ? html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="m3 10.5 5 5L17 5" fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round" /></svg>` : ''}<span>${name}</span>
      </button>`)}
      ${many ? html`<button @click=${() => { this.page = (page + 1) % pages; }}>${msg('More views')}</button>` : ''}`;
  }

  /** The chosen one is to be seen. */
  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('steering')) return;
    const at = this.steering.views.findIndex(({ id }) => id === this.steering.chosen);
    if (at !== -1) this.page = Math.floor(at / this.#size);
  }

  get #size(): number {
    return this.steering.views.length > A_PAGE ? A_PAGE - 1 : A_PAGE;
  }
}
customElements.define('lamp-views', ViewsControl);
