/**
 * The one-use page's server: plain node:http, since anyone on the school's
 * network can knock. It knows one token and one code, and nothing of the room.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { checkRecipient, fingerprintOf } from '../keys/recipient.js';
import { limitConnections, rateLimit } from './limits.js';
import type { DoorLanguage } from './door-facts.js';
import { languageOf } from './door-view.js';
import { CONTENT_SECURITY_POLICY, formPage, plainPage, takenPage } from './page.js';
import { PAGE_WORDS, PLAIN_STATUS, type Plain } from './page-words.js';

export interface LanPageOptions {
  /** Host of each request, with its port. Asked at each request: a free port is known only once it listens. */
  readonly host: () => string;
  /** The path; whoever has it may give a recipient. */
  readonly token: string;
  readonly code: string;
  /** Resolves once it is told on, before it is answered. Called once. */
  readonly onRecipient: (recipient: string) => Promise<void>;
  /** Milliseconds, of any clock that never goes back. */
  readonly now: () => number;
  /** However slowly it reads or writes, no connection lives longer. */
  readonly connectionMs?: number;
}

export interface LanPage {
  readonly server: Server;
  /** From now on it says that it has expired. */
  expire(): void;
}

const CONNECTIONS = 5;
/** A browser opens a second one on suspicion; the rest is left for others. */
const CONNECTIONS_EACH = 3;
const CONNECTION_MS = 10_000;
/** A recipient has 62 characters, in a form about 75; room for whatever is pasted by mistake, so that it can be named. */
const LARGEST_BODY = 4096;
const MISTAKES = 10;
const WINDOW_MS = 10_000;
const REQUESTS_IN_WINDOW = 30;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin', // no-referrer would turn the form's Origin into "null"
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'connection': 'close',
} as const;

const FORM = 'application/x-www-form-urlencoded';

/** Does not listen yet. */
export function lanPage({ host, token, code, onRecipient, now, connectionMs = CONNECTION_MS }: LanPageOptions): LanPage {
  let standing: 'open' | 'used' | 'expired' = 'open';
  let mistakes = 0;
  const mayAsk = rateLimit(now, { most: REQUESTS_IN_WINDOW, windowMs: WINDOW_MS });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const language = languageOf(null, request.headers['accept-language'], []);
    const plain = (what: Plain): void => send(response, PLAIN_STATUS[what], plainPage(what, language));
    if (!mayAsk(request.socket.remoteAddress ?? '')) return plain('busy');
    if (request.headers.host !== host()) return plain('refused');
    if (!sameText(request.url ?? '', `/${token}`)) return plain('unknown');
    if (standing !== 'open') return plain(standing);
    if (request.method === 'GET' || request.method === 'HEAD') return send(response, 200, formPage({ code }, language));
    const { origin = `http://${host()}`, 'content-type': type } = request.headers;
    if (request.method !== 'POST' || origin !== `http://${host()}` || type?.split(';')[0]?.trim().toLowerCase() !== FORM) return plain('refused');
    const body = await bodyOf(request);
    return body === undefined ? plain('refused') : take(new URLSearchParams(body).get('recipient') ?? '', response, language);
  }

  async function take(text: string, response: ServerResponse, language: DoorLanguage): Promise<void> {
    const check = await checkRecipient(text);
    // Another one may have come while this one was read.
    if (standing !== 'open') return send(response, PLAIN_STATUS[standing], plainPage(standing, language));
    if (check.is === 'mistake') {
      mistakes += 1;
      if (mistakes >= MISTAKES) standing = 'expired';
      const { mistake, travelled } = PAGE_WORDS[language];
      return send(response, 422, formPage({ code, mistake: `${mistake(check)}${check.code === 'SECRET' ? ` ${travelled}` : ''}` }, language));
    }
    standing = 'used';
    await onRecipient(check.recipient);
    return send(response, 200, takenPage(fingerprintOf(check.recipient), language));
  }

  const server = createServer({ headersTimeout: connectionMs, requestTimeout: connectionMs, connectionsCheckingInterval: connectionMs, maxHeaderSize: 8192 }, (request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.maxConnections = CONNECTIONS;
  server.maxHeadersCount = 50;
  server.on('connection', limitConnections({ each: CONNECTIONS_EACH, ms: connectionMs }).admit);
  server.on('clientError', (_error, socket) => socket.destroy());
  return { server, expire: () => { if (standing === 'open') standing = 'expired'; } };
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, HEADERS).end(html);
}

/** Undefined where it is too large. Rejects where the connection breaks. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > LARGEST_BODY) return undefined;
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  const text = bytes.toString('utf8');
  bytes.fill(0); // it may be a secret that was pasted by mistake
  return text;
}

/** In the same time wherever they differ. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
