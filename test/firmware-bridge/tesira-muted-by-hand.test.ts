import fc from 'fast-check';
import t from 'tap';
import { supervise, type Policy, type Supervision, type SupervisionEvent } from '../../firmware-bridge/serial/supervision.js';
import type { MicrophoneState } from '../../session/ports.js';

const POLICY: Policy<MicrophoneState> = {
  safeFirst: () => 'muted',
  lostFault: 'MICROPHONE_LOST',
  astrayFault: (goal) => (goal === 'muted' ? 'MICROPHONE_NOT_MUTED' : undefined),
  byHandFault: (wish, found) => (wish === 'open' && found === 'muted' ? 'MICROPHONE_MUTED_BY_HAND' : undefined),
  recheckMs: 10_000,
};

/** Runs the rules over `events`; tells what was commanded, and what the room was told last. */
function run(events: readonly SupervisionEvent<MicrophoneState>[]): { state: Supervision<MicrophoneState>; commanded: MicrophoneState[]; told: string | undefined } {
  let state: Supervision<MicrophoneState> = { kind: 'lost', wish: 'muted' };
  const commanded: MicrophoneState[] = [];
  let told: string | undefined;
  for (const event of events) {
    const step: ReturnType<typeof supervise<MicrophoneState>> = supervise(POLICY, state, event);
    state = step.state;
    for (const effect of step.effects) {
      if (effect.kind === 'attempt') commanded.push(effect.goal);
      if (effect.kind === 'tell') told = effect.verified.kind === 'verified' ? effect.verified.value : effect.verified.fault;
    }
  }
  return { state, commanded, told };
}

const read = (value: MicrophoneState): SupervisionEvent<MicrophoneState> => ({ kind: 'read', value });
const wished = (wish: MicrophoneState): SupervisionEvent<MicrophoneState> => ({ kind: 'wished', wish });
const DUE: SupervisionEvent<MicrophoneState> = { kind: 'due' };
const OPENED = [wished('open'), { kind: 'connected' }, read('muted'), read('open')] as const;
const BY_HAND = [...OPENED, DUE, read('muted')] as const;

t.test('an open microphone that somebody muted is left so, and looked at again', (t) => {
  t.strictSame(run(OPENED), { state: { kind: 'verified', wish: 'open' }, commanded: ['muted', 'open'], told: 'open' });
  t.strictSame(run(BY_HAND), { state: { kind: 'left', wish: 'open', overruled: 'MICROPHONE_MUTED_BY_HAND' }, commanded: ['muted', 'open'], told: 'MICROPHONE_MUTED_BY_HAND' });
  t.match(run([...BY_HAND, DUE, { kind: 'failed' }, DUE, read('muted')]), { state: { kind: 'left' }, commanded: ['muted', 'open'] });
  t.match(run([...BY_HAND, DUE, read('open')]), { state: { kind: 'verified' }, told: 'open' }, 'until they unmute it');
  t.match(run([...OPENED, { kind: 'stirred' }, read('muted')]), { state: { kind: 'left' } }, 'at once, where the device tells by itself');
  t.end();
});

t.test('one that did not open in the first place is no person’s doing', (t) => {
  t.match(run([...OPENED.slice(0, 3), read('muted')]), { state: { kind: 'resting', failures: 1 }, told: undefined });
  t.match(run([{ kind: 'connected' }, read('muted'), DUE, read('open')]), { state: { kind: 'reaching' }, told: 'MICROPHONE_NOT_MUTED', commanded: ['muted', 'muted'] }, 'and one that somebody opened is muted again');
  t.end();
});

t.test('on every way through the rules, what somebody muted is not opened before another wish or their own hand', (t) => {
  const anyState = fc.constantFrom<MicrophoneState>('muted', 'open');
  const anyEvent = fc.oneof(
    fc.constantFrom<SupervisionEvent<MicrophoneState>>({ kind: 'connected' }, { kind: 'lost' }, { kind: 'failed' }, { kind: 'due' }, { kind: 'stirred' }),
    fc.option(anyState, { nil: undefined }).map((value) => ({ kind: 'read' as const, value })),
  );
  const firstReadOpen = (events: readonly SupervisionEvent<MicrophoneState>[]): number => {
    const at = events.findIndex((event) => event.kind === 'read' && event.value === 'open');
    return at === -1 ? events.length : at;
  };
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      const untilTheirHand = events.slice(0, firstReadOpen(events));
      const { commanded } = run([...BY_HAND, ...untilTheirHand]);
      if (commanded.slice(2).includes('open')) throw new Error('opened behind their back');
      const { state, commanded: later } = run([...BY_HAND, ...untilTheirHand, wished('muted'), wished('open'), { kind: 'connected' }, read('muted')]);
      if (later.at(-1) !== 'open' || state.overruled !== undefined) throw new Error('wanted anew, it stayed muted');
    }),
    { numRuns: 2000 },
  );
  t.end();
});
