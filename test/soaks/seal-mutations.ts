/** Random changes to the files of a session: bits, bytes, chunks, lines, whole files, alone and in pairs. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { JOURNAL } from '../../pipeline/seal/format.js';
import { judge, mutated, pair, type Pair } from '../pipeline/seal/mutations.js';
import { dice, type Figures, type Soak } from './soak.js';

const CHUNK = 2000;
let scene: Promise<Pair> | undefined;

export const soak: Soak = {
  claim: 'no change to the files of a session makes it verify as what it is not, and what opens is a beginning of what was sealed',
  size: 100_000,
  unit: 'mutations',
  chunk: CHUNK,
  subject: () => `pipeline/seal ${sources().slice(0, 12)}`,
  async run(number) {
    scene ??= pair();
    const figures: Record<string, number> = { mutations: 0, complete: 0, interrupted: 0, altered: 0, bytesOpened: 0 };
    const count = (what: string, by: number): number => (figures[what] = (figures[what] ?? 0) + by);
    for (let i = 0; i < CHUNK; i += 1) {
      const roll = dice(number * CHUNK + i);
      const { files, what } = mutated(await scene, roll);
      try {
        const { verdict, opened } = await judge(await scene, files);
        count('mutations', 1);
        count(verdict, 1);
        count('bytesOpened', opened);
      } catch (error) {
        throw new Error(`${what}, ${files.get(JOURNAL)?.length ?? 0} bytes of journal: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    return figures satisfies Figures;
  },
};

/** Of what is tested, so that another version begins anew. */
function sources(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync('pipeline/seal').sort()) hash.update(readFileSync(`pipeline/seal/${file}`));
  return hash.digest('hex');
}
