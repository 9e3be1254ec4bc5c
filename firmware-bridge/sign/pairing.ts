/**
 * Gives a sign its key, once: with its Stop button held, so that only somebody
 * who stands at the board can do it. Speaks to the line directly, because it
 * wants one question answered and no running bridge. The port must be free.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openPort } from '../serial/link.js';
import { KEY_BYTES } from './mac.js';
import { decode, encode, PAIR_RESULTS, type Message } from './protocol.js';
import { frame, frames } from './sysex.js';

const PROBLEMS = {
  SIGN_NO_PORT: { sentence: 'The port of the sign cannot be opened.', remedy: 'Check the cable, and stop the recorder while pairing.' },
  SIGN_NO_ANSWER: { sentence: 'Nothing at this port answers as a sign.', remedy: 'Check that the sign has power and our firmware, and that the port is right.' },
  SIGN_ALREADY_PAIRED: { sentence: 'This sign has a key already.', remedy: 'Use that key, or flash the sign anew with its memory erased.' },
  SIGN_BUTTON_NOT_HELD: { sentence: 'The sign’s Stop button was not held.', remedy: 'Hold the Stop button, run the pairing again, and let go when it says so.' },
  SIGN_NOT_WRITTEN: { sentence: 'The sign did not take the key.', remedy: 'Run the pairing again; if it fails again, the board must be replaced.' },
} as const;

type PairingCode = keyof typeof PROBLEMS;

/** The message is sentence and remedy; `evidence` is for the log and never holds the key. */
export class PairingError extends Error {
  override readonly name = 'PairingError';
  readonly code: PairingCode;
  readonly evidence: string;

  constructor(code: PairingCode, evidence: string) {
    super(`${PROBLEMS[code].sentence} ${PROBLEMS[code].remedy}`);
    this.code = code;
    this.evidence = evidence;
  }
}

/** PROTOCOL.md, Link. */
const BAUD_RATE = 115_200;
const ANSWER_WITHIN_MS = 1000;
/** A board that resets when its port is opened needs a second or two in its boot loader. */
const TRIES = 5;
const HOLD_TRIES = 4;
const HOLD_AGAIN_MS = 100;
const PAIRED_FLAG = 1;

type Line = Awaited<ReturnType<typeof openPort>>;

/**
 * Writes the key into the sign at `path` and asks the sign whether it has one now.
 * @param key 16 random bytes, which the caller keeps.
 * @throws PairingError; RangeError for a key of another length.
 */
export async function pairSign(path: string, key: Uint8Array): Promise<void> {
  if (key.length !== KEY_BYTES) throw new RangeError(`the sign's key has ${KEY_BYTES} bytes, not ${key.length}`);
  const line = await openPort(path, BAUD_RATE).catch((error: unknown) => {
    throw new PairingError('SIGN_NO_PORT', String(error));
  });
  try {
    const before = await ask(line, { kind: 'HELLO' }, 'BOARD', TRIES);
    if ((before.flags & PAIRED_FLAG) !== 0) throw new PairingError('SIGN_ALREADY_PAIRED', `boot ${before.bootId}`);
    const result = await give(line, key);
    if (result === 'button-not-held') throw new PairingError('SIGN_BUTTON_NOT_HELD', result);
    const after = await ask(line, { kind: 'HELLO' }, 'BOARD', TRIES);
    if ((after.flags & PAIRED_FLAG) === 0) throw new PairingError('SIGN_NOT_WRITTEN', `PAIRED said ${result ?? 'nothing'}`);
  } finally {
    await new Promise<void>((resolve) => line.close(() => resolve()));
  }
}

/** Says PAIR, for a while longer where the button seems not to be held: one pressed this moment is still being debounced. An answer that is lost shows in what BOARD says next. */
async function give(line: Line, key: Uint8Array): Promise<(typeof PAIR_RESULTS)[number] | undefined> {
  let result: (typeof PAIR_RESULTS)[number] | undefined;
  for (let tried = 0; tried < HOLD_TRIES; tried++) {
    if (tried > 0) await sleep(HOLD_AGAIN_MS);
    const paired = await hear(line, 'PAIRED', () => line.write(frame(encode({ kind: 'PAIR', key }))));
    result = PAIR_RESULTS[paired?.result ?? -1];
    if (result !== 'button-not-held') break;
  }
  return result;
}

/** @throws PairingError SIGN_NO_ANSWER where none of the tries is answered. */
async function ask<K extends Message['kind']>(line: Line, question: Message, answer: K, tries: number): Promise<Extract<Message, { kind: K }>> {
  for (let tried = 0; tried < tries; tried++) {
    const heard = await hear(line, answer, () => line.write(frame(encode(question))));
    if (heard !== undefined) return heard;
  }
  throw new PairingError('SIGN_NO_ANSWER', `${question.kind} asked ${tries} times`);
}

function hear<K extends Message['kind']>(line: Line, kind: K, speak: () => void): Promise<Extract<Message, { kind: K }> | undefined> {
  return new Promise((resolve) => {
    let pending: Uint8Array = new Uint8Array();
    const done = (message: Extract<Message, { kind: K }> | undefined): void => {
      clearTimeout(impatience);
      line.off('data', onBytes);
      resolve(message);
    };
    const onBytes = (chunk: Buffer): void => {
      const found = frames(pending, chunk);
      pending = found.pending;
      for (const payload of found.payloads) {
        const message = decode(payload)?.message;
        if (message?.kind === kind) return done(message as Extract<Message, { kind: K }>);
      }
    };
    const impatience = setTimeout(() => done(undefined), ANSWER_WITHIN_MS);
    line.on('data', onBytes);
    speak();
  });
}
