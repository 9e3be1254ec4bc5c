/**
 * The LAN page's server: plain node:http, since anyone on the school's network
 * can knock. It reads, and nothing can be told to it; what it can show is what
 * it was told by the service.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { DoorLanguage } from './door-facts.js';
import { DOOR_POLICY, doorPage, plainDoorPage } from './door-page.js';
import { languageOf, revisionOf, timeOf, viewOf, type DoorSeen } from './door-view.js';
import { limitConnections, rateLimit } from './limits.js';

export interface DoorServerOptions {
  /** Host of each request, with its port. Asked at each request: a free port is known only once it listens. */
  readonly host: () => string;
  readonly seen: () => DoorSeen;
  readonly languages: readonly DoorLanguage[];
  /** What the page loads besides: as built. */
  readonly files: Readonly<Record<'script' | 'style' | 'icon', string>>;
  /** Milliseconds, of any clock that never goes back. */
  readonly now: () => number;
  readonly wall: () => Date;
  readonly connectionMs?: number;
  readonly streamMs?: number;
}

export interface DoorServer {
  readonly server: Server;
  /** Tells every reader what is shown now, where that is something else than before. */
  publish(): void;
  /** A sign of life, with the revision that everyone should have. */
  beat(): void;
  /** Of the stream. */
  readonly readers: number;
}

/** Two classes and their teachers, each with a phone. */
const READERS = 64;
const CONNECTIONS = 100;
/** A page, its script, its style and a stream, in a few tabs. */
const CONNECTIONS_EACH = 12;
const READERS_EACH = 6;
const CONNECTION_MS = 10_000;
/** A stream begins anew after that: a phone that has left the network holds no place for longer. */
const STREAM_MS = 10 * 60_000;
/** A state is about 2 KB. */
const UNREAD_LIMIT_BYTES = 16 * 1024;
/** A reader's browser comes back that soon; silence counts from 3 s. */
const RETRY_MS = 500;
/** Twenty looks of a page with its files. */
const RATE = { most: 80, windowMs: 10_000 };

const HEADERS = {
  'content-security-policy': DOOR_POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'connection': 'close',
} as const;
const HTML = 'text/html; charset=utf-8';

/** Does not listen yet. */
export function doorServer(options: DoorServerOptions): DoorServer {
  const { host, seen, languages, files, now, wall, connectionMs = CONNECTION_MS, streamMs = STREAM_MS } = options;
  const mayAsk = rateLimit(now, RATE);
  const connections = limitConnections({ each: CONNECTIONS_EACH, ms: connectionMs });
  const readers = new Map<ServerResponse, { readonly language: DoorLanguage; readonly address: string }>();
  let published = '';
  const schools = languages[0] ?? 'en';
  const FILES: Readonly<Record<string, readonly [type: string, text: string]>> = {
    '/door.js': ['text/javascript; charset=utf-8', files.script],
    '/door.css': ['text/css; charset=utf-8', files.style],
    '/icon.svg': ['image/svg+xml', files.icon],
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { method, headers } = request;
    const url = request.url ?? '';
    const address = request.socket.remoteAddress ?? '';
    const [path, query = ''] = url.split('?', 2) as [string, string?];
    const language = languageOf(new URLSearchParams(query).get('lang'), headers['accept-language'], languages);
    const isHead = method === 'HEAD';
    const send = (status: number, type: string, text: string, more: Record<string, string> = {}): void => void response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': Buffer.byteLength(text), ...more }).end(isHead ? undefined : text);
    if (!mayAsk(address)) return send(429, HTML, plainDoorPage('busy', language), { 'retry-after': '10' });
    if (headers.host !== host()) return send(400, HTML, plainDoorPage('nothingHere', language));
    if (method !== 'GET' && !isHead) return send(405, HTML, plainDoorPage('nothingHere', language), { allow: 'GET, HEAD' });
    if (path === '/') return send(200, HTML, doorPage(viewOf(seen(), language), timeOf(wall(), language), { language, schools }), { 'content-language': language, 'vary': 'accept-language' });
    const file = FILES[path];
    if (file !== undefined) return send(200, ...file);
    if (path !== '/events') return send(404, HTML, plainDoorPage('nothingHere', language));
    const isFull = readers.size >= READERS || [...readers.values()].filter((reader) => reader.address === address).length >= READERS_EACH;
    if (isFull) return send(503, HTML, plainDoorPage('busy', language), { 'retry-after': '10' });
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    if (isHead) return void response.end();
    connections.keep(request.socket, streamMs);
    readers.set(response, { language, address });
    response.once('close', () => readers.delete(response));
    return tell(response, `retry: ${RETRY_MS}\n${stateMessage(language)}`);
  }

  function tell(reader: ServerResponse, text: string): void {
    if (reader.writableLength > UNREAD_LIMIT_BYTES) reader.destroy();
    else reader.write(text);
  }
  const stateMessage = (language: DoorLanguage): string => `event: state\ndata: ${JSON.stringify(viewOf(seen(), language))}\n\n`;

  const server = createServer({ headersTimeout: connectionMs, requestTimeout: connectionMs, connectionsCheckingInterval: connectionMs, maxHeaderSize: 8192 }, answer);
  server.maxConnections = CONNECTIONS;
  server.maxHeadersCount = 50;
  server.on('connection', connections.admit);
  server.on('clientError', (_error, socket) => socket.destroy());
  return {
    server,
    get readers() { return readers.size; },
    publish() {
      const rev = revisionOf(seen());
      if (rev === published) return;
      published = rev;
      for (const [reader, { language }] of readers) tell(reader, stateMessage(language));
    },
    beat() {
      const rev = revisionOf(seen());
      for (const reader of readers.keys()) tell(reader, `event: beat\ndata: ${rev}\n\n`);
    },
  };
}
