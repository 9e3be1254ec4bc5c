/** Turning the camera and setting the microphone: by the signed-in teacher while framing; by the owner's PIN, to saved views only, while recording. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CoverRequest, GainRequest, Nothing, SaveViewRequest, SteerRequest, TurnRequest, ViewRequest, type Views } from '../../protocol.js';
import { refuse } from '../errors.js';
import type { SteeringState } from '../house.js';
import { isFraming } from '../live.js';
import { asker, granted, recordingOwner, typed, type Parts, type Path } from './parts.js';

export function steeringRoutes(instance: FastifyInstance, { house: { room, steering, teachers }, desk }: Parts): void {
  const app = typed(instance);

  /** Throws NOT_SIGNED_IN, NO_PREVIEW. */
  const framing = (request: FastifyRequest): void => {
    asker(desk, request);
    if (!isFraming(room)) throw refuse('NO_PREVIEW');
  };

  app.post('/api/steer' satisfies Path, { schema: { body: SteerRequest } }, (request, reply) => {
    framing(request);
    steering.drive(request.body);
    return reply.send({});
  });

  app.post('/api/steer-stop' satisfies Path, { schema: { body: Nothing } }, (request, reply) => {
    framing(request);
    steering.stop();
    return reply.send({});
  });

  app.post('/api/view' satisfies Path, { schema: { body: ViewRequest } }, (request) => {
    framing(request);
    return granted(steering.show(request.body.view));
  });

  // The same place under a name of its own hides the same things.
  app.post('/api/save-view' satisfies Path, { schema: { body: SaveViewRequest } }, (request) => {
    framing(request);
    return granted(steering.save(request.body.name.trim(), coversOf(steering.now())));
  });

  app.post('/api/forget-view' satisfies Path, { schema: { body: ViewRequest } }, (request) => {
    framing(request);
    return granted(steering.forget(request.body.view));
  });

  app.post('/api/cover' satisfies Path, { schema: { body: CoverRequest } }, (request) => {
    framing(request);
    if (steering.now().chosen === null) throw refuse('NO_VIEW_CHOSEN');
    return granted(steering.cover(request.body.covers));
  });

  app.post('/api/gain' satisfies Path, { schema: { body: GainRequest } }, (request) => {
    framing(request);
    return granted(steering.gain(request.body.dB));
  });

  // Names only: where areas are covered is the teachers' to know. A view that covers some cannot begin in the middle (P9.4).
  app.get('/api/views' satisfies keyof Views, (_request, reply) => {
    const state = steering.now();
    const views = state.views.filter(({ covers }) => covers.length === 0).map(({ id, name }) => ({ id, name }));
    return reply.send({ views, locked: coversOf(state).length > 0 } satisfies Views['/api/views']);
  });

  app.post('/api/turn' satisfies Path, { schema: { body: TurnRequest } }, async ({ body }) => {
    await recordingOwner({ room, teachers }, body);
    return granted(steering.show(body.view, true));
  });
}

const coversOf = ({ views, chosen }: SteeringState) => views.find(({ id }) => id === chosen)?.covers ?? [];
