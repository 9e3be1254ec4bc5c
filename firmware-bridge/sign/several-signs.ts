/**
 * Several signs as one: a room with two doors, or a small sign on the desk.
 * Every one must prove the same wish, or nothing is confirmed; their relays
 * are wired in series, so that each opens the capture path by itself.
 */
import type { BeatToken, FaultCode, Sign, SignReport } from '../../session/ports.js';
import { sameFace } from '../../session/troubles.js';

type Answered = Extract<SignReport, { kind: 'answered' }>;
/** What one sign said last; undefined before it said anything. */
export type Said = Exclude<SignReport, { kind: 'button' }> | undefined;

/**
 * What the room knows when one sign has just answered.
 * @param answer that sign's report. @param others what the others said last.
 * @returns `shown` only where each of them proved the same face; then requested at the earliest of their beats, so that the lease counts from the oldest proof.
 */
export function join(answer: Answered, others: readonly Said[]): Answered {
  const all = [answer, ...others];
  const answers = all.filter((said) => said?.kind === 'answered');
  const everyone = answers.length === all.length;
  const { fault: own, ...joined } = answer;
  const fault = own ?? firstFault(others);
  return {
    ...joined,
    requestedAt: Math.min(...answers.map(({ requestedAt }) => requestedAt)),
    shown: everyone && answers.every(({ shown, wish }) => shown && sameFace(wish.face, answer.wish.face)),
    relay: everyone && answers.every(({ relay }) => relay === answer.relay) ? answer.relay : 'unproven',
    stopPressed: answers.some(({ stopPressed }) => stopPressed),
    ...(fault === undefined ? {} : { fault }),
  };
}

const firstFault = (others: readonly Said[]): FaultCode | undefined => others.map((said) => said?.fault).find((fault) => fault !== undefined);

export interface ClosableSign extends Sign {
  close(): Promise<void>;
}

/** @param signs one or more; a single one is handed back as it is. @throws RangeError for none: a room without a sign records nothing. */
export function asOneSign(signs: readonly ClosableSign[]): ClosableSign {
  const [first, ...more] = signs;
  if (first === undefined) throw new RangeError('a room needs a sign');
  return more.length === 0 ? first : new SeveralSigns(signs);
}

class SeveralSigns implements ClosableSign {
  readonly #signs: readonly ClosableSign[];
  readonly #said: Said[];
  readonly #listeners: ((report: SignReport) => void)[] = [];

  constructor(signs: readonly ClosableSign[]) {
    this.#signs = signs;
    this.#said = signs.map(() => undefined);
    for (const [which, sign] of signs.entries()) sign.onReport((report) => this.#heard(which, report));
  }

  onReport(listener: (report: SignReport) => void): void {
    this.#listeners.push(listener);
  }

  beat(token: BeatToken): void {
    for (const sign of this.#signs) sign.beat(token);
  }

  async close(): Promise<void> {
    await Promise.all(this.#signs.map((sign) => sign.close()));
  }

  #heard(which: number, report: SignReport): void {
    if (report.kind !== 'button') this.#said[which] = report;
    const others = this.#said.filter((_, other) => other !== which);
    const told = report.kind === 'answered' ? join(report, others) : report;
    for (const listener of this.#listeners) listener(told);
  }
}
