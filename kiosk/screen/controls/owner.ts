import { msg, str } from '@lit/localize';
import { css, html, type TemplateResult } from 'lit';
import type { Refusal, Views } from '../../protocol.js';
import { RefusedError } from '../api.js';
import { LampElement } from '../element.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';
import { LONGEST_PIN, SHORTEST_PIN } from '../pin-limits.js';

/** What the owner asks of the server while the room is recorded. Each with the PIN. */
export interface OwnersActs {
  views(): Promise<Views['/api/views']>;
  turn(pin: string, view: string): Promise<unknown>;
  pause(pin: string): Promise<unknown>;
  extend(pin: string, minutes: number): Promise<unknown>;
}

type Choice = Views['/api/views']['views'][number];
/** What was chosen, and waits for the PIN. */
type Act = { readonly act: 'pause' } | { readonly act: 'extend' } | { readonly act: 'turn'; readonly view: Choice };
type Stage =
  | { readonly is: 'choosing' }
  | { readonly is: 'asking' }
  | { readonly is: 'locked' }
  | { readonly is: 'views'; readonly views: readonly Choice[]; readonly page: number }
  | { readonly is: 'pin'; readonly act: Act; readonly busy: boolean; readonly refusal: Refusal | null }
  | { readonly is: 'done'; readonly words: string; readonly more: string };

/** Two rows of three, where Stop leaves room. */
const A_PAGE = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
/** To the end of a sentence that runs over the bell. */
const MORE_MINUTES = 10;
/** Nobody's finger is coming any more: the room is to see its recording again. */
const LEFT_ALONE_MS = 30_000;

/** While recording: pause it, go on for longer, turn the camera; each proven by the owner's PIN. */
class OwnerControl extends LampElement {
  static override properties = { acts: { attribute: false }, hasPicture: { type: Boolean }, stage: { state: true }, digits: { state: true } };
  static override styles = [base, css`
    :host { padding: 0; height: auto; grid-template-rows: auto auto; align-content: center; gap: 0.6rem; min-height: 0; }
    h2 { font-size: var(--text); line-height: 1.2; margin: 0; min-height: 1.2em; }
    .views { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); grid-auto-rows: minmax(var(--touch), auto); gap: var(--gap); }
    .keys { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); grid-auto-rows: var(--touch); gap: var(--gap); }
    .keys button { padding: 0; font-size: 1.3em; }
    .keys .word { font-size: 1em; }
    button { padding: 0.1em 0.4em; overflow-wrap: anywhere; }
    .dots { letter-spacing: 0.25em; }
  `];

  declare acts: OwnersActs;
  /** A camera is recorded, so it can be turned. */
  declare hasPicture: boolean;
  declare stage: Stage;
  declare digits: string;
  #leave: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.hasPicture = true;
    this.stage = { is: 'choosing' };
    this.digits = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
    this.addEventListener('pointerdown', this.#stay);
    this.#stay();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    this.removeEventListener('pointerdown', this.#stay);
    clearTimeout(this.#leave);
    this.digits = '';
  }

  override render(): TemplateResult {
    const { stage } = this;
    switch (stage.is) {
      case 'asking': return html`<h2><span role="status">${msg('One moment…')}</span></h2>`;
      case 'locked': return html`<h2><span role="status">${msg('This view has covered areas, so the camera stays.')}</span></h2><p>${msg('Covered is a place in the picture: if the camera turned, it would show.')}</p>`;
      case 'done': return html`<h2><span role="status">${stage.words}</span></h2><p>${stage.more}</p>`;
      case 'choosing': return html`<h2>${msg('For the teacher who started it')}</h2>
        <div class="views">
          <button @click=${() => this.#prove({ act: 'pause' })}>${msg('Pause')}</button>
          <button @click=${() => this.#prove({ act: 'extend' })}>${msg('10 minutes longer')}</button>
          ${this.hasPicture ? html`<button @click=${() => void this.#ask()}>${msg('Turn the camera')}</button>` : ''}
        </div>`;
      case 'views': return this.#views(stage.views, stage.page);
      case 'pin': return html`
        <h2><span role="status">${stage.refusal !== null && this.digits === '' ? `${said(stage.refusal).sentence} ${said(stage.refusal).remedy}` : html`${this.#title(stage.act)} <span class="dots" role="img" aria-label=${msg(str`Digits entered: ${this.digits.length}`)}>${'●'.repeat(this.digits.length)}</span>`}</span></h2>
        <div class="keys" role="group" dir="ltr" aria-label=${msg('Keypad')}>
          ${KEYS.map((key) => html`<button @click=${() => this.#add(key)}>${key}</button>`)}
          <button class="word" aria-label=${msg('Delete the last digit')} @click=${() => this.#deleteLast()}>${msg('Delete')}</button>
          <button class="word main" aria-disabled=${this.digits.length < SHORTEST_PIN || stage.busy} aria-busy=${stage.busy} @click=${() => void this.#do()}>${stage.busy ? '…' : msg('OK')}</button>
        </div>`;
    }
  }

  #views(views: readonly Choice[], page: number): TemplateResult {
    const size = views.length > A_PAGE ? A_PAGE - 1 : A_PAGE;
    const pages = Math.max(1, Math.ceil(views.length / size));
    return html`<h2>${msg('Turn the camera to…')}</h2>
      <div class="views">
        ${views.slice(page * size, (page + 1) * size).map((view) => html`<button @click=${() => this.#prove({ act: 'turn', view })}>${view.name}</button>`)}
        ${pages > 1 ? html`<button @click=${() => this.#become({ is: 'views', views, page: (page + 1) % pages })}>${msg('More views')}</button>` : ''}
      </div>`;
  }

  #title(act: Act): string {
    switch (act.act) {
      case 'pause': return msg('Pause: the owner’s PIN');
      case 'extend': return msg('10 minutes longer: the owner’s PIN');
      case 'turn': return msg(str`${act.view.name}: the owner’s PIN`);
    }
  }

  async #ask(): Promise<void> {
    this.#become({ is: 'asking' });
    try {
      const { views, locked } = await this.acts.views();
      this.#become(locked ? { is: 'locked' } : { is: 'views', views, page: 0 });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#become({ is: 'done', words: said(error.refusal).sentence, more: said(error.refusal).remedy });
    }
  }

  #prove(act: Act): void {
    this.#become({ is: 'pin', act, busy: false, refusal: null });
  }

  async #do(): Promise<void> {
    const { stage, digits: pin } = this;
    if (stage.is !== 'pin' || stage.busy || pin.length < SHORTEST_PIN) return;
    this.digits = '';
    this.#become({ ...stage, busy: true });
    try {
      this.#become(await this.#done(stage.act, pin));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#become({ ...stage, busy: false, refusal: error.refusal });
    }
  }

  async #done(act: Act, pin: string): Promise<Stage> {
    switch (act.act) {
      case 'pause':
        await this.acts.pause(pin);
        return { is: 'done', words: msg('It pauses.'), more: '' };
      case 'extend':
        await this.acts.extend(pin, MORE_MINUTES);
        return { is: 'done', words: msg('10 minutes longer.'), more: msg('The recording goes on.') };
      case 'turn':
        await this.acts.turn(pin, act.view.id);
        return { is: 'done', words: msg(str`The camera turns: ${act.view.name}.`), more: msg('The recording goes on.') };
    }
  }

  #add(digit: string): void {
    if (this.stage.is === 'pin' && this.digits.length < LONGEST_PIN) this.digits += digit;
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
customElements.define('lamp-owner', OwnerControl);
