/** Makes a clip, in the worker: cut, hidden, sealed to a colleague and to the owner, signed. */
import { signingPublicKey, signMessage } from '../keys/sign.js';
import { sealHeader } from '../../pipeline/seal/age.js';
import { joined } from '../../pipeline/seal/bytes.js';
import { clipBinding, sealClip } from '../../pipeline/seal/clip.js';
import { cutting, type Cutting, type Run } from '../../pipeline/seal/cut.js';
import { JOURNAL, journalLines, partName } from '../../pipeline/seal/files.js';
import type { Track } from '../../pipeline/seal/fragments.js';
import { fragmentOf, withPicture, withTracks, type Cut } from '../../pipeline/seal/mux.js';
import { Blur } from './blur.js';
import { opened } from './reader.js';
import { zipped } from './zip.js';

export interface ClipWish {
  readonly fromMs: number;
  readonly toMs: number;
  readonly blur: boolean;
  readonly silence: boolean;
  /** A colleague's, from checkRecipient. */
  readonly recipient: string;
}

export interface MadeClip { readonly name: string; readonly folder: Blob; readonly fromMs: number }

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @throws FormatError where it cannot be cut, RangeError where it is too large */
export async function makeClip({ fromMs, toMs, blur, silence, recipient }: ClipWish, tell: (news: unknown) => void): Promise<MadeClip> {
  const { film, files, key, crypto: seal } = opened();
  if (film.binding.purpose.audience !== 'colleagues-i-choose' || film.binding.clip !== undefined) throw new Error('this recording is not to be shared');
  let source: string | undefined;
  for await (const line of journalLines(await files.size(JOURNAL), (at, length) => files.read(JOURNAL, at, length))) {
    source = line;
    break;
  }
  if (source === undefined) throw new Error('there is no journal');
  const cut = await cutting(film, fromMs, toMs);
  const at = new Date().toISOString();
  const session = hex(random(16));
  const signer = { publicKey: signingPublicKey(key.identity), sign: (message: Uint8Array) => signMessage(key.identity, message) };
  const statement = { source, salt: film.parts[0]?.opened.salt ?? '', fromMs: Math.round(cut.fromMs), toMs: Math.round(Math.min(toMs, film.durationMs)), blurred: blur, silent: silence, at };
  const binding = clipBinding(film.binding, session, statement, signer);
  const media = await mediaOf(cut, blur, silence, (ms) => tell(Math.min(1, ms / (toMs - cut.fromMs))));
  const pieces: Uint8Array[] = [];
  let waiting: Uint8Array[] = [];
  let size = 0;
  const journal = await sealClip({ crypto: seal, random, sealHeader }, { binding, recipients: [...new Set([recipient, key.recipient])], at, signer, ...media }, (bytes) => {
    waiting.push(bytes);
    size += bytes.length;
    if (size < 1 << 20) return;
    pieces.push(joined(...waiting));
    [waiting, size] = [[], 0];
  });
  const name = `lamplight-clip-${session.slice(0, 8)}`;
  return { name, fromMs: cut.fromMs, folder: zipped(name, [[partName(1), [...pieces, ...waiting]], [JOURNAL, [new TextEncoder().encode(journal)]]], new Date()) };
}

export const clipCalls = { makeClip };
export type ClipCalls = typeof clipCalls;

interface Media {
  readonly ftyp: Uint8Array;
  readonly moov: Uint8Array;
  readonly fragments: AsyncGenerator<{ readonly bytes: Uint8Array; readonly picture?: number; readonly sound?: number }, void>;
}

async function mediaOf(cut: Cutting, blur: boolean, silence: boolean, tell: (ms: number) => void): Promise<Media> {
  const keep = (id: number): boolean => !silence || cut.tracks.get(id)?.kind !== 'sound';
  const moov = withTracks(cut.moov, keep);
  const runs = (async function* (): AsyncGenerator<Run, void> { for await (const run of cut.runs()) if (keep(run.track)) yield run; })();
  const hidden = blur ? await blurredRuns(runs, cut.tracks) : undefined;
  const shown = hidden === undefined ? runs : hidden.runs;
  return { ftyp: cut.ftyp, moov: hidden?.config === undefined ? moov : withPicture(moov, cut.tracks, hidden.config), fragments: fragmentsOf(shown, cut.tracks, tell) };
}

async function* fragmentsOf(runs: AsyncGenerator<Run, void>, tracks: ReadonlyMap<number, Track>, tell: (ms: number) => void): Media['fragments'] {
  let number = 0;
  for await (const { track, kind, samples } of runs) {
    number += 1;
    const ms = ((samples[0]?.at ?? 0) * 1000) / (tracks.get(track)?.timescale ?? 1);
    tell(ms);
    yield { bytes: fragmentOf(number, track, samples), ...(kind === undefined ? {} : { [kind]: ms }) };
  }
}

/** The runs with their pictures blurred; how to decode these is known once the first has come out. */
async function blurredRuns(runs: AsyncGenerator<Run, void>, tracks: ReadonlyMap<number, Track>): Promise<{ config: Uint8Array | undefined; runs: AsyncGenerator<Run, void> }> {
  const [id, track] = [...tracks].find(([, { kind }]) => kind === 'picture') ?? [];
  if (id === undefined || track === undefined) return { config: undefined, runs };
  const blur = new Blur(track);
  const after = (async function* (): AsyncGenerator<Run, void> {
    const run = (samples: readonly Cut[]): Run[] => (samples.length === 0 ? [] : [{ track: id, kind: 'picture', samples }]);
    for await (const one of runs) yield* one.track === id ? run(await blur.take(one.samples)) : [one];
    yield* run(await blur.end());
  })();
  const held: Run[] = [];
  while (blur.config === undefined) {
    const { done, value } = await after.next();
    if (done === true) break;
    held.push(value);
  }
  return { config: blur.config, runs: (async function* (): AsyncGenerator<Run, void> {
    yield* held;
    yield* after;
  })() };
}
