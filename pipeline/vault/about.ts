/** Small sealed events beside the parts (title, marks, the owner's log). The device writes them and can never read them. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { canonical, utf8 } from '../seal/format.js';
import { sealSmall } from '../seal/node.js';
import { writeNew } from './durable.js';
import { ABOUT } from './layout.js';

/** All events look alike from outside. */
const PADDED_TO = 4096;

export type AboutEvent =
  /** Who can open this can claim the session where the owner's record is lost: its SHA-256 stands in the start record. */
  { readonly kind: 'claim'; readonly v: 1; readonly session: string; readonly at: string; readonly secret: string };

/** @throws RangeError where the event is too long. @throws Error where a recipient is none. */
export async function writeAbout(folder: string, recipients: readonly string[], event: AboutEvent): Promise<void> {
  const text = utf8(canonical(event));
  if (text.length > PADDED_TO) throw new RangeError(`an event of ${text.length} bytes; ${PADDED_TO} are the most`);
  const padded = new Uint8Array(PADDED_TO).fill(0x20); // spaces: white space after JSON
  padded.set(text);
  await writeNew(path.join(folder, ABOUT, `${randomBytes(16).toString('hex')}.age`), await sealSmall(recipients, padded));
}
