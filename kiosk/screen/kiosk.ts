import { msg } from '@lit/localize';
import { css, html, LitElement } from 'lit';
import type { Language } from '../protocol/common.js';
import { LampElement } from './element.js';
import { loadAllParts, loadPart } from './parts.js';
import type { SteeringState, Trouble } from '../protocol.js';
import { AskEvent } from './ask.js';
import { GAINS } from './chosen.js';
import type { ClapTest } from './controls/clap-test.js';
import type { Heard } from './controls/meter.js';
import type { OwnersActs } from './controls/owner.js';
import { feed } from './feed.js';
import { frame } from './frame.js';
import { currentLanguage } from './language/language.js';
import { useLanguage } from './language/locale.js';
import { Hand } from './steer.js';
import type { Page } from './page.js';
import { Player } from './player.js';
import { steadyHands } from './steady.js';
import { announcementOf, noticesOf, viewOf, type Seen, type View } from './view.js';
import { Visit } from './visit.js';
import './controls/idle-bar.js';
import './controls/larger-text.js';
import './controls/troubles.js';
import './screens/blocked.js';
import './screens/countdown.js';
import './screens/lost.js';
import './screens/notice.js';
import './screens/paused.js';
import './screens/ready.js';
import './screens/recording.js';

/** RECORDING stays on top of whatever else there is to say, and a keypad does not move. */
const SAY_IT_THEMSELVES: ReadonlySet<View['screen']> = new Set(['recording', 'pin']);

/** Twice in the half second after which the camera stops by itself. */
const DRIVE_EACH_MS = 200;

const noSound = (): Trouble => ({ code: 'NO_SOUND', sentence: msg('This screen plays no sound.'), remedy: msg('Touch it once; if it stays silent, tell the technician: the browser must be allowed to play sound.') });

const MM_IN_INCH = 25.4;

/** The service takes a page that is silent for 30 s for dead. */
const ALIVE_EACH_MS = 5000;

/** Draws the screen that follows from the stream and the visit, and hands on what the screens ask for. */
class Kiosk extends LampElement {
  static override styles = [frame, css`
    :host { display: grid; grid-template-rows: auto minmax(0, 1fr) auto; height: 100%; }
    .told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  `];

  readonly #visit = new Visit(() => this.requestUpdate());
  readonly #clapTest: ClapTest = {
    listen: () => this.#visit.api.call('/api/clap', {}),
    settle: async (soundAtMs, pictureAtMs) => (await this.#visit.api.call('/api/clap-seen', { soundAtMs, pictureAtMs })).offsetMs,
  };
  readonly #onSteering = (steering: SteeringState): void => this.#visit.steered(steering);
  readonly #mark = async (): Promise<void> => { await this.#visit.api.call('/api/mark', {}); };
  readonly #ownersActs: OwnersActs = {
    views: () => this.#visit.api.look('/api/views'),
    turn: (pin, view) => this.#visit.api.call('/api/turn', { pin, view }),
    pause: (pin) => this.#visit.api.call('/api/pause', { pin }),
    extend: (pin, minutes) => this.#visit.api.call('/api/extend', { pin, minutes }),
  };
  readonly #hand = new Hand({
    drive: (speeds) => this.#visit.api.call('/api/steer', { ...speeds }),
    stop: () => this.#visit.api.call('/api/steer-stop', {}),
    repeat: (again) => {
      const timer = setInterval(again, DRIVE_EACH_MS);
      return () => clearInterval(timer);
    },
  });
  readonly #player = new Player({
    say: (text, language, signal) => this.#visit.api.say(text, language, signal),
    onSound: (works) => { this.#silent = !works; this.requestUpdate(); },
  });
  /** The browser plays nothing; whoever is here is to know that they will hear nothing. */
  #silent = false;
  #spoken = '';
  #focused: LitElement | undefined;
  #heard: Heard | null = null;

  constructor() {
    super();
    this.addEventListener(AskEvent.type, (event) => { if (event instanceof AskEvent) void this.#visit.do(event.ask); });
    for (const touch of ['pointerdown', 'pointerup', 'keydown']) this.addEventListener(touch, () => this.#visit.touched());
    steadyHands(window);
    for (const unwanted of ['contextmenu', 'dragstart']) this.addEventListener(unwanted, (event) => event.preventDefault());
    window.addEventListener('pagehide', () => this.#visit.api.signOutOnLeaving());
    feed((seen) => { this.#visit.hear(seen); this.#hear(seen); }, (peakDb) => { this.#heard = { peakDb, at: performance.now() }; this.requestUpdate(); });
    // Asked for between two pictures: a page that draws nothing any more does not beat.
    setInterval(() => requestAnimationFrame(() => void this.#visit.api.call('/api/alive', {}).catch(() => undefined)), ALIVE_EACH_MS);
    loadAllParts();
    // For whoever does not look or touch: from the first quiet moment on.
    void import('./five-keys/five-keys.js').then(({ fiveKeys }) => fiveKeys({
      root: this,
      speak: (text, language) => void this.#player.say(text, language as Language),
      hush: () => this.#player.hush(),
      tick: () => this.#player.tick(),
      isIdle: () => this.#visit.who === 'nobody' && this.#view.screen === 'ready',
      stop: () => this.#visit.api.call('/api/stop', {}),
    }));
  }

  override render() {
    const { seen, idleEndsAt, refusal, chosen: { largerText } } = this.#visit.now;
    const view = this.#view;
    const notices = noticesOf(view, refusal, [...seen.state?.warnings ?? [], ...this.#silent ? [noSound()] : []]);
    const banner = SAY_IT_THEMSELVES.has(view.screen) ? [] : notices;
    const { text, urgent } = announcementOf(view);
    return html`
      <div class="told" role="status" aria-live=${urgent ? 'assertive' : 'polite'}>${text}</div>
      <div class=${banner.length === 0 ? '' : 'banner'}><lamp-troubles role="status" .items=${banner}></lamp-troubles></div>
      <div class="screen ${largerText ? 'larger' : ''}">${this.#screen(view, notices)}</div>
      ${this.#visit.who === 'nobody' ? '' : html`<lamp-idle .endsAt=${idleEndsAt} .lookEndsAt=${view.screen === 'framing' ? view.endsAt : Infinity}></lamp-idle>`}
      ${largerText ? html`<lamp-larger></lamp-larger>` : ''}`;
  }

  get #view(): View {
    const { seen, step } = this.#visit.now;
    return viewOf(seen, step, this.#visit.who);
  }

  /** A new screen is read out from its heading on. */
  protected override updated(): void {
    void useLanguage(this.#visit.language);
    const { largerText, steady, volume } = this.#visit.now.chosen;
    const { dataset } = document.documentElement;
    dataset['text'] = largerText ? 'larger' : 'usual';
    dataset['touch'] = steady ? 'steady' : 'usual';
    dataset['volume'] = volume;
    this.#player.becomes(GAINS[volume]);
    const screen = this.renderRoot.querySelector('.screen')?.firstElementChild;
    if (screen?.matches(':not(:defined)') === true) return loadPart(screen.localName, () => this.requestUpdate());
    if (screen === this.#focused || !(screen instanceof LitElement)) return;
    this.#focused = screen;
    void screen.updateComplete.then(() => screen.renderRoot.querySelector('h1')?.focus());
  }

  /** P9.2: the room hears its languages, whatever the screen is read in. What the room tells of itself is taken over here, and not at each drawing. */
  #hear(seen: Seen): void {
    const languages = seen.state?.room.languages;
    if (languages !== undefined && languages.join() !== this.#spoken) {
      this.#spoken = languages.join();
      // The keyboard offers these.
      document.documentElement.dataset['languages'] = languages.join(' ');
      void this.#player.load(languages);
    }
    this.#player.hear(seen);
    this.#measure();
  }

  /** How many px a millimetre of this panel has, so that targets are as large as a finger on each. */
  #measure(): void {
    const diagonal = this.#visit.now.seen.state?.room.diagonalInches ?? null;
    if (diagonal !== null) document.documentElement.style.setProperty('--mm', `${Math.hypot(screen.width, screen.height) / (diagonal * MM_IN_INCH)}px`);
  }

  #screen(view: View, notices: readonly Trouble[]) {
    const { me, names, recordings, busy, seen: { state } } = this.#visit.now;
    switch (view.screen) {
      case 'notice': return html`<notice-screen .notice=${view.notice}></notice-screen>`;
      case 'lost': return html`<lost-screen></lost-screen>`;
      case 'blocked': return html`<blocked-screen .reasons=${view.reasons} .setUp=${state?.setUp === true}></blocked-screen>`;
      case 'ready': return html`<ready-screen .room=${state?.room.name ?? ''} .someoneSignedIn=${view.someoneSignedIn} .setUp=${view.setUp} .about=${`Lamplight ${state?.version ?? ''}, build ${state?.buildHash ?? ''}`}></ready-screen>`;
      case 'names': return html`<names-screen .names=${names}></names-screen>`;
      case 'pin': return html`<pin-screen .pinFor=${view.pinFor} .refusal=${notices[0] ?? null} .busy=${busy === 'sign-in' || busy === 'carry-on' || busy === 'finish'}></pin-screen>`;
      case 'purpose': return html`<purpose-screen .me=${me}></purpose-screen>`;
      case 'plan': return html`<plan-screen .me=${me} .draft=${view.draft} .busy=${busy === 'frame'}></plan-screen>`;
      case 'told': return html`<told-screen .draft=${view.draft} .busy=${busy === 'start'}></told-screen>`;
      case 'saved': return html`<saved-screen .recording=${recordings?.find(({ id }) => id === view.recording)}></saved-screen>`;
      case 'framing': return html`<framing-screen .live=${view.live} .mine=${view.mine} .connect=${() => this.#visit.api.preview()} .onSteering=${this.#onSteering} .clapTest=${this.#clapTest} .hand=${this.#hand}></framing-screen>`;
      case 'countdown': return html`<countdown-screen .session=${view.session} .startsAt=${view.startsAt}></countdown-screen>`;
      case 'recording': return html`<recording-screen .mark=${this.#mark} .session=${view.session} .sinceAt=${view.sinceAt} .endsAt=${view.endsAt} .notices=${notices} .heard=${this.#heard} .acts=${this.#ownersActs}></recording-screen>`;
      case 'paused': return html`<paused-screen .session=${view.session} .why=${view.why} .closesAt=${view.closesAt}></paused-screen>`;
      case 'recordings': return html`<recordings-screen .desk=${this.#visit.desk} .recordings=${recordings} .mayRecord=${view.mayRecord}></recordings-screen>`;
      case 'page': return this.#page(view.page);
    }
  }

  #page(page: Page) {
    const { desk } = this.#visit;
    switch (page.page) {
      case 'code': return html`<code-page .desk=${desk} .page=${page}></code-page>`;
      case 'visitor': return html`<visitor-page .desk=${desk} .page=${page} .speak=${(text: string) => this.#player.say(text, currentLanguage())} .hush=${() => this.#player.hush()}></visitor-page>`;
      case 'leave-request': return html`<leave-request-page .desk=${desk} .page=${page}></leave-request-page>`;
      case 'set-up': return html`<set-up-page .desk=${desk} .page=${page}></set-up-page>`;
      case 'steward-sign-in': return html`<steward-sign-in-page .desk=${desk} .page=${page}></steward-sign-in-page>`;
      case 'enrol': return html`<enrol-page .desk=${desk} .page=${page}></enrol-page>`;
      case 'welcome': return html`<welcome-page .desk=${desk} .page=${page}></welcome-page>`;
      case 'accept-code': return html`<accept-code-page .desk=${desk} .page=${page}></accept-code-page>`;
      case 'training': return html`<training-page .desk=${desk} .page=${page}></training-page>`;
      case 'prove-key': return html`<prove-key-page .desk=${desk} .page=${page}></prove-key-page>`;
      case 'account': return html`<account-page .desk=${desk} .page=${page}></account-page>`;
      case 'change-key': return html`<change-key-page .desk=${desk} .page=${page}></change-key-page>`;
      case 'unlock': return html`<unlock-page .desk=${desk} .page=${page}></unlock-page>`;
      case 'purposes': return html`<purposes-page .desk=${desk} .page=${page}></purposes-page>`;
      case 'propose': return html`<propose-page .desk=${desk} .page=${page}></propose-page>`;
      case 'requests': return html`<requests-page .desk=${desk} .page=${page}></requests-page>`;
      case 'lead': return html`<lead-page .desk=${desk} .page=${page}></lead-page>`;
      case 'collect': return html`<collect-page .desk=${desk} .page=${page}></collect-page>`;
      case 'steward': return html`<steward-page .desk=${desk} .page=${page}></steward-page>`;
    }
  }
}
customElements.define('lamp-kiosk', Kiosk);
