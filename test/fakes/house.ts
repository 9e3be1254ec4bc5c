/** Hardware that does as it is told at once, or not, as a test likes; and remembers what it was told, in order. */
import { Conductor } from '../../session/conductor.js';
import type {
  BeatToken, Camera, CameraPose, Microphone, MicrophoneState, Plan, Recorder, RecorderEvent, Sign, SignReport, Vault, Verified,
} from '../../session/ports.js';
import { HandClock } from './clock.js';

export const PLAN: Plan = {
  owner: 'ann', purpose: { id: 'personal-reflection', version: 1, words: 'personal reflection', audience: 'only-me' }, mode: 'picture-and-sound', lengthMs: 50 * 60_000,
};

export class FakeHouse {
  readonly clock: HandClock;
  /** Everything asked of the hardware, in order; beats and confirmations apart. */
  readonly asked: string[] = [];
  readonly beats: BeatToken[] = [];
  readonly confirmed: number[] = [];
  /** What does not answer any more. */
  readonly dead = new Set<'sign' | 'camera' | 'microphone' | 'recorder' | 'vault'>();
  lampBroken = false;
  stopPressed = false;
  report: (report: SignReport) => void = () => undefined;
  recorderEvent: (event: RecorderEvent) => void = () => undefined;
  readonly conductor: Conductor;

  /** @param makeSign where another sign than the obedient one is to be in it. @param parts what else is to be another one. */
  constructor(makeSign?: (clock: HandClock) => Sign, parts: { readonly clock?: HandClock; readonly recorder?: Recorder; readonly vault?: Vault } = {}) {
    this.clock = parts.clock ?? new HandClock();
    const sign: Sign = makeSign?.(this.clock) ?? {
      beat: (token) => {
        this.beats.push(token);
        if (this.dead.has('sign')) return;
        const { wish, issuedAt } = token;
        const lit = !this.lampBroken || wish.face.kind === 'not-recording';
        // A board answers within milliseconds.
        this.clock.after(5, () => this.report({
          kind: 'answered', requestedAt: issuedAt, wish, shown: lit, relay: this.stopPressed || !lit ? 'open' : wish.relay, stopPressed: this.stopPressed, ...(lit ? {} : { fault: 'LAMP_DARK' }),
        }));
      },
      onReport: (listener) => { this.report = listener; },
    };
    let tellCamera: (pose: Verified<CameraPose>) => void = () => undefined;
    const camera: Camera = {
      want: (pose) => {
        this.asked.push(`camera ${pose}`);
        if (!this.dead.has('camera')) this.clock.after(50, () => tellCamera({ kind: 'verified', value: pose }));
      },
      onVerified: (listener) => { tellCamera = listener; },
    };
    let tellMicrophone: (state: Verified<MicrophoneState>) => void = () => undefined;
    const microphone: Microphone = {
      want: (state) => {
        this.asked.push(`microphone ${state}`);
        if (!this.dead.has('microphone')) this.clock.after(20, () => tellMicrophone({ kind: 'verified', value: state }));
      },
      onVerified: (listener) => { tellMicrophone = listener; },
    };
    const recorder: Recorder = parts.recorder ?? {
      prepare: ({ kind }) => this.#ask(`recorder prepare ${kind}`, { kind: 'ready' }),
      open: () => this.#ask('recorder open', { kind: 'capturing' }),
      confirm: (requestedAt) => { this.confirmed.push(requestedAt); },
      stop: () => this.#ask('recorder stop', { kind: 'ended' }),
      onEvent: (listener) => { this.recorderEvent = listener; },
    };
    const vault: Vault = parts.vault ?? {
      begin: () => {
        this.asked.push('vault begin');
        return this.dead.has('vault') ? Promise.reject(new Error('disk full')) : Promise.resolve();
      },
      end: () => { this.asked.push('vault end'); return Promise.resolve(); },
    };
    this.conductor = new Conductor({ clock: this.clock, sign, camera, microphone, recorder, vault, log: () => undefined });
  }

  get phase(): string {
    return this.conductor.published.state.phase.kind;
  }

  /** Lets time pass, in steps small enough for promises to be kept in between. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      this.clock.pass(Math.min(100, left));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** From boot to the middle of a recording. */
  async record(): Promise<void> {
    await this.pass(1000);
    this.conductor.request({ kind: 'signed-in', owner: PLAN.owner });
    await this.pass(1000);
    this.conductor.request({ kind: 'start', plan: PLAN });
    await this.pass(10_000);
  }

  #ask(what: string, then: RecorderEvent): void {
    this.asked.push(what);
    if (!this.dead.has('recorder')) this.clock.after(30, () => this.recorderEvent(then));
  }
}
