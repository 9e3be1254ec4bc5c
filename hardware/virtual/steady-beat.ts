/** A beat that does not drift, for frames and blocks of sound: a late turn is made up for, so the rate stays exact. */
import { monotonic } from './program.js';

/**
 * @param act called with how many periods have passed since it was called last: 1, or more on a busy machine.
 * @returns what stops it.
 */
export function beatSteadily(periodMs: number, act: (periods: number) => void): () => void {
  const start = monotonic();
  let done = 0;
  let timer: NodeJS.Timeout;
  const turn = (): void => {
    const due = Math.floor((monotonic() - start) / periodMs);
    if (due > done) act(due - done);
    done = Math.max(done, due);
    timer = setTimeout(turn, Math.max(1, start + (done + 1) * periodMs - monotonic()));
  };
  turn();
  return () => clearTimeout(timer);
}
