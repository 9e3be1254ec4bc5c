/** What a session is bound to for ever, and the salted commitment that stands for it where anyone can read. Pure. */
import canonicalize from 'canonicalize';
import type { Audience, Mode } from '../../session/ports.js';
import { fromHex, joined, toHex, utf8 } from './bytes.js';
import type { SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import { bindingBox, bindingContent } from './mp4.js';

export interface Binding {
  readonly v: 1;
  readonly session: string;
  /** The owner's public key (an age recipient), not a name. */
  readonly owner: string;
  readonly purpose: { readonly id: string; readonly version: number; readonly words: string; readonly audience: Audience };
  /** Version of the code of practice that held at start. */
  readonly code: string;
  readonly mode: Mode;
  readonly room: string;
  /** By how many milliseconds the sound of this room was moved onto its picture, found by a clap test; absent where none was made. */
  readonly soundOffsetMs?: number;
  /** In a clip: what its owner states of it. Everything else is its source's. */
  readonly clip?: ClipStatement;
}

/** Signed by the owner who made the clip (clip.ts). */
export interface ClipStatement {
  /** The first line of the source's journal, signed by its device, and the salt by which its commitment can be checked. */
  readonly source: string;
  readonly salt: string;
  /** Where in the source, all parts joined; whole milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly blurred: boolean;
  readonly silent: boolean;
  readonly at: string;
  /** Raw Ed25519 public key and signature, in hex. */
  readonly signer: string;
  readonly sig: string;
}

/** RFC 8785. @throws Error on NaN, infinities, lone surrogates and cycles. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('nothing to write');
  return text;
}

export function commitmentOf(crypto: SealCrypto, salt: Uint8Array, binding: Binding): Uint8Array {
  const hash = crypto.sha256();
  hash.update(joined(salt, utf8(canonical(binding))));
  return hash.soFar();
}

/** The `uuid` box that stands after ftyp, inside the seal. @param salt 32 random bytes. */
export const sealedBinding = (salt: Uint8Array, binding: Binding): Uint8Array => bindingBox(utf8(canonical({ binding, salt: toHex(salt) })));

/**
 * The binding of an opened part, and its salt in hex.
 * @param plain the beginning of the part's plaintext; 64 KiB are enough.
 * @throws FormatError BINDING_BROKEN where there is none or it is not what the header stanza commits to.
 */
export function readSealed(crypto: SealCrypto, plain: Uint8Array, commitment: Uint8Array): { readonly binding: Binding; readonly salt: string } {
  const content = bindingContent(plain);
  try {
    const { binding, salt } = JSON.parse(new TextDecoder().decode(content)) as { binding: Binding; salt: string };
    if (toHex(commitmentOf(crypto, fromHex(salt), binding)) === toHex(commitment)) return { binding, salt };
  } catch {
    // Falls through: content that cannot be read fits no commitment.
  }
  throw new FormatError('BINDING_BROKEN', 'the binding inside the seal is not the one that the header commits to');
}

/** The binding alone; otherwise as readSealed. */
export const readBinding = (crypto: SealCrypto, plain: Uint8Array, commitment: Uint8Array): Binding => readSealed(crypto, plain, commitment).binding;
