/**
 * A clip: a session of its own, sealed to a colleague and to its owner, that carries its source's binding (P7.3) and a
 * statement signed by the owner. It can be checked without its source: the device's signed start commits to the binding. Pure.
 */
import { canonical, commitmentOf, sealedBinding, type Binding, type ClipStatement } from './binding.js';
import { fromHex, toHex, utf8 } from './bytes.js';
import type { SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import type { SealedHeader } from './age.js';
import type { SessionStanza } from './header.js';
import { JournalWriter, readJournal, type Checkpoint, type JournalRecord } from './journal.js';
import { ChunkLayout, NONCE, payloadKey, sealChunk, SEALED_CHUNK, type Chunk } from './payload.js';

/** Before the signed text, so that no other signature passes for one. */
const SIGNED_AS = 'lamplight/clip/v1\0';
/** FAT32 holds no larger part; a clip has one part. */
const LARGEST = Math.floor(3.9 * 2 ** 30);
/** Media between two checkpoints; they are the seek index. */
const CHECKPOINT_MS = 500;

/** The owner's key for signing. */
export interface Signer { readonly publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array }

const signedText = ({ clip, ...binding }: Binding): Uint8Array => {
  const statement = Object.fromEntries(Object.entries(clip as ClipStatement).filter(([name]) => name !== 'sig'));
  return utf8(SIGNED_AS + canonical({ ...binding, clip: statement }));
};

/** The binding of a clip. @param source of the recording. @param session of the clip, 32 hex digits. */
export function clipBinding(source: Binding, session: string, statement: Omit<ClipStatement, 'signer' | 'sig'>, signer: Signer): Binding {
  const clip = { ...statement, signer: toHex(signer.publicKey), sig: '' };
  const binding = { ...source, session, clip };
  return { ...binding, clip: { ...clip, sig: toHex(signer.sign(signedText(binding))) } };
}

export interface CheckedClip {
  /** Raw Ed25519 keys in hex: of whoever made the clip, and of the device that recorded its source. */
  readonly signer: string;
  readonly device: string;
  readonly recordedAt: string;
}

/**
 * Whether a clip's statement holds: signed, and of a source whose device committed to this very binding, which lets it be shared.
 * @returns undefined where it does not. @param binding with `clip`.
 */
export async function checkClip(crypto: SealCrypto, binding: Binding): Promise<CheckedClip | undefined> {
  const { clip, ...carried } = binding;
  if (clip === undefined || carried.purpose.audience !== 'colleagues-i-choose') return undefined;
  try {
    if (!await crypto.verify(fromHex(clip.signer), signedText(binding), fromHex(clip.sig))) return undefined;
    for await (const start of readJournal(crypto, [clip.source], undefined)) {
      if (start.kind !== 'start') return undefined;
      const commitment = commitmentOf(crypto, fromHex(clip.salt), { ...carried, session: start.session });
      return toHex(commitment) === start.commitment ? { signer: clip.signer, device: start.device, recordedAt: start.at } : undefined;
    }
    return undefined;
  } catch {
    return undefined;
  }
}

export interface ClipOrder {
  /** From clipBinding. */
  readonly binding: Binding;
  readonly recipients: readonly string[];
  readonly at: string;
  readonly signer: Signer;
  readonly ftyp: Uint8Array;
  readonly moov: Uint8Array;
  /** Whole fragments, `moof` and `mdat`, with their first times in milliseconds. */
  readonly fragments: AsyncIterable<{ readonly bytes: Uint8Array; readonly picture?: number; readonly sound?: number }>;
}

export interface ClipTools {
  readonly crypto: SealCrypto;
  readonly random: (length: number) => Uint8Array;
  /** From age.ts. */
  readonly sealHeader: (recipients: readonly string[], stanza: SessionStanza) => Promise<SealedHeader>;
}

/**
 * Seals the one part of a clip. @param write takes the bytes of `part-01.mp4.age`, in order. @returns the journal.
 * @throws RangeError where it grows too large; what `fragments` throws.
 */
export async function sealClip({ crypto, random, sealHeader }: ClipTools, order: ClipOrder, write: (bytes: Uint8Array) => void): Promise<string> {
  const { binding, at, signer } = order;
  const salt = random(32);
  const commitment = commitmentOf(crypto, salt, binding);
  const { header, fileKey } = await sealHeader(order.recipients, { session: binding.session, part: 1, at, commitment });
  const nonce = random(NONCE);
  const key = await payloadKey(crypto, fileKey, nonce);
  fileKey.fill(0);
  const lines = new JournalWriter(crypto);
  let journal = '';
  const say = (record: JournalRecord): void => { journal += `${lines.line(record, (message) => signer.sign(message))}\n`; };
  const hash = crypto.sha256();
  let length = 0;
  const put = (bytes: Uint8Array): void => {
    hash.update(bytes);
    length += bytes.length;
    write(bytes);
  };
  const seal = async (chunks: readonly Chunk[]): Promise<void> => {
    for (const chunk of chunks) put(await sealChunk(crypto, key, chunk));
    if (length > LARGEST - 2 * SEALED_CHUNK) throw new RangeError('the clip is too large');
  };
  const digest = (): string => toHex(hash.soFar());
  const publicKey = toHex(signer.publicKey);
  // A clip has no claim: it is nobody's on a device. The field is that of every start.
  say({ kind: 'start', v: 1, session: binding.session, at, device: publicKey, key: publicKey, commitment: toHex(commitment), claim: toHex(random(32)) });
  put(header);
  say({ kind: 'part', part: 1, at, header: digest(), continues: false });
  put(nonce);
  const layout = new ChunkLayout();
  await seal([...layout.push(order.ftyp), ...layout.push(sealedBinding(salt, binding)), ...layout.push(order.moov)]);
  let index: { readonly moof: number; readonly end: number; readonly picture: number | undefined; readonly sound: number | undefined }[] = [];
  let last = -Infinity;
  for await (const { bytes, picture, sound } of order.fragments) {
    const moof = layout.taken;
    await seal(layout.push(bytes));
    index.push({ moof, end: layout.taken, picture, sound });
    const now = picture ?? sound ?? 0;
    if (now - last < CHECKPOINT_MS) continue;
    const written = index.filter(({ end }) => end <= layout.covered);
    if (written[0] === undefined) continue;
    last = now;
    index = index.slice(written.length);
    say({ kind: 'checkpoint', part: 1, ...checkpointOf(written, length, digest()) });
  }
  await seal([layout.end()]);
  say({ kind: 'part-end', part: 1, length, sha256: digest(), closed: true });
  say({ kind: 'end', at, parts: 1 });
  return journal;
}

function checkpointOf(written: readonly { readonly moof: number; readonly picture: number | undefined; readonly sound: number | undefined }[], length: number, sha256: string): Checkpoint {
  const [first] = written;
  if (first === undefined) throw new FormatError('MEDIA_BROKEN', 'a checkpoint of nothing');
  const whole = (times: readonly (number | undefined)[]): number | undefined => {
    const time = times.find((one) => one !== undefined);
    return time === undefined ? undefined : Math.floor(time);
  };
  const [picture, sound] = [whole(written.map((one) => one.picture)), whole(written.map((one) => one.sound))];
  return { length, sha256, moof: first.moof, ...(picture === undefined ? {} : { picture }), ...(sound === undefined ? {} : { sound }) };
}
