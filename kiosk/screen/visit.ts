/**
 * One person's visit at the screen, from names to signing out: what the stream
 * said, how far they have got, and what becomes of what they ask for.
 */
import type { Recording, Refusal, SignInReply, TeacherName } from '../protocol.js';
import { Api, RefusedError } from './api.js';
import type { Ask } from './ask.js';
import type { Copy } from './screens/recordings.js';
import { settle, viewOf, type Seen, type Step, type TickName, type View } from './view.js';

export interface Standing {
  readonly seen: Seen;
  readonly step: Step;
  /** The sign-in that this page holds. */
  readonly me: SignInReply | null;
  /** When the sign-in ends if nobody touches the screen, on this page's clock. */
  readonly idleEndsAt: number;
  readonly names: readonly TeacherName[];
  readonly recordings: readonly Recording[] | null;
  readonly copy: Copy | null;
  /** What was asked and is not answered yet. */
  readonly busy: Ask['ask'] | null;
  readonly refusal: Refusal | null;
}

/** Nothing of a teacher's. */
const NOBODY = { me: null, idleEndsAt: Infinity, recordings: null, copy: null, step: { step: 'ready' } } as const;

/** Touches closer together than this are told to the server once. */
const TOUCH_MS = 5000;

export class Visit {
  readonly api = new Api();
  readonly #changed: () => void;
  #now: Standing = { ...NOBODY, seen: { link: 'connecting', state: null, at: performance.now() }, names: [], busy: null, refusal: null };
  #touchedAt = 0;

  /** `changed` is called after each change of `now`. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get now(): Standing {
    return this.#now;
  }

  /** What the stream says now. Another build on the server means another page. */
  hear(seen: Seen): void {
    const before = this.#now.seen.state;
    const screen = this.#screen;
    if (before !== null && seen.state !== null && before.buildHash !== seen.state.buildHash) return location.reload();
    if (before?.signedIn === true && seen.state?.signedIn === false) this.#forget();
    this.#become({ seen, step: settle(this.#now.step, seen, this.#now.me !== null) });
    // What was refused was asked for on a screen that the room has left behind.
    if (this.#screen !== screen) this.#become({ refusal: null });
  }

  /** Any touch keeps the teacher signed in. */
  touched(): void {
    const at = performance.now();
    if (this.#now.me === null || at - this.#touchedAt < TOUCH_MS) return;
    this.#touchedAt = at;
    this.api.call('/api/still-here', {}).then(() => this.#stayed(), () => undefined);
  }

  /** Does what a screen asks for. A refusal ends up in `now`. */
  async do(asked: Ask): Promise<void> {
    this.#become({ refusal: null, busy: asked.ask });
    try {
      await this.#ask(asked);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (error.status === 401) this.#forget();
      this.#become({ refusal: error.refusal });
    } finally {
      this.#become({ busy: null });
    }
  }

  async #ask(asked: Ask): Promise<unknown> {
    switch (asked.ask) {
      case 'go': return await this.#go(asked.step);
      case 'stop': return await this.api.call('/api/stop', {});
      case 'frame': return await this.api.call('/api/frame', {});
      case 'stop-framing': return await this.api.call('/api/stop-framing', {});
      case 'still-here': return await this.api.call('/api/still-here', {});
      case 'sign-in':
        this.#welcome(await this.api.call('/api/sign-in', { teacher: asked.teacher, pin: asked.pin }));
        return await this.#go({ step: this.#now.seen.state?.phase.kind === 'blocked' ? 'recordings' : 'purpose' });
      case 'sign-out':
        await this.api.call('/api/sign-out', {});
        return this.#forget();
      case 'start': {
        const { purpose, lengthMinutes, ticks } = asked.draft;
        // What is not ticked is left out, and the server refuses a start without it.
        const told = Object.fromEntries(ticks.map((name) => [name, true])) as Record<TickName, true>;
        await this.api.call('/api/start', { purpose: purpose.id, lengthMinutes, told });
        return this.#forget();
      }
      case 'carry-on': return await this.api.call('/api/carry-on', { pin: asked.pin });
      case 'finish':
        this.#welcome(await this.api.call('/api/finish', { pin: asked.pin }));
        return await this.#go({ step: 'recordings' });
      case 'view': case 'forget-view': return await this.api.call(`/api/${asked.ask}`, { view: asked.view });
      case 'save-view': return await this.api.call('/api/save-view', { name: asked.name });
      case 'cover': return await this.api.call('/api/cover', { covers: asked.covers });
      case 'gain': return await this.api.call('/api/gain', { dB: asked.dB });
      case 'collect': return await this.#collect(asked.recording);
    }
  }

  async #go(step: Step): Promise<void> {
    if (step.step === 'names') this.#become({ names: (await this.api.look('/api/names')).names });
    if (step.step === 'recordings') this.#become({ copy: null, recordings: (await this.api.look('/api/recordings')).recordings });
    const before = this.#now.step;
    this.#become({ step });
    // The face goes ahead to the sign while the list is ticked. Nobody waits for that: without it the start takes longer.
    if (step.step === 'told' && before.step !== 'told') void this.api.call('/api/choose', { purpose: step.draft.purpose.id }).catch(() => undefined);
  }

  async #collect(recording: string): Promise<void> {
    this.#become({ copy: { recording, line: null } });
    await this.api.collect(recording, (line) => {
      if (line.kind === 'refused') this.#become({ copy: null, refusal: line });
      else this.#become({ copy: { recording, line } });
      this.#stayed();
    });
  }

  #welcome(me: SignInReply): void {
    this.api.keepToken(me.token);
    this.#become({ me });
    this.#stayed();
  }

  /** Signed out, by whichever way. */
  #forget(): void {
    this.api.keepToken('');
    this.#become(NOBODY);
  }

  #stayed(): void {
    this.#become({ idleEndsAt: performance.now() + (this.#now.me?.idleMs ?? Infinity) });
  }

  get #screen(): View['screen'] {
    const { seen, step, me } = this.#now;
    return viewOf(seen, step, me !== null).screen;
  }

  #become(change: Partial<Standing>): void {
    this.#now = { ...this.#now, ...change };
    this.#changed();
  }
}
