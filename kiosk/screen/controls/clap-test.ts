import { msg, str } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { ClapReply, Refusal } from '../../protocol.js';
import { RefusedError } from '../api.js';
import { said } from '../language/language.js';
import { base } from '../styles.js';
import { offsetWords } from '../words.js';

/** What the test asks of the server. */
export interface ClapTest {
  listen(): Promise<ClapReply>;
  /** @returns by how much the sound is moved from now on, in milliseconds. */
  settle(soundAtMs: number, pictureAtMs: number): Promise<number>;
}

type Stage =
  | { readonly is: 'listening' }
  | { readonly is: 'choosing'; readonly soundAtMs: number; readonly pictures: readonly { readonly atMs: number; readonly url: string }[]; readonly at: number }
  | { readonly is: 'settled'; readonly offsetMs: number }
  | { readonly is: 'refused'; readonly refusal: Refusal };

/** One clap, and a finger on the picture in which the hands meet: so the sound fits the picture from then on. */
class ClapTestControl extends LampElement {
  static override properties = { test: { attribute: false }, stage: { state: true } };
  static override styles = [base, css`
    :host { padding: 0; grid-template-rows: auto minmax(0, 1fr) auto; min-height: 0; }
    figure { position: relative; margin: 0; min-height: 0; display: grid; place-items: center; background: #15202b; border-radius: var(--round); overflow: hidden; }
    img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
    .say { grid-row: 1 / 3; place-self: center; text-align: center; font-size: var(--big); font-weight: 700; max-width: 26em; }
    .say p + p { font-size: var(--text); font-weight: 400; margin-top: 0.6em; }
    footer button { font-size: 1.2em; }
  `];

  declare test: ClapTest;
  declare stage: Stage;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  override render() {
    const { stage } = this;
    switch (stage.is) {
      case 'listening': return html`
        <div class="say" role="status"><p>${msg('Clap once, loudly, where the camera sees your hands.')}</p><p>${msg('Needed once for each room, so that sound and picture fit together. Nothing is kept.')}</p></div>`;
      case 'choosing': return html`
        <p role="status">${msg(str`Picture ${stage.at + 1} of ${stage.pictures.length}: find the one in which the hands meet.`)}</p>
        <figure><img src=${stage.pictures[stage.at]?.url ?? ''} alt=${msg('What the camera saw around the clap')} /></figure>
        <footer>
          <button class="grow" aria-disabled=${stage.at === 0} @click=${() => this.#turn(-1)}>${msg('Earlier')}</button>
          <button class="main grow" @click=${() => this.#settle()}>${msg('The hands meet here')}</button>
          <button class="grow" aria-disabled=${stage.at === stage.pictures.length - 1} @click=${() => this.#turn(1)}>${msg('Later')}</button>
        </footer>`;
      case 'settled': return html`
        <div class="say" role="status"><p>${offsetWords(stage.offsetMs)}</p><p>${msg('Each recording in this room is put right by that from now on.')}</p></div>
        <footer><button class="main grow" @click=${() => this.#done()}>${msg('Done')}</button></footer>`;
      case 'refused': return html`
        <div class="say" role="alert"><p>${said(stage.refusal).sentence}</p><p>${said(stage.refusal).remedy}</p></div>
        <footer><button class="main grow" @click=${() => this.#listen()}>${msg('Try again')}</button><button class="grow" data-back @click=${() => this.#done()}>${msg('Back to the picture')}</button></footer>`;
    }
  }

  async #listen(): Promise<void> {
    this.#become({ is: 'listening' });
    await this.#refusable(async () => {
      const { soundAtMs, pictures } = await this.test.listen();
      const distance = ({ atMs }: { readonly atMs: number }): number => Math.abs(atMs - soundAtMs);
      const nearest = pictures.reduce((best, picture, i) => (distance(picture) < distance(pictures[best] ?? picture) ? i : best), 0);
      this.#become({ is: 'choosing', soundAtMs, pictures: pictures.map(({ atMs, jpeg }) => ({ atMs, url: urlOf(jpeg) })), at: nearest });
    });
  }

  #turn(by: number): void {
    const { stage } = this;
    if (stage.is !== 'choosing' || stage.pictures[stage.at + by] === undefined) return;
    this.stage = { ...stage, at: stage.at + by };
  }

  async #settle(): Promise<void> {
    const { stage } = this;
    const picture = stage.is === 'choosing' ? stage.pictures[stage.at] : undefined;
    if (stage.is !== 'choosing' || picture === undefined) return;
    await this.#refusable(async () => this.#become({ is: 'settled', offsetMs: await this.test.settle(stage.soundAtMs, picture.atMs) }));
  }

  async #refusable(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.#become({ is: 'refused', refusal: error.refusal });
    }
  }

  #done(): void {
    this.dispatchEvent(new Event('done'));
  }

  #become(stage: Stage): void {
    this.#forget();
    this.stage = stage;
  }

  /** The pictures show the class: none outlives its use. */
  #forget(): void {
    if (this.stage?.is === 'choosing') for (const { url } of this.stage.pictures) URL.revokeObjectURL(url);
  }
}

const urlOf = (base64: string): string => URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], { type: 'image/jpeg' }));

customElements.define('lamp-clap-test', ClapTestControl);
