/** Random changes to the files of a session, read by what the page at home reads with: the film, its index, its fragments. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Film, FormatError, type Piece } from '../../pipeline/seal/format.js';
import { nodeCrypto } from '../../pipeline/seal/node.js';
import { samplesOf } from '../../pipeline/seal/samples.js';
import { encoded, sealedLesson } from '../fakes/sealed-lesson.js';
import { filesIn } from '../pipeline/seal/lesson-files.js';
import { HeaderRefused, mutated, remembering, type Pair } from '../pipeline/seal/mutations.js';
import { memoryFiles, type Written } from '../pipeline/seal/written.js';
import { dice, sourcesOf, type Soak } from './soak.js';

const CHUNK = 500;
/** A whole lesson of these is read in milliseconds; what takes this long does not end. */
const HANGS_AFTER_MS = 20_000;

interface Scene extends Pair { readonly known: ReadonlyMap<string, string> }
let scene: Promise<Scene> | undefined;

async function build(): Promise<Scene> {
  const folder = mkdtempSync(path.join(tmpdir(), 'viewer-mutations-'));
  try {
    const media = [await encoded(3), await encoded(2)];
    const at = (name: string): string => {
      mkdirSync(path.join(folder, name));
      return path.join(folder, name);
    };
    const first = await sealedLesson(at('one'), { parts: media });
    // Of the same teacher: what is mixed in opens.
    const sealingFor = (): Promise<{ owner: string; recipients: string[]; code: string; room: string }> => Promise.resolve({ owner: first.key.recipient, recipients: [first.key.recipient], code: '2026-09', room: 'Room 9' });
    const second = await sealedLesson(at('two'), { parts: media.toReversed(), options: { sealingFor } });
    const opener = remembering(first.key.identity);
    const known = new Map<string, string>();
    const written = async (lesson: { readonly folder: string; readonly devicePublicKey: Uint8Array }): Promise<Written> => {
      const files = filesIn(lesson.folder);
      const film = await Film.open(nodeCrypto, memoryFiles(files), opener);
      for await (const piece of film.play(0)) known.set(placeOf(piece), digestOf(piece));
      return { files, identity: first.key.identity, device: lesson.devicePublicKey, binding: film.binding, plain: [] };
    };
    return { session: await written(first), other: await written(second), opener, known };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Picture and sound of one time are two fragments. */
const placeOf = ({ of, moof, fromMs }: Piece): string => `${of.opened.stanza.session} ${of.part} ${(fromMs - of.laterMs).toFixed(3)} ${[...samplesOf(moof, of.tracks).keys()].join()}`;
const digestOf = ({ mdat }: Piece): string => createHash('sha256').update(mdat).digest('hex');

async function played(film: Film, from: number, known: ReadonlyMap<string, string>): Promise<number> {
  let pieces = 0;
  for await (const piece of film.play(from)) {
    if (known.get(placeOf(piece)) !== digestOf(piece)) throw new Error(`what is shown at ${piece.fromMs} ms was not recorded there`);
    pieces += 1;
  }
  return pieces;
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('it does not end')), HANGS_AFTER_MS); });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const soak: Soak = {
  claim: 'whatever is done to the files of a session, the page shows no picture but those that were recorded, each in its place, and does not hang',
  size: 10_000,
  unit: 'mutations',
  chunk: CHUNK,
  subject: () => `pipeline/seal ${sourcesOf('pipeline/seal').slice(0, 12)}`,
  async run(number) {
    const { known, ...pair } = await (scene ??= build());
    const figures = { mutations: 0, opened: 0, refused: 0, brokeOff: 0, fragments: 0 };
    for (let i = 0; i < CHUNK; i += 1) {
      const roll = dice(number * CHUNK + i);
      const { files, what } = mutated(pair, roll);
      figures.mutations += 1;
      try {
        const film = await within(Film.open(nodeCrypto, memoryFiles(files), pair.opener));
        figures.opened += 1;
        figures.fragments += await within(played(film, roll(Math.ceil(film.durationMs) + 1), known));
      } catch (error) {
        if (error instanceof HeaderRefused || (error instanceof FormatError && error.code !== 'PAYLOAD_BROKEN')) figures.refused += 1;
        else if (error instanceof FormatError) figures.brokeOff += 1;
        else throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    return figures;
  },
};
