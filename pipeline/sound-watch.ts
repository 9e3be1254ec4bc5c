/** Is what the microphone brings worth recording? Sound levels in, warnings out. Pure; the caller says what time it is. */
import type { FaultCode, Monotonic, RecorderEvent } from '../session/ports.js';
import type { Level } from './recorder-messages.js';

export type SoundNews = Extract<RecorderEvent, { kind: 'warning' | 'cleared' }>;

/** Exact zeros, which no open microphone gives: the smallest other value of 16 bits is −90 dBFS. */
const ZERO_DB = -119;
/** A room with people in it is louder; a microphone in a drawer is not. */
const QUIET_DB = -60;
/** Full scale of 16 bits but for rounding. */
const CLIPPED_DB = -0.05;
const DEAD_AFTER_MS = 2000;
const QUIET_AFTER_MS = 10_000;
/** One knock on the table is no trouble; three within this are. */
const CLIPS = 3;
const CLIPS_WITHIN_MS = 5000;
const CLIPS_OVER_AFTER_MS = 10_000;

const isDead = ({ peak }: Level): boolean => peak.every((value) => value <= ZERO_DB);
const isHalfDead = (level: Level): boolean => !isDead(level) && level.peak.some((value) => value <= ZERO_DB);
const isQuiet = (level: Level): boolean => !isDead(level) && level.rms.every((value) => value < QUIET_DB);
const isClipped = ({ peak }: Level): boolean => peak.some((value) => value >= CLIPPED_DB);

/** What has to last for a while before it counts; it is over at the first level that says otherwise. */
const LASTING: readonly { readonly fault: FaultCode; readonly holds: (level: Level) => boolean; readonly afterMs: number }[] = [
  { fault: 'SOUND_DEAD', holds: isDead, afterMs: DEAD_AFTER_MS },
  { fault: 'SOUND_HALF', holds: isHalfDead, afterMs: QUIET_AFTER_MS },
  { fault: 'SOUND_QUIET', holds: isQuiet, afterMs: QUIET_AFTER_MS },
];

export class SoundWatch {
  readonly #since = new Map<FaultCode, Monotonic>();
  readonly #told = new Set<FaultCode>();
  #clippedAt: Monotonic[] = [];

  /** @param level of the last tenth of a second. */
  hear(level: Level, at: Monotonic): SoundNews[] {
    const holding = LASTING.filter(({ fault, holds, afterMs }) => this.#lasts(fault, holds(level), afterMs, at)).map(({ fault }) => fault);
    if (this.#clips(level, at)) holding.push('SOUND_CLIPPED');
    const news: SoundNews[] = [
      ...holding.filter((fault) => !this.#told.has(fault)).map((fault) => ({ kind: 'warning', fault }) as const),
      ...[...this.#told].filter((fault) => !holding.includes(fault)).map((fault) => ({ kind: 'cleared', fault }) as const),
    ];
    for (const { kind, fault } of news) this.#told[kind === 'warning' ? 'add' : 'delete'](fault);
    return news;
  }

  #lasts(fault: FaultCode, holds: boolean, afterMs: number, at: Monotonic): boolean {
    if (!holds) {
      this.#since.delete(fault);
      return false;
    }
    const since = this.#since.get(fault) ?? at;
    this.#since.set(fault, since);
    return at - since >= afterMs;
  }

  #clips(level: Level, at: Monotonic): boolean {
    if (isClipped(level)) this.#clippedAt.push(at);
    const memory = this.#told.has('SOUND_CLIPPED') ? CLIPS_OVER_AFTER_MS : CLIPS_WITHIN_MS;
    this.#clippedAt = this.#clippedAt.filter((clippedAt) => at - clippedAt < memory);
    return this.#clippedAt.length >= (this.#told.has('SOUND_CLIPPED') ? 1 : CLIPS);
  }
}
