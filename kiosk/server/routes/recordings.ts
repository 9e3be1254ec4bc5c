/** The signed-in teacher's own recordings, and their way to the stick. */
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { CollectRequest, type CollectLine, type Views } from '../../protocol.js';
import { ERRORS } from '../errors.js';
import type { CollectAnswer } from '../house.js';
import { asker, typed, type Parts, type Path } from './parts.js';

export function recordingRoutes(instance: FastifyInstance, { house: { recordings }, desk }: Parts): void {
  const app = typed(instance);

  app.get('/api/recordings' satisfies keyof Views, async (request): Promise<Views['/api/recordings']> => ({
    recordings: [...await recordings.list(asker(desk, request))],
  }));

  // The copy goes on whether or not its page stays; only the telling ends with the connection.
  app.post('/api/collect' satisfies Path, { schema: { body: CollectRequest } }, (request, reply) => {
    const owner = asker(desk, request);
    const lines = new PassThrough();
    const tell = (line: CollectLine): void => { if (!lines.destroyed) lines.write(`${JSON.stringify(line)}\n`); };
    const copy = recordings.collect(owner, request.body.recording, (doneBytes, totalBytes) => tell({ kind: 'progress', doneBytes, totalBytes }));
    desk.during(copy)
      .then((answer) => tell(lastLine(answer)))
      .catch((err: unknown) => {
        request.log.error({ err }, 'a copy failed');
        const { sentence, remedy } = ERRORS.FAILED;
        tell({ kind: 'refused', code: 'FAILED', sentence, remedy });
      })
      .finally(() => lines.end());
    return reply.type('application/x-ndjson').send(lines);
  });
}

function lastLine(answer: CollectAnswer): CollectLine {
  if (answer.ok) return { kind: 'collected', files: answer.files, bytes: answer.bytes, receipt: answer.receipt };
  const { code, sentence, remedy } = answer;
  return { kind: 'refused', code, sentence, remedy };
}
