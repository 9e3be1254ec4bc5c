/**
 * What the heart needs of the world: one tiny port for each thing that it
 * commands. Adapters (firmware-bridge, pipeline) point inward to here.
 *
 * All times named `…At` or of type Monotonic are CLOCK_MONOTONIC milliseconds,
 * which every process of one boot shares. Wall-clock time is a Date.
 */

/** Milliseconds of CLOCK_MONOTONIC (clock_gettime(2)), fractions allowed. */
export type Monotonic = number;

export interface Clock {
  now(): Monotonic;
  /** Wall-clock time: for display and expiry only, never for durations. */
  wall(): Date;
  /** Calls back once, `ms` from now; returns how to cancel that. */
  after(ms: number, callback: () => void): () => void;
}

/** Who may watch what a purpose records (P6.1). */
export type Audience = 'only-me' | 'colleagues-i-choose';

/** A purpose as chosen at start; bound to the session for ever (P7.2). */
export interface Purpose {
  readonly id: string;
  readonly version: number;
  /** The words that sign, kiosk and visitor page show. */
  readonly words: string;
  readonly audience: Audience;
}

/** What is captured (P9.4). `blurred`: picture and sound, everything blurred before it is encoded. */
export const MODES = ['picture-and-sound', 'sound-only', 'picture-only', 'blurred'] as const;
export type Mode = typeof MODES[number];

/** What the sign is to say. Picture and light are derived from this alone. */
export type Face =
  | { readonly kind: 'not-recording' }
  | { readonly kind: 'camera-on' }
  | { readonly kind: 'recording'; readonly purpose: string; readonly audience: Audience; readonly mode: Mode }
  | { readonly kind: 'paused' };

/** The relay in the capture path: normally open, so that no power means open. */
export type Relay = 'open' | 'closed';

/** What the sign is asked for with a beat. */
export interface SignWish {
  readonly face: Face;
  readonly relay: Relay;
  /** The face that is likely to be wished next: it is carried to the panel ahead, and not shown. */
  readonly next?: Face;
}

/**
 * Leave to beat. Only the conductor makes them, after its queue has moved; the
 * sign bridge sends no beat for a token older than 500 ms.
 */
export interface BeatToken {
  readonly issuedAt: Monotonic;
  readonly wish: SignWish;
}

/** What one answered beat, or the want of one, says about the sign. */
export type SignReport =
  | {
      readonly kind: 'answered';
      /** When the beat that this answers was written to the line. */
      readonly requestedAt: Monotonic;
      /** The wish that went with that beat. */
      readonly wish: SignWish;
      /** Lamp measured as that wish commands and its face on the glass, by this boot of a paired board. */
      readonly shown: boolean;
      /** By the mirror contact, the worst since the previous answered beat. */
      readonly relay: Relay | 'unproven';
      /** The Stop button, latched by the firmware until it is released by an arm. */
      readonly stopPressed: boolean;
      /** Why `shown` is false, where that is known. */
      readonly fault?: FaultCode;
    }
  /** The Stop button, told by the board at once. Stopping is always safe, so it needs no proof. */
  | { readonly kind: 'button' }
  | { readonly kind: 'lost'; readonly fault: FaultCode };

export interface Sign {
  beat(token: BeatToken): void;
  onReport(listener: (report: SignReport) => void): void;
}

/** `parked`: turned aside and in standby. `aside`: powered, turned aside. `view`: at the chosen view. */
export type CameraPose = 'parked' | 'aside' | 'view';

export type Verified<T> =
  | { readonly kind: 'verified'; readonly value: T }
  | { readonly kind: 'unverified'; readonly fault?: FaultCode };

export interface Camera {
  /** Says what is wanted; the adapter repeats, verifies and re-verifies. The last wish wins. */
  want(pose: CameraPose): void;
  /** Each read-back, and each loss of certainty. */
  onVerified(listener: (pose: Verified<CameraPose>) => void): void;
}

export type MicrophoneState = 'muted' | 'open';

export interface Microphone {
  want(state: MicrophoneState): void;
  onVerified(listener: (state: Verified<MicrophoneState>) => void): void;
}

/** What a recorder process is made for. Nothing here is secret. */
export type RecorderJob =
  | { readonly kind: 'framing' }
  | { readonly kind: 'part'; readonly plan: Plan };

export type RecorderEvent =
  /** Forked, loaded, no device open. */
  | { readonly kind: 'ready' }
  /** The first media have come out of the devices. */
  | { readonly kind: 'capturing' }
  /** The process is gone, so every device that it had is closed. */
  | { readonly kind: 'ended'; readonly fault?: FaultCode }
  /** Goes on, but the people in the room should know. */
  | { readonly kind: 'warning'; readonly fault: FaultCode }
  /** The warned-of trouble is over. */
  | { readonly kind: 'cleared'; readonly fault: FaultCode };

export interface Recorder {
  /** Forks the process; it opens no device until `open`. */
  prepare(job: RecorderJob): void;
  /** The sign is confirmed: open the devices, under a lease that starts at `requestedAt`. */
  open(requestedAt: Monotonic): void;
  /** Carries the lease on; what came in before `requestedAt` may be kept. */
  confirm(requestedAt: Monotonic): void;
  /** End of stream now, SIGKILL after 250 ms; `ended` follows within 500 ms. */
  stop(): void;
  onEvent(listener: (event: RecorderEvent) => void): void;
}

/** What a teacher settled before start. Fixed for the whole session (P7.2). */
export interface Plan {
  /** Enrolled teacher's id; random, no name. */
  readonly owner: string;
  readonly purpose: Purpose;
  readonly mode: Mode;
  /** How long the session may last (P2.6: 120 minutes at most). */
  readonly lengthMs: number;
}

/** The sessions on disk. The recorder writes the parts; this opens and closes the session around them. */
export interface Vault {
  /** Makes the session's folder and signed start record; resolved when both are on the disk. */
  begin(plan: Plan): Promise<void>;
  /** Signs the end record. Harmless where no session is open. */
  end(): Promise<void>;
}

export type FaultCode = keyof typeof import('./faults.js').FAULTS;
