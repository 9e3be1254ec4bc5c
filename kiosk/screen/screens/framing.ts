import { css, html, LitElement } from 'lit';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import '../controls/clap-test.js';
import type { ClapTest } from '../controls/clap-test.js';
import '../controls/preview.js';
import '../controls/stop-button.js';

/** What will be seen and heard, to the signed-in teacher only. To anyone else: that camera and microphone are on. */
class FramingScreen extends LitElement {
  static override properties = { live: { type: Boolean }, mine: { type: Boolean }, connect: { attribute: false }, clapTest: { attribute: false }, clapping: { state: true } };
  static override styles = [base, css`
    header { flex-wrap: nowrap; background: var(--lamp); border: 3px solid var(--ink); border-radius: var(--round); padding: 0.4em 0.9em; }
    header svg { width: 1.8em; height: 1.8em; flex: none; }
    main { display: grid; grid-template-rows: minmax(0, 1fr); min-height: 0; }
    footer button { font-size: 1.3em; }
    .wait { place-self: center; text-align: center; font-size: var(--big); font-weight: 700; max-width: 26em; }
  `];

  declare live: boolean;
  declare mine: boolean;
  declare connect: () => Promise<WebSocket>;
  declare clapTest: ClapTest;
  declare clapping: boolean;

  override render() {
    return html`
      <header>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 6h14v12H2zM16 10l6-3v10l-6-3z" fill="#15202b" /></svg>
        <h1 tabindex="-1">${this.live ? 'Camera and microphone on – not recording' : 'Camera and microphone are being connected'}</h1>
      </header>
      <main>${this.#middle()}</main>
      <footer>
        ${this.mine ? html`<button class=${this.clapping ? 'grow' : 'main grow'} @click=${() => ask(this, { ask: 'stop-framing' })}>${this.live ? 'The picture is right' : 'Back'}</button>` : ''}
        ${this.mine && this.live && !this.clapping ? html`<button @click=${() => { this.clapping = true; }}>Clap test</button>` : ''}
        <lamp-stop class="grow"></lamp-stop>
      </footer>`;
  }

  #middle() {
    if (!this.mine) return html`<p class="wait">A teacher is setting up the camera. Nothing is kept. Anyone may tap Stop.</p>`;
    if (!this.live) return html`<p class="wait">First the sign by the door must show it, and the camera may take 20 seconds to wake up.</p>`;
    if (this.clapping) return html`<lamp-clap-test .test=${this.clapTest} @done=${() => { this.clapping = false; }}></lamp-clap-test>`;
    return html`<lamp-preview .connect=${this.connect}></lamp-preview>`;
  }
}
customElements.define('framing-screen', FramingScreen);
