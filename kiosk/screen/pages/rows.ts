/** Lists of things to tap, a few at a time. */
import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';

/** As many as fit with a notice above and the idle bar below. */
const A_PAGE = 3;

export const rowStyles = css`
  .rows { display: grid; gap: var(--gap); align-content: start; min-height: 0; }
  .rows li { display: flex; gap: var(--gap); }
  .rows .row { flex: 1 1 0; min-width: 0; text-align: start; padding: 0.35em 1em; }
  .rows .row small { display: block; font-size: var(--small); font-weight: 400; margin-top: 0.15em; }
  @container (max-height: 34rem) { .rows .row { padding-block: 0.2em; } }
  .rows p.row { align-self: center; }
`;

export const shownOf = <T>(all: readonly T[], page: number): readonly T[] => all.slice(page * A_PAGE, (page + 1) * A_PAGE);

/** The button to the next few, after the last the first again; nothing where all are shown. */
export function moreButton(all: readonly unknown[], page: number, turn: (page: number) => void): TemplateResult | '' {
  const pages = Math.ceil(all.length / A_PAGE);
  return pages < 2 ? '' : html`<button class="grow" @click=${() => turn((page + 1) % pages)}>${msg(str`More (page ${page + 1} of ${pages})`)}</button>`;
}

export const row = (words: string, below: string, open: () => void): TemplateResult => html`<button class="row" @click=${open}><bdi>${words}</bdi><small>${below}</small></button>`;
