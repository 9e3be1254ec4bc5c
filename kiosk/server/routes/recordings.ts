/** The signed-in teacher's own recordings: how long they stay, and their end. And the marks that anyone sets. */
import type { FastifyInstance } from 'fastify';
import { EraseNowRequest, KeepRequest, Nothing, RecordingRequest } from '../../protocol.js';
import { refuse } from '../errors.js';
import { forAnyone, forTeacher } from './doors.js';
import { given, granted, takeCode, type Parts } from './parts.js';

/** Marks that are closer together show the same moment; a finger that stays on the button is no more than one. */
const MARK_EVERY_MS = 1000;

export function recordingRoutes(instance: FastifyInstance, parts: Parts): void {
  const { house: { recordings, room }, clock } = parts;
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
}
