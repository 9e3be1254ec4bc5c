/** A session in its owner's hands: parts and about events, opened with the owner's key. Pure: files, cryptography and the key are handed in. */
import { readSealed, type Binding } from './binding.js';
import { joined } from './bytes.js';
import type { SealCrypto } from './crypto.js';
import { FormatError } from './errors.js';
import { ABOUT, partName, type SessionFiles } from './files.js';
import { HEADER_LIMIT, readHeader, readSessionStanza, type SessionStanza } from './header.js';
import { NONCE, payloadKey } from './payload.js';
import { SealedPayload } from './seek.js';

/** The file key of an age header. Rejects where the owner's key does not open it. */
export type HeaderOpener = (header: Uint8Array) => Promise<Uint8Array>;

export interface OpenedPart {
  readonly stanza: SessionStanza;
  readonly binding: Binding;
  /** Of the binding's commitment, in hex. */
  readonly salt: string;
  /** Not `complete` where the part was interrupted. */
  readonly payload: SealedPayload;
}

/**
 * @throws FormatError HEADER_BROKEN where this is not that part of a session, BINDING_BROKEN where what it is for
 *   cannot be told, or not even the first chunk opens. What `openHeader` rejects with goes through.
 */
export async function openPart(crypto: SealCrypto, files: SessionFiles, part: number, openHeader: HeaderOpener): Promise<OpenedPart> {
  const name = partName(part);
  const { header, payload } = await openFile(crypto, files, name, openHeader);
  const stanza = readSessionStanza(readHeader(header));
  if (stanza.part !== part) throw new FormatError('HEADER_BROKEN', `${name} is part ${stanza.part} of its session`);
  const start = payload.length === 0 ? new Uint8Array() : await payload.chunk(0);
  const { binding, salt } = readSealed(crypto, start, stanza.commitment);
  if (binding.session !== stanza.session) throw new FormatError('BINDING_BROKEN', 'the binding inside the seal is that of another session');
  return { stanza, binding, salt, payload };
}

export type AboutEvent = Readonly<Record<string, unknown>> & { readonly kind: string };

/** Events are padded to 4096 bytes; more is none of ours. */
const EVENT_LIMIT = 64 * 1024;
/** Thousands of notes. */
const SMALL_LIMIT = 4 * 1024 * 1024;

/** What the events beside the parts say, in the order of their times. @returns how many could not be read too. */
export async function aboutEvents(crypto: SealCrypto, files: SessionFiles, openHeader: HeaderOpener): Promise<{ events: readonly AboutEvent[]; unreadable: number }> {
  const events: AboutEvent[] = [];
  let unreadable = 0;
  for (const name of (await files.names(ABOUT)).filter((one) => /^[0-9a-f]{32}\.age$/.test(one))) {
    const event = await readEvent(crypto, files, `${ABOUT}/${name}`, openHeader);
    if (event === undefined) unreadable += 1;
    else events.push(event);
  }
  const at = (event: AboutEvent): string => (typeof event['at'] === 'string' ? event['at'] : '');
  return { events: events.sort((a, b) => at(a).localeCompare(at(b))), unreadable };
}

async function readEvent(crypto: SealCrypto, files: SessionFiles, name: string, openHeader: HeaderOpener): Promise<AboutEvent | undefined> {
  try {
    const { payload } = await openFile(crypto, files, name, openHeader);
    if (!payload.complete || payload.length > EVENT_LIMIT) return undefined;
    const event = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await payload.chunk(0))) as AboutEvent | null;
    return typeof event?.kind === 'string' ? event : undefined;
  } catch {
    return undefined; // sealed to somebody else, damaged, or none: counted
  }
}

/** What a small sealed file holds as text, such as notes that were saved apart. @throws FormatError, and what `openHeader` rejects with. */
export async function openSmall(crypto: SealCrypto, files: SessionFiles, name: string, openHeader: HeaderOpener): Promise<string> {
  const { payload } = await openFile(crypto, files, name, openHeader);
  if (!payload.complete || payload.length > SMALL_LIMIT) throw new FormatError('PAYLOAD_BROKEN', `${name} is not whole, or too large`);
  const pieces: Uint8Array[] = [];
  for await (const piece of payload.range(0)) pieces.push(piece);
  return new TextDecoder().decode(joined(...pieces));
}

async function openFile(crypto: SealCrypto, files: SessionFiles, name: string, openHeader: HeaderOpener): Promise<{ header: Uint8Array; payload: SealedPayload }> {
  const size = await files.size(name);
  const start = await files.read(name, 0, Math.min(size, HEADER_LIMIT + NONCE));
  const { length } = readHeader(start);
  const from = length + NONCE;
  if (start.length < from) throw new FormatError('HEADER_BROKEN', `${name} ends within its header`);
  const header = start.slice(0, length);
  const fileKey = await openHeader(header);
  const key = await payloadKey(crypto, fileKey, start.subarray(length, from));
  fileKey.fill(0);
  return { header, payload: await SealedPayload.open(crypto, key, size - from, (at, bytes) => files.read(name, from + at, bytes)) };
}
