import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { ask } from '../../ask.js';
import '../../controls/languages.js';
import { LampElement } from '../../element.js';
import type { Page } from '../../page.js';
import { base } from '../../styles.js';

/** What anyone in the room may read or leave, another language, and the technician's way in. */
class RoomLinks extends LampElement {
  static override properties = { setUp: { type: Boolean } };
  static override styles = [base, css`
    :host { display: flex; justify-content: flex-end; height: auto; padding: 0; }
    button { flex: 0 1 auto; border-width: 2px; padding-inline: 0.7em; font-size: var(--small); font-weight: 400; }
    lamp-languages { margin-inline-end: auto; }
    :host-context([data-text='larger']) { flex-wrap: wrap; }
    @media (orientation: portrait) { :host { flex-wrap: wrap; } button { flex: 1 1 40%; } lamp-languages { flex: 1 1 100%; } }
  `];

  /** A steward has set the room up. */
  declare setUp: boolean;

  override render() {
    const links: readonly (readonly [string, Page])[] = [
      [msg('Code of practice'), { page: 'code' }],
      [msg('Visitors and pupils'), { page: 'visitor' }],
      [msg('Leave a request'), { page: 'leave-request' }],
      [msg('Technician'), { page: this.setUp ? 'steward-sign-in' : 'set-up' }],
    ];
    return html`<lamp-languages></lamp-languages>${links.map(([words, page]) => html`<button @click=${() => ask(this, { ask: 'go', step: { step: 'page', page } })}>${words}</button>`)}`;
  }
}
customElements.define('lamp-room-links', RoomLinks);
