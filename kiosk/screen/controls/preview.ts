import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import type { Level, SteeringMessage, SteeringState } from '../../protocol.js';
import { base } from '../styles.js';
import type { Heard } from './meter.js';
import './meter.js';
import { Ticker } from './ticker.js';

/** At 12 pictures a second, 18 are missing by then. */
const STOPPED_AFTER_MS = 1500;
const RETRY_MS = 1000;

/** How the camera is steered, as the line of the preview tells it. */
export class SteeringEvent extends Event {
  readonly steering: SteeringState;

  constructor(steering: SteeringState) {
    super('steering');
    this.steering = steering;
  }
}

/** The picture and the sound level, live. What is put inside lies on the picture. Says so where the picture has stopped, rather than showing a still one. */
class Preview extends LampElement {
  static override properties = { connect: { attribute: false } };
  static override styles = [base, css`
    :host { padding: 0; grid-template-rows: minmax(0, 1fr) auto; min-height: 0; }
    figure { position: relative; margin: 0; min-height: 0; display: grid; place-items: center; background: #15202b; border-radius: var(--round); overflow: hidden; }
    /* As large as fits: what is drawn over the picture must lie on it exactly. */
    figure { container-type: size; }
    .picture { position: relative; width: min(100cqw, 100cqh * 16 / 9); aspect-ratio: 16 / 9; }
    canvas { position: absolute; inset: 0; width: 100%; height: 100%; }
    figcaption { position: absolute; inset: 0; display: grid; place-items: center; background: #15202bee; color: #fff; font-size: var(--big); font-weight: 700; text-align: center; padding: 1em; }
    .sound { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap); align-items: center; min-height: 3rem; }
  `];

  /** Opens the line; set before the element is put on the page. */
  declare connect: () => Promise<WebSocket>;
  #socket: WebSocket | undefined;
  #gone = false;
  #frameAt = -Infinity;
  #drawing = false;
  #heard: Heard | null = null;

  constructor() {
    super();
    new Ticker(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#gone = false;
    void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone = true;
    this.#socket?.close();
  }

  override render() {
    const stopped = performance.now() - this.#frameAt > STOPPED_AFTER_MS;
    return html`
      <figure>
        <div class="picture">
          <canvas width="640" height="360" role="img" aria-label=${msg('What the camera sees')}></canvas>
          <slot></slot>
        </div>
        ${stopped ? html`<figcaption>${this.#frameAt === -Infinity ? msg('The picture is coming…') : msg('The picture has stopped')}</figcaption>` : ''}
      </figure>
      <div class="sound">
        <lamp-meter .heard=${this.#heard}></lamp-meter>
        <slot name="microphone"></slot>
      </div>`;
  }

  async #open(): Promise<void> {
    try {
      const socket = await this.connect();
      if (this.#gone) return socket.close();
      this.#socket = socket;
      socket.addEventListener('message', ({ data }: MessageEvent<Blob | string>) => void this.#take(data));
      socket.addEventListener('close', () => this.#openLater());
    } catch {
      this.#openLater();
    }
  }

  #openLater(): void {
    if (!this.#gone) setTimeout(() => { if (!this.#gone) void this.#open(); }, RETRY_MS);
  }

  async #take(data: Blob | string): Promise<void> {
    if (typeof data === 'string') {
      const message = JSON.parse(data) as Level | SteeringMessage;
      if (message.kind === 'level') {
        this.#heard = { peakDb: message.peakDb, at: performance.now() };
        this.requestUpdate();
      } else this.dispatchEvent(new SteeringEvent(message));
      return;
    }
    // A picture that comes while one is being decoded is skipped: late is worse than few.
    if (this.#drawing) return;
    this.#drawing = true;
    try {
      const picture = await createImageBitmap(data);
      this.renderRoot.querySelector('canvas')?.getContext('2d')?.drawImage(picture, 0, 0, 640, 360);
      picture.close();
      this.#frameAt = performance.now();
    } catch {
      // A picture that does not decode is no picture; enough of them, and the screen says that it has stopped.
    } finally {
      this.#drawing = false;
    }
  }
}
customElements.define('lamp-preview', Preview);
