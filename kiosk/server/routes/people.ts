/** Names, signing in and out. */
import type { FastifyInstance } from 'fastify';
import { Nothing, SignInRequest, type Views } from '../../protocol.js';
import { passOn, refuse } from '../errors.js';
import type { House } from '../house.js';
import { asker, typed, welcome, withPin, type Parts, type Path } from './parts.js';

export function peopleRoutes(instance: FastifyInstance, parts: Parts): void {
  const { house, desk } = parts;
  const app = typed(instance);

  app.get('/api/names' satisfies keyof Views, (_request, reply) => reply.send({ names: [...house.teachers.names()] } satisfies Views['/api/names']));

  app.post('/api/sign-in' satisfies Path, { schema: { body: SignInRequest } }, async ({ body }) => {
    if (!isFree(house.room)) throw refuse('BUSY');
    const answer = await withPin(body, (pin) => house.teachers.signIn(body.teacher, pin));
    if (!answer.ok) throw passOn(answer);
    if (!isFree(house.room)) {
      // The PIN has opened what is the teacher's; nobody stays to use it.
      await house.room.ask({ kind: 'signed-out' });
      throw refuse('BUSY');
    }
    return welcome(parts, answer.signedIn);
  });

  app.post('/api/sign-out' satisfies Path, { schema: { body: Nothing } }, (request, reply) => {
    asker(desk, request);
    desk.close();
    return reply.send({});
  });

  app.post('/api/still-here' satisfies Path, { schema: { body: Nothing } }, (request, reply) => {
    asker(desk, request);
    return reply.send({});
  });
}

/** A running session keeps nobody signed in (P5.2), and framing belongs to whoever opened it. */
function isFree(room: House['room']): boolean {
  const { kind } = room.now().phase;
  return kind === 'idle' || kind === 'waking' || kind === 'blocked';
}
