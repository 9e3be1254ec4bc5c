/**
 * One person's visit at the screen, from names to signing out: what the stream
 * said, how far they have got, and what becomes of what they ask for.
 */
import type { Recording, Refusal, SignInReply, SteeringState, TeacherName } from '../protocol.js';
import type { Language } from '../protocol/common.js';
import type { StewardReply } from '../protocol/school.js';
import { Api, RefusedError } from './api.js';
import type { Ask } from './ask.js';
import { NOTHING_CHOSEN, type Chosen } from './chosen.js';
import { asSeen, lengthOf, withViews, type Draft } from './draft.js';
import type { PageDesk } from './page.js';
import type { Who } from './page-names.js';
import { firstStep, isParked, settle, startStep, viewOf, type Seen, type Step, type View } from './view.js';

export interface Standing {
  readonly seen: Seen;
  readonly step: Step;
  /** The sign-in that this page holds; of a teacher or of a steward, never of both. */
  readonly me: SignInReply | null;
  readonly steward: StewardReply | null;
  /** When the sign-in ends if nobody touches the screen, on this page's clock. */
  readonly idleEndsAt: number;
  readonly names: readonly TeacherName[];
  readonly recordings: readonly Recording[] | null;
  /** What was asked and is not answered yet. */
  readonly busy: Ask['ask'] | null;
  readonly refusal: Refusal | null;
  readonly chosen: Chosen;
}

/** Nothing of anyone's. */
const NOBODY = { me: null, steward: null, idleEndsAt: Infinity, recordings: null, step: { step: 'ready' } } as const;

/** P9.5: so long after the last touch the room speaks its own language again, in letters and as loudly as for everyone. */
const CHOSEN_KEPT_MS = 60_000;

/** Touches closer together than this are told to the server once. */
const TOUCH_MS = 5000;

export class Visit {
  readonly api = new Api();
  readonly #changed: () => void;
  #now: Standing = { ...NOBODY, chosen: NOTHING_CHOSEN, seen: { link: 'connecting', state: null, at: performance.now() }, names: [], busy: null, refusal: null };
  #touchedAt = 0;
  /** While framing, and until that has ended. */
  #steering: SteeringState | undefined;
  #strangerLeft: ReturnType<typeof setTimeout> | undefined;

  /** `changed` is called after each change of `now`. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get now(): Standing {
    return this.#now;
  }

  get who(): Who {
    return this.#now.me !== null ? 'teacher' : this.#now.steward !== null ? 'steward' : 'nobody';
  }

  /** The language to show: what was chosen here, else the signed-in teacher's, else the room's. */
  get language(): Language {
    const { chosen, me, seen } = this.#now;
    return chosen.language ?? me?.language ?? seen.state?.room.languages[0] ?? 'en';
  }

  /** What a page of this moment may do. */
  get desk(): PageDesk {
    const { me, steward, seen } = this.#now;
    return { ...this.#acts, me, steward, parked: isParked(seen) };
  }

  /** The acts of a page; the same ones always, so that a page can hold on to them. */
  readonly #acts: Omit<PageDesk, 'me' | 'steward' | 'parked'> = {
    call: (path, body, bearer) => this.#forPage(this.api.call(path, body, bearer), bearer === undefined),
    look: (path) => this.#forPage(this.api.look(path), true),
    watch: (path) => this.#forPage(this.api.look(path), 'by itself'),
    collect: (recordings, onLine) => this.#forPage(this.api.collect(recordings, (line) => {
      this.#stayed(); // as the recorder has it: whoever waits for a copy is not idle
      onLine(line);
    }), true),
    welcome: (me) => this.#welcome(me),
    welcomeSteward: (steward) => this.#welcomeSteward(steward),
    refresh: async () => {
      const { me } = this.#now;
      if (me === null) return;
      const now = await this.#forPage(this.api.look('/api/me'), true);
      // Somebody else may have signed in, or nobody be there, since it was asked.
      if (this.#now.me === me) this.#become({ me: { ...me, ...now } });
    },
    stillHere: () => this.touched(),
    go: (step) => void this.do({ ask: 'go', step }),
    signOut: () => void this.do({ ask: 'sign-out' }),
  };

  /** A page shows its own refusals; a sign-in that has ended is everybody's to know. */
  async #forPage<T>(answer: Promise<T>, signedIn: boolean | 'by itself'): Promise<T> {
    const { me, steward } = this.#now;
    try {
      const given = await answer;
      if (signedIn === true) this.#stayed();
      return given;
    } catch (error) {
      const same = me === this.#now.me && steward === this.#now.steward;
      if (signedIn !== false && same && this.who !== 'nobody' && error instanceof RefusedError && error.status === 401) {
        this.#forget();
        this.#become({ refusal: error.refusal });
      }
      throw error;
    }
  }

  /** What the stream says now. Another build on the server means another page. */
  hear(seen: Seen): void {
    const before = this.#now.seen.state;
    const screen = this.#screen;
    if (before !== null && seen.state !== null && before.buildHash !== seen.state.buildHash) return location.reload();
    if (this.#now.me !== null && before?.signedIn === true && seen.state?.signedIn === false) this.#forget();
    // The stream tells of teachers only.
    if (this.#now.steward !== null && performance.now() >= this.#now.idleEndsAt) this.#forget();
    this.#become({ seen, step: settle(this.#now.step, seen, this.who) });
    if (seen.state !== null && seen.state.phase.kind !== 'framing') this.#framed();
    // What was refused was asked for on a screen that the room has left behind.
    if (this.#screen !== screen) this.#become({ refusal: null });
  }

  /** What the teacher sees while framing. */
  steered(steering: SteeringState): void {
    this.#steering = steering;
  }

  /** By whichever way framing ended: by a touch, by its time, by a fault. */
  #framed(): void {
    const steering = this.#steering;
    const { me, step } = this.#now;
    this.#steering = undefined;
    if (steering !== undefined && me !== null && 'draft' in step) this.#become({ me: withViews(me, steering), step: { ...step, draft: asSeen(step.draft, steering) } });
  }

  /** Any touch keeps whoever is signed in. */
  touched(): void {
    const at = performance.now();
    clearTimeout(this.#strangerLeft);
    if (this.who === 'nobody' && this.#now.chosen !== NOTHING_CHOSEN) this.#strangerLeft = setTimeout(() => { if (this.who === 'nobody') this.#become({ chosen: NOTHING_CHOSEN }); }, CHOSEN_KEPT_MS);
    if (this.who === 'nobody' || at - this.#touchedAt < TOUCH_MS) return;
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
      case 'frame': return await this.api.call('/api/frame', { view: asked.view });
      case 'stop-framing': return await this.api.call('/api/stop-framing', {});
      case 'still-here': return await this.api.call('/api/still-here', {});
      case 'sign-in':
        this.#welcome(await this.api.call('/api/sign-in', { teacher: asked.teacher, pin: asked.pin }));
        return await this.#go(this.#first());
      case 'sign-out':
        await this.api.call('/api/sign-out', {});
        return this.#forget();
      case 'start': {
        const { purpose, mode, view, ends } = asked.draft;
        const lengthMinutes = lengthOf(ends, new Date());
        if (lengthMinutes === null) return;
        // P9.3: the one touch that starts is on the screen that says all four lines.
        const told = { class: true, otherAdults: true, visitors: true, outOfPicture: true } as const;
        await this.api.call('/api/start', { purpose: purpose.id, mode, view, lengthMinutes, told });
        return this.#forget();
      }
      case 'carry-on': return await this.api.call('/api/carry-on', { pin: asked.pin });
      case 'finish': {
        const { finished, ...me } = await this.api.call('/api/finish', { pin: asked.pin });
        this.#welcome(me);
        return await this.#go(finished === null ? { step: 'recordings' } : { step: 'saved', recording: finished });
      }
      case 'choose':
        this.#become({ chosen: { ...this.#now.chosen, ...asked.chosen } });
        // From the choice on: the touch that made it was over before.
        return this.touched();
      case 'view': case 'forget-view': return await this.api.call(`/api/${asked.ask}`, { view: asked.view });
      case 'save-view': return await this.api.call('/api/save-view', { name: asked.name });
      case 'cover': return await this.api.call('/api/cover', { covers: asked.covers });
      case 'gain': return await this.api.call('/api/gain', { dB: asked.dB });
    }
  }

  async #go(wanted: Step): Promise<void> {
    // In a blocked room there is no way to a start, and the recordings stay in reach.
    const { me } = this.#now;
    const blocked = this.#now.seen.state?.phase.kind === 'blocked';
    const step: Step = wanted.step !== 'purpose' || me === null ? wanted : blocked ? { step: 'recordings' } : startStep(me);
    if (step.step === 'names') this.#become({ names: (await this.api.look('/api/names')).names });
    if (step.step === 'recordings' || step.step === 'saved') this.#become({ recordings: (await this.api.look('/api/recordings')).recordings });
    const before = this.#now.step;
    this.#become({ step });
    // The face goes ahead to the sign while people are told. Nobody waits for that: without it the start takes longer.
    if (step.step === 'plan' && !(before.step === 'told' || (before.step === 'plan' && isSameFace(before.draft, step.draft)))) void this.api.call('/api/choose', { purpose: step.draft.purpose.id, mode: step.draft.mode }).catch(() => undefined);
  }

  #welcome(me: SignInReply): void {
    this.api.keepToken(me.token);
    this.#become({ me, steward: null });
    this.#stayed();
  }

  #welcomeSteward(steward: StewardReply): void {
    this.api.keepToken(steward.token);
    this.#become({ me: null, recordings: null, steward });
    this.#stayed();
  }

  /** Where the signed-in teacher goes first. */
  #first(): Step {
    const { me, seen } = this.#now;
    return me === null ? { step: 'ready' } : firstStep(me, seen.state?.phase.kind !== 'blocked');
  }

  /** Signed out, by whichever way. */
  #forget(): void {
    this.api.keepToken('');
    // The words about a start come when the one who started is signed out.
    this.#become({ ...NOBODY, chosen: { ...NOTHING_CHOSEN, volume: this.#now.chosen.volume } });
    this.touched();
  }

  #stayed(): void {
    this.#become({ idleEndsAt: performance.now() + ((this.#now.me ?? this.#now.steward)?.idleMs ?? Infinity) });
  }

  get #screen(): View['screen'] {
    const { seen, step } = this.#now;
    return viewOf(seen, step, this.who).screen;
  }

  #become(change: Partial<Standing>): void {
    this.#now = { ...this.#now, ...change };
    this.#changed();
  }
}

const isSameFace = (one: Draft, other: Draft): boolean => one.purpose.id === other.purpose.id && one.mode === other.mode;
