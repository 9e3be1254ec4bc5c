import { css, LitElement } from 'lit';

/** Black over everything, for whoever listens and does not want to be watched choosing. A touch takes it away: it fires `touched`. */
class Dark extends LitElement {
  static override styles = css`:host { position: fixed; inset: 0; margin: 0; width: auto; height: auto; border: 0; padding: 0; background: #000; cursor: none; touch-action: none; }`;

  constructor() {
    super();
    // At the end of the touch: else what lies under it would get its click.
    this.addEventListener('click', () => this.dispatchEvent(new Event('touched')));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // In the top layer, above sheets too; to the five keys and to screen readers it is not there.
    this.popover = 'manual';
    this.setAttribute('aria-hidden', 'true');
    this.showPopover();
  }
}
customElements.define('lamp-dark', Dark);

declare global { interface HTMLElementTagNameMap { 'lamp-dark': Dark } }
