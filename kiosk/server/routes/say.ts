/** Reading aloud, to anyone in the room. The text goes to the speaking process and nowhere else. */
import type { FastifyInstance } from 'fastify';
import { SayRequest, type Speech } from '../../protocol.js';
import { given, typed, type Parts, type Path } from './parts.js';

/** As fast as a held key repeats; each costs the machine a tenth of a second, one after another, and a recording goes first. */
const SAYINGS_PER_SECOND = 10;
const WAV: Speech = 'audio/wav';

export function sayRoutes(instance: FastifyInstance, { house: { speech } }: Parts): void {
  typed(instance).post('/api/say' satisfies Path, { schema: { body: SayRequest }, config: { rateLimit: { max: SAYINGS_PER_SECOND, timeWindow: 1000 } } }, async ({ body: { text, language } }, reply) => {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const wav = await given(speech.say(text, language, gone.signal));
    return reply.type(WAV).send(wav);
  });
}
