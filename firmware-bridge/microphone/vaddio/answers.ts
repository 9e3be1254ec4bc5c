/**
 * Bytes of a Vaddio's text interface to answers. It dresses its words in VT100
 * sequences, and ends an answer by a prompt that has no line end, so that a
 * reader of lines alone never sees it.
 */
import { asksForLogin } from '../login.js';

export interface AnswerListeners {
  /** The lines of one answer, at least one and none empty; our own echo may be among them. */
  readonly onAnswer: (lines: readonly string[]) => void;
  readonly onLogin: () => void;
  /** More than any answer has, and still no prompt: what came is forgotten. */
  readonly onFlood: () => void;
}

export interface AnswerReader {
  push(bytes: Uint8Array): void;
  /** Forgets an unfinished answer: one belongs to one opening of the port. */
  reset(): void;
}

/** A whole help text is below. */
export const LONGEST_ANSWER = 8192;

// A sequence as ECMA-48 frames it: ESC [ parameters final; its beginning may be all that has come yet.
const SEQUENCE = /\x1b\[[0-?]*[ -/]*[@-~]/g;
/** At the beginning of a line; what stands behind it is the next answer's. */
const PROMPT = '>';

export function createAnswerReader({ onAnswer, onLogin, onFlood }: AnswerListeners): AnswerReader {
  let answer: string[] = [];
  /** A line that has no end yet, as it came. */
  let begun = '';
  let length = 0;

  function finish(): void {
    const lines = answer;
    answer = [];
    length = 0;
    if (lines.length > 0) onAnswer(lines);
  }

  function forget(): void {
    answer = [];
    begun = '';
    length = 0;
  }

  function take(line: string): void {
    const text = plain(line);
    if (text.startsWith(PROMPT)) finish();
    const words = text.replace(/^[>\s]+/, '').trim();
    if (words === '') return;
    answer.push(words);
    length += words.length;
  }

  return {
    push(bytes) {
      const lines = (begun + Buffer.from(bytes).toString('latin1').replaceAll('\0', '')).split(/[\r\n]/);
      const rest = lines.pop() ?? '';
      begun = '';
      lines.forEach(take);
      begun = rest;
      if (asksForLogin(plain(rest))) {
        forget();
        return onLogin();
      }
      if (plain(rest).startsWith(PROMPT)) finish();
      if (length + begun.length <= LONGEST_ANSWER) return;
      forget();
      onFlood();
    },
    reset: forget,
  };
}

const plain = (text: string): string => text.replaceAll(SEQUENCE, '');
