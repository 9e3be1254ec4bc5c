import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import '../controls/stop-button.js';

/** No word from the recorder: what the screen last said may be wrong, so it says the worst. */
class LostScreen extends LampElement {
  static override styles = [base, css`
    :host { background: var(--lamp-pale); }
    main { display: grid; align-content: center; gap: 1rem; max-width: 48rem; margin-inline: auto; }
    h1 { font-size: calc(var(--state) * 0.8); line-height: 1; }
    p { font-size: 1.25em; }
  `];

  override render() {
    return html`<span></span>
      <main>
        <h1 tabindex="-1">${msg('Assume recording')}</h1>
        <p>${msg(html`<strong>This screen lost touch with the recorder.</strong> It is trying again by itself.`)}</p>
        <p>${msg('Believe the lamp by the door: lamp dark means that nothing is being recorded. To be sure, press the Stop button on the sign, or tap Stop here.')}</p>
      </main>
      <lamp-stop></lamp-stop>`;
  }
}
customElements.define('lost-screen', LostScreen);
