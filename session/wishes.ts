/** What each phase asks of the hardware. Derived, never switched by hand. */
import type { CameraPose, Face, MicrophoneState, Mode, Plan, Purpose, RecorderJob, SignWish } from './ports.js';
import type { Phase, Session, Then } from './state.js';

export interface Wishes {
  readonly sign: SignWish;
  readonly camera: CameraPose;
  readonly microphone: MicrophoneState;
  /** `ready`: forked, no device open. */
  readonly recorder: { readonly kind: 'none' } | { readonly kind: 'ready' | 'capturing'; readonly job: RecorderJob };
}

const DARK: Face = { kind: 'not-recording' };
const CAMERA_ON: Face = { kind: 'camera-on' };
const NONE = { kind: 'none' } as const;
const FRAMING: RecorderJob = { kind: 'framing' };

export const recordingFace = ({ purpose, mode }: { readonly purpose: Purpose; readonly mode: Mode }): Face => ({ kind: 'recording', purpose: purpose.words, audience: purpose.audience, mode });
/** What of the room is captured while this face is shown: no other device is opened, unmuted or turned to the room (P9.4). */
export const capturedUnder = (face: Face): { readonly picture: boolean; readonly sound: boolean } =>
  ({ picture: face.kind !== 'recording' || face.mode !== 'sound-only', sound: face.kind !== 'recording' || face.mode !== 'picture-only' });
const viewFor = (face: Face): 'view' | 'parked' => (capturedUnder(face).picture ? 'view' : 'parked');
const part = ({ plan }: Session): RecorderJob => ({ kind: 'part', plan });

/** At rest: dark, open, muted; the camera parked, or only turned aside while somebody is signed in. */
const resting = (face: Face, camera: CameraPose): Wishes => ({ sign: { face, relay: 'open' }, camera, microphone: 'muted', recorder: NONE });

/** Capture opens in this order: face and view, microphone, relay, devices. Each wish is made only when the one before is verified. */
function opening(step: 'confirming' | 'unmuting' | 'connecting' | 'opening' | 'live', face: Face, job: RecorderJob): Wishes {
  const connected = step !== 'confirming' && step !== 'unmuting';
  const open = step === 'opening' || step === 'live';
  return {
    sign: { face, relay: connected ? 'closed' : 'open' },
    camera: viewFor(face),
    microphone: step === 'confirming' || !capturedUnder(face).sound ? 'muted' : 'open',
    recorder: { kind: open ? 'capturing' : 'ready', job },
  };
}

/** The face that comes next, as far as it is known, goes to the panel ahead: a start, or its end, then waits for the refresh alone. */
const ahead = (wishes: Wishes, next: Face | null): Wishes => (next === null ? wishes : { ...wishes, sign: { ...wishes.sign, next } });

/** Powered and turned aside, unless it is parked all the time. */
const asideFor = (plan: Plan): CameraPose => (viewFor(recordingFace(plan)) === 'view' ? 'aside' : 'parked');
/** Where a stop leaves the camera. A start that follows framing keeps the view: nothing is open meanwhile. */
function cameraAfter(then: Then): CameraPose {
  switch (then.to) {
    case 'idle': case 'gone': return 'parked';
    case 'waking': return 'aside';
    case 'paused': return asideFor(then.session.plan);
    case 'announcing': return viewFor(recordingFace(then.plan));
  }
}

export function wishesOf(phase: Phase): Wishes {
  switch (phase.kind) {
    case 'checking':
    case 'idle':
    case 'blocked':
    case 'gone':
      return resting(DARK, 'parked');
    case 'waking':
      return ahead(resting(DARK, 'aside'), phase.chosen);
    case 'framing':
      return ahead(opening(phase.step, CAMERA_ON, FRAMING), phase.chosen);
    case 'announcing': {
      const wishes = opening('confirming', recordingFace(phase.session.plan), part(phase.session));
      return phase.session.begun ? wishes : { ...wishes, recorder: NONE };
    }
    case 'starting':
      return opening(phase.step, recordingFace(phase.session.plan), part(phase.session));
    case 'recording':
      return ahead(opening('live', recordingFace(phase.session.plan), part(phase.session)), DARK);
    case 'paused':
      return ahead(resting({ kind: 'paused' }, asideFor(phase.session.plan)), recordingFace(phase.session.plan));
    case 'stopping': {
      const secured = phase.step === 'securing';
      return {
        sign: { face: phase.face, relay: phase.step === 'ending' ? 'closed' : 'open' },
        camera: secured ? cameraAfter(phase.then) : viewFor(phase.face),
        microphone: secured || !capturedUnder(phase.face).sound ? 'muted' : 'open',
        recorder: NONE,
      };
    }
  }
}
