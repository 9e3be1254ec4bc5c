import { msg } from '@lit/localize';
import { css, html } from 'lit';
import type { CodeChanges, CodeView } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { paragraph, piecesOf, piecesOfChanges, piecesOfFacts, type Piece } from './pieces.js';
import './text.js';

/** P4.1: each version of the code is read and accepted; who has accepted one before reads what has changed. */
class AcceptCodePage extends DeskPage {
  static override properties = { ...DeskPage.properties, code: { state: true }, whole: { state: true } };
  static override styles = [base, css`:host { grid-template-rows: auto auto minmax(0, 1fr); } lamp-paged { grid-row: 3; }`];

  declare code: CodeView | null;
  /** Shows all of it, rather than what has changed. */
  declare whole: boolean;
  #changes: CodeChanges = { kind: 'whole' };

  constructor() {
    super();
    this.code = null;
    this.whole = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => {
      const [code, changes] = await Promise.all([this.desk.look('/api/code'), this.desk.look('/api/code-changes')]);
      this.#changes = changes;
      this.code = code;
      this.whole = changes.kind === 'whole';
    });
  }

  override render() {
    const renewed = this.#changes.kind === 'changed';
    return html`
      <header>
        <h1 tabindex="-1">${renewed && !this.whole ? msg('What is new in the code of practice') : msg('The code of practice')}</h1>
        ${renewed ? html`<button @click=${() => { this.whole = !this.whole; }}>${this.whole ? msg('Only what is new') : msg('Read all of it')}</button>` : ''}
        <button data-back @click=${() => this.leave()}>${msg('Not now')}</button>
      </header>
      ${this.troubleBox}
      ${this.code === null ? '' : html`<lamp-paged steady .pieces=${this.#pieces(this.code)}>
        <button slot="last" class="main grow" aria-busy=${this.busy} @click=${this.#accept}>${msg('I have read it and agree')}</button>
      </lamp-paged>`}`;
  }

  #pieces(code: CodeView): readonly Piece[] {
    return this.whole || this.#changes.kind === 'whole' ? wholeOf(code) : changesOf(code, this.#changes);
  }

  readonly #accept = async (): Promise<void> => {
    const { code } = this;
    if (code === null) return;
    const accepted = await this.try(async () => {
      await this.desk.call('/api/accept-code', { version: code.version, digest: code.digest });
      await this.desk.refresh();
    });
    if (accepted) this.goOn();
  };
}
customElements.define('accept-code-page', AcceptCodePage);

const wholeOf = (code: CodeView): Piece[] => [
  paragraph(msg('These are the promises of everyone who records here. Please read them; at the end you can agree.')),
  ...piecesOfFacts(code),
  ...piecesOf(code.blocks).map((one, at) => ({ ...one, startsPage: at === 0 })),
];

function changesOf(code: CodeView, { passages }: Extract<CodeChanges, { kind: 'changed' }>): Piece[] {
  const changed = piecesOfChanges(passages);
  const said = changed.length === 0
    ? msg('The words are the ones you agreed to. What is said about them is new: version, review, lead, contact or policies.')
    : msg('You agreed to an earlier version. Underlined words are new, and struck-through words are taken out.');
  return [paragraph(said), ...piecesOfFacts(code), ...changed.map((one, at) => ({ ...one, startsPage: at === 0 }))];
}
