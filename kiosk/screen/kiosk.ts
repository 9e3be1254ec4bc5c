import { css, html, LitElement } from 'lit';
import type { Trouble } from '../protocol.js';
import { AskEvent } from './ask.js';
import type { ClapTest } from './controls/clap-test.js';
import type { TurnCamera } from './controls/turn-camera.js';
import { feed } from './feed.js';
import { Hand } from './steer.js';
import { announcementOf, noticesOf, viewOf, type View } from './view.js';
import { Visit } from './visit.js';
import './controls/idle-bar.js';
import './controls/troubles.js';
import './screens/blocked.js';
import './screens/countdown.js';
import './screens/framing.js';
import './screens/lost.js';
import './screens/names.js';
import './screens/notice.js';
import './screens/paused.js';
import './screens/pin.js';
import './screens/purpose.js';
import './screens/ready.js';
import './screens/recording.js';
import './screens/recordings.js';
import './screens/told.js';

/** RECORDING stays on top of whatever else there is to say, and a keypad does not move. */
const SAY_IT_THEMSELVES: ReadonlySet<View['screen']> = new Set(['recording', 'pin']);

/** Twice in the half second after which the camera stops by itself. */
const DRIVE_EACH_MS = 200;

/** Draws the screen that follows from the stream and the visit, and hands on what the screens ask for. */
class Kiosk extends LitElement {
  static override styles = css`
    :host { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; height: 100%; }
    .screen { min-height: 0; container-type: size; }
    .banner { padding: var(--gap) var(--edge) 0; }
    .told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  `;

  readonly #visit = new Visit(() => this.requestUpdate());
  readonly #clapTest: ClapTest = {
    listen: () => this.#visit.api.call('/api/clap', {}),
    settle: async (soundAtMs, pictureAtMs) => (await this.#visit.api.call('/api/clap-seen', { soundAtMs, pictureAtMs })).offsetMs,
  };
  readonly #turning: TurnCamera = {
    views: () => this.#visit.api.look('/api/views'),
    turn: (pin, view) => this.#visit.api.call('/api/turn', { pin, view }),
  };
  readonly #hand = new Hand({
    drive: (speeds) => this.#visit.api.call('/api/steer', { ...speeds }),
    stop: () => this.#visit.api.call('/api/steer-stop', {}),
    repeat: (again) => {
      const timer = setInterval(again, DRIVE_EACH_MS);
      return () => clearInterval(timer);
    },
  });
  #focused: LitElement | undefined;

  constructor() {
    super();
    this.addEventListener(AskEvent.type, (event) => { if (event instanceof AskEvent) void this.#visit.do(event.ask); });
    for (const touch of ['pointerdown', 'pointerup', 'keydown']) this.addEventListener(touch, () => this.#visit.touched());
    for (const unwanted of ['contextmenu', 'dragstart']) this.addEventListener(unwanted, (event) => event.preventDefault());
    window.addEventListener('pagehide', () => this.#visit.api.signOutOnLeaving());
    feed((seen) => this.#visit.hear(seen));
  }

  override render() {
    const { seen, step, me, idleEndsAt, refusal } = this.#visit.now;
    const view = viewOf(seen, step, me !== null);
    const notices = noticesOf(view, refusal, seen.state?.warnings ?? []);
    const banner = SAY_IT_THEMSELVES.has(view.screen) ? [] : notices;
    const { text, urgent } = announcementOf(view);
    return html`
      <div class="told" role="status" aria-live=${urgent ? 'assertive' : 'polite'}>${text}</div>
      <div class=${banner.length === 0 ? '' : 'banner'}><lamp-troubles role="status" .items=${banner}></lamp-troubles></div>
      <div class="screen">${this.#screen(view, notices)}</div>
      ${me === null ? '' : html`<lamp-idle .endsAt=${idleEndsAt}></lamp-idle>`}`;
  }

  /** A new screen is read out from its heading on. */
  protected override updated(): void {
    const screen = this.renderRoot.querySelector('.screen')?.firstElementChild;
    if (screen === this.#focused || !(screen instanceof LitElement)) return;
    this.#focused = screen;
    void screen.updateComplete.then(() => screen.renderRoot.querySelector('h1')?.focus());
  }

  #screen(view: View, notices: readonly Trouble[]) {
    const { me, names, recordings, copy, busy, seen: { state } } = this.#visit.now;
    switch (view.screen) {
      case 'notice': return html`<notice-screen .notice=${view.notice}></notice-screen>`;
      case 'lost': return html`<lost-screen></lost-screen>`;
      case 'blocked': return html`<blocked-screen .reasons=${view.reasons}></blocked-screen>`;
      case 'ready': return html`<ready-screen .someoneSignedIn=${view.someoneSignedIn} .about=${`Lamplight ${state?.version ?? ''}, build ${state?.buildHash ?? ''}`}></ready-screen>`;
      case 'names': return html`<names-screen .names=${names}></names-screen>`;
      case 'pin': return html`<pin-screen .pinFor=${view.pinFor} .refusal=${notices[0] ?? null} .busy=${busy === 'sign-in' || busy === 'carry-on' || busy === 'finish'}></pin-screen>`;
      case 'purpose': return html`<purpose-screen .purposes=${me?.purposes ?? []} .displayName=${me?.displayName ?? ''}></purpose-screen>`;
      case 'told': return html`<told-screen .draft=${view.draft} .busy=${busy === 'start' || busy === 'frame'}></told-screen>`;
      case 'framing': return html`<framing-screen .live=${view.live} .mine=${view.mine} .connect=${() => this.#visit.api.preview()} .clapTest=${this.#clapTest} .hand=${this.#hand}></framing-screen>`;
      case 'countdown': return html`<countdown-screen .session=${view.session} .startsAt=${view.startsAt}></countdown-screen>`;
      case 'recording': return html`<recording-screen .session=${view.session} .sinceAt=${view.sinceAt} .endsAt=${view.endsAt} .notices=${notices} .turning=${this.#turning}></recording-screen>`;
      case 'paused': return html`<paused-screen .session=${view.session} .why=${view.why} .closesAt=${view.closesAt}></paused-screen>`;
      case 'recordings': return html`<recordings-screen .recordings=${recordings} .copy=${copy} .mayRecord=${view.mayRecord}></recordings-screen>`;
    }
  }
}
customElements.define('lamp-kiosk', Kiosk);
