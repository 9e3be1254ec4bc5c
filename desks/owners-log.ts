/** What becomes of a session, for its owner's log: told from the published phases while it is open, so that no rule of the session depends on it. */
import type { Published } from '../session/conductor.js';
import { warningsOf } from '../session/machine.js';
import type { FaultCode, Monotonic } from '../session/ports.js';
import type { Phase } from '../session/state.js';
import { evidence, type LogEntry, type Note } from '../pipeline/vault/about.js';

/** What of the vault this needs; harmless where no session is open. */
export interface Notes {
  note(note: Note): Promise<void>;
}

export interface OwnersLog {
  /** For `conductor.onChange`. */
  take(published: Published): void;
  /** Marks this moment of the recording; harmless where none runs. */
  mark(): Promise<void>;
  /** One line of what serves an open session, and why it failed; dropped where none is open, since the device log may not tell of it (P2.7). */
  line(text: string, found?: unknown): void;
}

/** However often somebody taps: no more marks than a person means, and no disk full of them. */
const BETWEEN_MARKS_MS = 1000;

export function ownersLog(vault: Notes, now: () => Monotonic): OwnersLog {
  let phase: Phase = { kind: 'gone' };
  /** Of the parts that are over. */
  let recordedMs = 0;
  let markedAt = -Infinity;
  /** Told once in each part: what comes and goes would fill the disk. */
  let told = new Set<FaultCode>();
  const log = (entry: LogEntry): void => void vault.note({ kind: 'log', ...entry });
  return {
    take({ state, told: why }) {
      const before = phase;
      phase = state.phase;
      if (before.kind !== phase.kind) {
        if (before.kind === 'recording') recordedMs += now() - before.since;
        if (phase.kind === 'recording') told = new Set();
        if (phase.kind === 'recording' && phase.session.endsAt === null) recordedMs = 0;
        for (const entry of entriesOf(before, phase, why)) log(entry);
      }
      if (phase.kind !== 'recording') return;
      if (before.kind === 'recording' && phase.endsAt > before.endsAt) log({ what: 'extended', byMs: Math.round(phase.endsAt - before.endsAt) });
      for (const fault of warningsOf(state)) {
        if (!told.has(fault)) log({ what: 'fault', fault });
        told.add(fault);
      }
    },
    async mark() {
      if (phase.kind !== 'recording' || now() - markedAt < BETWEEN_MARKS_MS) return;
      markedAt = now();
      await vault.note({ kind: 'mark', mediaMs: Math.round(recordedMs + markedAt - phase.since) });
    },
    line: (text, found) => void vault.note(evidence(text, found)),
  };
}

/** What a change of phase says. @param why the last capture or start ended, where it was a fault. */
export function entriesOf(before: Phase, after: Phase, why: FaultCode | null): LogEntry[] {
  const entries: LogEntry[] = [];
  if (after.kind === 'recording') entries.push({ what: after.session.endsAt === null ? 'started' : 'carried-on' });
  if (after.kind === 'stopping' && 'session' in before) {
    if (after.then.to === 'paused') entries.push({ what: 'paused', ...after.then.why });
    else entries.push({ what: 'stopped', ...stoppedBy(before, after.then.to === 'gone', after.then.to === 'idle' ? after.then.fault : why) });
  }
  // As the vault's end record: from a pause, or once all that a recording had open is closed.
  const isOver = after.kind !== 'paused' && after.kind !== 'announcing' && (before.kind === 'paused' || (before.kind === 'stopping' && before.face.kind === 'recording'));
  if (isOver) entries.push({ what: 'ended' });
  return entries;
}

function stoppedBy(before: Phase, closing: boolean, fault: FaultCode | null): { by: 'time' | 'room' | 'service' } | { by: 'fault'; fault: FaultCode } {
  if (closing) return { by: 'service' };
  if (before.kind === 'recording') return { by: 'time' };
  return fault === null || fault === 'STOP_BUTTON' ? { by: 'room' } : { by: 'fault', fault };
}
