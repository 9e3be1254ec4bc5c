import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import { LampElement } from '../element.js';
import type { SteeringState } from '../../protocol.js';
import { ask } from '../ask.js';
import '../controls/clap-test.js';
import type { ClapTest } from '../controls/clap-test.js';
import '../controls/covers.js';
import { MARKS } from '../controls/marks.js';
import '../controls/pad.js';
import '../controls/preview.js';
import type { SteeringEvent } from '../controls/preview.js';
import '../controls/stop-button.js';
import '../controls/view-names.js';
import '../controls/views.js';
import type { Hand } from '../steer.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';
import { nextGain } from '../words.js';

/** What the teacher is about. Each has the screen to itself. */
type Doing = 'looking' | 'turning' | 'naming' | 'removing' | 'covering' | 'clapping';

/** What will be seen and heard, to the signed-in teacher only. To anyone else: that camera and microphone are on. */
class FramingScreen extends LampElement {
  static override properties = { live: { type: Boolean }, mine: { type: Boolean }, connect: { attribute: false }, onSteering: { attribute: false }, clapTest: { attribute: false }, hand: { attribute: false }, doing: { state: true }, steering: { state: true }, tooMany: { state: true } };
  static override styles = [base, css`
    header { flex-wrap: nowrap; background: var(--lamp); color: var(--on-lamp); border: 3px solid var(--on-lamp); border-radius: var(--round); padding: 0.4em 0.9em; }
    header .mark { font-size: 1.8em; }
    main { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); gap: var(--gap); min-height: 0; }
    main.steered { grid-template-columns: minmax(0, 1fr) 19rem; }
    aside { display: grid; gap: var(--gap); align-content: center; grid-template-columns: repeat(2, minmax(0, 1fr)); min-height: 0; line-height: 1.2; }
    aside > * { grid-column: 1 / -1; }
    aside > button { grid-column: auto; padding: 0.2em 0.5em; }
    aside.turning { align-content: stretch; grid-template-rows: minmax(0, 1fr); }
    aside.turning.held { grid-template-rows: minmax(0, 1fr) auto; }
    lamp-preview[hidden] { display: none; }
    p.why[slot] { max-width: 18rem; }
    .why { font-size: var(--small); line-height: 1.2; }
    .gain { display: flex; gap: var(--gap); align-items: center; }
    .gain button { padding-inline: 0.6em; }
    footer { display: grid; grid-template-columns: minmax(0, 1.2fr) minmax(0, 0.8fr) minmax(0, 1.2fr); }
    footer button { font-size: 1.3em; padding-inline: 0.4em; }
    footer lamp-stop { grid-column: 3; }
    footer lamp-stop:only-child { grid-column: 1 / -1; }
    .wait { place-self: center; text-align: center; font-size: var(--big); font-weight: 700; max-width: 26em; }
    :host-context([data-text='larger']) main, :host-context([data-text='larger']) main.steered { grid-template: none / minmax(0, 1fr); }
    :host-context([data-text='larger']) :is(lamp-preview, lamp-pad, lamp-clap-test) { min-height: 70vh; }
    @media (orientation: portrait) {
      main.steered { grid-template: minmax(0, 1fr) auto / minmax(0, 1fr); }
      main.turning { grid-template-rows: minmax(0, 1.1fr) minmax(0, 1fr); }
    }
  `];

  declare live: boolean;
  declare mine: boolean;
  declare connect: () => Promise<WebSocket>;
  /** Is handed what the preview's line told. */
  declare onSteering: (steering: SteeringState) => void;
  declare clapTest: ClapTest;
  declare hand: Hand;
  declare doing: Doing;
  /** As the preview's line last told it. */
  declare steering: SteeringState | null;
  declare tooMany: boolean;

  constructor() {
    super();
    this.doing = 'looking';
    this.steering = null;
    this.onSteering = () => undefined;
    this.tooMany = false;
  }

  override render() {
    return html`
      <header>
        ${MARKS.view}
        <h1 tabindex="-1">${this.live ? msg('Camera and microphone on – not recording') : msg('Camera and microphone are being connected')}</h1>
      </header>
      ${this.#middle()}
      <footer>
        ${this.mine ? this.#ways() : ''}
        <lamp-stop></lamp-stop>
      </footer>`;
  }

  /** What leads away from here, left of Stop, which never moves. */
  #ways() {
    if (!this.live) return this.#way(msg('Back'), () => ask(this, { ask: 'stop-framing' }));
    const back = (words: string, to: Doing = 'looking') => this.#way(words, () => this.#do(to), 'main');
    const { steering } = this;
    switch (this.doing) {
      case 'looking': return [this.#way(msg('The picture is right'), () => ask(this, { ask: 'stop-framing' }), 'main'), this.#way(msg('Clap test'), () => this.#do('clapping'))];
      case 'turning': return [back(msg('Done turning')), this.#way(msg('Save this view'), () => this.#do('naming'), '', (steering?.cameraTrouble ?? null) === null)];
      case 'naming': return [this.#way(msg('Back'), () => this.#do('turning')), this.#way(msg('Remove a view'), () => this.#do('removing'), '', (steering?.views.length ?? 0) > 1)];
      case 'removing': return back(msg('Done'), 'turning');
      case 'covering': return [back(msg('Done covering')), this.#way(msg('Uncover all'), () => ask(this, { ask: 'cover', covers: [] }), '', this.#covers.length > 0)];
      case 'clapping': return this.#way(msg('The picture is right'), () => ask(this, { ask: 'stop-framing' }));
    }
  }

  #middle() {
    const { steering } = this;
    if (!this.mine) return html`<main><p class="wait">${msg('A teacher is setting up the camera. Nothing is kept. Anyone may tap Stop.')}</p></main>`;
    if (!this.live) return html`<main><p class="wait">${msg('First the sign by the door must show it, and the camera may take 20 seconds to wake up.')}</p></main>`;
    if (this.doing === 'clapping') return html`<main><lamp-clap-test .test=${this.clapTest} @done=${() => this.#do('looking')}></lamp-clap-test></main>`;
    const names = this.doing === 'naming' || this.doing === 'removing';
    return html`<main class=${steering === null || names ? '' : `steered ${this.doing}`}>
      <lamp-preview ?hidden=${names} .connect=${this.connect} @steering=${({ steering: told }: SteeringEvent) => { this.steering = told; this.onSteering(told); }}>
        <lamp-covers .covers=${this.#covers} .editing=${this.doing === 'covering'} @too-many=${() => { this.tooMany = true; }} @asked=${() => { this.tooMany = false; }}></lamp-covers>
        ${steering === null ? nothing : this.#microphone(steering)}
      </lamp-preview>
      ${steering === null ? nothing : this.#beside(steering)}
    </main>`;
  }

  #beside(steering: SteeringState): TemplateResult {
    const { cameraTrouble } = steering;
    switch (this.doing) {
      case 'naming': case 'removing': return html`<lamp-view-names .steering=${steering} .removing=${this.doing === 'removing'} @done=${() => this.#do('looking')}></lamp-view-names>`;
      case 'turning': return html`<aside class="turning ${cameraTrouble === null ? '' : 'held'}">
        <lamp-pad .hand=${this.hand} .disabled=${cameraTrouble !== null}></lamp-pad>
        ${cameraTrouble === null ? '' : html`<p class="why" role="status"><strong>${said(cameraTrouble).sentence}</strong> ${said(cameraTrouble).remedy}</p>`}
      </aside>`;
      case 'covering': return html`<aside>
        <p>${this.tooMany ? msg(html`<strong role="alert">These are too many separate areas.</strong> Cover whole blocks.`) : msg('Tap what must not be recorded. The camera then keeps to this view.')}</p>
      </aside>`;
      case 'looking': case 'clapping': return this.#viewsToChoose(steering);
    }
  }

  #viewsToChoose(steering: SteeringState): TemplateResult {
    const { cameraTrouble, chosen } = steering;
    // Where covered areas hold the camera, another view is the way out.
    if (cameraTrouble !== null && this.#covers.length === 0) return html`<aside><p role="status"><strong>${said(cameraTrouble).sentence}</strong> ${said(cameraTrouble).remedy}</p></aside>`;
    return html`<aside>
      <lamp-views .steering=${steering}></lamp-views>
      <button @click=${() => this.#do('turning')}>${msg('Turn by hand')}</button>
      <button aria-disabled=${chosen === null} aria-label=${chosen === null ? msg('Cover areas: save this view first') : msg('Cover areas')} @click=${() => { if (chosen !== null) this.#do('covering'); }}>${chosen === null ? msg(html`Cover: <small>save first</small>`) : msg('Cover areas')}</button>
    </aside>`;
  }

  #microphone({ gain, gainTrouble }: SteeringState) {
    if (this.doing === 'covering') return nothing;
    if (gainTrouble !== null) return html`<p class="why" slot="microphone">${said(gainTrouble).sentence}</p>`;
    if (gain === null) return nothing;
    const button = (words: string, label: string, way: 1 | -1) => {
      const next = nextGain(gain, way);
      return html`<button aria-label=${label} aria-disabled=${next === undefined} @click=${() => { if (next !== undefined) ask(this, { ask: 'gain', dB: next }); }}>${words}</button>`;
    };
    return html`<div class="gain" slot="microphone" role="group" aria-label=${msg('Microphone')}>${button(msg('Quieter'), msg('Make the microphone quieter'), -1)}${button(msg('Louder'), msg('Make the microphone louder'), 1)}</div>`;
  }

  get #covers() {
    return this.steering?.views.find(({ id }) => id === this.steering?.chosen)?.covers ?? [];
  }

  #way(words: string, act: () => void, kind = '', enabled = true): TemplateResult {
    return html`<button class=${kind} aria-disabled=${!enabled} @click=${() => { if (enabled) act(); }}>${words}</button>`;
  }

  #do(doing: Doing): void {
    this.doing = doing;
    this.tooMany = false;
  }
}
customElements.define('framing-screen', FramingScreen);
