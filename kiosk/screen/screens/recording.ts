import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { PublicSession, Trouble } from '../../protocol.js';
import { base } from '../styles.js';
import { audience, timeOfDay } from '../words.js';
import '../controls/stop-button.js';
import '../controls/time.js';
import '../controls/troubles.js';
import type { TurnCamera } from '../controls/turn-camera.js';
import '../controls/turn-camera.js';

/** Long enough to be seen; and the server takes one mark a second. */
const MARKED_MS = 1500;

/** The room is being recorded: that, why, who may watch, until when, and Stop for anyone. */
class RecordingScreen extends LampElement {
  static override properties = { session: { attribute: false }, sinceAt: { type: Number }, endsAt: { type: Number }, notices: { attribute: false }, turning: { attribute: false }, mark: { attribute: false }, open: { state: true }, marked: { state: true } };
  static override styles = [base, css`
    header { margin: calc(var(--above) * -1) calc(var(--edge) * -1) 0; padding: calc(var(--edge) * 0.6) var(--edge); background: var(--record); color: #fff; gap: 0.5em; flex-wrap: nowrap; }
    header svg { width: calc(var(--state) * 0.75); height: calc(var(--state) * 0.75); flex: none; }
    h1 { font-size: var(--state); line-height: 1; }
    .elapsed { font-size: calc(var(--huge) * 0.7); font-weight: 700; }
    main { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap) var(--edge); align-items: center; align-content: center; min-height: 0; }
    .purpose { font-size: calc(var(--huge) * 0.62); font-weight: 700; line-height: 1.1; }
    .why { display: grid; gap: 0.5rem; }
    .ends { text-align: right; }
    .ends strong { display: block; font-size: 2.6em; line-height: 1.1; }
    lamp-turn-camera { grid-column: 1 / -1; }
    .still { grid-column: 1 / -1; font-size: var(--big); font-weight: 700; }
    footer { display: grid; grid-template-columns: minmax(0, 1fr) 8rem 8rem; }
    lamp-troubles { grid-column: 1 / -1; }
    @media (orientation: portrait) { footer { grid-template-columns: repeat(2, minmax(0, 1fr)); } footer lamp-stop { grid-column: 1 / -1; } main { grid-template-columns: minmax(0, 1fr); } .ends { text-align: left; } .elapsed { font-size: calc(var(--huge) * 0.55); } }
  `];

  declare session: PublicSession;
  declare sinceAt: number;
  declare endsAt: number;
  declare notices: readonly Trouble[];
  declare turning: TurnCamera;
  /** Marks this moment: its owner finds it again. Anyone may; it tells nothing. */
  declare mark: () => Promise<void>;
  /** Somebody is about to turn the camera. */
  declare open: boolean;
  declare marked: boolean;

  constructor() {
    super();
    this.open = false;
    this.marked = false;
  }

  override render() {
    const ends = new Date(Date.now() + this.endsAt - performance.now());
    return html`
      <header>
        <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.6" fill="#fff" /></svg>
        <h1 tabindex="-1">RECORDING</h1>
        <lamp-time class="elapsed" .from=${this.sinceAt}></lamp-time>
      </header>
      <main>${this.open ? html`<p class="still">${this.session.purpose}</p><lamp-turn-camera .turning=${this.turning} @done=${() => { this.open = false; }}></lamp-turn-camera>` : this.#told(ends)}</main>
      <footer>
        <lamp-stop size="giant" words="Stop" @ask=${() => { this.open = false; }}></lamp-stop>
        <button aria-busy=${this.marked} @click=${() => void this.#mark()}>${this.marked ? 'Marked' : 'Mark this moment'}</button>
        <button @click=${() => { this.open = !this.open; }}>${this.open ? 'Close' : 'Turn the camera'}</button>
      </footer>`;
  }

  async #mark(): Promise<void> {
    if (this.marked) return;
    this.marked = true;
    // A mark that could not be made is not worth a notice over RECORDING.
    await this.mark().catch(() => undefined);
    setTimeout(() => { this.marked = false; }, MARKED_MS);
  }

  #told(ends: Date) {
    const { purpose, audience: watchers } = this.session;
    return html`
      <div class="why">
        <p class="purpose">${purpose}</p>
        <p>Picture and sound. ${audience(watchers)}</p>
      </div>
      <p class="ends">Ends by itself at<strong>${timeOfDay(ends)}</strong></p>
      <lamp-troubles .items=${this.notices}></lamp-troubles>`;
  }
}
customElements.define('recording-screen', RecordingScreen);
