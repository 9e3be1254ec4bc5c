/** Small but well-formed pieces of fragmented MP4 (ISO/IEC 14496-12). Times in milliseconds. */
const TIMESCALES = { picture: 30_000, sound: 48_000 };
const IDS = { picture: 1, sound: 2 };

export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

const words = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
  return bytes;
};

const trak = (track: 'picture' | 'sound'): Buffer => box('trak',
  box('tkhd', words(0, 0, 0, IDS[track], 0)),
  box('mdia',
    box('mdhd', words(0, 0, 0, TIMESCALES[track], 0)),
    box('hdlr', words(0, 0), Buffer.from(track === 'picture' ? 'vide' : 'soun'))));

export const init = (): Buffer => Buffer.concat([box('ftyp', Buffer.from('iso5')), box('moov', trak('picture'), trak('sound'))]);

export function fragment(times: { readonly picture?: number; readonly sound?: number }, mediaBytes = 40): Buffer {
  const trafs = (['picture', 'sound'] as const).flatMap((track) => {
    const time = times[track];
    if (time === undefined) return [];
    const ticks = Buffer.alloc(8);
    ticks.writeBigUInt64BE(BigInt(Math.ceil((time * TIMESCALES[track]) / 1000)));
    return [box('traf', box('tfhd', words(0, IDS[track])), box('tfdt', words(0x01000000), ticks))];
  });
  return Buffer.concat([box('moof', ...trafs), box('mdat', Buffer.alloc(mediaBytes, 0x5a))]);
}
