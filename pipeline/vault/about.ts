/** Small sealed events beside the parts (claim, marks, the owner's log). The device writes them and can never read them. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { FaultCode } from '../../session/ports.js';
import { canonical, utf8 } from '../seal/format.js';
import { sealSmall } from '../seal/node.js';
import { writeNew } from './durable.js';
import { ABOUT } from './layout.js';

/** All events look alike from outside. */
export const PADDED_TO = 4096;

/** What a session's owner may want to know of it later, and nobody else. */
export type LogEntry =
  /** The first frame; and the first after a pause. */
  | { readonly what: 'started' | 'carried-on' }
  /** The owner moved the end. */
  | { readonly what: 'extended'; readonly byMs: number }
  | { readonly what: 'paused'; readonly by: 'owner' | 'room' }
  | { readonly what: 'paused'; readonly by: 'fault'; readonly fault: FaultCode }
  /** Capture, or a start before its first frame, ended for good. `room`: by Stop, on the screen or at the door. */
  | { readonly what: 'stopped'; readonly by: 'time' | 'room' | 'service' }
  | { readonly what: 'stopped'; readonly by: 'fault'; readonly fault: FaultCode }
  /** Nothing more comes into the session. */
  | { readonly what: 'ended' }
  /** It went on, but this was the matter. */
  | { readonly what: 'fault'; readonly fault: FaultCode }
  /** What a technician would ask for, where the owner chooses to show it. */
  | { readonly what: 'evidence'; readonly line: string; readonly evidence: string }
  | { readonly what: 'collected' }
  | { readonly what: 'kept-until'; readonly until: string }
  | { readonly what: 'erase-asked' | 'erase-undone' };

/** An event of a session, as whoever tells of it knows it. */
export type Note =
  | ({ readonly kind: 'log' } & LogEntry)
  /** Somebody in the room wants to find this moment again. `mediaMs`: where in the recording, pauses left out, as far as the device knows. */
  | { readonly kind: 'mark'; readonly mediaMs?: number };

/** Who can open this can claim the session where the owner's record is lost: the secret's SHA-256 stands in the start record. */
interface Claim { readonly kind: 'claim'; readonly secret: string }

export type AboutEvent = { readonly v: 1; readonly session: string; readonly at: string } & (Claim | Note);

/** The plaintext of an event: canonical JSON, then spaces. @throws RangeError where it is too long. */
export function padded(event: AboutEvent): Uint8Array {
  const text = utf8(canonical(event));
  if (text.length > PADDED_TO) throw new RangeError(`an event of ${text.length} bytes; ${PADDED_TO} are the most`);
  const whole = new Uint8Array(PADDED_TO).fill(0x20);
  whole.set(text);
  return whole;
}

/**
 * @param name 32 hex digits; random, so that neither kind nor order shows. A claim's is in the start record, so that it can be found.
 * @throws RangeError where the event is too long. @throws Error where a recipient is none.
 */
export async function writeAbout(folder: string, recipients: readonly string[], event: AboutEvent, name = randomBytes(16).toString('hex')): Promise<void> {
  await writeNew(path.join(folder, ABOUT, `${name}.age`), await sealSmall(recipients, padded(event)));
}

/** Long enough for the last lines of a program that failed; each letter takes 6 bytes of JSON at most, so both texts fit into an event. */
const EVIDENCE_LIMIT = 300;

/** For what adapters log while a session is open. */
export const evidence = (line: string, found?: unknown): Note =>
  ({ kind: 'log', what: 'evidence', line: whole(line.slice(0, EVIDENCE_LIMIT)), evidence: whole(textOf(found).slice(-EVIDENCE_LIMIT)) });

const textOf = (found: unknown): string => (found instanceof Error ? found.message : typeof found === 'string' ? found : found === undefined ? '' : JSON.stringify(found));

/** Half a letter, where one was cut, has no UTF-8. */
const whole = (text: string): string => Buffer.from(text).toString();
