/** What the routes share: the parts of the app, and who is asking. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { passOn, refuse } from '../errors.js';
import type { Answer, House, SignedIn } from '../house.js';
import type { PreviewLine, StateStream } from '../live.js';
import { IDLE_MS, type SignInDesk } from '../sign-in.js';
import type { Calls, SignInReply } from '../../protocol.js';

export interface Parts {
  readonly house: House;
  readonly desk: SignInDesk;
  readonly stream: StateStream;
  readonly preview: PreviewLine;
}

export type Path = keyof Calls;

/** Types requests by their schemas. */
export const typed = (app: FastifyInstance) => app.withTypeProvider<TypeBoxTypeProvider>();

/** Who asks, by the Bearer token. Throws NOT_SIGNED_IN. */
export function asker(desk: SignInDesk, { headers }: FastifyRequest): SignedIn {
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(headers.authorization ?? '')?.[1];
  const signedIn = token === undefined ? undefined : desk.touch(token);
  if (signedIn === undefined) throw refuse('NOT_SIGNED_IN');
  return signedIn;
}

/** Throws what the heart refused. */
export async function granted(answer: Promise<Answer>): Promise<Record<string, never>> {
  const given = await answer;
  if (!given.ok) throw passOn(given);
  return {};
}

/** Hands the PIN over as bytes, and overwrites them afterwards. The string that JSON made of it is dropped with the body. */
export async function withPin<T>(body: { pin: string }, use: (pin: Buffer) => Promise<T>): Promise<T> {
  const pin = Buffer.from(body.pin, 'ascii');
  body.pin = '';
  try {
    return await use(pin);
  } finally {
    pin.fill(0);
  }
}

/** Signs in, and says what the page needs for the next screens. */
export function welcome({ house, desk }: Parts, signedIn: SignedIn): SignInReply {
  return {
    token: desk.open(signedIn),
    displayName: signedIn.displayName,
    purposes: house.purposes().map(({ id, words, audience }) => ({ id, words, audience })),
    idleMs: IDLE_MS,
  };
}
