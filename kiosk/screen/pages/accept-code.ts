import { css, html } from 'lit';
import type { CodeChanges, CodeView } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { paragraph, piecesOf, piecesOfChanges, piecesOfFacts, type Piece } from './pieces.js';
import './text.js';

/** P4.1: each version of the code is read and accepted; who has accepted one before reads what has changed. */
class AcceptCodePage extends DeskPage {
  static override properties = { ...DeskPage.properties, code: { state: true }, pieces: { state: true }, whole: { state: true } };
  static override styles = [base, css`:host { grid-template-rows: auto auto minmax(0, 1fr); } lamp-paged { grid-row: 3; }`];

  declare code: CodeView | null;
  declare pieces: readonly Piece[];
  /** Shows all of it, rather than what has changed. */
  declare whole: boolean;
  #changes: CodeChanges = { kind: 'whole' };

  constructor() {
    super();
    this.code = null;
    this.pieces = [];
    this.whole = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => {
      const [code, changes] = await Promise.all([this.desk.look('/api/code'), this.desk.look('/api/code-changes')]);
      this.code = code;
      this.#changes = changes;
      this.#show(changes.kind === 'whole');
    });
  }

  override render() {
    const renewed = this.#changes.kind === 'changed';
    return html`
      <header>
        <h1 tabindex="-1">${renewed && !this.whole ? 'What is new in the code of practice' : 'The code of practice'}</h1>
        ${renewed ? html`<button @click=${() => this.#show(!this.whole)}>${this.whole ? 'Only what is new' : 'Read all of it'}</button>` : ''}
        <button @click=${() => this.leave()}>Not now</button>
      </header>
      ${this.troubleBox}
      ${this.pieces.length === 0 ? '' : html`<lamp-paged steady .pieces=${this.pieces}>
        <button slot="last" class="main grow" aria-busy=${this.busy} @click=${this.#accept}>I have read it and agree</button>
      </lamp-paged>`}`;
  }

  #show(whole: boolean): void {
    if (this.code === null) return;
    this.whole = whole;
    this.pieces = [...(whole || this.#changes.kind === 'whole' ? wholeOf(this.code) : changesOf(this.code, this.#changes))];
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
  paragraph('These are the promises of everyone who records here. Please read them; at the end you can agree.'),
  ...piecesOfFacts(code),
  ...piecesOf(code.blocks).map((one, at) => ({ ...one, startsPage: at === 0 })),
];

function changesOf(code: CodeView, { passages }: Extract<CodeChanges, { kind: 'changed' }>): Piece[] {
  const changed = piecesOfChanges(passages);
  const said = changed.length === 0
    ? 'The words are the ones you agreed to. What is said about them is new: version, review, lead, contact or policies.'
    : 'You agreed to an earlier version. Underlined words are new, and struck-through words are taken out.';
  return [paragraph(said), ...piecesOfFacts(code), ...changed.map((one, at) => ({ ...one, startsPage: at === 0 }))];
}
