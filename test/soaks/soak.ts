/** A test that runs too long for `npm test`: cut into chunks that can each be repeated by their number (tools/soak.ts runs them). */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** Counts, summed over all chunks. */
export type Figures = Readonly<Record<string, number>>;

export interface Soak {
  /** One sentence: what must not happen. */
  readonly claim: string;
  /** How much a whole run is, and of what. */
  readonly size: number;
  readonly unit: string;
  /** How much of it one chunk does; a few seconds of work. */
  readonly chunk: number;
  /** What it is run on, so that a run is not carried on with another. */
  subject(): string;
  /** Does chunk `number`, the same each time. @param amount of it: less than `chunk` where a run ends sooner. @throws Error that says what was broken. */
  run(number: number, amount: number): Figures | Promise<Figures>;
}

/** Numbers that look random and are the same for a seed (mulberry32, public domain, T. Ettinger). @returns the next one below `limit`. */
export function dice(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** What lies in these folders, themselves only, as one hash; a changed file makes another subject. */
export function sourcesOf(...folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
      if (entry.isFile()) hash.update(readFileSync(`${folder}/${entry.name}`));
    }
  }
  return hash.digest('hex');
}
