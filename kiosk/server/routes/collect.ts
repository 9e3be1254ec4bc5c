/** The signed-in teacher's own recordings: their way to the stick, or to the teacher's own computer. */
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Nothing, type CollectLine } from '../../protocol.js';
import { CollectRequest, DownloadRequest } from '../../protocol/collect.js';
import { ERRORS } from '../errors.js';
import type { CollectAnswer } from '../house.js';
import { forTeacher, forTeachersPage } from './doors.js';
import { asker, given, granted, typed, type Parts, type Path } from './parts.js';

export function collectRoutes(instance: FastifyInstance, parts: Parts): void {
  const { house: { collecting, download }, desk } = parts;
  const app = typed(instance);
  const teacher = forTeacher(instance, parts);
  const page = forTeachersPage(instance, parts);

  page.get('/api/stick', (owner) => collecting.stick(owner));
  teacher.post('/api/stick-open', Nothing, () => granted(collecting.open()));
  teacher.post('/api/collect-cancel', Nothing, (owner) => granted(collecting.cancel(owner)));
  teacher.post('/api/stick-remove', Nothing, () => granted(desk.during(collecting.remove())));

  page.get('/api/lan-download', (owner) => download.view(owner));
  // JSON knows null; without the header Fastify would send nothing at all.
  app.post('/api/lan-download' satisfies Path, { schema: { body: DownloadRequest } }, async (request, reply) =>
    reply.type('application/json').send(JSON.stringify(await given(download.open(asker(desk, request), request.body.recordings)))));
  teacher.post('/api/lan-download-close', Nothing, async (owner) => {
    await download.close(owner);
    return {};
  });

  // The copy goes on whether or not its page stays; only the telling ends with the connection.
  app.post('/api/collect' satisfies Path, { schema: { body: CollectRequest } }, (request, reply) => {
    const owner = asker(desk, request);
    const recordings = 'recording' in request.body ? [request.body.recording] : request.body.recordings;
    const lines = new PassThrough();
    const tell = (line: CollectLine): void => { if (!lines.destroyed) lines.write(`${JSON.stringify(line)}\n`); };
    const copy = collecting.collect(owner, recordings, (progress) => tell({ kind: 'progress', ...progress }));
    desk.during(copy)
      .then((answer) => tell(lastLine(answer)))
      .catch((err: unknown) => {
        request.log.error({ err }, 'a request failed'); // that it was for a recording is not said (P2.7)
        const { sentence, remedy } = ERRORS.FAILED;
        tell({ kind: 'refused', code: 'FAILED', sentence, remedy });
      })
      .finally(() => lines.end());
    return reply.type('application/x-ndjson').send(lines);
  });
}

function lastLine(answer: CollectAnswer): CollectLine {
  if (answer.ok) {
    const { files, bytes, receipt, verified } = answer;
    return { kind: 'collected', files, bytes, receipt, verified };
  }
  const { code, sentence, remedy, values, verified } = answer;
  return { kind: 'refused', code, sentence, remedy, ...(values && { values }), ...(verified && { verified }) };
}
