import { msg } from '@lit/localize';
import { css, html } from 'lit';
import type { CodeView } from '../../protocol/practice.js';
import { base } from '../styles.js';
import { DeskPage } from './desk-page.js';
import { piecesOf, piecesOfFacts, type Piece } from './pieces.js';
import './text.js';

/** The school's code of practice, for anyone to read (P4.1, P4.2). */
class CodePage extends DeskPage {
  static override properties = { ...DeskPage.properties, code: { state: true } };
  static override styles = [base, css`:host { grid-template-rows: auto auto minmax(0, 1fr); } lamp-paged { grid-row: 3; }`];

  declare code: CodeView | null;

  constructor() {
    super();
    this.code = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => { this.code = await this.desk.look('/api/code'); });
  }

  override render() {
    return html`
      <header><h1 tabindex="-1">${msg('Code of practice')}</h1><button data-back @click=${() => this.leave()}>${msg('Close')}</button></header>
      ${this.troubleBox}
      ${this.code === null ? '' : html`<lamp-paged .pieces=${piecesOfCode(this.code)} .steady=${this.desk.me !== null}><button slot="last" class="main grow" @click=${() => this.leave()}>${msg('Done')}</button></lamp-paged>`}`;
  }
}
customElements.define('code-page', CodePage);

const piecesOfCode = (code: CodeView): Piece[] => [...piecesOfFacts(code), ...piecesOf(code.blocks).map((one, at) => ({ ...one, startsPage: at === 0 }))];
