/** Whether a VISCA camera is on a port, and what it says of itself. */
import type { Talk } from './probe.js';
import { BROADCASTS, encode } from './visca/commands.js';
import { frames, FRESH_FRAMING } from './visca/frames.js';
import { INQUIRIES, type Inquiry, type Position, type Power } from './visca/inquiries.js';
import { modelFor, type Version } from './visca/models.js';
import { parseReply, type Reply } from './visca/replies.js';

export interface FoundCamera {
  readonly kind: 'visca';
  readonly baudRate: number;
  /** Undefined where it does not tell. */
  readonly version: Version | undefined;
  /** As it is spoken to. */
  readonly model: string;
  readonly power: Power;
  /** Undefined where it does not tell, as many in standby. */
  readonly position: Position | undefined;
  readonly zoom: number | undefined;
}

/** The first camera of a chain; others are not asked. */
const ADDRESS = 1;
const ALL = 8;

export async function askVisca(talk: Talk, baudRate: number): Promise<FoundCamera | undefined> {
  const power = (await answer(talk, INQUIRIES.power)) ?? (await addressed(talk));
  if (power === undefined) return undefined;
  const version = await answer(talk, INQUIRIES.version);
  const [position, zoom] = [await answer(talk, INQUIRIES.position), await answer(talk, INQUIRIES.zoom)];
  return { kind: 'visca', baudRate, version, model: version === undefined ? 'a model that it does not tell' : modelFor(version).name, power, position, zoom };
}

/** A chain that was just switched on obeys nobody before it has its addresses. */
async function addressed(talk: Talk): Promise<Power | undefined> {
  await talk.ask(encode(ALL, BROADCASTS.addressSet), (heard) => replies(heard).find(({ kind }) => kind === 'addressed'));
  return answer(talk, INQUIRIES.power);
}

/** Undefined where it is silent, or declines. */
async function answer<T>(talk: Talk, inquiry: Inquiry<T>): Promise<T | undefined> {
  const got = await talk.ask(encode(ADDRESS, inquiry), (heard) => {
    for (const reply of replies(heard)) {
      if (reply.kind === 'error') return { value: undefined };
      const value = reply.kind === 'answer' ? inquiry.read(reply.payload) : undefined;
      if (value !== undefined) return { value };
    }
    return undefined;
  });
  return got?.value;
}

const replies = (heard: Buffer): Reply[] => frames(FRESH_FRAMING, heard, 0).frames.map(parseReply);
