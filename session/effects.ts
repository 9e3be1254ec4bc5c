/** What must be done after a step: the difference between the wishes before and after it, and where sessions begin and end. */
import type { Event } from './events.js';
import type { CameraPose, FaultCode, MicrophoneState, Monotonic, Plan, RecorderJob } from './ports.js';
import type { Phase, Session, State, Then } from './state.js';
import { sameJson } from './troubles.js';
import { wishesOf, type Wishes } from './wishes.js';

export type Effect =
  | { readonly do: 'camera'; readonly want: CameraPose }
  | { readonly do: 'microphone'; readonly want: MicrophoneState }
  | { readonly do: 'recorder.prepare'; readonly job: RecorderJob }
  | { readonly do: 'recorder.open'; readonly requestedAt: Monotonic }
  | { readonly do: 'recorder.confirm'; readonly requestedAt: Monotonic }
  | { readonly do: 'recorder.stop' }
  | { readonly do: 'vault.begin'; readonly plan: Plan }
  | { readonly do: 'vault.end' }
  | { readonly do: 'tell'; readonly fault: FaultCode };

/** What must be done, from what changed in the wishes and where sessions begin and end. */
export function effectsOf(before: State, after: State, event: Event): Effect[] {
  const was = wishesOf(before.phase);
  const is = wishesOf(after.phase);
  return [
    ...recorderEffects(was, is, before, after, event),
    ...(was.microphone === is.microphone ? [] : [{ do: 'microphone', want: is.microphone } as const]),
    ...(was.camera === is.camera ? [] : [{ do: 'camera', want: is.camera } as const]),
    ...sessionEffects(before.phase, after.phase),
  ];
}

function recorderEffects(was: Wishes, is: Wishes, before: State, after: State, event: Event): Effect[] {
  const requestedAt = after.room.shown?.requestedAt;
  if (is.recorder.kind === 'none') return was.recorder.kind === 'none' || after.room.recorder === 'none' ? [] : [{ do: 'recorder.stop' }];
  const effects: Effect[] = [];
  if (was.recorder.kind === 'none' || !sameJson(was.recorder.job, is.recorder.job)) effects.push({ do: 'recorder.prepare', job: is.recorder.job });
  if (is.recorder.kind === 'capturing' && requestedAt !== undefined) {
    if (was.recorder.kind !== 'capturing') effects.push({ do: 'recorder.open', requestedAt });
    else if (event.type === 'sign' && requestedAt !== before.room.shown?.requestedAt) effects.push({ do: 'recorder.confirm', requestedAt });
  }
  return effects;
}

const sessionOf = (phase: Phase): Session | null => {
  switch (phase.kind) {
    case 'announcing': case 'starting': case 'recording': case 'paused': return phase.session;
    case 'stopping': return phase.then.to === 'paused' ? phase.then.session : null;
    default: return null;
  }
};

function sessionEffects(was: Phase, is: Phase): Effect[] {
  const before = sessionOf(was);
  const now = sessionOf(is);
  const effects: Effect[] = [];
  if (before === null && now !== null) effects.push({ do: 'vault.begin', plan: now.plan });
  // The end record follows the last part's: the recorder must be gone first.
  if (was.kind === 'stopping' && is.kind !== 'stopping' && now === null && was.face.kind === 'recording') effects.push({ do: 'vault.end' });
  if (was.kind === 'paused' && now === null) effects.push({ do: 'vault.end' });
  const fault = is.kind === 'stopping' && was.kind !== 'stopping' ? faultOf(is.then) : null;
  if (fault !== null) effects.push({ do: 'tell', fault });
  return effects;
}

const faultOf = (then: Then): FaultCode | null => {
  switch (then.to) {
    case 'idle': case 'waking': return then.fault;
    case 'paused': return then.why.by === 'fault' ? then.why.fault : null;
    case 'announcing': case 'gone': return null;
  }
};
