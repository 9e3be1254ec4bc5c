/**
 * The kiosk's server: what it is. It never listens by itself; whoever makes it
 * does, on loopback only. Everything it needs is handed in, so that tests can
 * ask it by `inject`, with a scripted house and their own clock.
 */
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import websocket from '@fastify/websocket';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import type { Clock } from '../../session/ports.js';
import { refuse, Refused } from './errors.js';
import { addGuards, type GuardOptions } from './guards.js';
import type { House } from './house.js';
import { isFraming, previewLine, stateStream, tellLevels } from './live.js';
import { describeState } from './state.js';
import { signInDesk } from './sign-in.js';
import { enrolmentDesk } from './enrolment.js';
import { keepRoomTold } from './attendance.js';
import { accountRoutes } from './routes/account.js';
import { clapRoutes } from './routes/clap.js';
import { collectRoutes } from './routes/collect.js';
import { enrolmentRoutes } from './routes/enrolment.js';
import { liveRoutes, PREVIEW_PROTOCOL } from './routes/live.js';
import { peopleRoutes } from './routes/people.js';
import { practiceRoutes } from './routes/practice.js';
import { recordingRoutes } from './routes/recordings.js';
import { sayRoutes } from './routes/say.js';
import { schoolRoutes } from './routes/school.js';
import { sessionRoutes } from './routes/session.js';
import { steeringRoutes } from './routes/steering.js';

export interface AppOptions extends GuardOptions {
  readonly house: House;
  readonly clock: Pick<Clock, 'now'>;
  /** Calls `beat` each second until the returned function is called. */
  readonly everySecond: (beat: () => void) => () => void;
  /** Folder of the built screen. */
  readonly screenDir: string;
  readonly log: FastifyBaseLogger;
}

/** Enough for any request of the screen but a staff list; the largest is paper codes for 300 names, of about 11,000 bytes. */
const BODY_LIMIT_BYTES = 16 * 1024;

/** Nothing from elsewhere, nothing inline, and no text becomes code (Trusted Types). Lit writes its static templates as `lit-html`. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'connect-src': ["'self'"],
    'font-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ['lit-html'],
  },
};

const ALL_ROUTES = [peopleRoutes, enrolmentRoutes, accountRoutes, sessionRoutes, recordingRoutes, collectRoutes, liveRoutes, clapRoutes, steeringRoutes, practiceRoutes, schoolRoutes, sayRoutes];

/** Far above what hands can tap, far below what would keep the service from its work. Stop is exempt. */
const REQUESTS_PER_SECOND = 50;

/**
 * Makes the app. Rejects where a plugin does not load or `screenDir` does not exist.
 * Closing it ends the streams.
 */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { house, clock, log } = options;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // Without the number of the request: it would count what people do here (P2.7).
    childLoggerFactory: (logger) => logger,
    trustProxy: false,
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoutes: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    forceCloseConnections: true,
    requestTimeout: 10_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 30_000,
    http: { headersTimeout: 5_000 },
    // Whatever is not in the schema is refused, never silently dropped or changed into something else.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.server.maxConnections = 200;
  app.removeContentTypeParser('text/plain');

  // In this order: even a refusal carries the security headers and closes its upgraded socket, and nothing refused counts against the rate.
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY, hsts: false });
  await app.register(websocket, { options: { maxPayload: 1024, handleProtocols: () => PREVIEW_PROTOCOL } });
  addGuards(app, options);
  await app.register(rateLimit, {
    max: REQUESTS_PER_SECOND,
    timeWindow: 1000,
    keyGenerator: (request) => request.routeOptions.url ?? 'unknown',
    // The page's own files come all at once, and one that is refused would be missing until the page is loaded anew.
    allowList: ({ method, url }) => method === 'GET' && !url.startsWith('/api/'),
    errorResponseBuilder: () => refuse('TOO_FAST'),
  });
  answerErrors(app);

  const desk = signInDesk(clock);
  const enrolment = enrolmentDesk(clock);
  const stream = stateStream((rev) => describeState(house, rev, desk.teacher() !== undefined));
  const preview = previewLine(house.preview, house.steering);
  const stopLevels = tellLevels(house.preview, house.room, stream, () => clock.now());
  const stopTelling = keepRoomTold(desk, house.room, log);
  desk.onChange(() => {
    enrolment.end();
    preview.hangUp();
    stream.publish();
  });
  const unsubscribe = house.room.onChange(() => {
    if (!isFraming(house.room)) preview.hangUp();
    stream.publish();
  });
  const stopBeat = options.everySecond(() => {
    desk.tick();
    enrolment.tick();
    house.watch.tick();
    stream.beat();
  });
  app.addHook('preClose', (done) => {
    stopBeat();
    stopTelling();
    stopLevels();
    unsubscribe();
    preview.hangUp();
    stream.close();
    enrolment.end();
    done();
  });

  const parts = { house, desk, enrolment, stream, preview, clock };
  await app.register((api, _options, done) => {
    // Answers are for the asker and the moment.
    api.addHook('onRequest', (_request, reply, next) => {
      reply.header('cache-control', 'no-store');
      next();
    });
    for (const addRoutes of ALL_ROUTES) addRoutes(api, parts);
    done();
  });
  await app.register(fastifyStatic, { root: options.screenDir, dotfiles: 'deny', cacheControl: false, setHeaders: (reply) => void reply.header('cache-control', 'no-cache') });
  return app;
}

/** One shape for every error: code, sentence, remedy. Only what is our own fault is logged. */
function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refused, request, reply) => {
    const refused = error instanceof Refused ? error : refusedFor(error.statusCode ?? 500);
    if (refused.status >= 500) request.log.error({ err: error }, 'a request failed');
    return reply.code(refused.status).header('cache-control', 'no-store').send(refused.refusal);
  });
  app.setNotFoundHandler(() => { throw refuse('NOT_FOUND'); });
}

/** What Fastify itself refuses: schema, size, type of content. */
function refusedFor(status: number): Refused {
  if (status >= 500) return refuse('FAILED');
  const { refusal } = refuse(status === 415 ? 'NOT_JSON' : status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST');
  return new Refused(refusal, status);
}
