/** What the machine knows (`Room`) and where a session stands (`Phase`). Data only; the rules are in machine.ts. */
import type { CameraPose, Face, FaultCode, MicrophoneState, Monotonic, Plan, Relay } from './ports.js';

export interface State {
  readonly phase: Phase;
  readonly room: Room;
}

/** The hardware as last read back. `null` is unknown, and unknown is unsafe. */
export interface Room {
  /** The face that the sign last proved, and when that proof was asked for. */
  readonly shown: { readonly face: Face; readonly requestedAt: Monotonic } | null;
  /** Why the sign is not proven, where known. */
  readonly signFault: FaultCode | null;
  readonly relay: Relay | null;
  /** The Stop button is latched in the board. */
  readonly stopPressed: boolean;
  readonly camera: CameraPose | null;
  readonly cameraFault: FaultCode | null;
  readonly microphone: MicrophoneState | null;
  readonly microphoneFault: FaultCode | null;
  /** `busy`: forked, or ending. */
  readonly recorder: 'none' | 'busy' | 'ready' | 'capturing';
  /** Why the last recorder process ended, where it did not end as asked. */
  readonly recorderFault: FaultCode | null;
  /** Faults that the recorder told and has not cleared. */
  readonly recorderWarnings: readonly FaultCode[];
}

/** A session, from the first announcement until its end record. */
export interface Session {
  readonly plan: Plan;
  /** The session's folder and start record are on the disk. */
  readonly begun: boolean;
  /** When it ends by itself; null until the first frame. */
  readonly endsAt: Monotonic | null;
  /** Beyond this nobody extends it (P2.6); null until the first frame. */
  readonly latest: Monotonic | null;
}

/** The order in which capture opens, the same for framing and for a part. */
export type Opening = 'unmuting' | 'connecting' | 'opening';

export type Phase =
  /** After boot: nothing is known until everything has been read back. */
  | { readonly kind: 'checking'; readonly until: Monotonic }
  /** At rest. `settleBy`: by when the room must be proven at rest. */
  | { readonly kind: 'idle'; readonly settleBy: Monotonic }
  /** At rest, but something cannot be proven; the reasons are `troubles(room)`. */
  | { readonly kind: 'blocked' }
  /** A teacher is signed in; the camera is powered and still turned aside. Not capture. `chosen`: the face that a start would show. */
  | { readonly kind: 'waking'; readonly owner: string; readonly chosen: Face | null; readonly until: Monotonic }
  | { readonly kind: 'framing'; readonly owner: string; readonly chosen: Face | null; readonly step: 'confirming' | Opening | 'live'; readonly until: Monotonic }
  | { readonly kind: 'announcing'; readonly session: Session; readonly countdownEndsAt: Monotonic; readonly until: Monotonic }
  | { readonly kind: 'starting'; readonly session: Session; readonly step: Opening; readonly until: Monotonic }
  | { readonly kind: 'recording'; readonly session: Session; readonly since: Monotonic; readonly endsAt: Monotonic }
  | { readonly kind: 'paused'; readonly session: Session; readonly why: PauseReason; readonly until: Monotonic; /** Beyond this no wait puts it off. */ readonly latest: Monotonic }
  | {
      readonly kind: 'stopping';
      /** `ending`: the recorder; `disconnecting`: the relay; `securing`: microphone and camera. */
      readonly step: 'ending' | 'disconnecting' | 'securing';
      /** What the sign goes on saying until all is secured. */
      readonly face: Face;
      readonly then: Then;
      readonly until: Monotonic;
    }
  | { readonly kind: 'gone' };

export type PauseReason =
  | { readonly by: 'owner' }
  | { readonly by: 'room' }
  | { readonly by: 'fault'; readonly fault: FaultCode };

/** Where a stop leads once everything is closed. */
export type Then =
  | { readonly to: 'idle'; readonly fault: FaultCode | null }
  | { readonly to: 'waking'; readonly owner: string; readonly chosen: Face | null; readonly fault: FaultCode | null }
  | { readonly to: 'announcing'; readonly plan: Plan }
  | { readonly to: 'paused'; readonly session: Session; readonly why: PauseReason }
  | { readonly to: 'gone' };

/** How long each wait may last, in milliseconds. */
export const LIMITS = {
  /** The lease: a good STATUS confirms for this long after it was asked for. */
  lease: 1500,
  /** Boot: the sign tests its lamp and draws, the camera turns and parks. */
  checking: 60_000,
  /** Back to rest: the panel's refresh (about 4 s) and the camera's way to standby. */
  settling: 30_000,
  /** A glitch at rest shorter than this alarms nobody. */
  unsettled: 5_000,
  /** Signed in, undecided. The kiosk signs out after 60 s without a touch; this is the backstop. */
  waking: 15 * 60_000,
  /** Framing is for finding a view, not for watching. */
  framing: 5 * 60_000,
  /** Two panel refreshes, and a camera that takes 20 s to leave standby (devices’ manuals). */
  confirming: 30_000,
  countdown: 5_000,
  countdownAfterPause: 3_000,
  unmuting: 5_000,
  connecting: 2_000,
  /** First frame 1 s after the device is there; USB may need 5 s more. */
  opening: 6_000,
  /** P2.3: capture has ended within 500 ms of Stop. */
  ending: 500,
  disconnecting: 1_500,
  securing: 15_000,
  /** P2.6 and the design: how long a paused session waits for its owner. */
  pausedByOwner: 15 * 60_000,
  pausedByRoom: 2 * 60_000,
  pausedByFault: 10 * 60_000,
  /** So much longer at most, where an owner has to wait after wrong PINs: waits are 30 s each, so that is ten more tries. */
  pausedLonger: 5 * 60_000,
  /** To enter a PIN once the wait is over. */
  enteringPin: 20_000,
} as const;
