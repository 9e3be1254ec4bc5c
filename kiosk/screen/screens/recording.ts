import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import type { PublicSession, Trouble } from '../../protocol.js';
import { MARKS } from '../controls/marks.js';
import type { Heard } from '../controls/meter.js';
import type { OwnersActs } from '../controls/owner.js';
import { LampElement } from '../element.js';
import { saidWords } from '../language/language.js';
import { base } from '../styles.js';
import { audience, modeWords, timeOfDay } from '../words.js';
import '../controls/languages.js';
import '../controls/meter.js';
import '../controls/stop-button.js';
import '../controls/time.js';
import '../controls/troubles.js';

/** Long enough to be seen; and the server takes one mark a second. */
const MARKED_MS = 1500;

/** The room is being recorded: that, why, who may watch, until when, and Stop for anyone. */
class RecordingScreen extends LampElement {
  static override properties = { session: { attribute: false }, sinceAt: { type: Number }, endsAt: { type: Number }, heard: { attribute: false }, notices: { attribute: false }, acts: { attribute: false }, mark: { attribute: false }, open: { state: true }, marked: { state: true } };
  static override styles = [base, css`
    header { margin: calc(var(--above) * -1) calc(var(--edge) * -1) 0; padding: calc(var(--edge) * 0.6) var(--edge); background: var(--record); color: var(--on-record); gap: 0.5em; flex-wrap: nowrap; }
    header .mark { font-size: calc(var(--state) * 0.7); }
    h1 { font-size: min(var(--state), 8.4vw); line-height: 1; white-space: nowrap; }
    h1.long { font-size: calc(var(--state) * 0.6); }
    .elapsed { font-size: calc(var(--huge) * 0.7); font-weight: 700; }
    main { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap) var(--edge); align-items: center; align-content: center; min-height: 0; }
    .purpose { font-size: calc(var(--huge) * 0.62); font-weight: 700; line-height: 1.1; overflow-wrap: anywhere; }
    .why { display: grid; gap: 0.5rem; }
    .ends { text-align: end; max-width: 12em; }
    .ends strong { display: block; font-size: 2.6em; line-height: 1.1; }
    lamp-owner, lamp-meter, lamp-troubles { grid-column: 1 / -1; }
    lamp-meter.beside-much { display: none; }
    .still { grid-column: 1 / -1; font-size: var(--big); font-weight: 700; }
    footer { display: grid; grid-template-columns: minmax(0, 1fr) 8.5rem 8.5rem; }
    footer button { padding-inline: 0.3em; overflow-wrap: anywhere; }
    :host-context([data-text='larger']) header { position: sticky; top: calc(-1 * var(--above)); z-index: 1; }
    :host-context([data-text='larger']) main { grid-template-columns: minmax(0, 1fr); flex: 1 0 auto; }
    :host-context([data-text='larger']) footer { grid-template-columns: repeat(2, minmax(0, 1fr)); }
    :host-context([data-text='larger']) footer lamp-stop { grid-column: 1 / -1; }
    @media (orientation: portrait) {
      footer { grid-template-columns: repeat(2, minmax(0, 1fr)); } footer lamp-stop { grid-column: 1 / -1; }
      main { grid-template-columns: minmax(0, 1fr); } .ends { text-align: start; max-width: none; } .ends strong { display: inline; font-size: 1.5em; margin-inline-start: 0.4em; }
      header { flex-wrap: wrap; } .elapsed { font-size: calc(var(--huge) * 0.55); }
    }
  `];

  declare session: PublicSession;
  declare sinceAt: number;
  declare endsAt: number;
  /** How loud it is; null where nothing was heard yet. */
  declare heard: Heard | null;
  declare notices: readonly Trouble[];
  declare acts: OwnersActs;
  /** Marks this moment: its owner finds it again. Anyone may; it tells nothing. */
  declare mark: () => Promise<void>;
  /** The owner is about to do something. */
  declare open: boolean;
  declare marked: boolean;

  constructor() {
    super();
    this.heard = null;
    this.open = false;
    this.marked = false;
  }

  override render() {
    const ends = new Date(Date.now() + this.endsAt - performance.now());
    const word = msg('RECORDING');
    return html`
      <header>
        ${MARKS.disc}
        <h1 tabindex="-1" class=${word.length > 9 ? 'long' : ''}>${word}</h1>
        <lamp-time class="elapsed" .from=${this.sinceAt}></lamp-time>
        <lamp-languages compact></lamp-languages>
      </header>
      <main>${this.open ? html`<p class="still">${saidWords(this.session.purpose)}</p><lamp-owner .acts=${this.acts} .hasPicture=${this.session.mode !== 'sound-only'} @done=${() => { this.open = false; }}></lamp-owner>` : this.#told(ends)}</main>
      <footer>
        <lamp-stop size="giant" @ask=${() => { this.open = false; }}></lamp-stop>
        <button aria-busy=${this.marked} @click=${() => void this.#mark()}>${this.marked ? msg('Marked') : msg('Mark this moment')}</button>
        <button @click=${() => this.#owner()}>${this.open ? msg('Close') : msg('For the teacher')}</button>
      </footer>`;
  }

  #owner(): void {
    this.open = !this.open;
    if (this.open) void import('../controls/owner.js');
  }

  async #mark(): Promise<void> {
    if (this.marked) return;
    this.marked = true;
    // A mark that could not be made is not worth a notice over RECORDING.
    await this.mark().catch(() => undefined);
    setTimeout(() => { this.marked = false; }, MARKED_MS);
  }

  #told(ends: Date) {
    const { purpose, audience: watchers, mode } = this.session;
    return html`
      <div class="why">
        <p class="purpose">${saidWords(purpose)}</p>
        <p><strong>${modeWords(mode)}.</strong> ${audience(watchers)}</p>
      </div>
      <p class="ends">${msg('Ends by itself at')}<strong>${timeOfDay(ends)}</strong></p>
      ${mode === 'picture-only' ? nothing : html`<lamp-meter class=${this.notices.length > 1 ? 'beside-much' : ''} .heard=${this.heard}></lamp-meter>`}
      <lamp-troubles .items=${this.notices}></lamp-troubles>`;
  }
}
customElements.define('recording-screen', RecordingScreen);
