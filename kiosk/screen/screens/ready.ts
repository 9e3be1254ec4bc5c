import { css, html, nothing } from 'lit';
import { LampElement } from '../element.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import '../controls/stop-button.js';
import '../pages/parts/room-links.js';

/** The wall at rest: readable from across the room, and two things to do. */
class ReadyScreen extends LampElement {
  static override properties = { someoneSignedIn: { type: Boolean }, setUp: { type: Boolean }, about: {} };
  static override styles = [base, css`
    main { display: grid; align-content: center; gap: 1.4rem; }
    .word { display: flex; align-items: center; gap: 0.25em; font-size: var(--state); line-height: 1; letter-spacing: -0.01em; }
    .word svg { width: 0.75em; height: 0.75em; flex: none; }
    main p { font-size: 1.45em; max-width: 30em; }
    .acts > * { flex: 1 1 0; }
    .start { flex: 1.6 1 0; min-height: max(160px, 8rem); font-size: 1.9em; }
    .start small { display: block; font-size: 0.6em; font-weight: 400; margin-top: 0.4em; }
    .about { text-align: right; }
  `];

  declare someoneSignedIn: boolean;
  declare setUp: boolean;
  declare about: string;

  override render() {
    return html`<lamp-room-links .setUp=${this.setUp}></lamp-room-links>
      <main>
        <h1 class="word" tabindex="-1">
          <svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.2" fill="none" stroke="#0f5f35" stroke-width="1.4" /></svg>
          Not recording
        </h1>
        <p>Nothing records unless a teacher starts it. You need do nothing. If the lamp is lit, tap Stop.</p>
        ${this.setUp ? nothing : html`<p><strong>This recorder is not set up yet, so nobody can record.</strong> The technician taps “Technician” and types the code that “npm run setup-code” gives.</p>`}
        ${this.someoneSignedIn ? html`<p class="soft">A teacher is signed in. The camera is turned away.</p>` : nothing}
      </main>
      <div>
        <footer class="acts">
          ${this.setUp ? html`<button class="main start" @click=${() => ask(this, { ask: 'go', step: { step: 'names' } })}>Teachers: start here<small>Record a lesson, or fetch a recording</small></button>` : nothing}
          <lamp-stop></lamp-stop>
        </footer>
        <p class="about soft small">${this.about}</p>
      </div>`;
  }
}
customElements.define('ready-screen', ReadyScreen);
