/** What the routes share: the parts of the app, who is asking, and how answers and secrets are passed on. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Clock } from '../../../session/ports.js';
import { passOn, refuse } from '../errors.js';
import type { EnrolmentDesk } from '../enrolment.js';
import type { Answer, Given, House, Room, SignedIn, StewardAnswer, StewardIn } from '../house.js';
import { isAtRest, type PreviewLine, type StateStream } from '../live.js';
import { IDLE_MS, type SignInDesk, type Sitter } from '../sign-in.js';
import type { Calls, SignInReply } from '../../protocol.js';
import type { StewardReply } from '../../protocol/school.js';

export interface Parts {
  readonly house: House;
  readonly desk: SignInDesk;
  readonly enrolment: EnrolmentDesk;
  readonly stream: StateStream;
  readonly preview: PreviewLine;
  readonly clock: Pick<Clock, 'now'>;
}

export type Path = keyof Calls;

/** Types requests by their schemas. */
export const typed = (app: FastifyInstance) => app.withTypeProvider<TypeBoxTypeProvider>();

/** The Bearer token or ticket; empty where there is none. */
export const bearerOf = ({ headers }: FastifyRequest): string => /^Bearer ([A-Za-z0-9_-]{43})$/.exec(headers.authorization ?? '')?.[1] ?? '';

/** Who asks, in whichever role; by hand, or by the page itself. Throws NOT_SIGNED_IN. */
export function sitter(desk: SignInDesk, request: FastifyRequest, by: 'touch' | 'peek' = 'touch'): Sitter {
  const who = desk[by](bearerOf(request));
  if (who === undefined) throw refuse('NOT_SIGNED_IN');
  return who;
}

/** The teacher who asks. Throws NOT_SIGNED_IN, NOT_TEACHER. */
export function asker(desk: SignInDesk, request: FastifyRequest, by: 'touch' | 'peek' = 'touch'): SignedIn {
  const who = sitter(desk, request, by);
  if (who.role !== 'teacher') throw refuse('NOT_TEACHER');
  return who.teacher;
}

/** The steward who asks. Throws NOT_SIGNED_IN, NOT_STEWARD. */
export function stewardOf(desk: SignInDesk, request: FastifyRequest): StewardIn {
  const who = sitter(desk, request);
  if (who.role !== 'steward') throw refuse('NOT_STEWARD');
  return who.steward;
}

/** Throws what the heart, or whoever was asked, refused. */
export async function granted(answer: Promise<Answer>): Promise<Record<string, never>> {
  const given = await answer;
  if (!given.ok) throw passOn(given);
  return {};
}

/** What was asked for. Throws what was refused. */
export async function given<T>(answer: Promise<Given<T>>): Promise<T> {
  const got = await answer;
  if (!got.ok) throw passOn(got);
  return got.value;
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

/** The same for a change of PIN. */
export function withPins<T>(body: { pin: string; newPin: string }, use: (pin: Buffer, newPin: Buffer) => Promise<T>): Promise<T> {
  const next = { pin: body.newPin };
  body.newPin = '';
  return withPin(body, (pin) => withPin(next, (newPin) => use(pin, newPin)));
}

/** Takes a typed code out of the body, so that nothing that is kept of the request has it. */
export function takeCode(body: { code: string }): string {
  const { code } = body;
  body.code = '';
  return code;
}

/** Who owns the session that is being recorded, by their PIN: a running session keeps nobody signed in. Throws NOT_RECORDING, or what the PIN was refused for. @returns the account. */
export async function recordingOwner({ room, teachers }: Pick<House, 'room' | 'teachers'>, body: { pin: string }): Promise<string> {
  const recording = (): void => { if (room.now().phase.kind !== 'recording') throw refuse('NOT_RECORDING'); };
  recording();
  const owner = await given(withPin(body, (pin) => teachers.ownerHas(pin)));
  recording();
  return owner;
}

/** A running session keeps nobody signed in (P5.2), and framing belongs to whoever opened it. Throws BUSY. */
export function mustBeFree(room: Room): void {
  if (!isAtRest(room)) throw refuse('BUSY');
}

/**
 * Signs a teacher in whose PIN was right, and says what the page needs for the next screens.
 * @throws Refused BUSY where a session has begun in the meantime; as with any failure here, what the PIN opened is closed again.
 */
export async function welcome({ house, desk }: Parts, signedIn: SignedIn): Promise<SignInReply> {
  try {
    mustBeFree(house.room);
    const greeting = await house.greet(signedIn);
    mustBeFree(house.room);
    return { ...greeting, token: desk.open({ role: 'teacher', teacher: signedIn }), idleMs: IDLE_MS };
  } catch (error) {
    await turnOut(house.room, desk);
    throw error;
  }
}

/** A PIN has opened what is its teacher's; nobody stays to use it. */
export async function turnOut(room: Room, desk: SignInDesk): Promise<void> {
  desk.close();
  await room.ask({ kind: 'signed-out' });
}

/** The same for a steward. Throws what was refused, BUSY. */
export async function welcomeSteward({ house, desk }: Parts, answer: Promise<StewardAnswer>): Promise<StewardReply> {
  const got = await answer;
  if (!got.ok) throw passOn(got);
  mustBeFree(house.room);
  return { token: desk.open({ role: 'steward', steward: got.steward }), displayName: got.steward.displayName, idleMs: IDLE_MS };
}
