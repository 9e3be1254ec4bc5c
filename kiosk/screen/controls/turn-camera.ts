import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { Refusal, Views } from '../../protocol.js';
import { RefusedError } from '../api.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';

/** What turning while recording asks of the server. */
export interface TurnCamera {
  views(): Promise<Views['/api/views']>;
  turn(pin: string, view: string): Promise<unknown>;
}

type Choice = Views['/api/views']['views'][number];
type Stage =
  | { readonly is: 'asking' }
  | { readonly is: 'locked' }
  | { readonly is: 'choosing'; readonly views: readonly Choice[]; readonly page: number }
  | { readonly is: 'pin'; readonly view: Choice; readonly busy: boolean; readonly refusal: Refusal | null }
  | { readonly is: 'done'; readonly words: string; readonly more: string };

/** P10.1: six digits or more; as in the protocol. */
const SHORTEST = 6;
const LONGEST = 12;
/** Two rows of three, where Stop leaves room. */
const A_PAGE = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
/** Nobody's finger is coming any more: the room is to see its recording again. */
const LEFT_ALONE_MS = 30_000;

/** While recording: choose a saved view, and prove with the owner's PIN that one may. */
class TurnCameraControl extends LampElement {
  static override properties = { turning: { attribute: false }, stage: { state: true }, digits: { state: true } };
  static override styles = [base, css`
    :host { padding: 0; height: auto; grid-template-rows: auto auto; align-content: center; gap: 0.6rem; min-height: 0; }
    h2 { font-size: var(--text); line-height: 1.2; margin: 0; min-height: 1.2em; }
    .views { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); grid-auto-rows: var(--touch); gap: var(--gap); }
    .keys { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); grid-auto-rows: var(--touch); gap: var(--gap); }
    .keys button { padding: 0; font-size: 1.3em; }
    .keys .word { font-size: 1em; }
    button { padding: 0.1em 0.4em; overflow-wrap: anywhere; }
    .dots { letter-spacing: 0.25em; }
  `];

  declare turning: TurnCamera;
  declare stage: Stage;
  declare digits: string;
  #leave: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.stage = { is: 'asking' };
    this.digits = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
    this.addEventListener('pointerdown', this.#stay);
    this.#stay();
    void this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    this.removeEventListener('pointerdown', this.#stay);
    clearTimeout(this.#leave);
    this.digits = '';
  }

  override render() {
    const { stage } = this;
    switch (stage.is) {
      case 'asking': return html`<h2 role="status">${msg('One moment…')}</h2>`;
      case 'locked': return html`<h2 role="status">${msg('This view has covered areas, so the camera stays.')}</h2><p>${msg('Covered is a place in the picture: if the camera turned, it would show.')}</p>`;
      case 'done': return html`<h2 role="status">${stage.words}</h2><p>${stage.more}</p>`;
      case 'choosing': {
        const size = stage.views.length > A_PAGE ? A_PAGE - 1 : A_PAGE;
        const pages = Math.max(1, Math.ceil(stage.views.length / size));
        return html`<h2>${msg('Turn the camera to…')}</h2>
          <div class="views">
            ${stage.views.slice(stage.page * size, (stage.page + 1) * size).map((view) => html`<button @click=${() => this.#become({ is: 'pin', view, busy: false, refusal: null })}>${view.name}</button>`)}
            ${pages > 1 ? html`<button @click=${() => this.#become({ ...stage, page: (stage.page + 1) % pages })}>${msg('More views')}</button>` : ''}
          </div>`;
      }
      case 'pin': return html`
        <h2 role="status">${stage.refusal !== null && this.digits === '' ? html`${said(stage.refusal).sentence} ${said(stage.refusal).remedy}` : html`${msg(str`${stage.view.name}: the owner’s PIN`)} <span class="dots" role="img" aria-label=${msg(str`Digits entered: ${this.digits.length}`)}>${'●'.repeat(this.digits.length)}</span>`}</h2>
        <div class="keys" dir="ltr" role="group" aria-label=${msg('Keypad')}>
          ${KEYS.map((key) => html`<button @click=${() => this.#add(key)}>${key}</button>`)}
          <button class="word" aria-label=${msg('Delete the last digit')} @click=${() => this.#deleteLast()}>${msg('Delete')}</button>
          <button class="word main" aria-disabled=${this.digits.length < SHORTEST || stage.busy} aria-busy=${stage.busy} @click=${() => this.#turn()}>${stage.busy ? '…' : msg('OK')}</button>
        </div>`;
    }
  }

  async #ask(): Promise<void> {
    try {
      const { views, locked } = await this.turning.views();
      this.#become(locked ? { is: 'locked' } : { is: 'choosing', views, page: 0 });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#become({ is: 'done', words: said(error.refusal).sentence, more: said(error.refusal).remedy });
    }
  }

  async #turn(): Promise<void> {
    const { stage, digits: pin } = this;
    if (stage.is !== 'pin' || stage.busy || pin.length < SHORTEST) return;
    this.digits = '';
    this.#become({ ...stage, busy: true });
    try {
      await this.turning.turn(pin, stage.view.id);
      this.#become({ is: 'done', words: msg(str`The camera turns: ${stage.view.name}.`), more: msg('The recording goes on.') });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#become({ ...stage, busy: false, refusal: error.refusal });
    }
  }

  #add(digit: string): void {
    if (this.stage.is === 'pin' && this.digits.length < LONGEST) this.digits += digit;
  }

  #deleteLast(): void {
    this.digits = this.digits.slice(0, -1);
  }

  #become(stage: Stage): void {
    this.stage = stage;
  }

  readonly #stay = (): void => {
    clearTimeout(this.#leave);
    this.#leave = setTimeout(() => this.dispatchEvent(new Event('done')), LEFT_ALONE_MS);
  };

  readonly #key = ({ key }: KeyboardEvent): void => {
    this.#stay();
    if (/^[0-9]$/.test(key)) this.#add(key);
    else if (key === 'Backspace') this.#deleteLast();
  };
}
customElements.define('lamp-turn-camera', TurnCameraControl);
