/** What the room hears: a pure function of what the stream says and said before. A screen that was loaded anew in the middle says nothing twice. */
import type { PublicState } from '../protocol.js';
import type { Chime, Saying } from '../speech/words.js';
import type { Seen } from './view.js';

/** One thing to hear: a chime, words, or a chime and then words. */
export interface Cue {
  readonly chime: Chime | null;
  readonly saying: Saying | null;
  /** From the moment at which the state came; below zero it is late, and may still be heard. */
  readonly inMs: number;
  /** It begins so much later at most, or not at all: what is no longer so is not said. */
  readonly freshMs: number;
}

/** P9.2: a soft tone each ten minutes while recording. */
const TONE_EACH_MS = 10 * 60_000;
/** P2.6: a chime and words 60 s before the end. */
const MINUTE_LEFT_MS = 60_000;
/** The last seconds of the countdown, one tick each: the countdown after a pause has no more (LIMITS.countdownAfterPause). */
const TICKS = [3, 2, 1];

/** How much two messages of one moment may differ: what was due so shortly ago may not have been heard yet. */
export const JITTER_MS = 500;
/** A screen that is loaded anew takes some seconds. That the end is near is then said late, or twice, rather than never (P2.6). */
const RELOAD_MS = 10_000;

/** Words are true about as long as the state lasts; a new state’s words replace them anyway. */
const WORDS_FRESH_MS = 10_000;
/** A tick that comes late counts wrongly. */
const TICK_FRESH_MS = 300;

/** What replaces whatever is being said: it is no longer so. The others wait until that was said. */
const CUTS: ReadonlySet<Saying> = new Set<Saying>(['starting', 'carrying-on', 'started', 'not-started', 'stopped', 'camera-on', 'lost']);
export const cutsShort = ({ saying }: Cue): boolean => saying !== null && CUTS.has(saying);

const now = (saying: Saying, chime: Chime | null = null): Cue => ({ chime, saying, inMs: 0, freshMs: WORDS_FRESH_MS });

/**
 * What to play because of this state, at once (`inMs` 0) and later; what an
 * earlier state had for later no longer counts. Nothing that is only just over
 * is left out: `notHeard` sees to it that it is not played twice.
 *
 * @param before the state before it; null after the page was loaded: nobody knows what was heard
 */
export function soundsFor(before: PublicState | null, after: PublicState): readonly Cue[] {
  return [...before === null ? [] : changeOf(before.phase, after.phase), ...laterIn(after.phase, before === null)];
}

type Phase = PublicState['phase'];

function changeOf(before: Phase, after: Phase): readonly Cue[] {
  switch (after.kind) {
    case 'announcing':
      return before.kind === 'announcing' ? [] : [now(before.kind === 'paused' ? 'carrying-on' : 'starting')];
    case 'recording':
      return before.kind === 'recording' ? [] : [now('started', 'start')];
    case 'framing':
      return after.live && !(before.kind === 'framing' && before.live) ? [now('camera-on')] : [];
    case 'paused':
      if (before.kind === 'paused') return [];
      return [...endOf(before), ...after.why.by === 'owner' ? [now('paused')] : after.why.by === 'fault' ? [now('fault')] : []];
    case 'checking': case 'idle': case 'blocked': case 'waking': case 'starting': case 'stopping': case 'gone':
      return after.kind === 'starting' ? [] : endOf(before);
  }
}

/** What ends with this phase: a recording, or a start that came to nothing. */
function endOf(before: Phase): readonly Cue[] {
  if (before.kind === 'recording') return [now('stopped', 'stop')];
  return before.kind === 'announcing' || before.kind === 'starting' ? [now('not-started')] : [];
}

function laterIn(phase: Phase, loaded: boolean): readonly Cue[] {
  switch (phase.kind) {
    case 'announcing':
      return TICKS.map((seconds): Cue => ({ chime: 'tick', saying: null, inMs: phase.countdownMs - seconds * 1000, freshMs: TICK_FRESH_MS }))
        // Zero is also what a countdown has that waits for the sign.
        .filter(({ inMs }) => phase.countdownMs > 0 && inMs >= (loaded ? 0 : -JITTER_MS));
    case 'recording': {
      const minute: Cue = { ...now('one-minute', 'minute-left'), inMs: phase.endsInMs - MINUTE_LEFT_MS };
      return [...tones(phase.elapsedMs, phase.endsInMs, loaded), ...minute.inMs >= (loaded ? -RELOAD_MS : -JITTER_MS) ? [minute] : []];
    }
    case 'checking': case 'idle': case 'blocked': case 'waking': case 'framing': case 'starting': case 'paused': case 'stopping': case 'gone':
      return [];
  }
}

/** Of a part, each ten minutes; but not into the words about the last minute, nor at the end. */
function tones(elapsedMs: number, endsInMs: number, loaded: boolean): readonly Cue[] {
  const earliest = elapsedMs - (loaded ? 0 : JITTER_MS);
  const first = Math.max(1, Math.ceil(earliest / TONE_EACH_MS));
  const count = Math.max(0, Math.floor((elapsedMs + endsInMs) / TONE_EACH_MS) - first + 1);
  return Array.from({ length: count }, (_, at): Cue => ({ chime: 'ten-minutes', saying: null, inMs: (first + at) * TONE_EACH_MS - elapsedMs, freshMs: WORDS_FRESH_MS }))
    .filter(({ inMs }) => endsInMs - inMs > MINUTE_LEFT_MS + WORDS_FRESH_MS);
}

/** What a change of the link says. A lost link is said once, however long it lasts. */
export function soundsOfLink(before: Seen['link'], after: Seen['link']): readonly Cue[] {
  if (before === after) return [];
  if (after === 'lost') return [now('lost')];
  return before === 'lost' && after === 'live' ? [now('found')] : [];
}

const nameOf = ({ chime, saying }: Cue): string => `${chime ?? ''} ${saying ?? ''}`;

/** When each cue was last due, by name and on the page’s clock. */
export type Heard = ReadonlyMap<string, number>;

/** Those cues that were not played for this very moment already. @param at when the state came that they belong to. */
export const notHeard = (cues: readonly Cue[], at: number, heard: Heard): readonly Cue[] =>
  cues.filter((cue) => Math.abs(at + cue.inMs - (heard.get(nameOf(cue)) ?? -Infinity)) > JITTER_MS);

/** What was heard, with this cue. */
export const withHeard = (heard: Heard, cue: Cue, dueAt: number): Heard => new Map(heard).set(nameOf(cue), dueAt);
