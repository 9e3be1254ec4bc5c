/**
 * The rules of a session: step(state, event) → { state, effects }. Pure: time
 * and hardware enter as events, and what the hardware is asked for is derived
 * from the phase (wishes.ts), so that nothing can be left switched on.
 */
import { FAULTS } from './faults.js';
import { effectsOf, type Effect } from './effects.js';
import type { Event, Request } from './events.js';
import type { Face, FaultCode, Monotonic, Plan } from './ports.js';
import { LONGEST_SESSION_MS } from './practice.js';
import { see, UNKNOWN_ROOM } from './room.js';
import { LIMITS, type Opening, type Phase, type PauseReason, type Room, type Session, type State, type Then } from './state.js';
import { sameFace, troubles } from './troubles.js';
import { recordingFace, wishesOf } from './wishes.js';

export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** Boot: nothing is believed, and everything is asked to be at rest (invariant 6). */
export function boot(at: Monotonic): Step {
  const phase: Phase = { kind: 'checking', until: at + LIMITS.checking };
  const { camera, microphone } = wishesOf(phase);
  return {
    state: { phase, room: UNKNOWN_ROOM },
    effects: [{ do: 'microphone', want: microphone }, { do: 'camera', want: camera }],
  };
}

export function step(state: State, event: Event): Step {
  const room = see(state.room, event);
  const next: State = { phase: move(state.phase, room, event), room };
  const effects = effectsOf(state, next, event);
  const forked = effects.some((effect) => effect.do === 'recorder.prepare');
  return { state: forked ? { ...next, room: { ...room, recorder: 'busy', recorderFault: null } } : next, effects };
}

/** The next phase. Privacy first: what ends capture is looked at before what carries it on. */
function move(phase: Phase, room: Room, event: Event): Phase {
  const { at } = event;
  const request = event.type === 'request' ? event.request : null;
  if (request?.kind === 'shut-down') return shutDown(phase, at);
  switch (phase.kind) {
    case 'checking':
      if (troubles(room, at).length === 0) return idle(at);
      return at >= phase.until ? { kind: 'blocked' } : phase;
    case 'idle':
      if (request?.kind === 'signed-in') return waking(request.owner, null, at);
      if (troubles(room, at).length === 0) return { kind: 'idle', settleBy: at + LIMITS.unsettled };
      return at >= phase.settleBy ? { kind: 'blocked' } : phase;
    case 'blocked':
      return troubles(room, at).length === 0 ? idle(at) : phase;
    case 'waking':
      switch (request?.kind) {
        case 'signed-out': case 'stop': return idle(at);
        case 'signed-in': return waking(request.owner, null, at);
        case 'choose': return request.owner === phase.owner ? { ...phase, chosen: recordingFace(request) } : phase;
        case 'frame': return { kind: 'framing', owner: phase.owner, chosen: phase.chosen, step: 'confirming', until: at + LIMITS.confirming };
        case 'start': return announcing(unbegun(request.plan), LIMITS.countdown, at);
        default: return at >= phase.until ? idle(at) : phase;
      }
    case 'framing':
      return moveFraming(phase, room, request, at);
    case 'announcing': {
      const aborted = (fault: FaultCode | null): Phase => stopping(phase, abortedTo(phase.session, fault), at);
      if (request?.kind === 'stop') return aborted(null);
      if (room.stopPressed) return aborted('STOP_BUTTON');
      if (event.type === 'vault' && !event.begun) return aborted('STORAGE_FAILED');
      if (room.recorder === 'none' && phase.session.begun) return aborted(room.recorderFault ?? 'RECORDER_FAILED');
      const session = event.type === 'vault' ? { ...phase.session, begun: true } : phase.session;
      if (at >= phase.countdownEndsAt && session.begun && room.recorder === 'ready' && isShown(phase, room, at) && isTurned(phase, room))
        return { kind: 'starting', session, step: 'unmuting', until: at + LIMITS.unmuting };
      return at >= phase.until ? aborted(lateFault(phase, room, at)) : { ...phase, session };
    }
    case 'starting': {
      const aborted = (fault: FaultCode | null): Phase => stopping(phase, abortedTo(phase.session, fault), at);
      if (request?.kind === 'stop') return aborted(null);
      const fault = captureFault(phase, room, at);
      if (fault !== null) return aborted(fault);
      if (phase.step === 'opening' && room.recorder === 'capturing')
        return recording(phase.session, at);
      const next = nextOpening(phase, phase.step, room, at);
      if (next !== null) return { ...phase, ...next };
      return at >= phase.until ? aborted(LATE[phase.step]) : phase;
    }
    case 'recording': {
      const session: Session = { ...phase.session, endsAt: phase.endsAt };
      const paused = (why: PauseReason): Phase => stopping(phase, { to: 'paused', session, why }, at);
      if (request?.kind === 'stop') return paused({ by: 'room' });
      if (request?.kind === 'pause' && request.owner === session.plan.owner) return paused({ by: 'owner' });
      const fault = captureFault(phase, room, at);
      if (fault !== null) return paused(fault === 'STOP_BUTTON' ? { by: 'room' } : { by: 'fault', fault });
      if (at >= phase.endsAt) return stopping(phase, { to: 'idle', fault: null }, at);
      return request?.kind === 'extend' && request.owner === session.plan.owner ? extended(phase, request.ms) : phase;
    }
    case 'paused':
      if (request?.kind === 'carry-on' && request.owner === phase.session.plan.owner && !room.stopPressed)
        return announcing(phase.session, LIMITS.countdownAfterPause, at);
      if (request?.kind === 'finish' && request.owner === phase.session.plan.owner) return idle(at);
      if (at >= phase.until || (phase.session.endsAt !== null && at >= phase.session.endsAt)) return idle(at);
      return request?.kind === 'owner-waits' ? putOff(phase, at + request.ms + LIMITS.enteringPin) : phase;
    case 'stopping':
      return moveStopping(phase, room, at);
    case 'gone':
      return phase;
  }
}

function moveFraming(phase: Extract<Phase, { kind: 'framing' }>, room: Room, request: Request | null, at: Monotonic): Phase {
  const back = (fault: FaultCode | null): Phase => stopping(phase, { to: 'waking', owner: phase.owner, chosen: phase.chosen, fault }, at);
  if (request?.kind === 'stop' || request?.kind === 'signed-out') return stopping(phase, { to: 'idle', fault: null }, at);
  if (request?.kind === 'stop-framing') return back(null);
  if (request?.kind === 'start') return stopping(phase, { to: 'announcing', plan: request.plan }, at);
  if (request?.kind === 'frame' && phase.step === 'live') return { ...phase, until: at + LIMITS.framing };
  if (phase.step === 'confirming') {
    if (room.stopPressed) return back('STOP_BUTTON');
    if (room.recorder === 'ready' && isShown(phase, room, at) && isTurned(phase, room)) return { ...phase, step: 'unmuting', until: at + LIMITS.unmuting };
    return at >= phase.until ? back(lateFault(phase, room, at)) : phase;
  }
  const fault = captureFault(phase, room, at);
  if (fault !== null) return back(fault);
  if (phase.step === 'live') return at >= phase.until ? back(null) : phase;
  if (phase.step === 'opening' && room.recorder === 'capturing') return { ...phase, step: 'live', until: at + LIMITS.framing };
  const next = nextOpening(phase, phase.step, room, at);
  if (next !== null) return { ...phase, ...next };
  return at >= phase.until ? back(LATE[phase.step]) : phase;
}

function moveStopping(phase: Extract<Phase, { kind: 'stopping' }>, room: Room, at: Monotonic): Phase {
  const over = at >= phase.until;
  switch (phase.step) {
    case 'ending':
      return room.recorder === 'none' || over ? { ...phase, step: 'disconnecting', until: at + LIMITS.disconnecting } : phase;
    case 'disconnecting':
      return room.relay === 'open' || over ? { ...phase, step: 'securing', until: at + LIMITS.securing } : phase;
    case 'securing': {
      const { camera } = wishesOf(phase);
      const secured = room.recorder === 'none' && room.microphone === 'muted' && room.camera === camera;
      return secured || over ? after(phase.then, at) : phase;
    }
  }
}

function after(then: Then, at: Monotonic): Phase {
  switch (then.to) {
    case 'idle': return idle(at);
    case 'waking': return waking(then.owner, then.chosen, at);
    case 'announcing': return announcing(unbegun(then.plan), LIMITS.countdown, at);
    case 'paused': {
      const until = at + PAUSE_MS[then.why.by];
      return { kind: 'paused', session: then.session, why: then.why, until, latest: until + LIMITS.pausedLonger };
    }
    case 'gone': return { kind: 'gone' };
  }
}

/** Never sooner than it would have ended, and never later than a session may last. */
function extended(phase: Extract<Phase, { kind: 'recording' }>, ms: number): Phase {
  const endsAt = Math.min(phase.endsAt + ms, phase.session.latest ?? phase.endsAt);
  return endsAt > phase.endsAt ? { ...phase, endsAt } : phase;
}

/** A pause never ends sooner for it, and never later than its latest or than the session. */
function putOff(pause: Extract<Phase, { kind: 'paused' }>, wanted: Monotonic): Phase {
  const until = Math.min(wanted, pause.latest, pause.session.endsAt ?? pause.latest);
  return until > pause.until ? { ...pause, until } : pause;
}

const PAUSE_MS = { owner: LIMITS.pausedByOwner, room: LIMITS.pausedByRoom, fault: LIMITS.pausedByFault } as const;
const LATE = { unmuting: 'MICROPHONE_NOT_IN_TIME', connecting: 'RELAY_NOT_PROVEN', opening: 'SOURCE_MISSING' } as const satisfies Record<Opening, FaultCode>;

const idle = (at: Monotonic): Phase => ({ kind: 'idle', settleBy: at + LIMITS.settling });
const waking = (owner: string, chosen: Face | null, at: Monotonic): Phase => ({ kind: 'waking', owner, chosen, until: at + LIMITS.waking });
const unbegun = (plan: Plan): Session => ({ plan, begun: false, endsAt: null, latest: null });
const recording = (session: Session, at: Monotonic): Phase =>
  ({ kind: 'recording', session: { ...session, latest: session.latest ?? at + LONGEST_SESSION_MS }, since: at, endsAt: session.endsAt ?? at + session.plan.lengthMs });
const announcing = (session: Session, countdownMs: number, at: Monotonic): Phase =>
  ({ kind: 'announcing', session, countdownEndsAt: at + countdownMs, until: at + countdownMs + LIMITS.confirming });

/** A start that failed: a new session ends; one that was paused goes back to its pause. */
const abortedTo = (session: Session, fault: FaultCode | null): Then =>
  session.endsAt === null ? { to: 'idle', fault } : { to: 'paused', session, why: fault === null || fault === 'STOP_BUTTON' ? { by: 'room' } : { by: 'fault', fault } };

/** Enters the closing sequence at the step that undoes what was open. */
function stopping(from: Phase, then: Then, at: Monotonic): Phase {
  const { sign, microphone, recorder } = wishesOf(from);
  const step = recorder.kind === 'capturing' ? 'ending' : microphone === 'open' || sign.relay === 'closed' ? 'disconnecting' : 'securing';
  return { kind: 'stopping', step, face: sign.face, then, until: at + LIMITS[step] };
}

function shutDown(phase: Phase, at: Monotonic): Phase {
  switch (phase.kind) {
    case 'gone': return phase;
    case 'stopping': return { ...phase, then: { to: 'gone' } };
    default: return stopping(phase, { to: 'gone' }, at);
  }
}

/** The microphone is as this phase asks: open, or muted where no sound is recorded. */
function nextOpening(phase: Phase, step: Opening, room: Room, at: Monotonic): { step: Opening; until: Monotonic } | null {
  if (room.microphone !== wishesOf(phase).microphone) return null;
  if (step === 'unmuting') return { step: 'connecting', until: at + LIMITS.connecting };
  if (step === 'connecting' && room.relay === 'closed') return { step: 'opening', until: at + LIMITS.opening };
  return null;
}

/** The camera is where this phase needs it: at its view; where no picture is recorded, turned aside, whether or not it is in standby already. */
function isTurned(phase: Phase, { camera }: Room): boolean {
  return wishesOf(phase).camera === 'view' ? camera === 'view' : camera === 'parked' || camera === 'aside';
}

/** The face that this phase asks for was proven, by a beat asked for less than a lease ago. */
function isShown(phase: Phase, { shown }: Room, at: Monotonic): boolean {
  return shown !== null && at < shown.requestedAt + LIMITS.lease && sameFace(shown.face, wishesOf(phase).sign.face);
}

/** Why capture, or its opening, must end now; null where it may go on. */
function captureFault(phase: Phase, room: Room, at: Monotonic): FaultCode | null {
  const { sign, recorder } = wishesOf(phase);
  if (room.stopPressed) return 'STOP_BUTTON';
  if (room.recorder === 'none') return room.recorderFault ?? 'RECORDER_FAILED';
  if (room.shown === null || !sameFace(room.shown.face, sign.face)) return room.signFault ?? 'SIGN_FAULT';
  if (at >= room.shown.requestedAt + LIMITS.lease) return 'SIGN_SILENT';
  if (recorder.kind === 'capturing' && room.relay !== 'closed') return 'RELAY_NOT_PROVEN';
  return null;
}

/** What was missing when the wait for sign and camera ran out. */
function lateFault(phase: Phase, room: Room, at: Monotonic): FaultCode {
  if (!isShown(phase, room, at)) return room.signFault ?? 'SIGN_NOT_IN_TIME';
  if (!isTurned(phase, room)) return room.cameraFault ?? 'CAMERA_NOT_IN_TIME';
  return 'RECORDER_FAILED';
}

/** When the machine next needs a tick to keep its word; null where it waits for nobody. */
export function deadlineOf({ phase, room }: State, at: Monotonic): Monotonic | null {
  const lease = room.shown === null ? null : room.shown.requestedAt + LIMITS.lease;
  switch (phase.kind) {
    case 'recording': return Math.min(phase.endsAt, lease ?? phase.endsAt);
    case 'starting': return Math.min(phase.until, lease ?? phase.until);
    case 'framing': return phase.step === 'confirming' ? phase.until : Math.min(phase.until, lease ?? phase.until);
    case 'announcing': return at < phase.countdownEndsAt ? phase.countdownEndsAt : phase.until;
    case 'idle': return phase.settleBy;
    case 'checking': case 'waking': case 'paused': case 'stopping': return phase.until;
    case 'blocked': case 'gone': return null;
  }
}

/** Faults that do not end capture, for the screen: what the room should know now. */
export function warningsOf({ room }: State): FaultCode[] {
  const codes = [...room.recorderWarnings, room.cameraFault, room.microphoneFault].filter((code) => code !== null);
  return codes.filter((code) => FAULTS[code].effect === 'warns');
}
