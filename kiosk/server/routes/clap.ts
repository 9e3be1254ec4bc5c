/** The clap test: for the signed-in teacher, while framing. The pictures go to the asker alone, and are kept nowhere. */
import type { FastifyInstance } from 'fastify';
import { ClapRequest, Nothing, type Calls } from '../../protocol.js';
import { refuse } from '../errors.js';
import { isFraming } from '../live.js';
import { asker, typed, type Parts, type Path } from './parts.js';

export function clapRoutes(instance: FastifyInstance, { house: { room, clapping }, desk }: Parts): void {
  const app = typed(instance);

  app.post('/api/clap' satisfies Path, { schema: { body: Nothing } }, async (request): Promise<Calls['/api/clap']['reply']> => {
    asker(desk, request);
    if (!isFraming(room)) throw refuse('NO_PREVIEW');
    const clap = await clapping.listen();
    if (clap === undefined) throw refuse('NO_CLAP');
    return { soundAtMs: clap.soundAtMs, pictures: clap.pictures.map(({ atMs, jpeg }) => ({ atMs, jpeg: jpeg.toString('base64') })) };
  });

  app.post('/api/clap-seen' satisfies Path, { schema: { body: ClapRequest } }, async (request): Promise<Calls['/api/clap-seen']['reply']> => {
    asker(desk, request);
    if (!isFraming(room)) throw refuse('NO_PREVIEW');
    return { offsetMs: await clapping.settle(request.body.soundAtMs, request.body.pictureAtMs) };
  });
}
