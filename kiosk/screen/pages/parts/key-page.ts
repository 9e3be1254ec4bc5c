import { msg } from '@lit/localize';
import { css } from 'lit';
import { KeyError, type KeyFault } from '../../../keys/errors.js';
import { RefusedError } from '../../api.js';
import { DeskPage } from '../desk-page.js';

function remedyOf(fault: KeyFault): string {
  switch (fault) {
    case 'PAGE_INSECURE': return msg('Tell the technician.');
    case 'IDENTITY_BROKEN': return msg('Take another copy of your key, or the recovery sheet.');
    case 'LOCKED_KEY_BROKEN': return msg('Take another copy of it, or the recovery sheet.');
    case 'WORDS_WRONG': return msg('Look at your paper, and type the six words in their order.');
    case 'TEST_CODE_CLOSED': return msg('Use the key whose fingerprint is shown under “My account”.');
    case 'TEST_CODE_BROKEN': return msg('Take a fresh one.');
  }
}

/** What a page shares that works with keys: what is wrong with a key is shown as a refusal is. */
export abstract class KeyPage extends DeskPage {
  protected override try(work: () => Promise<void>): Promise<boolean> {
    return super.try(async () => {
      try {
        await work();
      } catch (error) {
        throw error instanceof KeyError ? new RefusedError({ code: error.code, sentence: error.message, remedy: remedyOf(error.code) }, 0) : error;
      }
    });
  }

  /** Lets the browser draw what was said last, before something that blocks the page. */
  protected async painted(): Promise<void> {
    await this.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
}

/** One thing in the middle of a screen, and the ways on below it. */
export const pageStyles = css`
  main { display: grid; align-content: center; gap: var(--gap); min-height: 0; }
  main > p { max-width: 42em; }
  .choices { display: grid; gap: var(--gap); }
  .trouble + p + .choices button { padding-block: 0.2em; line-height: 1.1; }
  .choices button { text-align: start; }
  .choices.two { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .choices small, footer small { display: block; font-weight: 400; font-size: 0.75em; margin-top: 0.2em; }
  .print { font-size: 1.4em; font-weight: 700; font-variant-numeric: tabular-nums; letter-spacing: 0.04em; user-select: text; }
  label { display: grid; gap: 0.4em; }
  input, textarea { font: inherit; width: 100%; min-height: var(--touch); padding: 0.4em 0.6em; border: 3px solid var(--ink); border-radius: var(--round); background: var(--card); color: var(--ink); resize: none; }
  @media (orientation: portrait) { .choices.two { grid-template-columns: minmax(0, 1fr); } }
  @container (max-height: 34rem) { main > p { font-size: var(--small); } .choices button { padding-block: 0.1em; } }
`;

/** Of a part that fills the screen of its page. */
export const partStyles = css`:host { grid-row: 1 / -1; padding: 0; min-height: 0; }`;
