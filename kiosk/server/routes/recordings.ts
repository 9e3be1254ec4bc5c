/** The signed-in teacher's own recordings: their way to the stick, how long they stay, and their end. And the marks that anyone sets. */
import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { CollectRequest, EraseNowRequest, KeepRequest, Nothing, RecordingRequest, type CollectLine } from '../../protocol.js';
import { ERRORS, refuse } from '../errors.js';
import type { CollectAnswer } from '../house.js';
import { forAnyone, forTeacher } from './doors.js';
import { asker, given, granted, takeCode, typed, type Parts, type Path } from './parts.js';

/** Marks that are closer together show the same moment; a finger that stays on the button is no more than one. */
const MARK_EVERY_MS = 1000;

export function recordingRoutes(instance: FastifyInstance, parts: Parts): void {
  const { house: { recordings, room }, desk, clock } = parts;
  const app = typed(instance);
  const teacher = forTeacher(instance, parts);

  teacher.get('/api/recordings', async (owner) => ({ recordings: [...await recordings.list(owner)] }));
  teacher.post('/api/keep', KeepRequest, (owner, { recording, until }) => granted(recordings.keep(owner, recording, until)));
  teacher.post('/api/erase', RecordingRequest, (owner, { recording }) => given(recordings.erase(owner, recording)));
  teacher.post('/api/undo-erase', RecordingRequest, (owner, { recording }) => granted(recordings.undoErase(owner, recording)));
  teacher.post('/api/erase-now', EraseNowRequest, (owner, body) => given(recordings.eraseNow(owner, body.recording, takeCode(body))));

  let lastMark = -Infinity;
  forAnyone(instance).post('/api/mark', Nothing, async () => {
    if (room.now().phase.kind !== 'recording') throw refuse('NO_MARK');
    if (clock.now() - lastMark < MARK_EVERY_MS) return {};
    lastMark = clock.now();
    await recordings.mark();
    return {};
  });

  // The copy goes on whether or not its page stays; only the telling ends with the connection.
  app.post('/api/collect' satisfies Path, { schema: { body: CollectRequest } }, (request, reply) => {
    const owner = asker(desk, request);
    const lines = new PassThrough();
    const tell = (line: CollectLine): void => { if (!lines.destroyed) lines.write(`${JSON.stringify(line)}\n`); };
    const copy = recordings.collect(owner, request.body.recording, (doneBytes, totalBytes) => tell({ kind: 'progress', doneBytes, totalBytes }));
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
  if (answer.ok) return { kind: 'collected', files: answer.files, bytes: answer.bytes, receipt: answer.receipt };
  const { code, sentence, values, remedy } = answer;
  return { kind: 'refused', code, sentence, ...(values && { values }), remedy };
}
