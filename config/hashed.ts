/** PINs and codes that open nothing by themselves: kept as Argon2id only. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import type { Hashed } from './state.js';
import { OneAtATime } from './throttle.js';

/** Argon2id, 64 MiB, 3 passes, 1 lane: the second recommended setting of RFC 9106, section 4. */
export const ARGON2ID = { algorithm: 2, memoryCost: 64 * 1024, timeCost: 3, parallelism: 1, outputLen: 32 } as const;

/** Makes 32 bytes of a secret, slowly. A test may hand in a quick one. */
export type SlowHash = (secret: Buffer, salt: Buffer) => Promise<Buffer>;
/** Of the whole process: many at once would take the memory that a recording needs. */
const turns = new OneAtATime();
/** One after another, whoever asks. @param secret stays as it is until this settles. */
export const argon2id: SlowHash = (secret, salt) => turns.run(() => hashRaw(secret, { ...ARGON2ID, salt }));

/** @param secret its bytes; the caller wipes them. */
export async function hashed(secret: Buffer, slow: SlowHash = argon2id): Promise<Hashed> {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: (await slow(secret, salt)).toString('base64') };
}

/** Takes the same time either way. */
export async function matches({ salt, hash }: Hashed, secret: Buffer, slow: SlowHash = argon2id): Promise<boolean> {
  const wanted = Buffer.from(hash, 'base64');
  const given = await slow(secret, Buffer.from(salt, 'base64'));
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** What an unknown name is checked against, so that it takes as long as a wrong secret (P3.3). */
export const NOBODYS: Hashed = { salt: randomBytes(16).toString('base64'), hash: randomBytes(32).toString('base64') };
