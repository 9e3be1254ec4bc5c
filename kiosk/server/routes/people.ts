/** Names, signing in and out: of teachers and of stewards. */
import type { FastifyInstance } from 'fastify';
import { Nothing, SignInRequest } from '../../protocol.js';
import { SetUpRequest, StewardSignInRequest } from '../../protocol/school.js';
import { passOn } from '../errors.js';
import { forAnyone } from './doors.js';
import { mustBeFree, sitter, takeCode, typed, welcome, welcomeSteward, withPin, type Parts, type Path } from './parts.js';

export function peopleRoutes(instance: FastifyInstance, parts: Parts): void {
  const { house: { room, teachers, school }, desk } = parts;
  const anyone = forAnyone(instance);
  const app = typed(instance);

  anyone.get('/api/names', () => ({ names: [...teachers.names()] }));
  anyone.get('/api/stewards', () => ({ stewards: school.stewards() }));

  anyone.post('/api/sign-in', SignInRequest, async (_anyone, body) => {
    mustBeFree(room);
    const answer = await withPin(body, (pin) => teachers.signIn(body.teacher, pin));
    if (!answer.ok) throw passOn(answer);
    return welcome(parts, answer.signedIn);
  });

  anyone.post('/api/steward-sign-in', StewardSignInRequest, (_anyone, body) => {
    mustBeFree(room);
    return welcomeSteward(parts, withPin(body, (pin) => school.signIn(body.steward, pin)));
  });

  anyone.post('/api/set-up', SetUpRequest, (_anyone, body) => {
    mustBeFree(room);
    return welcomeSteward(parts, withPin(body, (pin) => school.setUp(takeCode(body), body.name, pin)));
  });

  app.post('/api/sign-out' satisfies Path, { schema: { body: Nothing } }, (request, reply) => {
    sitter(desk, request);
    desk.close();
    return reply.send({});
  });

  app.post('/api/still-here' satisfies Path, { schema: { body: Nothing } }, (request, reply) => {
    sitter(desk, request);
    return reply.send({});
  });
}
