import * as vectors from 'cctv-age';
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import t from 'tap';
import { CHUNK, FormatError, HEADER_LIMIT, NONCE, openPayload, payloadKey, readHeader, SealedPayload } from '../../../pipeline/seal/format.js';
import { nodeCrypto, openHeader } from '../../../pipeline/seal/node.js';
import { webCrypto } from '../../../pipeline/seal/web.js';

interface Vector { readonly expect: string; readonly payload: string | undefined; readonly identities: readonly string[]; readonly file: Uint8Array }

/** Fields, an empty line, the file (github.com/C2SP/CCTV, age). */
function parse(bytes: Uint8Array): Vector {
  const all = Buffer.from(bytes);
  const end = all.indexOf('\n\n');
  const fields = all.toString('utf8', 0, end).split('\n').map((line) => line.split(': ') as [string, string]);
  const field = (name: string): string | undefined => fields.find(([key]) => key === name)?.[1];
  const body = all.subarray(end + 2);
  return {
    expect: field('expect') ?? '', payload: field('payload'), identities: fields.flatMap(([key, value]) => (key === 'identity' ? [value] : [])),
    file: field('compressed') === 'zlib' ? inflateSync(body) : body,
  };
}

/** What we leave out by design: these must be refused, whatever the vector expects. */
const OUT_OF_SCOPE: readonly (readonly [RegExp, string])[] = [
  [/^armor_/, 'armor: parts and events are binary, and our reader takes nothing else'],
  [/^scrypt/, 'passphrases: nothing is sealed to one, so our reader never asks for one'],
];

/** Where we give out less than the reference does before the error: a last chunk that bytes follow is not the last, so it does not open. How many chunks are given out. */
const GIVES_LESS: Readonly<Record<string, number>> = {
  stream_trailing_garbage_long: 0, stream_trailing_garbage_short: 0, stream_two_final_chunks: 0, stream_two_final_chunks_full: 0, stream_two_final_chunks_second: 1,
};

type Outcome = { readonly is: 'refused' } | { readonly is: 'complete' | 'cut'; readonly sha256: string; readonly length: number };

async function openWith(crypto: typeof nodeCrypto, { file, identities }: Vector): Promise<Outcome> {
  let key: Uint8Array;
  let from: number;
  try {
    const { length } = readHeader(file.subarray(0, HEADER_LIMIT));
    from = length + NONCE;
    const fileKey = await openHeader(file.slice(0, length), ...identities);
    if (file.length < from) return { is: 'refused' };
    key = await payloadKey(crypto, fileKey, file.subarray(length, from));
  } catch {
    return { is: 'refused' };
  }
  const read = (at: number, length: number): Promise<Uint8Array> => Promise.resolve(file.subarray(from + at, from + at + length));
  const [front, seekable] = [createHash('sha256'), createHash('sha256')];
  const chunks = openPayload(crypto, key, file.length - from, read);
  let step = await chunks.next();
  let length = 0;
  for (; step.done !== true; step = await chunks.next()) {
    front.update(step.value);
    length += step.value.length;
  }
  const payload = await SealedPayload.open(crypto, key, file.length - from, read);
  let whole = payload.complete;
  try {
    for await (const piece of payload.range(0)) seekable.update(piece);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    whole = false; // a chunk in the middle is met only when it is read
  }
  const sha256 = front.digest('hex');
  if (whole !== (step.value === 'complete') || seekable.digest('hex') !== sha256) throw new Error('the two readers differ');
  return { is: step.value, sha256, length };
}

const EMPTY = createHash('sha256').digest('hex');

t.test('every age vector of C2SP/CCTV, by both readers', async (t) => {
  const counts = { scope: 0, out: 0 };
  for (const [name, bytes] of Object.entries(vectors)) {
    const vector = parse(bytes);
    const reason = OUT_OF_SCOPE.find(([names]) => names.test(name))?.[1];
    if (reason !== undefined) {
      counts.out += 1;
      t.equal((await openWith(nodeCrypto, vector)).is, 'refused', `${name}: refused (${reason.split(':')[0] ?? ''})`);
      continue;
    }
    counts.scope += 1;
    const got = await openWith(nodeCrypto, vector);
    const less = GIVES_LESS[name];
    if (less !== undefined) t.match(got, { is: 'cut', length: less * CHUNK }, `${name}: ${vector.expect}, after ${less} chunks`);
    else if (vector.expect === 'success' || vector.expect === 'payload failure')
      t.match(got, { is: vector.expect === 'success' ? 'complete' : 'cut', sha256: vector.payload ?? EMPTY }, `${name}: ${vector.expect}`);
    else t.same(got, { is: 'refused' }, `${name}: ${vector.expect}`);
  }
  t.same(counts, { scope: 85, out: 58 }, 'all of them');
});

t.test('the payloads once more by the browser’s cryptography', async (t) => {
  for (const [name, bytes] of Object.entries(vectors).filter(([name]) => name.startsWith('stream_') && !name.includes('257') && !name.includes('258'))) {
    const vector = parse(bytes);
    t.same(await openWith(webCrypto(), vector), await openWith(nodeCrypto, vector), name);
  }
});
