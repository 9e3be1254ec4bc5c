/**
 * What the sign says in each state: words, symbol and light, derived from the
 * face that the session asks for and from nothing else.
 */
import type { Audience, Face, Mode } from '../../session/ports.js';

/** The shape beside the words, so that the state can be told without reading. */
export type Symbol = 'camera-crossed-out' | 'camera-looking' | 'camera-recording' | 'camera-paused';

/** What the board's `wanted` and `lamp` mean (PROTOCOL.md, Fields). */
export interface Light {
  readonly wanted: 0 | 1 | 2 | 3;
  /** 0 off, 1 steady, 2 slow pulse. */
  readonly lamp: 0 | 1 | 2;
}

export interface Sentences {
  /** The state in capitals; each phrase starts a line. */
  readonly state: readonly string[];
  /** White on black: no other face looks like it from across the corridor. */
  readonly inverted: boolean;
  readonly symbol: Symbol;
  /** The purpose as its authors wrote it. */
  readonly purpose?: string;
  readonly text: readonly string[];
}

const WHO_MAY_WATCH: Record<Audience, string> = {
  'only-me': 'Only the teacher may watch.',
  'colleagues-i-choose': 'The teacher and chosen colleagues may watch.',
};
const WHAT_IS_RECORDED: Record<Mode, string> = {
  'picture-and-sound': 'Picture and sound.',
  'sound-only': 'Sound only.',
  'picture-only': 'Picture only.',
  blurred: 'Sound and a blurred picture.',
};
const HOW_TO_STOP = 'Anyone may stop it: press Stop here or on the screen.';

export function lightOf(face: Face): Light {
  switch (face.kind) {
    case 'not-recording': return { wanted: 0, lamp: 0 };
    case 'camera-on': return { wanted: 1, lamp: 2 };
    case 'recording': return { wanted: 2, lamp: 1 };
    case 'paused': return { wanted: 3, lamp: 2 };
  }
}

export function sentencesOf(face: Face): Sentences {
  switch (face.kind) {
    case 'not-recording':
      return { state: ['NOT RECORDING'], inverted: false, symbol: 'camera-crossed-out', text: ['Nothing is recorded here unless a teacher starts it.'] };
    case 'camera-on':
      return {
        state: ['CAMERA AND MICROPHONE ON', 'NOT RECORDING'],
        inverted: false,
        symbol: 'camera-looking',
        text: ['A teacher is choosing the picture. Nothing is kept.', HOW_TO_STOP],
      };
    case 'recording':
      return {
        state: ['RECORDING'],
        inverted: true,
        symbol: 'camera-recording',
        purpose: face.purpose,
        text: [`${WHAT_IS_RECORDED[face.mode]} ${WHO_MAY_WATCH[face.audience]}`, HOW_TO_STOP],
      };
    case 'paused':
      return { state: ['PAUSED'], inverted: false, symbol: 'camera-paused', text: ['Nothing is being recorded now. The teacher may carry on or finish.'] };
  }
}
