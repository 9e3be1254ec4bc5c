/** What two people compare aloud: the same as kiosk/keys/recipient.ts makes of a recipient. */
import { createHash } from 'node:crypto';

/** @returns the first 80 bits of SHA-256 over the recipient's text, as five groups of four hex digits. */
export const fingerprintOf = (recipient: string): string => (createHash('sha256').update(recipient).digest('hex').slice(0, 20).match(/.{4}/g) ?? []).join(' ');
