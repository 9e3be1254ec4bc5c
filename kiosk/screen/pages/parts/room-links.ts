import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../../element.js';
import { ask } from '../../ask.js';
import type { Page } from '../../page.js';
import { base } from '../../styles.js';

const links = (): readonly (readonly [string, Page])[] => [
  [msg('Code of practice'), { page: 'code' }],
  [msg('Visitors and pupils'), { page: 'visitor' }],
  [msg('Leave a request'), { page: 'leave-request' }],
];

/** What anyone in the room may read or leave, and the technician's way in. */
class RoomLinks extends LampElement {
  static override properties = { setUp: { type: Boolean } };
  static override styles = [base, css`
    :host { display: flex; flex-wrap: wrap; justify-content: flex-end; height: auto; padding: 0; }
    button { flex: 0 1 auto; border-width: 2px; font-size: var(--small); font-weight: 400; }
    @media (orientation: portrait) { button { flex: 1 1 40%; } }
  `];

  /** A steward has set the room up. */
  declare setUp: boolean;

  override render() {
    const technician: Page = { page: this.setUp ? 'steward-sign-in' : 'set-up' };
    return [...links(), [msg('Technician'), technician] as const].map(([words, page]) => html`<button @click=${() => ask(this, { ask: 'go', step: { step: 'page', page } })}>${words}</button>`);
  }
}
customElements.define('lamp-room-links', RoomLinks);
