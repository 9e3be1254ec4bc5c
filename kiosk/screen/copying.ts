/** A copy to the stick as its page knows it, and which recordings belong together on their way there. Pure. */
import type { Recording, Refusal } from '../protocol.js';
import type { CollectLine, CopyProgress, StickView, Verified } from '../protocol/collect.js';

export type Copying =
  /** `progress`: null until something is known. */
  | { readonly is: 'going'; readonly progress: CopyProgress | null; readonly cancelling: boolean }
  /** The stick can be pulled out. */
  | { readonly is: 'done'; readonly verified: readonly Verified[] }
  /** `verified` is on the stick all the same. */
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly verified: readonly Verified[] };

export const BEGUN: Copying = { is: 'going', progress: null, cancelling: false };

/** What a line of the recorder's makes of it. */
export function afterLine(before: Copying, line: CollectLine): Copying {
  switch (line.kind) {
    case 'progress': {
      const { phase, doneBytes, totalBytes, secondsLeft } = line;
      return { is: 'going', progress: { phase, doneBytes, totalBytes, secondsLeft }, cancelling: before.is === 'going' && before.cancelling };
    }
    case 'collected': return { is: 'done', verified: line.verified };
    case 'refused': {
      const { code, sentence, values, remedy, verified = [] } = line;
      return { is: 'refused', refusal: { code, sentence, ...(values && { values }), remedy }, verified };
    }
  }
}

/** One's own copy that goes on, as the recorder tells whoever comes back to it; null where none does. */
export function progressOf(view: StickView): CopyProgress | null {
  if (view.kind !== 'copying' && view.kind !== 'checking' && view.kind !== 'removing') return null;
  const { kind: phase, ...progress } = view;
  return { phase, ...progress };
}

/** The recorder takes no more at once (protocol/collect.ts). */
export const MOST = 50;

export interface Since { readonly kind: 'today' | 'week' | 'all'; readonly from: Date; readonly ids: readonly string[] }

/** What may be chosen with one tap: of today, of this week, all; each where it is more than one recording and more than the one before. What its owner erased is not among it. */
export function sinceChoices(recordings: readonly Recording[], today: Date): readonly Since[] {
  const here = recordings.filter(({ erased }) => !erased).map(({ id, startedAt }) => ({ id, at: new Date(startedAt) }));
  const day = (back: number): Date => new Date(today.getFullYear(), today.getMonth(), today.getDate() - back);
  const first = new Date(Math.min(...here.map(({ at }) => at.getTime())));
  const since = (kind: Since['kind'], from: Date): Since => ({ kind, from, ids: here.filter(({ at }) => at >= from).map(({ id }) => id) });
  // Monday is the week's first day.
  const all = [since('today', day(0)), since('week', day((today.getDay() + 6) % 7)), since('all', first)];
  return all.filter(({ ids }, i) => ids.length > 1 && ids.length <= MOST && ids.length > (all[i - 1]?.ids.length ?? 0));
}
