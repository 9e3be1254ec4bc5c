import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LampElement } from '../element.js';
import type { Refusal } from '../../protocol.js';
import { said } from '../language/language.js';
import type { Step } from '../view.js';
import { refusalOf, type PageDesk } from '../page.js';
import { MENDED } from '../page-names.js';

/** What pages share that ask the server: one request at a time, and its refusal where it was asked. */
export abstract class DeskPage extends LampElement {
  static override properties: PropertyDeclarations = { desk: { attribute: false }, trouble: { state: true }, busy: { state: true } };

  declare desk: PageDesk;
  declare trouble: Refusal | null;
  declare busy: boolean;

  constructor() {
    super();
    this.trouble = null;
    this.busy = false;
  }

  /** @returns whether it was done; nothing is done while something else is. */
  protected async try(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.trouble = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.trouble = refusalOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  protected get troubleBox(): TemplateResult | typeof nothing {
    if (this.trouble === null) return nothing;
    const { sentence, remedy } = said(this.trouble);
    return html`<p class="trouble" role="alert"><strong>${sentence}</strong>${remedy}</p>`;
  }

  /** What comes after a page: what is still missing before a start, else the start itself; for nobody, the ready screen. */
  protected leave(): void {
    const { me } = this.desk;
    const step: Step = me === null ? { step: 'ready' } : me.reasons.length > 0 ? { step: 'page', page: { page: 'welcome' } } : { step: 'purpose' };
    this.desk.go(step);
  }

  /** As `leave`, where this page has done its part: what is missing next comes at once. */
  protected goOn(): void {
    const next = MENDED[this.desk.me?.reasons[0]?.code ?? ''];
    if (next === undefined) this.leave();
    else this.desk.go({ step: 'page', page: { page: next[1] } });
  }
}
