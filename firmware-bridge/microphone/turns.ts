/** One command in flight: answers in these text protocols carry no name, so nothing else tells whose they are. */
import { DeviceLost } from '../serial/errors.js';
import type { Link } from '../serial/link.js';
import type { Timers } from '../serial/timers.js';

/** Answers normally take some ms; a busy device may be late. */
const ANSWER_WITHIN_MS = 2000;

interface Asked<A> {
  readonly text: string;
  readonly signal: AbortSignal;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: Error) => void;
}

export interface Turns<A> {
  /** What was said and is not answered yet. */
  readonly underWay: string | undefined;
  /**
   * Sends in the order of asking. A command that is aborted before its turn is
   * never sent; one that is on its way keeps its turn until it is answered.
   * @throws DeviceLost where the answer is missing.
   */
  ask(text: string, signal: AbortSignal): Promise<A>;
  /** For what is under way; where nothing is, nobody hears it. */
  answer(answer: A): void;
}

/** @param lineEnd what ends a command on this device. @param forget called at each opening and each loss: what was half heard belongs to nothing any more. */
export function createTurns<A>(link: Link, timers: Timers, lineEnd: string, forget: () => void): Turns<A> {
  let queue: Asked<A>[] = [];
  let inFlight: Asked<A> | undefined;
  let cancelPatience = (): void => undefined;

  function speak(): void {
    if (inFlight !== undefined) return;
    const asked = queue.shift();
    if (asked === undefined) return;
    if (asked.signal.aborted) {
      asked.reject(asked.signal.reason as Error);
      return speak();
    }
    inFlight = asked;
    // Whatever comes after this can no longer be told apart, so the line is begun anew.
    cancelPatience = timers.after(ANSWER_WITHIN_MS, () => link.drop(silence(asked.text)));
    link.write(Buffer.from(`${asked.text}${lineEnd}`));
  }

  function reset(why: string): void {
    cancelPatience();
    forget();
    const forgotten = inFlight === undefined ? queue : [inFlight, ...queue];
    inFlight = undefined;
    queue = [];
    for (const { reject } of forgotten) reject(new DeviceLost(why));
  }

  link.onState((state) => {
    switch (state.kind) {
      case 'opening':
        return;
      case 'open':
      case 'closed':
        return reset('the line to the microphone was closed');
      case 'lost':
        return reset(state.why);
    }
  });

  return {
    get underWay() {
      return inFlight?.text;
    },
    async ask(text, signal) {
      signal.throwIfAborted();
      if (link.state.kind !== 'open') throw new DeviceLost('the line to the microphone is not open; check its control cable');
      const answer = await new Promise<A>((resolve, reject) => {
        queue.push({ text, signal, resolve, reject });
        speak();
      });
      signal.throwIfAborted();
      return answer;
    },
    answer(answer) {
      const asked = inFlight;
      inFlight = undefined;
      cancelPatience();
      asked?.resolve(answer);
      speak();
    },
  };
}

/** Control characters of the wire are no words. */
const silence = (text: string): string => `the microphone did not answer "${text.replaceAll(/[\x00-\x1f]/g, '')}"; check its power, cable and baud rate`;
