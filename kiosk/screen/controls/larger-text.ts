import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { ask } from '../ask.js';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import { MARKS } from './marks.js';

/** The way back from larger text, wherever one has got to with it. */
class LargerText extends LampElement {
  static override styles = [base, css`
    :host { display: block; height: auto; padding: 0 var(--edge) 8px; }
    button { display: flex; align-items: center; justify-content: center; gap: 0.5em; width: 100%; padding-block: 0; font-size: var(--text); }
  `];

  override render() {
    return html`<button @click=${() => ask(this, { ask: 'choose', chosen: { largerText: false } })}>${MARKS.letters}<span>${msg('Usual text size')}</span></button>`;
  }
}
customElements.define('lamp-larger', LargerText);
