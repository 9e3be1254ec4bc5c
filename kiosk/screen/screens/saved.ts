import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { Recording } from '../../protocol.js';
import { ask } from '../ask.js';
import { MARKS } from '../controls/marks.js';
import { LampElement } from '../element.js';
import { saidWords } from '../language/language.js';
import { qrOf } from '../qr.js';
import { base } from '../styles.js';
import { dayAndTime, lengthWords, size } from '../words.js';

/** P1.4: it is saved, and this is its receipt: who has it notices a removed end. */
class SavedScreen extends LampElement {
  static override properties = { recording: { attribute: false }, mayRecord: { type: Boolean } };
  static override styles = [base, css`
    main { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--edge); align-items: center; min-height: 0; }
    h1 { display: flex; gap: 0.4em; align-items: center; font-size: calc(var(--huge) * 0.75); }
    h1 .mark { color: var(--good); }
    .what { display: grid; gap: 0.8rem; font-size: 1.1em; }
    figure { margin: 0; display: grid; gap: 0.5rem; justify-items: center; }
    figure svg { width: 11rem; height: 11rem; background: #fff; }
    figcaption { font-size: var(--small); text-align: center; max-width: 14rem; }
    .receipt { font-weight: 700; letter-spacing: 0.05em; }
    footer button { font-size: 1.2em; }
    @media (orientation: portrait) { main { grid-template-columns: minmax(0, 1fr); align-content: center; } footer > * { flex: 1 1 40%; } }
    @container (max-height: 30rem) { figure svg { width: 7rem; height: 7rem; } }
  `];

  /** Undefined while the list is on its way. */
  declare recording: Recording | undefined;
  declare mayRecord: boolean;

  override render() {
    const { recording } = this;
    if (recording === undefined) return html`<main><h1 tabindex="-1">${msg('Saved')}</h1></main>`;
    const qr = qrOf(recording.receipt);
    const { id, startedAt, purpose, lengthMs, bytes, receipt, goneAt } = recording;
    return html`
      <span></span>
      <main>
        <div class="what">
          <h1 tabindex="-1">${MARKS.done}<span>${msg(str`Saved: ${lengthWords(lengthMs)}`)}</span></h1>
          <p>${dayAndTime(startedAt)} · ${saidWords(purpose)} · ${size(bytes)}</p>
          <p>${msg('It is sealed: only your key opens it.')}${goneAt === null ? nothing : html` ${msg(str`It stays here until ${dayAndTime(goneAt)}.`)}`}</p>
        </div>
        ${receipt === '' ? nothing : html`<figure><svg viewBox="0 0 ${qr.side} ${qr.side}" role="img" aria-label=${msg('The receipt as a QR code')}>${qr.squares}</svg><figcaption>${msg('Receipt: photograph it, and you would notice if its end were ever cut off.')}<br><bdi dir="ltr" class="receipt">${receipt}</bdi></figcaption></figure>`}
      </main>
      <footer>
        <button class="grow" data-back @click=${() => ask(this, { ask: 'sign-out' })}>${msg('Sign out')}</button>
        <button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'recordings' } })}>${msg('My recordings')}</button>
        <button class="main grow" @click=${() => ask(this, { ask: 'go', step: { step: 'page', page: { page: 'collect', recordings: [id] } } })}>${msg('Copy to the stick')}</button>
      </footer>`;
  }
}
customElements.define('saved-screen', SavedScreen);
