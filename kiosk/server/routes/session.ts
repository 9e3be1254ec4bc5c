/** What is asked of the session: framing, start, stop, pause, extend, carry on, finish. */
import type { FastifyInstance } from 'fastify';
import { ChooseRequest, ExtendRequest, FrameRequest, Nothing, PinRequest, StartRequest } from '../../protocol.js';
import type { Purpose } from '../../../session/ports.js';
import { passOn, refuse } from '../errors.js';
import type { SignedIn } from '../house.js';
import { asker, granted, recordingOwner, turnOut, typed, welcome, withPin, type Parts, type Path } from './parts.js';

const MINUTE_MS = 60_000;

export function sessionRoutes(instance: FastifyInstance, parts: Parts): void {
  const { house, desk } = parts;
  const { room, teachers, recordings, steering } = house;
  const app = typed(instance);

  // P2.3: anyone, at once, however busy everything else is. The stream says when it has come true.
  app.post('/api/stop' satisfies Path, { config: { rateLimit: false } }, (request, reply) => {
    room.ask({ kind: 'stop' }).catch((err: unknown) => request.log.error({ err }, 'Stop could not be passed on'));
    desk.close();
    return reply.send({});
  });

  app.post('/api/choose' satisfies Path, { schema: { body: ChooseRequest } }, (request) => {
    const owner = asker(desk, request);
    return granted(room.ask({ kind: 'choose', owner: owner.teacher, purpose: offered(owner, request.body.purpose), mode: request.body.mode }));
  });

  // The camera is on its way to the view while the sign is still being proven.
  app.post('/api/frame' satisfies Path, { schema: { body: FrameRequest } }, async (request) => {
    asker(desk, request);
    const { view } = request.body;
    if (view !== null && room.now().phase.kind === 'waking') await granted(steering.show(view));
    return granted(room.ask({ kind: 'frame' }));
  });

  app.post('/api/stop-framing' satisfies Path, { schema: { body: Nothing } }, (request) => {
    asker(desk, request);
    return granted(room.ask({ kind: 'stop-framing' }));
  });

  app.post('/api/start' satisfies Path, { schema: { body: StartRequest } }, async (request) => {
    const owner = asker(desk, request);
    const { lengthMinutes, purpose, mode, view, told } = request.body;
    const done = await granted(room.start(owner, { purpose: offered(owner, purpose), mode, view, lengthMs: lengthMinutes * MINUTE_MS, told }));
    desk.close();
    return done;
  });

  app.post('/api/pause' satisfies Path, { schema: { body: PinRequest } }, async ({ body }) => {
    const owner = await recordingOwner(parts.house, body);
    return granted(room.ask({ kind: 'pause', owner }));
  });

  app.post('/api/extend' satisfies Path, { schema: { body: ExtendRequest } }, async ({ body }) => {
    const owner = await recordingOwner(parts.house, body);
    return granted(room.ask({ kind: 'extend', owner, ms: body.minutes * MINUTE_MS }));
  });

  app.post('/api/carry-on' satisfies Path, { schema: { body: PinRequest } }, async ({ body }) => {
    const owner = await ownerByPin(body);
    return granted(room.ask({ kind: 'carry-on', owner: owner.teacher }));
  });

  app.post('/api/finish' satisfies Path, { schema: { body: PinRequest } }, async ({ body }) => {
    const owner = await ownerByPin(body);
    const finished = recordings.open(owner);
    const answer = await room.ask({ kind: 'finish', owner: owner.teacher });
    if (!answer.ok) {
      await turnOut(room, desk);
      throw passOn(answer);
    }
    return { ...await welcome(parts, owner), finished };
  });

  /** Throws NO_SUCH_PURPOSE. */
  function offered(owner: SignedIn, id: string): Purpose {
    const purpose = house.purposes(owner).find((one) => one.id === id);
    if (purpose === undefined) throw refuse('NO_SUCH_PURPOSE');
    return purpose;
  }

  /** Throws NOT_PAUSED, or what the PIN was refused for. An owner who has to wait for another try is not to lose the session over it. */
  async function ownerByPin(body: { pin: string }): Promise<SignedIn> {
    if (room.now().phase.kind !== 'paused') throw refuse('NOT_PAUSED');
    const answer = await withPin(body, (pin) => teachers.signInOwner(pin));
    if (answer.ok) return answer.signedIn;
    if (answer.waitSeconds !== undefined) await room.ask({ kind: 'owner-waits', ms: answer.waitSeconds * 1000 });
    throw passOn(answer);
  }
}
