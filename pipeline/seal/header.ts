/** The age header (c2sp.org/age, "Header"): reading it within limits, and the stanza that ties a file to its session. Pure. */
import { FormatError } from './errors.js';
import { joined } from './bytes.js';

/** Read before anything is authenticated, so bounded. Four post-quantum recipients fit. */
export const HEADER_LIMIT = 8 * 1024;
export const STANZA_LIMIT = 8;
const SESSION_STANZA = 'lamplight/session-v1';

export interface Stanza {
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

/** What stands in clear in front of each part; the header's MAC covers it. */
export interface SessionStanza {
  /** Random, 32 hex digits. */
  readonly session: string;
  /** 1 to 99. */
  readonly part: number;
  /** The device's own time, RFC 3339 in UTC. */
  readonly at: string;
  /** SHA-256(salt ‖ canonical binding). */
  readonly commitment: Uint8Array;
}

export const sessionStanza = ({ session, part, at, commitment }: SessionStanza): Stanza => ({
  args: [SESSION_STANZA, session, String(part), at],
  body: commitment,
});

export interface Header {
  readonly stanzas: readonly Stanza[];
  /** Bytes from the start of the file to the payload's nonce. */
  readonly length: number;
}

/** @param bytes the beginning of a file, HEADER_LIMIT bytes are enough. @throws FormatError HEADER_BROKEN */
export function readHeader(bytes: Uint8Array): Header {
  const lines = new TextDecoder('latin1').decode(bytes.subarray(0, HEADER_LIMIT)).split('\n');
  const broken = (why: string): never => { throw new FormatError('HEADER_BROKEN', `the header ${why}`); };
  if (lines[0] !== 'age-encryption.org/v1') broken('is not one of age v1');
  const stanzas: Stanza[] = [];
  for (let i = 1; i < lines.length - 1;) {
    const [arrow, ...args] = (lines[i] ?? '').split(' ');
    if (arrow === '---') return { stanzas, length: lines.slice(0, i + 1).reduce((sum, line) => sum + line.length + 1, 0) };
    if (arrow !== '->' || args.length === 0 || args.includes('')) broken(`has no stanza in line ${i + 1}`);
    if (stanzas.length === STANZA_LIMIT) broken(`has more than ${STANZA_LIMIT} stanzas`);
    const body: Uint8Array[] = [];
    // A body is base64 in lines of 64 characters; the first shorter one, possibly empty, ends it.
    for (let full = true; full; i += 1) {
      const line = lines[i + 1];
      if (line === undefined || line.length > 64 || !/^[A-Za-z0-9+/]*$/.test(line) || line.length % 4 === 1) broken(`has no base64 in line ${i + 2}`);
      body.push(Uint8Array.from(atob(line as string), (char) => char.charCodeAt(0)));
      full = line?.length === 64;
    }
    i += 1;
    stanzas.push({ args, body: joined(...body) });
  }
  return broken(`does not end within ${HEADER_LIMIT} bytes`);
}

/** @throws FormatError HEADER_BROKEN where there is not exactly one, well-formed. */
export function readSessionStanza(header: Header): SessionStanza {
  const [stanza, second] = header.stanzas.filter(({ args }) => args[0] === SESSION_STANZA);
  const [, session = '', part = '', at = ''] = stanza?.args ?? [];
  if (stanza === undefined || second !== undefined || stanza.args.length !== 4 || stanza.body.length !== 32
    || !/^[0-9a-f]{32}$/.test(session) || !/^[1-9][0-9]?$/.test(part) || !isTime(at))
    throw new FormatError('HEADER_BROKEN', 'the header has not exactly one session stanza');
  return { session, part: Number(part), at, commitment: stanza.body };
}

/** RFC 3339 in UTC with milliseconds, as Date.prototype.toISOString writes it. */
export const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);
