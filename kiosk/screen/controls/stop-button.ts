import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';

/** Stop, for anyone. It answers the touch at once, and is there again a little later, in case the first was lost. */
class StopButton extends LampElement {
  static override properties = { words: {}, size: { reflect: true }, asked: { state: true } };
  static override styles = [base, css`
    :host { display: flex; height: auto; padding: 0; }
    button {
      display: flex; flex: 1; align-items: center; justify-content: center; gap: 0.6em; min-height: var(--touch-stop);
      background: var(--stop); border-color: var(--stop); color: var(--on-stop); font-size: 1.7em;
    }
    :host([size='giant']) button { min-height: max(220px, 26vh); font-size: min(3.4em, 7.5vw); border-radius: calc(var(--round) * 1.5); }
    button:active, button[aria-busy='true'] { background: #33404b; border-color: var(--lamp); color: #fff; }
    :host-context([data-text='larger']) button { gap: 0.3em; padding-inline: 0.3em; }
    :host-context([data-text='larger']):host(:not([size='giant'])) button { font-size: 1.4em; }
    /* It shares a screen that scrolls. */
    :host-context([data-text='larger']):host([size='giant']) button { min-height: var(--touch-stop); font-size: 1.7em; }
    svg { width: 1em; height: 1em; flex: none; fill: currentColor; }
  `];

  /** Where it says more than Stop. */
  declare words: string;
  declare size: 'usual' | 'giant';
  declare asked: boolean;

  constructor() {
    super();
    this.words = '';
    this.size = 'usual';
    this.asked = false;
  }

  override render() {
    return html`<button aria-busy=${this.asked} @click=${this.#stop}>
      <svg viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="1" /></svg>
      <span>${this.asked ? msg('Stopping…') : this.words === '' ? msg('Stop') : this.words}</span>
    </button>`;
  }

  #stop(): void {
    this.asked = true;
    setTimeout(() => { this.asked = false; }, 1500);
    ask(this, { ask: 'stop' });
  }
}
customElements.define('lamp-stop', StopButton);
