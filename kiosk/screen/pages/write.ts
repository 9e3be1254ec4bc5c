import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { Text } from '../keyboard/text.js';
import '../keyboard/text.js';
import { base } from '../styles.js';
import { tidy, whatIsMissing, type Limits } from './limits.js';

/** What was written, tidied and within its limits. */
export class WrittenEvent extends Event {
  static readonly type = 'written';
  readonly text: string;

  constructor(text: string) {
    super(WrittenEvent.type);
    this.text = text;
  }
}

/** One thing to write, with why and how much. Fires `written` (WrittenEvent), or `back`. */
class Write extends LampElement {
  static override properties = { why: {}, quote: {}, value: {}, limits: { attribute: false }, next: {}, busy: { type: Boolean }, text: { state: true } };
  static override styles = [base, css`
    :host { grid-template-rows: minmax(0, 1fr) auto; padding: 0; min-height: 0; }
    main { display: flex; flex-direction: column; gap: var(--gap); min-height: 0; }
    .card { font-size: var(--small); padding: 0.4em 1em; overflow-wrap: anywhere; }
    lamp-text { flex: 0 1 auto; min-height: calc(var(--touch) + 2.5rem); }
    footer button { font-size: 1.2em; }
    footer .main { flex: 2 1 0; }
  `];

  declare why: string;
  /** What it answers. */
  declare quote: string;
  /** What stands in the field to begin with. */
  declare value: string;
  declare limits: Limits;
  /** What the button says that leads on, where it is not “Next”. */
  declare next: string | undefined;
  declare busy: boolean;
  declare text: string;

  constructor() {
    super();
    this.why = '';
    this.quote = '';
    this.value = '';
    this.busy = false;
    this.text = '';
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('value')) this.text = this.value;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('lamp-text')?.focus();
  }

  override render() {
    const ready = whatIsMissing(this.text, this.limits) === null && !this.busy;
    return html`
      <main>
        ${this.quote === '' ? '' : html`<p class="card" dir="auto">${this.quote}</p>`}
        <p>${this.why}</p>
        <lamp-text .label=${this.why} .rows=${this.limits.most <= 120 ? 1 : 5} .limits=${this.limits} .value=${this.text} @input=${this.#typed} @enter=${this.#done}></lamp-text>
      </main>
      <footer>
        <button class="grow" data-back @click=${() => this.dispatchEvent(new Event('back'))}>${msg('Back')}</button>
        <button class="main" aria-disabled=${!ready} aria-busy=${this.busy} @click=${this.#done}>${this.busy ? msg('One moment…') : this.next ?? msg('Next')}</button>
      </footer>`;
  }

  readonly #typed = ({ target }: Event & { readonly target: Text }): void => { this.text = target.value; };

  /** Everything here is kept in one line, so Enter goes on. */
  readonly #done = (): void => {
    if (whatIsMissing(this.text, this.limits) === null && !this.busy) this.dispatchEvent(new WrittenEvent(tidy(this.text)));
  };
}
customElements.define('lamp-write', Write);
