import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { VisitorView } from '../../../protocol/practice.js';
import { base } from '../../styles.js';
import { DeskPage } from '../desk-page.js';
import { CONTACT_LIMITS } from '../limits.js';
import '../write.js';
import type { WrittenEvent } from '../write.js';

/** P1.5: 60 days unless the school says otherwise, 365 at most. */
const KEPT_DAYS: readonly number[] = [14, 30, 60, 90, 180, 365];

/** Whom people ask (P9.5), and how long recordings stay (P1.5). Fires `done`. */
class LeadPolicy extends DeskPage {
  static override properties = { ...DeskPage.properties, now: { state: true }, contact: { state: true }, days: { state: true } };
  static override styles = [base, css`
    :host { grid-template-rows: auto auto minmax(0, 1fr) auto; padding: 0; min-height: 0; }
    lamp-write { grid-row: 3 / -1; }
    footer { grid-row: 4; }
    main { grid-row: 3; display: grid; gap: var(--gap); align-content: start; }
    .days { display: grid; grid-template-columns: repeat(auto-fit, minmax(max(150px, 7rem), 1fr)); gap: var(--gap); }
    .days button[aria-pressed='true'] { background: var(--ink); color: var(--paper); }
    footer button { font-size: 1.2em; }
    footer .main { flex: 2 1 0; }
  `];

  declare now: VisitorView | null;
  /** As written in the first step; null before. */
  declare contact: string | null;
  declare days: number;

  constructor() {
    super();
    this.now = null;
    this.contact = null;
    this.days = 60;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.try(async () => {
      const now = await this.desk.look('/api/visitor');
      this.days = now.retentionDays;
      this.now = now;
    });
  }

  override render(): TemplateResult {
    return html`
      <header><h1 tabindex="-1">${this.contact === null ? msg('Whom do people ask?') : msg('How long do recordings stay?')}</h1>${this.now === null ? html`<button data-back @click=${() => this.#done()}>${msg('Back')}</button>` : ''}</header>
      ${this.troubleBox}
      ${this.now === null ? '' : this.contact === null ? this.#contact(this.now) : this.#days(this.contact)}`;
  }

  #contact({ contact }: VisitorView): TemplateResult {
    return html`<lamp-write .limits=${CONTACT_LIMITS} .value=${contact ?? ''} .why=${msg('Pupils, families and visitors are shown this contact: a post, a room, a telephone number or an address.')} @back=${() => this.#done()} @written=${({ text }: WrittenEvent) => { this.contact = text; }}></lamp-write>`;
  }

  #days(contact: string): TemplateResult {
    const choices = [...new Set([...KEPT_DAYS, this.now?.retentionDays ?? this.days])].sort((a, b) => a - b);
    return html`
      <main>
        <p>${msg('After so many days the recorder erases its own copy of a recording. Its owner is told before, and may keep it longer.')}</p>
        <div class="days" role="group" aria-label=${msg('Days')}>${choices.map((days) => html`<button aria-pressed=${days === this.days} @click=${() => { this.days = days; }}>${days === 1 ? msg('1 day') : msg(str`${days} days`)}</button>`)}</div>
      </main>
      <footer>
        <button class="grow" data-back @click=${() => { this.now = { ...(this.now as VisitorView), contact }; this.contact = null; }}>${msg('Back')}</button>
        <button class="main" aria-busy=${this.busy} @click=${() => this.#save(contact)}>${msg('Save')}</button>
      </footer>`;
  }

  async #save(contact: string): Promise<void> {
    const saved = await this.try(async () => {
      await this.desk.call('/api/policy', { contact, retentionDays: this.days });
      await this.desk.refresh();
    });
    if (saved) this.#done();
  }

  #done(): void {
    this.dispatchEvent(new Event('done'));
  }
}
customElements.define('lead-policy', LeadPolicy);
