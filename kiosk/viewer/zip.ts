/** A folder as one file that every computer unpacks: a ZIP archive (APPNOTE.TXT, cited by clause) whose files are stored as they are, since what is sealed cannot be made smaller. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 (4.4.7). */
function crc(pieces: readonly Uint8Array[]): number {
  let value = 0xffffffff;
  for (const piece of pieces) for (const byte of piece) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] as number);
  return ~value >>> 0;
}

type Field = readonly [bytes: 2 | 4, value: number];

function record(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** MS-DOS date and time (4.4.6). */
const stamp = (now: Date): readonly Field[] => [
  [2, (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1)], [2, ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate()],
];

/** @param files names within the folder, and their bytes in pieces; ASCII names, all below 4 GiB together. */
export function zipped(folder: string, files: readonly (readonly [name: string, pieces: readonly Uint8Array[]])[], now: Date): Blob {
  const out: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const put = (...pieces: readonly Uint8Array[]): void => {
    for (const piece of pieces) at += piece.length;
    out.push(...pieces);
  };
  for (const [name, pieces] of files) {
    const path = new TextEncoder().encode(`${folder}/${name}`);
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    const common: readonly Field[] = [[2, 20], [2, 0], [2, 0], ...stamp(now), [4, crc(pieces)], [4, size], [4, size], [2, path.length], [2, 0]];
    directory.push(record([[4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]), path); // 4.3.12
    put(record([[4, 0x04034b50], ...common]), path, ...pieces); // 4.3.7
  }
  const begin = at;
  put(...directory);
  put(record([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, at - begin], [4, begin], [2, 0]])); // 4.3.16
  return new Blob(out as BlobPart[], { type: 'application/zip' });
}
