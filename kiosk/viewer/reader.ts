/** In the worker: the key, and what it opens. The identity never comes back to the page. */
import { readKey, identityText, type TeacherKey } from '../keys/identity.js';
import { wipe } from '../keys/random.js';
import { fingerprintOf } from '../keys/recipient.js';
import { unwrapIdentity } from '../keys/wrap.js';
import { openHeader, sealSmall } from '../../pipeline/seal/age.js';
import { canonical, type Binding } from '../../pipeline/seal/binding.js';
import { joined, utf8 } from '../../pipeline/seal/bytes.js';
import { mimeOf } from '../../pipeline/seal/codecs.js';
import { FormatError } from '../../pipeline/seal/errors.js';
import { Film, type Piece } from '../../pipeline/seal/film.js';
import type { SealCrypto } from '../../pipeline/seal/crypto.js';
import { checkClip } from '../../pipeline/seal/clip.js';
import { JOURNAL, partNumbers, type SessionFiles } from '../../pipeline/seal/files.js';
import { aboutEvents, openPart, openSmall, type AboutEvent } from '../../pipeline/seal/open.js';
import { verifyFiles, type Verified } from '../../pipeline/seal/verify.js';
import { webCrypto } from '../../pipeline/seal/web.js';
import { sessionFiles, type Named } from './files.js';

export type Way = { readonly kind: 'words'; readonly wrapped: Uint8Array; readonly words: readonly string[] } | { readonly kind: 'identity'; readonly file: Uint8Array };

/** What a list shows of a session. */
export interface Glance {
  readonly session: string;
  readonly binding: Binding;
  /** RFC 3339, by the device's clock; `endedAt` where the journal has an end. */
  readonly at: string;
  readonly endedAt: string | undefined;
  readonly title: string | undefined;
}

export interface PartSpan { readonly part: number; readonly continues: boolean; readonly fromMs: number; readonly toMs: number; readonly laterMs: number; readonly whole: boolean }

export interface OpenedFilm {
  readonly binding: Binding;
  readonly at: string;
  readonly mime: string;
  readonly durationMs: number;
  readonly parts: readonly PartSpan[];
  readonly closed: Film['closed'];
  /** Of a clip whose statement holds; undefined where it is a recording. */
  readonly clip: { readonly signer: string; readonly fingerprint: string; readonly recordedAt: string } | 'broken' | undefined;
  readonly events: readonly AboutEvent[];
  readonly unreadable: number;
}

/** About a second of media, ready to be appended. */
export interface Batch { readonly bytes: Uint8Array; readonly fromMs: number; readonly toMs: number }

const crypto = webCrypto();
let key: TeacherKey | undefined;
let film: Film | undefined;
let filmFiles: SessionFiles | undefined;
let playing: { readonly run: number; readonly pieces: AsyncGenerator<Piece, void>; part: number | undefined } | undefined;

const opener = (header: Uint8Array): Promise<Uint8Array> => openHeader(header, identityText(held().identity));

function held(): TeacherKey {
  if (key === undefined) throw new Error('locked');
  return key;
}

/** What is open now. @throws Error where nothing is */
export function opened(): { readonly film: Film; readonly files: SessionFiles; readonly key: TeacherKey; readonly crypto: SealCrypto } {
  if (film === undefined || filmFiles === undefined) throw new Error('nothing is open');
  return { film, files: filmFiles, key: held(), crypto };
}

/** A stick that was pulled out, or a browser that gives its workers no files. */
const UNREADABLE: ReadonlySet<string> = new Set(['NotReadableError', 'NotFoundError', 'SecurityError']);

/** Rarely more in one message; the first of a run ends with the fragment that was asked for, so that its picture is there soon. */
const BATCH_BYTES = 768 * 1024;
const BATCH_MS = 1000;

export const readerCalls = {
  /** @throws KeyError */
  async unlock(way: Way): Promise<{ recipient: string; fingerprint: string }> {
    key = way.kind === 'words' ? await unwrapIdentity(way.wrapped, way.words) : await readKey(way.file);
    wipe(way.kind === 'words' ? new Uint8Array() : way.file);
    return { recipient: key.recipient, fingerprint: fingerprintOf(key.recipient) };
  },

  lock(): void {
    if (key !== undefined) wipe(key.identity);
    [key, film, playing] = [undefined, undefined, undefined];
  },

  /** @returns undefined where this key does not open it; `altered` where it does, and what it would open no longer holds from its beginning. @throws DOMException where the browser does not read the files */
  async glance({ files, notes }: { files: Named; notes: readonly File[] }): Promise<Glance | 'altered' | undefined> {
    const session = sessionFiles(files);
    let isMine = false;
    const noting = async (header: Uint8Array): Promise<Uint8Array> => {
      try {
        const fileKey = await opener(header);
        isMine = true;
        return fileKey;
      } catch (error) {
        isMine ||= error instanceof FormatError;
        throw error;
      }
    };
    for (const number of partNumbers(await session.names())) {
      try {
        const { binding, stanza } = await openPart(crypto, session, number, noting);
        const { events } = await eventsOf(files, notes, binding.session);
        const title = events.findLast(({ kind }) => kind === 'title')?.['text'];
        return { session: binding.session, binding, at: stanza.at, endedAt: await endOf(files), title: typeof title === 'string' && title !== '' ? title : undefined };
      } catch (error) {
        // A file that the browser does not read says nothing about the key (File API, 8.1).
        if (error instanceof DOMException && UNREADABLE.has(error.name)) throw error;
        // The next part may still tell what it is.
      }
    }
    return isMine ? 'altered' : undefined;
  },

  /** @throws FormatError, or what age says where the key does not fit. */
  async open({ files, notes }: { files: Named; notes: readonly File[] }): Promise<OpenedFilm> {
    filmFiles = sessionFiles(files);
    film = await Film.open(crypto, filmFiles, opener);
    playing = undefined;
    const { binding } = film;
    const first = film.parts[0];
    return {
      binding, at: first?.opened.stanza.at ?? '', mime: mimeOf(first?.tracks.values() ?? []), durationMs: film.durationMs, closed: film.closed, clip: await statementOf(binding),
      parts: film.parts.map(({ part, continues, fromMs, toMs, laterMs, whole }) => ({ part, continues, fromMs, toMs, laterMs, whole })), ...await eventsOf(files, notes, binding.session),
    };
  },

  /** What follows in this run; a new run begins at `fromMs`. @returns null after the last fragment. @throws FormatError where one was changed */
  async next({ run, fromMs }: { run: number; fromMs: number }): Promise<Batch | null> {
    if (film === undefined) return null;
    const begins = playing?.run !== run;
    if (playing?.run !== run) playing = { run, pieces: film.play(fromMs), part: undefined };
    const mine = playing;
    const bytes: Uint8Array[] = [];
    let [size, from, to] = [0, Infinity, 0];
    while (size < BATCH_BYTES && to - from < BATCH_MS && !(begins && to > fromMs)) {
      let piece: Piece | undefined;
      try {
        const { done, value } = await mine.pieces.next();
        piece = done === true ? undefined : value;
      } catch (error) {
        if (size > 0) break; // what came before is shown; the next question fails, since a generator that threw is over
        throw error;
      }
      if (piece === undefined) break;
      if (mine.part !== piece.of.part) bytes.push(piece.of.init);
      mine.part = piece.of.part;
      bytes.push(piece.moof, piece.mdat);
      size += piece.moof.length + piece.mdat.length;
      from = Math.min(from, piece.fromMs);
      to = Math.max(to, piece.toMs);
    }
    return size === 0 ? null : { bytes: joined(...bytes), fromMs: from, toMs: to };
  },

  /** An event as the device writes them: 4096 bytes, to the owner's key. @throws RangeError where it is too long. */
  async sealEvent({ event }: { event: AboutEvent }): Promise<{ bytes: Uint8Array }> {
    return { bytes: await sealSmall([held().recipient], padded(event)) };
  },

  /** Several events in one file. */
  async sealNotes({ events }: { events: readonly AboutEvent[] }): Promise<{ bytes: Uint8Array }> {
    return { bytes: await sealSmall([held().recipient], utf8(events.map((event) => `${canonical(event)}\n`).join(''))) };
  },

  /** Without a key. Tells what part of all bytes was read, from 0 to 1. */
  async verify({ files, device }: { files: Named; device: Uint8Array | undefined }, tell: (news: unknown) => void): Promise<Verified> {
    const all = files.reduce((sum, [name, { size }]) => sum + (name.includes('/') ? 0 : size), 0);
    let read = 0;
    return verifyFiles(crypto, sessionFiles(files, (bytes) => tell(Math.min(1, (read += bytes) / all))), device);
  },
};

export type ReaderCalls = typeof readerCalls;

async function statementOf(binding: Binding): Promise<OpenedFilm['clip']> {
  if (binding.clip === undefined) return undefined;
  const checked = await checkClip(crypto, binding);
  return checked === undefined ? 'broken' : { signer: checked.signer, recordedAt: checked.recordedAt, fingerprint: fingerprintOf(checked.signer) };
}

/** FORMAT.md, "About events". */
const PADDED_TO = 4096;

function padded(event: AboutEvent): Uint8Array {
  const text = utf8(canonical(event));
  if (text.length > PADDED_TO) throw new RangeError('this note is too long');
  const whole = new Uint8Array(PADDED_TO).fill(0x20);
  whole.set(text);
  return whole;
}

/** Of this session: beside it, and in files of notes. In the order of their times. */
async function eventsOf(files: Named, notes: readonly File[], session: string): Promise<{ events: readonly AboutEvent[]; unreadable: number }> {
  const beside = await aboutEvents(crypto, sessionFiles(files), opener);
  const events = [...beside.events];
  for (const file of notes) {
    const text = await openSmall(crypto, sessionFiles([[file.name, file]]), file.name, opener).catch(() => undefined);
    for (const line of text?.split('\n') ?? []) events.push(...eventIn(line));
  }
  const at = (event: AboutEvent): string => (typeof event['at'] === 'string' ? event['at'] : '');
  return { events: events.filter((event) => event['session'] === session).sort((a, b) => at(a).localeCompare(at(b))), unreadable: beside.unreadable };
}

function eventIn(line: string): AboutEvent[] {
  try {
    const event = JSON.parse(line) as AboutEvent | null;
    return typeof event?.kind === 'string' ? [event] : [];
  } catch {
    return [];
  }
}

/** The last line of a journal, which nobody has verified yet. */
async function endOf(files: Named): Promise<string | undefined> {
  const journal = files.find(([name]) => name === JOURNAL)?.[1];
  const tail = await journal?.slice(-4096).text();
  const last = eventIn(tail?.trimEnd().split('\n').at(-1) ?? '')[0];
  return last?.kind === 'end' && typeof last['at'] === 'string' ? last['at'] : undefined;
}
