/**
 * A ZIP file without compression, computed from names, sizes and checksums only:
 * the same bytes each time, so that any range of it can be sent without the rest
 * (APPNOTE.TXT 6.3: 4.3.7 local header, 4.3.12 central directory, 4.3.14 to 4.3.16 ends, 4.5.3 ZIP64). Pure.
 */

export interface ZipEntry {
  /** With `/` between folders. */
  readonly name: string;
  readonly size: number;
  readonly crc: number;
  readonly date: Date;
}

/** Bytes as they are, or a stretch of an entry. */
export type ZipPiece = { readonly bytes: Buffer } | { readonly entry: number; readonly from: number; readonly to: number };

export interface Zip {
  readonly length: number;
  /** What lies from `start` to before `end`, in order. */
  range(start: number, end: number): Generator<ZipPiece>;
}

/** In 32 and 16 bits these mean: look into the ZIP64 field. */
const [MAX_32, MAX_16] = [0xffff_ffff, 0xffff];
const [PLAIN, ZIP64] = [20, 45];
const UTF8_NAMES = 0x800;
/** Made on Unix; a regular file that its owner may write and all may read. */
const [UNIX, MODE] = [3 << 8, 0o100644 * 0x1_0000];

export function zip(entries: readonly ZipEntry[]): Zip {
  const pieces: { at: number; size: number; bytes?: Buffer; entry?: number }[] = [];
  let length = 0;
  const add = (size: number, what: { bytes?: Buffer; entry?: number }): void => {
    pieces.push({ at: length, size, ...what });
    length += size;
  };
  const addBytes = (bytes: Buffer): void => add(bytes.length, { bytes });
  const starts = entries.map((entry, i) => {
    const start = length;
    addBytes(localHeader(entry));
    add(entry.size, { entry: i });
    return start;
  });
  const directory = length;
  entries.forEach((entry, i) => addBytes(centralHeader(entry, starts[i] ?? 0)));
  addBytes(end(entries.length, directory, length - directory));
  return {
    length,
    * range(from, to) {
      for (const { at, size, bytes, entry } of pieces) {
        const [first, last] = [Math.max(from, at) - at, Math.min(to, at + size) - at];
        if (first >= last) continue;
        if (bytes !== undefined) yield { bytes: bytes.subarray(first, last) };
        else yield { entry: entry ?? 0, from: first, to: last };
      }
    },
  };
}

/** A number of 16, 32 or 64 bits, little-endian. */
const number = (bits: 16 | 32 | 64, value: number): Buffer => {
  const bytes = Buffer.alloc(bits / 8);
  if (bits === 16) bytes.writeUInt16LE(value);
  else if (bits === 32) bytes.writeUInt32LE(value);
  else bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const [n16, n32, n64] = [(value: number) => number(16, value), (value: number) => number(32, value), (value: number) => number(64, value)];
const signature = (last: number): Buffer => Buffer.from([0x50, 0x4b, last & 0xff, last >> 8]);
const capped = (value: number): Buffer => n32(Math.min(value, MAX_32));

/** MS-DOS: two seconds, 1980 to 2107. UTC, so that the bytes are the same wherever this runs. */
const time = (date: Date): Buffer => Buffer.concat([
  n16(date.getUTCHours() << 11 | date.getUTCMinutes() << 5 | date.getUTCSeconds() >> 1),
  n16(Math.max(0, date.getUTCFullYear() - 1980) << 9 | (date.getUTCMonth() + 1) << 5 | date.getUTCDate()),
]);

const zip64Field = (values: readonly number[]): Buffer => values.length === 0 ? Buffer.alloc(0) : Buffer.concat([n16(1), n16(8 * values.length), ...values.map(n64)]);

function localHeader({ name, size, crc, date }: ZipEntry): Buffer {
  const text = Buffer.from(name, 'utf8');
  const extra = zip64Field(size >= MAX_32 ? [size, size] : []);
  return Buffer.concat([
    signature(0x0403), n16(extra.length > 0 ? ZIP64 : PLAIN), n16(UTF8_NAMES), n16(0), time(date), n32(crc), capped(size), capped(size), n16(text.length), n16(extra.length), text, extra,
  ]);
}

function centralHeader({ name, size, crc, date }: ZipEntry, start: number): Buffer {
  const text = Buffer.from(name, 'utf8');
  const extra = zip64Field([...size >= MAX_32 ? [size, size] : [], ...start >= MAX_32 ? [start] : []]);
  return Buffer.concat([
    signature(0x0201), n16(UNIX | ZIP64), n16(extra.length > 0 ? ZIP64 : PLAIN), n16(UTF8_NAMES), n16(0), time(date), n32(crc), capped(size), capped(size), n16(text.length), n16(extra.length),
    n16(0), n16(0), n16(0), n32(MODE), capped(start), text, extra,
  ]);
}

function end(count: number, directory: number, size: number): Buffer {
  const last = Buffer.concat([signature(0x0605), n16(0), n16(0), n16(Math.min(count, MAX_16)), n16(Math.min(count, MAX_16)), capped(size), capped(directory), n16(0)]);
  if (count < MAX_16 && directory < MAX_32 && size < MAX_32) return last;
  const long = Buffer.concat([signature(0x0606), n64(44), n16(UNIX | ZIP64), n16(ZIP64), n32(0), n32(0), n64(count), n64(count), n64(size), n64(directory)]);
  return Buffer.concat([long, signature(0x0706), n32(0), n64(directory + size), n32(1), last]);
}
