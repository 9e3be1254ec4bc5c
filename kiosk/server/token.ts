/** Tokens that stand for somebody. They are given out once; on our side lies only their hash. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: beyond guessing, so a plain hash of it is enough on our side. */
const TOKEN_BYTES = 32;

/** A fresh token: 43 characters of base64url. */
export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
