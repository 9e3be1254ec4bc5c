/** Whole sessions in memory, written by the book (pipeline/FORMAT.md) and not by the recorder. */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { createHash, randomBytes } from 'node:crypto';
import {
  canonical, ChunkLayout, commitmentOf, JournalWriter, NONCE, partName, payloadKey, sealChunk, sealedBinding, toHex, type Binding, type Chunk, type JournalRecord, type SessionFiles,
} from '../../../pipeline/seal/format.js';
import { nodeCrypto, sealHeader, sealSmall } from '../../../pipeline/seal/node.js';
import { freshSigningKey, type SigningKey } from '../../../pipeline/vault/device-key.js';

const AT = '2026-11-23T08:15:00.000Z';
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

export interface PartScript {
  readonly ftyp: Uint8Array;
  readonly moov: Uint8Array;
  readonly fragments: readonly Uint8Array[];
  /** After each fragment: chunk filled, checkpoint written. */
  readonly padded?: boolean;
  readonly continues?: boolean;
  /** Its recorder was killed: the last chunk is not there. */
  readonly killed?: boolean;
}

export interface Script {
  readonly parts: readonly PartScript[];
  readonly identity?: string;
  readonly device?: SigningKey;
  readonly session?: string;
}

export interface Written {
  /** By name; events as `about/…`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly identity: string;
  readonly device: Uint8Array;
  readonly binding: Binding;
  /** Of each part. */
  readonly plain: readonly Uint8Array[];
}

export async function written(script: Script): Promise<Written> {
  const identity = script.identity ?? await generateX25519Identity();
  const owner = await identityToRecipient(identity);
  const device = script.device ?? freshSigningKey();
  const key = freshSigningKey();
  const session = script.session ?? randomBytes(16).toString('hex');
  const binding: Binding = {
    v: 1, session, owner, purpose: { id: 'coaching', version: 3, words: 'Coaching – hyfforddi', audience: 'colleagues-i-choose' }, code: '2026-09', mode: 'picture-and-sound', room: 'Room 12',
  };
  const [salt, secret] = [randomBytes(32), randomBytes(32)];
  const commitment = commitmentOf(nodeCrypto, salt, binding);
  const lines = new JournalWriter(nodeCrypto);
  let journal = '';
  const say = (record: JournalRecord, signer = key): void => { journal += `${lines.line(record, (message) => signer.sign(message))}\n`; };
  say({ kind: 'start', v: 1, session, at: AT, device: toHex(device.publicKey), key: toHex(key.publicKey), commitment: toHex(commitment), claim: sha256(secret) }, device);
  const files = new Map<string, Uint8Array>();
  const plain: Uint8Array[] = [];
  for (const [i, part] of script.parts.entries()) {
    const made = await writtenPart(part, i + 1, { session, owner, commitment, binding: sealedBinding(salt, binding) }, say);
    files.set(partName(i + 1), made.file);
    plain.push(made.plain);
  }
  say({ kind: 'end', at: AT, parts: script.parts.length });
  files.set('journal.jsonl', Buffer.from(journal));
  const event = canonical({ kind: 'claim', v: 1, session, at: AT, secret: secret.toString('hex') });
  files.set(`about/${session}.age`, await sealSmall([owner], Buffer.from(event.padEnd(4096))));
  return { files, identity, device: device.publicKey, binding, plain };
}

interface Ties { readonly session: string; readonly owner: string; readonly commitment: Uint8Array; readonly binding: Uint8Array }

async function writtenPart(script: PartScript, part: number, { session, owner, commitment, binding }: Ties, say: (record: JournalRecord) => void): Promise<{ file: Uint8Array; plain: Uint8Array }> {
  const { header, fileKey } = await sealHeader([owner], { session, part, at: AT, commitment });
  const nonce = randomBytes(NONCE);
  const key = await payloadKey(nodeCrypto, fileKey, nonce);
  let file = Buffer.concat([header, nonce]);
  const plain: Uint8Array[] = [];
  const seal = async (chunks: readonly Chunk[]): Promise<void> => {
    for (const chunk of chunks) {
      plain.push(chunk.plain);
      file = Buffer.concat([file, await sealChunk(nodeCrypto, key, chunk)]);
    }
  };
  const layout = new ChunkLayout();
  say({ kind: 'part', part, at: AT, header: sha256(header), continues: script.continues ?? false });
  await seal([...layout.push(script.ftyp), ...layout.push(binding), ...layout.push(script.moov)]);
  for (const [i, fragment] of script.fragments.entries()) {
    const moof = layout.taken;
    await seal(layout.push(fragment));
    if (script.padded !== true) continue;
    await seal(layout.pad());
    say({ kind: 'checkpoint', part, length: file.length, sha256: sha256(file), moof, picture: (part - 1) * 10_000 + i * 1000, sound: (part - 1) * 10_000 + i * 1000 + 3 });
  }
  if (script.killed !== true) await seal([layout.end()]);
  say({ kind: 'storage-slow', part, at: AT });
  say({ kind: 'frames-dropped', part, at: AT, frames: 2 });
  say({ kind: 'part-end', part, length: file.length, sha256: sha256(file), closed: script.killed !== true });
  return { file, plain: Buffer.concat(plain) };
}

/** Files in memory, as verification reads them. */
export const memoryFiles = (files: ReadonlyMap<string, Uint8Array>): SessionFiles => {
  const file = (name: string): Uint8Array => files.get(name) ?? new Uint8Array();
  return {
    names: (folder) => Promise.resolve([...files.keys()].flatMap((name) => (folder === undefined ? (name.includes('/') ? [] : [name]) : name.startsWith(`${folder}/`) ? [name.slice(folder.length + 1)] : []))),
    size: (name) => Promise.resolve(file(name).length),
    read: (name, at, length) => Promise.resolve(file(name).subarray(at, at + length)),
  };
};
