/**
 * The download's server: plain node:http, since anyone on the school's network
 * can knock. It knows one token and the files behind it, all of them sealed.
 * The first computer that begins has the link; once everything was sent, it is used.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { Coverage, Rate, rangeOf } from './byte-range.js';
import type { DoorLanguage } from './door-facts.js';
import { downloadPage, plainPage } from './download-page.js';
import type { Told } from './download-words.js';
import { rateLimit } from './limits.js';
import { CONTENT_SECURITY_POLICY } from './page.js';
import { sameText } from './server.js';
import { zip, type Zip } from './zip.js';

/** A file on the disk, or a text. */
export type DownloadEntry = { readonly name: string; readonly path: string } | { readonly name: string; readonly text: string };

export interface DownloadOptions {
  /** Host of each request, with its port. Asked at each request. */
  readonly host: () => string;
  /** The path; whoever has it may begin. */
  readonly token: string;
  readonly code: string;
  /** In which the page speaks. */
  readonly language: DoorLanguage;
  /** Of the file that comes of it; ASCII. */
  readonly fileName: string;
  readonly entries: readonly DownloadEntry[];
  /** Stands in the file for all entries. */
  readonly date: Date;
  /** Reading and sending keep to it. */
  readonly rate: Rate;
  readonly onSent: (sentBytes: number, totalBytes: number) => void;
  /** Called once: all was sent, and the last of it taken. */
  readonly onUsed: () => void;
  readonly now: () => number;
}

export interface Download {
  readonly server: Server;
  readonly expire: () => void;
}

const CONNECTIONS = 8;
/** A second one while the first one's end is not noticed yet. */
const AT_ONCE = 2;
/** A reader that stands still for so long is gone; it can go on with a new request. */
const IDLE_MS = 60_000;
const HEADERS_MS = 10_000;
const BLOCK = 256 * 1024;
/** As the one-use page: a browser that goes on with ranges asks far less often. */
const ASKED = { most: 30, windowMs: 10_000 };

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'connection': 'close',
} as const;

interface Ready { readonly zip: Zip; readonly etag: string }

/** Does not listen yet, and begins to read the files at once: their checksums are part of the file. */
export function downloadServer({ host, token, code, language, fileName, entries, date, rate, onSent, onUsed, now }: DownloadOptions): Download {
  let standing: 'open' | 'used' | 'expired' = 'open';
  let owner: string | undefined;
  let running = 0;
  const sent = new Coverage();
  const mayAsk = rateLimit(now, ASKED);
  const paced = async (bytes: number): Promise<void> => {
    const ms = rate.wait(bytes);
    if (ms >= 1) await sleep(ms);
  };
  const plain = (response: ServerResponse, told: Told): void => {
    const { status, html } = plainPage(told, language);
    page(response, status, html);
  };
  const ready = layout(entries, date, paced);
  ready.catch(() => { standing = 'expired'; }); // a file is gone: its owner erased it

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = request.socket.remoteAddress ?? '';
    const isFile = sameText(request.url ?? '', `/${token}/${fileName}`);
    if (!mayAsk(address)) return plain(response, 'busy');
    if (request.headers.host !== host() || (request.method !== 'GET' && request.method !== 'HEAD')) return plain(response, 'refused');
    if (!isFile && !sameText(request.url ?? '', `/${token}`)) return plain(response, 'unknown');
    if (standing !== 'open') return plain(response, standing);
    if (owner !== undefined && owner !== address) return plain(response, 'taken');
    if (!isFile) {
      const { zip: file } = await ready;
      return page(response, 200, downloadPage({ code, href: `/${token}/${fileName}`, bytes: file.length, language }));
    }
    if (request.method === 'GET') owner = address;
    if (running >= AT_ONCE) return plain(response, 'busy');
    running += 1;
    try {
      await send(request, response, await ready);
    } finally {
      running -= 1;
    }
  }

  async function send(request: IncomingMessage, response: ServerResponse, { zip: file, etag }: Ready): Promise<void> {
    const { range: asked, 'if-range': condition } = request.headers;
    const range = rangeOf(condition === undefined || condition === etag ? asked : undefined, file.length);
    const headers = { ...HEADERS, 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${fileName}"`, 'accept-ranges': 'bytes', etag };
    if (range.kind === 'outside') return void response.writeHead(416, { ...headers, 'content-range': `bytes */${file.length}` }).end();
    const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, file.length];
    response.writeHead(range.kind === 'part' ? 206 : 200, { ...headers, 'content-length': end - start, ...(range.kind === 'part' && { 'content-range': `bytes ${start}-${end - 1}/${file.length}` }) });
    if (request.method === 'HEAD') return void response.end();
    let at = start;
    for await (const bytes of bytesOf(file, entries, start, end)) {
      await paced(bytes.length);
      if (standing === 'expired' || response.destroyed) return void response.destroy();
      if (!response.write(bytes)) await drained(response);
      sent.add(at, at += bytes.length);
      onSent(sent.bytes, file.length);
    }
    await new Promise<void>((resolve) => { response.once('close', resolve).end(); });
    if (sent.bytes < file.length || standing !== 'open' || !response.writableFinished) return;
    standing = 'used';
    onUsed();
  }

  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS, connectionsCheckingInterval: HEADERS_MS, maxHeaderSize: 8192 }, (request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.timeout = IDLE_MS;
  server.maxConnections = CONNECTIONS;
  server.maxHeadersCount = 50;
  server.on('clientError', (_error, socket) => socket.destroy());
  return { server, expire: () => { if (standing === 'open') standing = 'expired'; } };
}

/** Reads all of it once. @throws NodeJS.ErrnoException (rejects) where a file is gone */
async function layout(entries: readonly DownloadEntry[], date: Date, paced: (bytes: number) => Promise<void>): Promise<Ready> {
  const known = [];
  for (const entry of entries) {
    const size = 'text' in entry ? Buffer.byteLength(entry.text) : (await stat(entry.path)).size;
    let crc = 0;
    for await (const bytes of entryBytes(entry, 0, size)) {
      await paced(bytes.length);
      crc = crc32(bytes, crc);
    }
    known.push({ name: entry.name, size, crc, date });
  }
  return { zip: zip(known), etag: `"${createHash('sha256').update(JSON.stringify(known)).digest('base64url')}"` };
}

async function* bytesOf(file: Zip, entries: readonly DownloadEntry[], start: number, end: number): AsyncGenerator<Buffer> {
  for (const piece of file.range(start, end)) {
    if ('bytes' in piece) yield piece.bytes;
    else yield* entryBytes(entries[piece.entry] ?? { name: '', text: '' }, piece.from, piece.to);
  }
}

async function* entryBytes(entry: DownloadEntry, from: number, to: number): AsyncGenerator<Buffer> {
  if ('text' in entry) {
    yield Buffer.from(entry.text).subarray(from, to);
    return;
  }
  const handle = await open(entry.path, 'r');
  try {
    for (let at = from; at < to;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(BLOCK, to - at)), 0, Math.min(BLOCK, to - at), at);
      if (bytesRead === 0) throw new RangeError(`${entry.name} is shorter than it was`);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

const drained = (response: ServerResponse): Promise<void> => new Promise((resolve) => {
  const go = (): void => {
    response.off('drain', go).off('close', go);
    resolve();
  };
  response.on('drain', go).on('close', go);
});

function page(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' }).end(html);
}
