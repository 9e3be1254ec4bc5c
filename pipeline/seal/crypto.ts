/** What the format needs of a cryptographic library; node.ts answers it with node:crypto. */
export interface SealCrypto {
  /** SHA-256 that can be read on the way. */
  sha256(): RunningHash;
  /** HKDF-SHA-256 (RFC 5869). */
  hkdf(key: Uint8Array, salt: Uint8Array, info: string, length: number): Promise<Uint8Array>;
  /** ChaCha20-Poly1305 (RFC 8439) without additional data; the 16-byte tag follows the text. */
  seal(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Promise<Uint8Array>;
  /** The plaintext, or undefined where the tag does not fit. */
  open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Promise<Uint8Array | undefined>;
  /** Ed25519 (RFC 8032), with a raw 32-byte public key. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** Of all that came so far; more may follow. */
  soFar(): Uint8Array;
}
