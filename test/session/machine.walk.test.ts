/**
 * Walks every state that the machine can reach, whatever the hardware and the
 * people do, and checks each transition against what must stay true.
 * Times are kept relative and compared only as "still to come" or "past", so
 * that the walk ends.
 */
import t from 'tap';
import type { Effect } from '../../session/effects.js';
import type { Event, Request } from '../../session/events.js';
import { boot, deadlineOf, step } from '../../session/machine.js';
import type { MicrophoneState, Mode, Plan } from '../../session/ports.js';
import { LIMITS, type Phase, type State } from '../../session/state.js';
import { sameFace } from '../../session/troubles.js';
import { wishesOf } from '../../session/wishes.js';

const PLAN: Plan = { owner: 'ann', purpose: { id: 'p', version: 1, words: 'reflection', audience: 'only-me' }, mode: 'picture-and-sound', lengthMs: 50 * 60_000 };
const requests = (plan: Plan): Request[] => [
  { kind: 'signed-in', owner: 'ann' }, { kind: 'signed-out' }, { kind: 'choose', owner: 'ann', purpose: plan.purpose, mode: plan.mode }, { kind: 'choose', owner: 'bob', purpose: plan.purpose, mode: 'blurred' }, { kind: 'frame' }, { kind: 'stop-framing' },
  { kind: 'start', plan }, { kind: 'stop' }, { kind: 'shut-down' },
  { kind: 'pause', owner: 'ann' }, { kind: 'carry-on', owner: 'ann' }, { kind: 'finish', owner: 'ann' },
  { kind: 'extend', owner: 'ann', ms: 60 * 60_000 }, { kind: 'extend', owner: 'bob', ms: 60_000 },
  { kind: 'owner-waits', ms: 30_000 }, { kind: 'owner-waits', ms: 24 * 3600_000 },
  { kind: 'pause', owner: 'bob' }, { kind: 'carry-on', owner: 'bob' }, { kind: 'finish', owner: 'bob' },
];

/** Everything that can happen now, at time 0, and time passing until the next deadline. */
function eventsFor(state: State, plan: Plan): Event[] {
  const { sign } = wishesOf(state.phase);
  const answered = (shown: boolean, relay: 'open' | 'closed' | 'unproven', stopPressed = false): Event =>
    ({ type: 'sign', at: 0, report: { kind: 'answered', requestedAt: -5, wish: sign, shown, relay, stopPressed, ...(shown ? {} : { fault: 'LAMP_DARK' as const }) } });
  const deadline = deadlineOf(state, 0);
  // What the button, an unproven relay and lines that are lost do is the same in each mode: once is enough.
  const all = plan.mode === PLAN.mode;
  return [
    answered(true, 'open'), answered(true, 'closed'), answered(false, 'open'),
    ...(all ? [answered(true, 'unproven'), answered(true, 'open', true), { type: 'sign', at: 0, report: { kind: 'button' } } as const] : []),
    { type: 'sign', at: 0, report: { kind: 'lost', fault: 'SIGN_LOST' } },
    ...(['parked', 'aside', 'view'] as const).map((value): Event => ({ type: 'camera', at: 0, pose: { kind: 'verified', value } })),
    ...(all ? [{ type: 'camera', at: 0, pose: { kind: 'unverified', fault: 'CAMERA_LOST' } }, { type: 'microphone', at: 0, state: { kind: 'unverified', fault: 'MICROPHONE_LOST' } }] as const : []),
    ...(['muted', 'open'] as const).map((value): Event => ({ type: 'microphone', at: 0, state: { kind: 'verified', value } })),
    ...(state.room.recorder === 'none' ? [] : (['ready', 'capturing', 'ended'] as const).map((kind): Event => ({ type: 'recorder', at: 0, event: { kind } }))),
    { type: 'vault', at: 0, begun: true }, { type: 'vault', at: 0, begun: false },
    ...requests(plan).filter((request) => all || !('owner' in request) || request.owner === 'ann').map((request): Event => ({ type: 'request', at: 0, request })),
    { type: 'tick', at: 0 },
    ...(deadline === null ? [] : [{ type: 'tick', at: deadline } as const]),
  ];
}

const TIMES = new Set(['until', 'settleBy', 'countdownEndsAt', 'endsAt', 'since', 'requestedAt', 'latest']);
/** The same state with `at` as its new zero. */
const rebase = (value: unknown, at: number): unknown => {
  if (Array.isArray(value)) return value.map((item) => rebase(item, at));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, TIMES.has(name) && typeof item === 'number' ? item - at : rebase(item, at)]));
};
/** As JSON.stringify with a replacer would have it, in a third of its time: the walk writes a million of these. */
function text(value: unknown, told: (name: string, value: unknown) => unknown = (_, value) => value): string {
  if (value === null || typeof value !== 'object') return String(value);
  let all = '{';
  for (const [name, item] of Object.entries(value)) {
    const kept = told(name, item);
    if (kept !== undefined) all += `${name}:${text(kept, told)},`;
  }
  return `${all}}`;
}

const NO_MATTER = new Set(['plan', 'fault', 'latest', 'signFault', 'cameraFault', 'microphoneFault', 'recorderFault', 'recorderWarnings']);
/** States that differ only by how much time is left, or in which warning is up, are one. */
const keyOf = (state: State): string => text(state, (name, value) => {
  if (NO_MATTER.has(name)) return undefined;
  if (name === 'requestedAt') return Number(value) > -LIMITS.lease;
  return TIMES.has(name) && value !== null ? Number(value) > 0 : value;
});

const does = (effects: readonly Effect[], name: Effect['do']): boolean => effects.some((effect) => effect.do === name);
const isCapturing = (phase: Phase): boolean => wishesOf(phase).recorder.kind === 'capturing';

interface Seen { state: State; event: Event; next: State; effects: readonly Effect[] }

/** What must stay true of every single transition. The text is what a failure says. */
const RULES: Record<string, (seen: Seen) => boolean> = {
  'P2.1 devices open only with the face proven, the microphone as its mode says and the relay closed': ({ next, effects, event }) =>
    !does(effects, 'recorder.open') || (proven(next, event.at) && next.room.microphone === heardIn(next.phase) && next.room.relay === 'closed'),
  'P2.1 the microphone is opened only with the face proven and the camera where its mode wants it': ({ state, next, effects, event }) =>
    !effects.some((effect) => effect.do === 'microphone' && effect.want === 'open') || isStopping(state.phase) || (proven(next, event.at) && isTurned(next)),
  'P2.1 the relay is asked to close only with the microphone as its mode says and the face proven': ({ state, next, event }) =>
    wishesOf(state.phase).sign.relay === 'closed' || wishesOf(next.phase).sign.relay === 'open' || (next.room.microphone === heardIn(next.phase) && proven(next, event.at)),
  'P9.4 sound only: the camera is never asked to look, from the announcement to the end of a pause': ({ next }) =>
    modeOf(next.phase) !== 'sound-only' || wishesOf(next.phase).camera === 'parked' || (next.phase.kind === 'stopping' && next.phase.then.to === 'waking'),
  'P9.4 sound only: capture begins only with the camera proven to be turned aside': ({ state, next }) =>
    modeOf(next.phase) !== 'sound-only' || next.phase.kind !== 'starting' || state.phase.kind !== 'announcing' || ['parked', 'aside'].includes(next.room.camera ?? ''),
  'P9.4 picture only: the microphone is never asked to open, and capture begins only with it proven muted': ({ next, effects }) =>
    modeOf(next.phase) !== 'picture-only' || (wishesOf(next.phase).microphone === 'muted' && (!does(effects, 'recorder.open') || next.room.microphone === 'muted')),
  'P9.4 what is captured is what the sign says': ({ next }) => {
    const { sign, recorder } = wishesOf(next.phase);
    return recorder.kind !== 'capturing' || (recorder.job.kind === 'framing' ? sign.face.kind === 'camera-on' : sign.face.kind === 'recording' && sign.face.mode === recorder.job.plan.mode);
  },
  'P2.6 only its owner extends a recording, never beyond 120 minutes, and nobody shortens it': ({ state, next, event }) =>
    state.phase.kind !== 'recording' || next.phase.kind !== 'recording' || next.phase.endsAt === state.phase.endsAt ||
    (event.type === 'request' && event.request.kind === 'extend' && event.request.owner === 'ann' && next.phase.endsAt > state.phase.endsAt && next.phase.endsAt <= (next.phase.session.latest ?? -Infinity)),
  'P2.1 the lease is carried on only by a proof of the face that is asked for (kept => confirmed)': ({ next, effects, event }) =>
    !does(effects, 'recorder.confirm') || (event.type === 'sign' && event.report.kind === 'answered' && event.report.shown && proven(next, event.at)),
  'P9.6 nothing captures one step after a report that the sign is not as it should be': ({ next, event }) =>
    !(event.type === 'sign' && (event.report.kind !== 'answered' || !event.report.shown)) || !isCapturing(next.phase),
  'P2.1 nothing captures once the lease is over': ({ next, event }) => !isCapturing(next.phase) || proven(next, event.at),
  'P2.3 Stop ends capture in the same step, whoever taps it': ({ state, next, effects, event }) =>
    !(event.type === 'request' && event.request.kind === 'stop' && isCapturing(state.phase)) || (!isCapturing(next.phase) && does(effects, 'recorder.stop')),
  'P2.4 the button ends capture in the same step': ({ state, next, effects, event }) =>
    !(event.type === 'sign' && event.report.kind === 'button' && isCapturing(state.phase)) || (!isCapturing(next.phase) && (does(effects, 'recorder.stop') || next.room.recorder === 'none')),
  'at the end the relay opens only when the recorder is gone, or 500 ms after it was told': ({ state, next, event }) =>
    !(wishesOf(state.phase).sign.relay === 'closed' && wishesOf(next.phase).sign.relay === 'open') || !wasOpen(state.phase) || next.room.recorder === 'none' || past(state.phase, event.at),
  'at the end the microphone is muted only when the relay is open, or did not open in time': ({ state, next, event }) =>
    !(wishesOf(state.phase).microphone === 'open' && wishesOf(next.phase).microphone === 'muted') || next.room.relay === 'open' || past(state.phase, event.at),
  'the sign keeps its face until microphone and camera are secured, or did not secure in time': ({ state, next, event }) =>
    state.phase.kind !== 'stopping' || sameFace(wishesOf(state.phase).sign.face, wishesOf(next.phase).sign.face) || past(state.phase, event.at) ||
    (next.room.microphone === 'muted' && next.room.camera === wishesOf(state.phase).camera && next.room.recorder === 'none'),
  'a capture that begins to close never opens again without closing wholly': ({ state, next }) =>
    state.phase.kind !== 'stopping' || !isCapturing(next.phase),
  'P1.1 only a signed-in teacher’s request leads to an announcement': ({ state, next, event }) =>
    next.phase.kind !== 'announcing' || state.phase.kind === 'announcing' || (state.phase.kind === 'stopping' && state.phase.then.to === 'announcing') ||
    (event.type === 'request' && ((event.request.kind === 'start' && (state.phase.kind === 'waking' || state.phase.kind === 'framing')) || (event.request.kind === 'carry-on' && event.request.owner === 'ann' && state.phase.kind === 'paused'))),
  'P1.2 another teacher neither pauses nor carries on nor finishes a session': ({ state, next, event }) =>
    !(event.type === 'request' && 'owner' in event.request && event.request.owner === 'bob' && event.request.kind !== 'signed-in') || next.phase.kind === step(state, { type: 'tick', at: event.at }).state.phase.kind,
  'P2.6 a paused session goes on only by its owner’s request': ({ state, next, event }) =>
    state.phase.kind !== 'paused' || ['paused', 'idle', 'stopping'].includes(next.phase.kind) || event.type === 'request',
  'P2.6 wrong PINs put a pause off by five minutes at most, by nothing once it is over, and never beyond the session’s end': ({ state, next, event }) =>
    next.phase.kind !== 'paused' || (state.phase.kind !== 'paused' ? next.phase.latest - next.phase.until === LIMITS.pausedLonger
      : event.at < state.phase.until && next.phase.latest === state.phase.latest && next.phase.until <= next.phase.latest && next.phase.until >= state.phase.until &&
        (next.phase.until === state.phase.until || next.phase.until <= (next.phase.session.endsAt ?? Infinity))),
  'P2.6 waiting for the owner changes nothing else': ({ state, next, event }) =>
    !(event.type === 'request' && event.request.kind === 'owner-waits') || withoutUntil(next.phase) === withoutUntil(step(state, { type: 'tick', at: event.at }).state.phase),
  'P1.1 what a teacher chooses changes neither what is shown nor what is open, only what the sign is sent ahead': ({ state, next, event }) =>
    !(event.type === 'request' && event.request.kind === 'choose') || withoutNext(next.phase) === withoutNext(step(state, { type: 'tick', at: event.at }).state.phase),
  'P9.2 every first frame follows an announcement': ({ state, next }) =>
    next.phase.kind !== 'starting' || state.phase.kind === 'starting' || state.phase.kind === 'announcing',
  'every waiting state has a deadline': ({ next, event }) => ['blocked', 'gone'].includes(next.phase.kind) || deadlineOf(next, event.at) !== null,
};

/** Of the session that is open, or whose capture is being closed. */
function modeOf(phase: Phase): Mode | null {
  if ('session' in phase) return phase.session.plan.mode;
  return phase.kind === 'stopping' && phase.face.kind === 'recording' ? phase.face.mode : null;
}
const heardIn = (phase: Phase): MicrophoneState => (modeOf(phase) === 'picture-only' ? 'muted' : 'open');
const isTurned = ({ phase, room }: State): boolean => (modeOf(phase) === 'sound-only' ? room.camera === 'parked' || room.camera === 'aside' : room.camera === 'view');
function proven({ phase, room }: State, at: number): boolean {
  return room.shown !== null && at < room.shown.requestedAt + LIMITS.lease && sameFace(room.shown.face, wishesOf(phase).sign.face);
}
/** What a phase asks of the hardware, what goes ahead to the sign apart. */
const withoutNext = (phase: Phase): string => text(wishesOf(phase), (name, value) => (name === 'next' ? undefined : value));
const withoutUntil = (phase: Phase): string => text(phase, (name, value) => (name === 'until' ? undefined : value));
const isStopping = (phase: Phase): boolean => phase.kind === 'stopping';
const wasOpen = (phase: Phase): boolean => isCapturing(phase) || (phase.kind === 'stopping' && phase.step === 'ending');
const past = (phase: Phase, at: number): boolean => 'until' in phase && at >= phase.until;

for (const mode of ['picture-and-sound', 'sound-only', 'picture-only'] as const) t.test(`every reachable state of a session keeps the rules: ${mode}`, (t) => {
  const plan = { ...PLAN, mode };
  const first = boot(0).state;
  const seen = new Map<string, State>([[keyOf(first), first]]);
  const kinds = new Set<string>();
  const broken = new Map<string, Seen>();
  const rules = Object.entries(RULES);
  let steps = 0;
  for (const state of seen.values()) { // the map grows while it is walked
    kinds.add(state.phase.kind);
    for (const event of eventsFor(state, plan)) {
      steps += 1;
      const { state: next, effects } = step(state, event);
      const seenNow = { state, event, next, effects };
      for (const [rule, holds] of rules) if (!holds(seenNow) && !broken.has(rule)) broken.set(rule, seenNow);
      const rebased = (event.at === 0 ? next : rebase(next, event.at)) as State;
      const key = keyOf(rebased);
      if (!seen.has(key)) seen.set(key, rebased);
    }
  }
  t.comment(`${seen.size} states, ${steps} transitions`);
  for (const rule of Object.keys(RULES)) t.notOk(broken.has(rule), rule, { transition: broken.get(rule) });
  t.same([...kinds].sort(), ['announcing', 'blocked', 'checking', 'framing', 'gone', 'idle', 'paused', 'recording', 'starting', 'stopping', 'waking'], 'all states of the design are reached');
  t.ok([...seen.values()].every(restsByItself), 'from every state, time alone leads to rest: no wait is for ever');
  t.end();
});

/** Only ticks: the hardware and the people are silent from now on. */
function restsByItself(state: State): boolean {
  let now = state;
  let at = 0;
  for (let ticks = 0; ticks < 30; ticks += 1) {
    if (['idle', 'blocked', 'gone'].includes(now.phase.kind)) return true;
    const deadline = deadlineOf(now, at);
    if (deadline === null) return false;
    at = Math.max(deadline, at);
    now = step(now, { type: 'tick', at }).state;
  }
  return false;
}
