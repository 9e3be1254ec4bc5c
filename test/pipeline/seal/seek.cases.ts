import { randomBytes } from 'node:crypto';
import t from 'tap';
import { CHUNK, ChunkLayout, sealChunk, SEALED_CHUNK, SealedPayload, type ReadAt } from '../../../pipeline/seal/format.js';
import { nodeCrypto } from '../../../pipeline/seal/node.js';

const KEY = randomBytes(32);

async function sealed(plain: Uint8Array): Promise<Buffer> {
  const layout = new ChunkLayout();
  const chunks = [...layout.push(plain), layout.end()];
  return Buffer.concat(await Promise.all(chunks.map((chunk) => sealChunk(nodeCrypto, KEY, chunk))));
}

/** A file that remembers what was asked of it. */
function file(bytes: Uint8Array): { readonly read: ReadAt; readonly asked: (readonly [number, number])[] } {
  const asked: (readonly [number, number])[] = [];
  return { asked, read: (at, length) => (asked.push([at, length]), Promise.resolve(bytes.subarray(at, at + length))) };
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const got: Uint8Array[] = [];
  for await (const piece of pieces) got.push(piece);
  return Buffer.concat(got);
}

t.test('any range of a part, after its last chunk was authenticated', async (t) => {
  const plain = randomBytes(3 * CHUNK + 1000);
  const bytes = await sealed(plain);
  const { read, asked } = file(bytes);
  const payload = await SealedPayload.open(nodeCrypto, KEY, bytes.length, read);
  t.same(asked, [[3 * SEALED_CHUNK, 1016]], 'opening reads the last chunk and nothing else');
  t.same([payload.complete, payload.length], [true, plain.length]);
  for (const edge of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK - 1, 3 * CHUNK, 3 * CHUNK + 1, plain.length - 1, plain.length])
    for (const length of [0, 1, 17, CHUNK, CHUNK + 1, 2 * CHUNK + 1])
      if (!(await all(payload.range(edge, edge + length))).equals(plain.subarray(edge, edge + length))) t.fail(`${length} bytes from ${edge}`);
  t.ok((await all(payload.range(0))).equals(plain), 'and all of it');
  asked.length = 0;
  await all(payload.range(2 * CHUNK + 5, 2 * CHUNK + 9));
  t.same(asked, [[2 * SEALED_CHUNK, SEALED_CHUNK]], 'a seek reads one chunk');
  t.ok(Buffer.from(await payload.chunk(3)).equals(plain.subarray(3 * CHUNK)));
  for (const bad of [-1, 4, 0.5, NaN]) await t.rejects(payload.chunk(bad), RangeError, `there is no chunk ${bad}`);
});

t.test('sizes around the chunk', async (t) => {
  for (const size of [1, CHUNK - 8, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK]) {
    const plain = randomBytes(size);
    const bytes = await sealed(plain);
    const payload = await SealedPayload.open(nodeCrypto, KEY, bytes.length, file(bytes).read);
    t.ok(payload.complete && (await all(payload.range(0, size))).equals(plain), `${size} bytes`);
  }
  const empty = await nodeCrypto.seal(KEY, Buffer.from('000000000000000000000001', 'hex'), new Uint8Array());
  const payload = await SealedPayload.open(nodeCrypto, KEY, empty.length, file(empty).read);
  t.same([payload.complete, payload.length, (await payload.chunk(0)).length], [true, 0, 0], 'an empty payload is one empty chunk');
});

t.test('a file whose end was cut off is interrupted before anything is sought in it', async (t) => {
  const plain = randomBytes(4 * CHUNK + 500);
  const bytes = await sealed(plain);
  for (const [what, cut, whole] of [
    ['cut at a chunk’s end', 3 * SEALED_CHUNK, 3], ['cut within a chunk', 3 * SEALED_CHUNK + 7, 3], ['one byte short', bytes.length - 1, 4], ['cut in the first chunk', 100, 0], ['empty', 0, 0],
  ] as const) {
    const payload = await SealedPayload.open(nodeCrypto, KEY, cut, file(bytes.subarray(0, cut)).read);
    t.same([payload.complete, payload.length], [false, whole * CHUNK], what);
    t.ok((await all(payload.range(0))).equals(plain.subarray(0, whole * CHUNK)), `${what}: its prefix opens`);
  }
  const hole = new Uint8Array(bytes).fill(0, SEALED_CHUNK, SEALED_CHUNK + 9);
  const cut = await SealedPayload.open(nodeCrypto, KEY, 4 * SEALED_CHUNK, file(hole).read);
  t.same([cut.complete, cut.length], [false, CHUNK], 'a hole ends the prefix, though whole chunks follow');
  const whole = await SealedPayload.open(nodeCrypto, KEY, hole.length, file(hole).read);
  t.ok(whole.complete);
  await t.rejects(whole.chunk(1), { code: 'PAYLOAD_BROKEN' }, 'in a file with its end, the damaged chunk is met when it is read');
  t.ok(Buffer.from(await whole.chunk(2)).equals(plain.subarray(2 * CHUNK, 3 * CHUNK)), 'the others open');
  const longer = Buffer.concat([bytes, Buffer.alloc(SEALED_CHUNK)]);
  const after = await SealedPayload.open(nodeCrypto, KEY, longer.length, file(longer).read);
  t.same([after.complete, after.length], [false, 4 * CHUNK], 'after its end there is nothing, so the file is not complete');
});
