import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { CodeView } from '../../../protocol/practice.js';
import { ltr } from '../../language/language.js';
import { base } from '../../styles.js';
import { DeskPage } from '../desk-page.js';
import { fact, paragraph, piecesOf, piecesOfFacts, type Piece } from '../pieces.js';
import '../text.js';

type From = 'sample' | 'stick';

/** P4.1: the lead reads a code and adopts it. Fires `done`. */
class LeadAdopt extends DeskPage {
  static override properties = { ...DeskPage.properties, offered: { state: true }, adopted: { state: true } };
  static override styles = [base, css`
    :host { grid-template-rows: auto auto minmax(0, 1fr); padding: 0; min-height: 0; }
    lamp-paged, main { grid-row: 3; }
    main { display: grid; grid-auto-rows: minmax(var(--touch), 11rem); gap: var(--gap); align-content: center; }
    main button { text-align: start; font-size: 1.3em; }
    main small { display: block; font-size: 0.75em; font-weight: 400; margin-top: 0.3em; }
  `];

  declare offered: { readonly from: From; readonly code: CodeView } | null;
  /** The version that was adopted just now. */
  declare adopted: string | null;

  constructor() {
    super();
    this.offered = null;
    this.adopted = null;
  }

  override render(): TemplateResult {
    const { offered, adopted } = this;
    if (adopted !== null) return html`
      <header><h1 tabindex="-1">${msg(str`Version ${adopted} is in force`)}</h1><button data-back @click=${() => this.#done()}>${msg('Done')}</button></header>
      <p>${msg('Every teacher reads it and agrees before their next recording.')}</p>`;
    if (offered === null) return html`
      <header><h1 tabindex="-1">${msg('Adopt a code of practice')}</h1><button data-back @click=${() => this.#done()}>${msg('Back')}</button></header>
      ${this.troubleBox}
      <main>
        <button aria-disabled=${this.busy} @click=${() => this.#offer('stick')}>${msg('Your school’s own text')}<small>${msg('From the stick: the file code-of-practice.md.')}</small></button>
        <button aria-disabled=${this.busy} @click=${() => this.#offer('sample')}>${msg('The sample')}<small>${msg('It comes with the recorder. Change it on a computer to make it your own.')}</small></button>
      </main>`;
    return html`
      <header><h1 tabindex="-1">${offered.from === 'sample' ? msg('The sample') : msg('The text on the stick')}</h1><button data-back @click=${() => { this.offered = null; this.trouble = null; }}>${msg('Do not adopt')}</button></header>
      ${this.troubleBox}
      <lamp-paged steady .pieces=${piecesOfOffer(offered.code)}><button slot="last" class="main grow" aria-busy=${this.busy} @click=${() => this.#adopt(offered)}>${msg(str`Adopt version ${offered.code.version}`)}</button></lamp-paged>`;
  }

  #offer(from: From): void {
    void this.try(async () => { this.offered = { from, code: await this.desk.call('/api/offered-code', { from }) }; });
  }

  async #adopt({ from, code }: { readonly from: From; readonly code: CodeView }): Promise<void> {
    await this.try(async () => {
      await this.desk.call('/api/adopt-code', { from, digest: code.digest });
      this.adopted = code.version;
      await this.desk.refresh();
    });
  }

  #done(): void {
    this.dispatchEvent(new Event('done'));
  }
}
customElements.define('lead-adopt', LeadAdopt);

const piecesOfOffer = (code: CodeView): Piece[] => [
  paragraph(msg('Please read it. On the last page you can adopt it for the school.')),
  ...piecesOfFacts(code),
  fact(msg('Fingerprint'), ltr((code.digest.match(/.{1,8}/g) ?? []).join(' '))),
  ...piecesOf(code.blocks).map((one, at) => ({ ...one, startsPage: at === 0 })),
];
