import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { ask } from '../ask.js';
import { base } from '../styles.js';
import { Ticker } from '../controls/ticker.js';
import { LENGTHS_MINUTES, TICKS, type Draft, type TickName } from '../view.js';
import { audienceForOwner, timeOfDay, told } from '../words.js';

const lengths = (usual: number): readonly number[] => [...new Set([...LENGTHS_MINUTES, usual])].sort((a, b) => a - b);

/** Who has been told (P9.3), until when, and the start itself. */
class ToldScreen extends LampElement {
  static override properties = { draft: { attribute: false }, usual: { type: Number }, busy: { type: Boolean } };
  static override styles = [base, css`
    main { display: grid; grid-template-rows: auto minmax(0, 1fr); gap: var(--gap); min-height: 0; }
    .until { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--gap); align-items: center; }
    h2 { font: inherit; margin: 0; }
    .lengths { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(var(--touch), 1fr); gap: var(--gap); }
    .lengths button { padding: 0; }
    .lengths button[aria-pressed='true'] { background: var(--ink); color: #fff; }
    .ticks { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); grid-auto-rows: minmax(var(--touch), 9rem); align-content: center; gap: var(--gap); }
    .tick { display: flex; align-items: center; gap: 0.8em; text-align: left; font-size: 1.1em; }
    .tick svg { width: 2em; height: 2em; flex: none; }
    .tick[aria-checked='true'] { background: var(--accent-pale); border-color: var(--accent); }
    footer button { font-size: 1.3em; }
    footer .start { flex: 2 1 0; min-height: max(104px, 5.2rem); font-size: 1.6em; }
    @media (orientation: portrait) {
      .until { grid-template-columns: minmax(0, 1fr) auto; }
      .lengths { grid-area: 2 / 1 / auto / span 2; }
      .ticks { grid-template-columns: minmax(0, 1fr); }
      .tick { font-size: 1em; }
    }
    @container (max-height: 34rem) { footer .start { min-height: var(--touch); } }
  `];

  declare draft: Draft;
  /** Until the lesson’s end; offered beside the round lengths. */
  declare usual: number;
  declare busy: boolean;

  constructor() {
    super();
    this.busy = false;
    new Ticker(this);
  }

  override render() {
    const { purpose, lengthMinutes, ticks } = this.draft;
    const missing = TICKS.length - ticks.length;
    return html`
      <header><h1 tabindex="-1">${purpose.words}</h1><span>${audienceForOwner(purpose.audience)}</span></header>
      <main>
        <section class="until">
          <h2>Minutes until it stops<br>by itself, at <strong>${timeOfDay(new Date(Date.now() + lengthMinutes * 60_000))}</strong></h2>
          <div class="lengths" role="group" aria-label="Minutes">
            ${lengths(this.usual).map((minutes) => html`<button aria-pressed=${minutes === lengthMinutes} aria-label="${minutes} minutes" @click=${() => this.#change({ lengthMinutes: minutes })}>${minutes}</button>`)}
          </div>
          <button @click=${() => ask(this, { ask: 'frame' })}>Look at the picture</button>
        </section>
        <section class="ticks">
          ${TICKS.map((name) => this.#tick(name, ticks.includes(name)))}
        </section>
      </main>
      <footer>
        <button class="grow" @click=${() => ask(this, { ask: 'go', step: { step: 'purpose' } })}>Back</button>
        <button class="main start" aria-disabled=${missing > 0 || this.busy} aria-busy=${this.busy} @click=${() => { if (missing === 0 && !this.busy) ask(this, { ask: 'start', draft: this.draft }); }}>
          ${this.busy ? 'One moment…' : missing > 0 ? `Tick ${missing === 4 ? 'all four lines' : missing === 1 ? 'the last line' : `${missing} more lines`} to start` : 'Start recording'}
        </button>
      </footer>`;
  }

  #tick(name: TickName, on: boolean) {
    return html`<button class="tick" role="checkbox" aria-checked=${on} @click=${() => this.#toggle(name)}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <rect x="1.5" y="1.5" width="17" height="17" rx="3" fill=${on ? '#0b4a6f' : '#fff'} stroke="#15202b" stroke-width="2" />
        ${on ? html`<svg viewBox="0 0 20 20"><path d="m5 10.5 3.5 3.5L15 6.5" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" /></svg>` : ''}
      </svg>
      <span>${told(name)}</span>
    </button>`;
  }

  #toggle(name: TickName): void {
    const { ticks } = this.draft;
    this.#change({ ticks: ticks.includes(name) ? ticks.filter((other) => other !== name) : [...ticks, name] });
  }

  #change(change: Partial<Draft>): void {
    ask(this, { ask: 'go', step: { step: 'told', draft: { ...this.draft, ...change } } });
  }
}
customElements.define('told-screen', ToldScreen);
