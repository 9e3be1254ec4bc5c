import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../../element.js';
import { WORDS } from '../../../keys/words.js';
import { base } from '../../styles.js';

const LETTERS: readonly string[] = 'abcdefghijklmnopqrstuvwxyz'.match(/./g) ?? [];
/** As many words as fit in one row, to be chosen: the longest have nine letters. */
const OFFERED = 4;

/** Letters for the words of a key, for a screen without a keyboard. Two or three letters bring up the word; one that leads to no word cannot be touched. */
class WordsPad extends LampElement {
  static override properties = { text: {}, hint: {}, onText: { attribute: false } };
  static override styles = [base, css`
    :host { display: grid; gap: 16px; padding: 0; height: auto; }
    .above { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 16px; align-items: center; }
    .offered { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 16px; }
    .offered button, .pad button { padding: 0; }
    .pad { display: grid; grid-template-columns: repeat(13, minmax(72px, 1fr)); grid-auto-rows: minmax(72px, var(--touch)); gap: 16px; }
    .pad button { font-size: 1.5rem; }
    @media (orientation: portrait) { .pad { grid-template-columns: repeat(7, minmax(72px, 1fr)); } }
  `];

  /** As typed so far. */
  declare text: string;
  /** Stands where the words will be offered. */
  declare hint: string;
  /** Is handed the text with what was touched. */
  declare onText: (text: string) => void;

  override render() {
    const { begun, begin, words } = wordsFor(this.text);
    const next = new Set(words.map((word) => word[begun.length]));
    return html`
      <div class="above">
        <div class="offered" aria-live="polite">${begun === '' || words.length > OFFERED ? html`<p>${begun === '' ? this.hint : msg('The next letter, please: several words begin like this.')}</p>`
          : words.map((word) => html`<button lang="en" @click=${() => this.onText(`${begin}${word} `)}>${word}</button>`)}</div>
        <button aria-label=${msg('Delete the last letter')} @click=${() => this.onText(begun === '' ? begin.trimEnd().replace(/\S+$/, '') : `${begin}${begun.slice(0, -1)}`)}>${msg('Delete')}</button>
      </div>
      <div class="pad" dir="ltr" role="group" aria-label=${msg('Letters')}>
        ${LETTERS.map((letter) => html`<button aria-disabled=${!next.has(letter)} @click=${() => { if (next.has(letter)) this.onText(`${begin}${begun}${letter}`); }}>${letter}</button>`)}
      </div>`;
  }
}
customElements.define('lamp-words-pad', WordsPad);

/** `begun`: the word that is being typed; `begin`: all before it; `words`: what it can become. */
function wordsFor(text: string): { readonly begun: string; readonly begin: string; readonly words: readonly string[] } {
  const begun = /\S*$/.exec(text)?.[0].toLowerCase() ?? '';
  return { begun, begin: text.slice(0, text.length - begun.length), words: WORDS.filter((word) => word.startsWith(begun)) };
}
