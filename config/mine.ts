/** What is one teacher's alone, besides the sessions: choices, what was read, what is to be told. Lies sealed in the account; no time of day is in it (P3.3). */
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { ACCEPTED_KEPT } from '../session/code.js';
import { PracticeOfTeacher } from './practice-state.js';
import { OptInsState } from './purposes-state.js';
import { sealJson, unsealJson } from './record-key.js';
import { Hashed, type Sealed } from './state.js';

const strict = { additionalProperties: false };

export const Mine = Type.Object({
  language: Type.Union([Type.Literal('en'), Type.Literal('cy'), Type.Literal('pl'), Type.Literal('ur')]),
  practice: PracticeOfTeacher,
  optIns: OptInsState,
  /** A test code was opened with the present key. */
  keyProven: Type.Boolean(),
  /** The one that is out, until the end of that day: its slow hash, so that neither disk nor PIN answers it. */
  testCode: Type.Optional(Type.Union([Type.Object({ ...Hashed.properties, until: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), left: Type.Integer({ minimum: 1, maximum: 5 }) }, strict), Type.Null()])),
  /** To be told at `left` more sign-ins (P10.3). */
  news: Type.Array(Type.Object({ kind: Type.Union([Type.Literal('pin-reset'), Type.Literal('key-changed'), Type.Literal('unlocked')]), fingerprint: Type.String({ maxLength: 40 }), left: Type.Integer({ minimum: 1, maximum: 3 }) }, strict), { maxItems: 20 }),
  /** Number of the last change of the school's rules that was told. */
  toldChange: Type.Integer({ minimum: 0 }),
  /** How the last session was started: no time. Not there until one was, nor where an older program wrote this. */
  lastTime: Type.Optional(Type.Object({ purpose: Type.String({ maxLength: 64 }), mode: Type.Union([Type.Literal('picture-and-sound'), Type.Literal('sound-only'), Type.Literal('picture-only'), Type.Literal('blurred')]), view: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]) }, strict)),
  /** Requests dealt with. */
  done: Type.Array(Type.String({ pattern: '^[0-9a-f]{32}$' }), { maxItems: 500 }),
}, strict);
export type Mine = Static<typeof Mine>;
export type LastTime = NonNullable<Mine['lastTime']>;
export type News = Mine['news'][number];

const shape = Compile(Mine);
/** So that its length tells nothing of what was read, accepted or switched on. */
const BLOCK = 4096;
const TOLD_TIMES = 3;
const MOST_NEWS = 20;
const MOST_DONE = 500;

/** Before anything was settled. */
export const nothingMine = (language: Mine['language']): Mine => ({ language, practice: { accepted: [], trained: null }, optIns: [], keyProven: false, news: [], toldChange: 0, done: [] });

/** @throws TypeError where it has not its own shape. */
export function sealMine(key: Buffer, mine: Mine): Sealed {
  if (!shape.Check(mine)) throw new TypeError('what is a teacher’s own does not have its own shape');
  return sealJson(key, mine, BLOCK);
}

/** @throws Error where the key does not fit, or what is in it has another shape. */
export function openMine(key: Buffer, sealed: Sealed): Mine {
  const opened = unsealJson(key, sealed)?.value;
  if (!shape.Check(opened)) throw new Error('what is a teacher’s own cannot be read');
  return opened;
}

/** To be told at the next three sign-ins (P10.3). */
export const withNews = (mine: Mine, kind: News['kind'], fingerprint: string): Mine => ({ ...mine, news: [...mine.news, { kind, fingerprint, left: TOLD_TIMES }].slice(-MOST_NEWS) });

/** What was told at this sign-in has been read. @param lastChange number of the last change of the school's rules. */
export const heard = (mine: Mine, lastChange: number): Mine => ({
  ...mine,
  news: mine.news.flatMap((one) => (one.left > 1 ? [{ ...one, left: one.left - 1 }] : [])),
  toldChange: Math.max(mine.toldChange, lastChange),
});

/** What the same teacher had in an older account, and what they have now; where both say something, the present counts. */
export function joined(older: Mine, present: Mine): Mine {
  const acceptedNow = new Set(present.practice.accepted.map(({ digest }) => digest));
  const optedNow = new Set(present.optIns.map(({ purpose }) => purpose));
  const lastTime = present.lastTime ?? older.lastTime;
  return {
    ...present,
    ...(lastTime && { lastTime }),
    practice: {
      accepted: [...older.practice.accepted.filter(({ digest }) => !acceptedNow.has(digest)), ...present.practice.accepted].slice(-ACCEPTED_KEPT),
      trained: present.practice.trained ?? older.practice.trained,
    },
    optIns: [...older.optIns.filter(({ purpose }) => !optedNow.has(purpose)), ...present.optIns],
    news: [...older.news, ...present.news].slice(-MOST_NEWS),
    toldChange: Math.max(older.toldChange, present.toldChange),
    done: [...new Set([...older.done, ...present.done])].slice(-MOST_DONE),
  };
}
