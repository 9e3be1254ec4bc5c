/** The receipts of what lies on the stick: to read, and as one picture for a phone. */
import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Recording } from '../../../protocol.js';
import type { Verified } from '../../../protocol/collect.js';
import { qrOf } from '../../qr.js';
import { dayAndTime } from '../../words.js';

/** As many as can be read beside the picture, which has all. */
const SHOWN = 3;

export const receiptStyles = css`
  .receipts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--edge); align-items: center; }
  .receipts svg { width: min(40cqh, 34cqw, 13rem); }
  .receipts ul { display: grid; gap: 0.3em; }
  .receipt { font-weight: 700; letter-spacing: 0.05em; white-space: nowrap; }
  @container (max-height: 34rem) { .receipts { font-size: var(--small); } .receipts svg { width: min(30cqh, 9rem); } }
`;

export function receiptsOf(verified: readonly Verified[], recordings: readonly Recording[]): TemplateResult | typeof nothing {
  const told = verified.filter(({ receipt }) => receipt !== '').map(({ recording, receipt }) => ({ receipt, startedAt: recordings.find(({ id }) => id === recording)?.startedAt ?? '' }));
  if (told.length === 0) return nothing;
  const { side, squares } = qrOf(told.map(({ startedAt, receipt }) => `${startedAt.slice(0, 16)} ${receipt}`).join('\n'));
  const more = told.length - SHOWN;
  return html`<div class="receipts">
    <svg viewBox="0 0 ${side} ${side}" role="img" aria-label=${msg('The receipts as a QR code')}>${squares}</svg>
    <div>
      <p>${msg('Receipt: photograph it, and you would notice if its end were ever cut off.')}</p>
      <ul>${told.slice(0, SHOWN).map(({ startedAt, receipt }) => html`<li>${startedAt === '' ? '' : dayAndTime(startedAt)} <bdi dir="ltr" class="receipt">${receipt}</bdi></li>`)}${more > 0 ? html`<li class="soft">${msg('The picture has the others, too.')}</li>` : nothing}</ul>
    </div>
  </div>`;
}
