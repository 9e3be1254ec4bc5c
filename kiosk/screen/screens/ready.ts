import { msg } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { ask } from '../ask.js';
import { MARKS } from '../controls/marks.js';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import '../controls/stop-button.js';
import '../pages/parts/room-links.js';

/** The wall at rest: readable from across the room, and two things to do. */
class ReadyScreen extends LampElement {
  static override properties = { room: {}, someoneSignedIn: { type: Boolean }, setUp: { type: Boolean }, about: {} };
  static override styles = [base, css`
    main { display: grid; align-content: center; gap: 1.2rem; min-height: 0; }
    .word { display: flex; align-items: center; gap: 0.25em; font-size: var(--state); line-height: 1; letter-spacing: -0.01em; }
    .word .mark { font-size: 0.75em; color: var(--good); }
    main p { font-size: 1.45em; max-width: 32em; line-height: 1.3; }
    footer { display: block; }
    .acts { display: flex; gap: var(--gap); flex-wrap: wrap; }
    .acts > * { flex: 1 1 0; }
    .start { flex: 1.6 1 0; min-height: max(160px, 8rem); font-size: 1.9em; }
    .start small { display: block; font-size: 0.6em; font-weight: 400; margin-top: 0.4em; }
    /* Under notices the words come closer together; Stop and the state stay as they are. */
    @container (max-height: 36rem) { main { gap: 0.5rem; } .word { font-size: calc(var(--state) * 0.7); } main p { font-size: 1.1em; max-width: none; } .start { min-height: var(--touch-stop); font-size: 1.5em; } }
    :host-context([data-text='larger']) .start { min-height: var(--touch-stop); }
    .about { display: flex; justify-content: space-between; gap: var(--gap); margin-top: 0.6rem; font-size: var(--text); }
    .about bdi { font-size: var(--small); align-self: end; }
  `];

  declare room: string;
  declare someoneSignedIn: boolean;
  declare setUp: boolean;
  declare about: string;

  override render() {
    return html`<lamp-room-links .setUp=${this.setUp}></lamp-room-links>
      <main>
        <h1 class="word" tabindex="-1">${MARKS.ring}<span>${msg('Not recording')}</span></h1>
        <p>${msg('Nothing records unless a teacher starts it. You need do nothing. If the lamp is lit, tap Stop.')}</p>
        ${this.setUp ? nothing : html`<p>${msg(html`<strong>This recorder is not set up yet, so nobody can record.</strong> The technician taps “Technician” and types the code that “npm run setup-code” gives.`)}</p>`}
        ${this.someoneSignedIn ? html`<p class="soft">${msg('A teacher is signed in. The camera is turned away.')}</p>` : nothing}
      </main>
      <footer>
        <div class="acts">
          ${this.setUp ? html`<button class="main start" @click=${() => ask(this, { ask: 'go', step: { step: 'names' } })}>${msg('Teachers: start here')}<small>${msg('Record a lesson, or fetch a recording')}</small></button>` : nothing}
          <lamp-stop></lamp-stop>
        </div>
        <p class="about soft small"><strong>${this.room}</strong><bdi dir="ltr">${this.about}</bdi></p>
      </footer>`;
  }
}
customElements.define('ready-screen', ReadyScreen);
