/** What a player must be able to decode, as RFC 6381 names it, from sample descriptions (ISO/IEC 14496-12, 8.5.2). Pure. */
import { view, type Track } from './fragments.js';

/** Fields of `stsd` before its first entry, and of an entry before its type. */
const ENTRY_TYPE = 20;
/** MPEG-4 audio object type of AAC-LC (ISO/IEC 14496-3, 1.5.1.1), where an `esds` does not say. */
const AAC_LC = 2;
/** DecoderSpecificInfo (ISO/IEC 14496-1, 7.2.6.7). */
const SPECIFIC = 0x05;

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Where the content of the first box of this type begins, at whatever depth. */
function contentOf(stsd: Uint8Array, type: string): number | undefined {
  const at = latin1(stsd).indexOf(type);
  return at === -1 ? undefined : at + type.length;
}

/** `avc1.4d401f`, `mp4a.40.2`. */
export function codecOf({ description }: Track): string {
  const type = latin1(description.subarray(ENTRY_TYPE, ENTRY_TYPE + 4));
  const avcC = contentOf(description, 'avcC');
  if (avcC !== undefined) return `${type}.${Array.from(description.subarray(avcC + 1, avcC + 4), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  const esds = contentOf(description, 'esds');
  if (esds === undefined) return type;
  const specific = description.indexOf(SPECIFIC, esds + 20);
  const sized = description.subarray(specific + 1).findIndex((byte) => (byte & 0x80) === 0);
  const config = specific === -1 || sized === -1 ? undefined : description[specific + 2 + sized];
  return `${type}.40.${config === undefined ? AAC_LC : config >> 3}`;
}

/** The content of `avcC`, which a decoder is configured with. */
export function avcConfigOf({ description }: Track): Uint8Array | undefined {
  const at = contentOf(description, 'avcC');
  return at === undefined ? undefined : description.slice(at, at - 8 + view(description).getUint32(at - 8));
}

/** Types of NAL units that say how to decode (ISO/IEC 14496-10, table 7-1). */
const [SEQUENCE, PICTURE] = [7, 8];

/**
 * The same from the parameter sets that stand in a sample of baseline or main profile (ISO/IEC 14496-15, 5.3.3.1), whose units
 * have lengths of four bytes. @returns undefined where they are not in it
 */
export function avcConfigIn(sample: Uint8Array): Uint8Array | undefined {
  const lengths = view(sample);
  const units = new Map<number, Uint8Array>();
  for (let at = 0; at + 4 < sample.length;) {
    const begin = at + 4;
    at = begin + lengths.getUint32(at);
    if (at > sample.length) return undefined;
    const unit = sample.subarray(begin, at);
    units.set((unit[0] ?? 0) & 0x1f, unit);
  }
  const [sequence, picture] = [units.get(SEQUENCE), units.get(PICTURE)];
  if (sequence === undefined || picture === undefined || sequence.length < 4) return undefined;
  const length = ({ length }: Uint8Array): [number, number] => [length >> 8, length & 0xff];
  return Uint8Array.of(1, ...sequence.subarray(1, 4), 0xff, 0xe1, ...length(sequence), ...sequence, 1, ...length(picture), ...picture);
}

/** For MediaSource. */
export const mimeOf = (tracks: Iterable<Track>): string => {
  const known = [...tracks].filter(({ kind }) => kind !== undefined);
  return `${known.some(({ kind }) => kind === 'picture') ? 'video' : 'audio'}/mp4; codecs="${known.map(codecOf).join(',')}"`;
};
