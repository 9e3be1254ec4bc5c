/**
 * What the sign says in each state: words, symbol and light, derived from the
 * face that the session asks for, from the place, and from nothing else.
 */
import type { Face } from '../../session/ports.js';
import { WORDS, type Wording, type Wordings } from './words.js';

export type Language = 'en' | 'cy' | 'pl' | 'ur';

/** Where a sign hangs, as far as its faces say so. */
export interface Place {
  /** In their order on the sign; a panel that has room for one shows the first. */
  readonly languages: readonly [Language] | readonly [Language, Language];
  readonly room: string;
  /** Of the page for visitors; shown as a QR code. */
  readonly address?: string;
}

/** Drawn by the board itself from its flash, where it hears nothing from the service. */
export type BoardFace = { readonly kind: 'checking' } | { readonly kind: 'assume-recording' } | { readonly kind: 'out-of-order' };
export type AnyFace = Face | BoardFace;

/** The shape beside the words, so that the state can be told without reading. */
export type Symbol = 'camera-crossed-out' | 'camera-looking' | 'camera-recording' | 'camera-paused' | 'camera-dots' | 'camera-recording-mark' | 'camera-unplugged';

/** What the board's `wanted` and `lamp` mean (PROTOCOL.md, Fields). */
export interface Light {
  readonly wanted: 0 | 1 | 2 | 3;
  /** 0 off, 1 steady, 2 slow pulse. */
  readonly lamp: 0 | 1 | 2;
}

/** One way to say a face, in each of the sign's languages. */
export interface Version {
  readonly words: readonly Wording[];
  readonly room?: string;
  readonly address?: string;
}

export interface Sentences {
  /** White on black: no other face looks like it from across the corridor. */
  readonly inverted: boolean;
  readonly symbol: Symbol;
  /** The purpose as its authors wrote it. */
  readonly purpose?: string;
  /** Fullest first. Each says all that the face must say. */
  readonly versions: readonly Version[];
}

export function lightOf(face: Face): Light {
  switch (face.kind) {
    case 'not-recording': return { wanted: 0, lamp: 0 };
    case 'camera-on': return { wanted: 1, lamp: 2 };
    case 'recording': return { wanted: 2, lamp: 1 };
    case 'paused': return { wanted: 3, lamp: 2 };
  }
}

const SYMBOLS: Record<AnyFace['kind'], Symbol> = {
  'not-recording': 'camera-crossed-out',
  'camera-on': 'camera-looking',
  recording: 'camera-recording',
  paused: 'camera-paused',
  checking: 'camera-dots',
  'assume-recording': 'camera-recording-mark',
  'out-of-order': 'camera-unplugged',
};

/** @param stateOnly for a panel that has no room for text: one language, state, purpose and symbol. */
export function sentencesOf(face: AnyFace, place: Place, stateOnly = false): Sentences {
  const say = (size: keyof Wordings): Wording[] => place.languages.map((language) => wordingOf(face, language, size));
  return {
    inverted: face.kind === 'recording' || face.kind === 'assume-recording',
    symbol: SYMBOLS[face.kind],
    ...(face.kind === 'recording' && { purpose: face.purpose }),
    versions: stateOnly
      ? [{ words: say('least').slice(0, 1) }]
      : [
          { words: say('full'), ...whereabouts(face, place, 'full') },
          // Rather less text than to speak of the camera alone in large letters.
          ...(face.kind === 'camera-on' ? [{ words: say('full').map(({ state, text }) => ({ state, text: text.slice(0, 1) })) }] : []),
          { words: say('short'), ...whereabouts(face, place, 'short') },
        ],
  };
}

function wordingOf(face: AnyFace, language: Language, size: keyof Wordings): Wording {
  const words = WORDS[language];
  const wording = words.states[face.kind][size];
  if (face.kind === 'camera-on' && size === 'full') return { ...wording, text: [...wording.text, words.howToStop.full] };
  if (face.kind !== 'recording' || size === 'least') return wording;
  const what = `${words.whatIsRecorded[face.mode]} ${words.whoMayWatch[size][face.audience]}`;
  // Short text is set as one paragraph.
  return { ...wording, text: size === 'full' ? [what, words.howToStop.full] : [`${what} ${words.howToStop.short}`] };
}

/** Board faces and PAUSED lie in the flash of boards of every room. CAMERA ON in few words lasts for minutes and has no space for them. */
function whereabouts(face: AnyFace, place: Place, size: 'full' | 'short'): Pick<Version, 'room' | 'address'> {
  const says = face.kind === 'recording' || face.kind === 'not-recording' || (face.kind === 'camera-on' && size === 'full');
  return says ? { room: place.room, ...(place.address !== undefined && { address: place.address }) } : {};
}
