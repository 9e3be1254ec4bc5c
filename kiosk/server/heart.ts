/** The session's heart as the kiosk's server is handed it: what everybody may see of a phase, and what becomes of a request. */
import type { Request } from '../../session/events.js';
import { FAULTS } from '../../session/faults.js';
import { warningsOf } from '../../session/machine.js';
import type { Published } from '../../session/conductor.js';
import type { FaultCode, Mode, Monotonic, Plan } from '../../session/ports.js';
import { TOO_LONG, reasonsAgainst, type Reason, type Standing, type Told } from '../../session/practice.js';
import type { Session, State } from '../../session/state.js';
import { troubles } from '../../session/troubles.js';
import type { PublicPhase, PublicSession, Trouble } from '../protocol.js';
import type { Answer, Room } from './house.js';

export interface Heart {
  readonly published: Published;
  request(request: Request): Published;
  onChange(listener: () => void): () => void;
}

/** What the start gate asks of the rest of the house (session/practice.ts). */
export interface Gate {
  /** Asked anew at each start: code, training, key, whether new sessions are switched off for this name. */
  standing(owner: string): Standing;
  /** For one session of the longest kind. */
  roomOnDisk(): Promise<boolean>;
  /** What this room can do. */
  readonly modes: readonly Mode[];
  /** Turns the camera to the view that is asked for. */
  turn(view: string): Answer;
  /** The gate is passed: what the owner alone can do for the session's record is to be held ready. */
  starting(owner: string): void;
  /** Nobody is signed in any more. */
  signedOut(): void;
}

/** So long after its use a room says why the last thing did not work out: to whoever is still there, and not to whoever looks in the evening (P2.7). */
const TOLD_FOR_MS = 10 * 60_000;
/** P2.6: so long before the end the room is told. */
const LAST_MINUTE_MS = 60_000;
/** What a screen counts down to: a state that a screen has is out of date where this moves, and anew in the last minute. */
function endOf({ phase }: State, at: Monotonic): readonly unknown[] {
  switch (phase.kind) {
    case 'recording': return [phase.endsAt, phase.endsAt - at <= LAST_MINUTE_MS];
    case 'paused': return [phase.until];
    case 'framing': return phase.step === 'live' ? [phase.until] : [];
    default: return [];
  }
}
const isUnused = ({ phase }: State): boolean => phase.kind === 'idle' || phase.kind === 'blocked';

export function roomOf(heart: Heart, gate: Gate, now: () => Monotonic): Room {
  const pass = (request: Request): Answer => {
    const before = heart.published.state;
    const answer = taken(request, before, heart.request(request).state);
    return !answer.ok && request.kind === 'carry-on' && before.room.stopPressed ? STOP_HELD : answer;
  };
  let usedAt = now();
  heart.onChange(() => { if (!isUnused(heart.published.state)) usedAt = now(); });
  const seen = (): ReturnType<Room['now']> => {
    const { state, told } = heart.published;
    const isOver = isUnused(state) && now() - usedAt >= TOLD_FOR_MS;
    return { phase: publicPhase({ state, told: isOver ? null : told }, now()), warnings: warningsOf(state).map(trouble) };
  };
  return {
    now: seen,
    onChange: (listener) => {
      // The heart moves with each beat of the sign; people see only what a screen would show differently.
      let last = '';
      return heart.onChange(() => {
        const shown = JSON.stringify([seen(), endOf(heart.published.state, now())], (name, value: unknown) => (name.endsWith('Ms') ? undefined : value));
        if (shown !== last) listener();
        last = shown;
      });
    },
    ask: (request) => {
      // Carrying on takes a PIN, but a running session keeps nobody signed in (P5.2).
      if (request.kind === 'signed-out' || request.kind === 'carry-on') gate.signedOut();
      return Promise.resolve(pass(request));
    },
    start: async ({ teacher: owner }, { purpose, mode, view, lengthMs, told }) => {
      const request: Request = { kind: 'start', plan: { owner, purpose, mode, lengthMs } };
      const roomOnDisk = await gate.roomOnDisk();
      const { state } = heart.published;
      const [reason] = whyNotStart(state, request.plan, told, () => gate.standing(owner), roomOnDisk, gate.modes.includes(mode));
      if (reason !== undefined) return { ok: false, ...reason };
      // What was looked at last is what is recorded, and the usual view where nothing was. From here to the heart nothing else has a turn.
      const turned = view === null ? { ok: true } as const : gate.turn(view);
      if (!turned.ok) return turned;
      gate.starting(owner);
      return pass(request);
    },
  };
}

const trouble = (code: FaultCode): Trouble => ({ code, sentence: FAULTS[code].sentence, remedy: FAULTS[code].remedy });
const publicSession = ({ plan: { purpose, mode } }: Session): PublicSession => ({ purpose: purpose.words, audience: purpose.audience, mode });

/** @param at all lengths of time count from here. */
export function publicPhase({ state: { phase, room }, told }: Published, at: Monotonic): PublicPhase {
  const left = (until: Monotonic): number => Math.max(0, Math.round(until - at));
  const lastFault = told === null ? {} : { lastFault: trouble(told) };
  switch (phase.kind) {
    case 'checking': return { kind: 'checking' };
    case 'idle': return { kind: 'idle', ...lastFault };
    case 'blocked': return { kind: 'blocked', reasons: troubles(room, at).map(trouble) };
    case 'waking': return { kind: 'waking', ...lastFault };
    case 'framing': return { kind: 'framing', live: phase.step === 'live', endsInMs: left(phase.until) };
    case 'announcing': return { kind: 'announcing', session: publicSession(phase.session), countdownMs: left(phase.countdownEndsAt) };
    case 'starting': return { kind: 'starting', session: publicSession(phase.session) };
    case 'recording': return { kind: 'recording', session: publicSession(phase.session), elapsedMs: Math.round(at - phase.since), endsInMs: left(phase.endsAt) };
    case 'paused':
      return { kind: 'paused', session: publicSession(phase.session), why: phase.why.by === 'fault' ? { by: 'fault', fault: trouble(phase.why.fault) } : phase.why, closesInMs: left(phase.until) };
    case 'stopping': return { kind: 'stopping', next: STOP_LEADS_TO[phase.then.to] };
    case 'gone': return { kind: 'gone' };
  }
}

/** What the technician may know of the machine (P2.7): nothing while anybody uses it, nor while it settles after that. */
export function troublesAtRest({ phase, room }: State, at: Monotonic): Trouble[] {
  return phase.kind === 'blocked' ? troubles(room, at).map(trouble) : [];
}

const STOP_LEADS_TO = { idle: 'rest', waking: 'rest', gone: 'rest', paused: 'pause', announcing: 'start' } as const;

function whyNotStart({ phase, room }: State, plan: Plan, told: Told, standing: () => Standing, roomOnDisk: boolean, modeKnown: boolean): Reason[] {
  const signedIn = (phase.kind === 'waking' || phase.kind === 'framing') && phase.owner === plan.owner;
  // That faces, view and relay become as they must is proven by the heart before anything opens; here counts whether anything says that they cannot.
  const inTheWay = [room.signFault ?? (room.relay === null ? 'SIGN_SILENT' : null), room.microphoneFault, room.cameraFault].filter((code) => code !== null);
  return reasonsAgainst({
    phaseAllows: signedIn, sessionOpen: 'session' in phase, troubles: inTheWay, purposeKnown: true, modeKnown,
    standing: signedIn ? standing() : null, roomOnDisk, lengthMs: plan.lengthMs, told,
  });
}

const NOT_NOW = { ok: false, code: 'NOT_NOW', sentence: 'That cannot be done now.', remedy: 'Look at what the screen says, then try again.' } as const;

/** A press of Stop counts until the board rests and the button is let go (firmware-bridge/sign). */
const STOP_HELD = { ok: false, code: 'STOP_HELD', sentence: 'The Stop button on the sign is still pressed.', remedy: 'See that nobody holds it, wait a few seconds, then enter your PIN again.' } as const;

/** P2.6: nobody extends beyond that. */
const AT_MOST = { ok: false, ...TOO_LONG, remedy: 'Stop, and start anew if more is to be recorded.' } as const;

/** Did the heart take it? What needs no answer is always taken. */
function taken(request: Request, before: State, { phase }: State): Answer {
  if (request.kind === 'extend' && before.phase.kind === 'recording' && before.phase.endsAt === before.phase.session.latest) return AT_MOST;
  const done = ((): boolean => {
    switch (request.kind) {
      case 'frame': return phase.kind === 'framing';
      case 'start': return phase.kind === 'announcing' || (phase.kind === 'stopping' && phase.then.to === 'announcing');
      case 'carry-on': return phase.kind === 'announcing';
      case 'extend': return before.phase.kind === 'recording' && phase.kind === 'recording' && phase.endsAt > before.phase.endsAt;
      case 'pause': return phase.kind === 'stopping' || phase.kind === 'paused';
      case 'finish': return before.phase.kind === 'paused' && phase.kind !== 'paused';
      case 'signed-in': case 'signed-out': case 'choose': case 'stop-framing': case 'stop': case 'owner-waits': case 'shut-down': return true;
    }
  })();
  return done ? { ok: true } : NOT_NOW;
}
