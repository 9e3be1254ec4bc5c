import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { duration } from '../words.js';
import { Ticker } from './ticker.js';

/** A time that passes: `from` counts up since then, `until` counts down to then, on this page's clock. Kept from screen readers: it would never end. */
class Time extends LampElement {
  static override properties = { from: { type: Number }, until: { type: Number }, seconds: { type: Boolean } };
  static override styles = css`:host { font-variant-numeric: tabular-nums; }`;

  declare from: number | undefined;
  declare until: number | undefined;
  /** Whole seconds only, for a countdown. */
  declare seconds: boolean;

  constructor() {
    super();
    this.seconds = false;
    new Ticker(this);
  }

  override render() {
    const now = performance.now();
    const ms = this.until === undefined ? now - (this.from ?? now) : this.until - now;
    const shown = this.seconds ? String(Math.max(0, Math.ceil(ms / 1000))) : duration(ms);
    return html`<span aria-hidden="true">${shown}</span>`;
  }
}
customElements.define('lamp-time', Time);
