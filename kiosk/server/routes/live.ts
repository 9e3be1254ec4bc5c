/** The two streams, and the page's own sign of life: the room's state for anyone, the preview for the signed-in teacher. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Nothing, type PreviewProtocol } from '../../protocol.js';
import { refuse } from '../errors.js';
import { isFraming } from '../live.js';
import { asker, typed, type Parts, type Path } from './parts.js';

export const PREVIEW_PROTOCOL: PreviewProtocol = 'lamplight.preview';

export function liveRoutes(instance: FastifyInstance, { house: { room, watch }, desk, stream, preview }: Parts): void {
  const app = typed(instance);

  app.get('/api/events', (_request, reply) => reply.type('text/event-stream').send(stream.connect()));

  app.post('/api/alive' satisfies Path, { schema: { body: Nothing } }, (_request, reply) => {
    watch.heard();
    return reply.send({});
  });

  app.post('/api/preview-ticket' satisfies Path, { schema: { body: Nothing } }, (request, reply) => {
    asker(desk, request);
    if (!isFraming(room)) throw refuse('NO_PREVIEW');
    return reply.send({ ticket: desk.ticket() });
  });

  // A WebSocket opened by a page can carry no header of ours, so the ticket comes as a second subprotocol: not in the URL.
  app.get('/api/preview', {
    websocket: true,
    preValidation: (request, _reply, done) => {
      if (!isFraming(room)) throw refuse('NO_PREVIEW');
      if (!desk.redeem(ticketOf(request))) throw refuse('BAD_TICKET');
      done();
    },
  }, (viewer) => preview.connect(viewer));
}

/** `lamplight.preview, <ticket>`; empty for anything else. */
function ticketOf({ headers }: FastifyRequest): string {
  const [protocol, ticket] = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
  return protocol === PREVIEW_PROTOCOL ? ticket ?? '' : '';
}
