/**
 * Who may speak to the kiosk's server at all: checked before any route, static
 * files, streams and upgrades included. Loopback is no identity, and a web page
 * elsewhere can reach loopback (DNS rebinding, cross-site requests), so each
 * request must name our own host, come from our own page, and come from a
 * process of the kiosk's user.
 */
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse, type ErrorCode } from './errors.js';

export interface GuardOptions {
  /** The port that the server listens on; part of Host and Origin. */
  readonly port: number;
  /** The uid that the kiosk's browser runs as. */
  readonly allowedUid: number;
  /** Whose process is at the other end; undefined where that cannot be told. */
  readonly uidOfPeer: (socket: Socket) => number | undefined;
}

/** What a guard looks at. */
export interface Asked {
  readonly method: string;
  readonly upgrade: boolean;
  readonly peerUid: number | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly site: string | undefined;
  readonly contentType: string | undefined;
}

/** Why this request is turned away, undefined where it may go on. Pure. */
export function whyTurnedAway(asked: Asked, port: number, allowedUid: number): ErrorCode | undefined {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (asked.peerUid !== allowedUid) return 'WRONG_PEER';
  if (asked.host === undefined || !hosts.includes(asked.host)) return 'WRONG_HOST';
  const reads = asked.method === 'GET';
  // A browser names the site on every request; what names none is no web page.
  const ownSites = reads ? ['same-origin', 'none'] : ['same-origin'];
  if (asked.site !== undefined && !ownSites.includes(asked.site)) return 'WRONG_SITE';
  if (reads && !asked.upgrade) return undefined;
  if (asked.origin !== `http://${asked.host}`) return 'WRONG_ORIGIN';
  if (!reads && !isJson(asked.contentType)) return 'NOT_JSON';
  return undefined;
}

const isJson = (contentType: string | undefined): boolean =>
  contentType !== undefined && /^application\/json(; ?charset=utf-8)?$/i.test(contentType);

/** Puts the guard before everything that is registered on `app`, now or later. */
export function addGuards(app: FastifyInstance, { port, allowedUid, uidOfPeer }: GuardOptions): void {
  // A connection has one peer for life, so it is looked up once.
  const uids = new WeakMap<Socket, number>();
  const peerUid = (socket: Socket): number | undefined => {
    const uid = uids.get(socket) ?? uidOfPeer(socket);
    if (uid !== undefined) uids.set(socket, uid);
    return uid;
  };
  app.addHook('onRequest', (request, reply, done) => {
    const code = whyTurnedAway(askedBy(request, peerUid(request.raw.socket)), port, allowedUid);
    if (code === undefined) return done();
    request.log.warn({ code }, 'turned a request away');
    reply.header('connection', 'close');
    done(refuse(code));
  });
}

function askedBy({ method, headers }: FastifyRequest, peerUid: number | undefined): Asked {
  const site = headers['sec-fetch-site'];
  return {
    method,
    upgrade: headers.upgrade !== undefined,
    peerUid,
    host: headers.host,
    origin: headers.origin,
    site: Array.isArray(site) ? site.join() : site,
    contentType: headers['content-type'],
  };
}
