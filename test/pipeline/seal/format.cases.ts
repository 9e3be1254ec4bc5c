import { Decrypter } from 'age-encryption';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import {
  CHUNK, ChunkLayout, commitmentOf, FormatError, HEADER_LIMIT, journalLines, JournalWriter, NONCE, payloadKey, readBinding, readHeader, readJournal, readSessionStanza,
  sealChunk, sealedBinding, SEALED_CHUNK, type Binding, type Chunk, type JournalRecord, type SessionStanza,
} from '../../../pipeline/seal/format.js';
import { nodeCrypto, sealHeader } from '../../../pipeline/seal/node.js';
import { age, openPart, teacherKey } from '../keys.js';
import { box } from '../mp4-samples.js';

const STANZA: SessionStanza = { session: 'ab'.repeat(16), part: 7, at: '2026-11-23T08:15:00.000Z', commitment: Buffer.alloc(32, 5) };

t.test('what we seal is a standard age file, at every chunk boundary ± 1', async (t) => {
  const folder = t.testdir();
  const key = await teacherKey(folder);
  const { header, fileKey } = await sealHeader([key.recipient], STANZA);
  const nonce = randomBytes(NONCE);
  const payload = await payloadKey(nodeCrypto, fileKey, nonce);
  for (const size of [1, 15, 16, 17, CHUNK - 9, CHUNK - 8, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1]) {
    const media = box('mdat', randomBytes(size + 7)).subarray(0, size);
    for (const padded of [false, true]) {
      const layout = new ChunkLayout();
      const chunks: Chunk[] = [...layout.push(media), ...(padded ? layout.pad() : []), layout.end()];
      const sealed = Buffer.concat(await Promise.all(chunks.map((chunk) => sealChunk(nodeCrypto, payload, chunk))));
      const file = path.join(folder, `${size}-${padded}.age`);
      const bytes = Buffer.concat([header, nonce, sealed]);
      writeFileSync(file, bytes);
      const { plain, code } = await age(key, file);
      const own = await openPart(key, file);
      const decrypter = new Decrypter();
      decrypter.addIdentity(key.identity);
      const theirs = await decrypter.decrypt(bytes);
      const same = code === 0 && own.ending === 'complete' && plain.equals(own.plain) && plain.equals(theirs) && plain.subarray(0, size).equals(media);
      const rest = plain.subarray(size);
      const onlyFree = rest.length === 0 || (rest.toString('latin1', 4, 8) === 'free' && rest.length >= 8);
      if (!same || !onlyFree || (padded && layout.covered < size)) t.fail(`${size} bytes, padded: ${padded}`, { code, own: own.ending });
    }
  }
  t.pass('12 sizes, with and without padding, by age, age-encryption and our reader');

  const cutAt = [header.length + NONCE + SEALED_CHUNK - 1, header.length + NONCE + SEALED_CHUNK, header.length + NONCE + SEALED_CHUNK + 1];
  const layout = new ChunkLayout();
  const chunks = [...layout.push(randomBytes(2 * CHUNK + 5)), layout.end()];
  const whole = Buffer.concat([header, nonce, ...await Promise.all(chunks.map((chunk) => sealChunk(nodeCrypto, payload, chunk)))]);
  for (const [i, cut] of cutAt.entries()) {
    const file = path.join(folder, `cut-${i}.age`);
    writeFileSync(file, whole.subarray(0, cut));
    const { plain, ending } = await openPart(key, file);
    t.same([plain.length, ending], [i === 0 ? 0 : CHUNK, 'cut'], `cut at the first chunk's end ${i - 1 >= 0 ? '+' : ''}${i - 1}: only whole chunks open`);
  }
  const appended = path.join(folder, 'appended.age');
  writeFileSync(appended, Buffer.concat([whole, Buffer.alloc(3)]));
  t.equal((await openPart(key, appended)).ending, 'cut', 'bytes after the last chunk are noticed');
});

t.test('the session stanza stands in clear, and the header’s MAC covers it', async (t) => {
  const folder = t.testdir();
  const key = await teacherKey(folder);
  const spare = await teacherKey(folder, 'spare.txt');
  const { header } = await sealHeader([key.recipient, spare.recipient], STANZA);
  const read = readHeader(header);
  t.equal(read.length, header.length);
  t.equal(read.stanzas.length, 3);
  const { commitment, ...clear } = readSessionStanza(read);
  t.same(clear, { session: STANZA.session, part: 7, at: STANZA.at });
  t.ok(Buffer.from(commitment).equals(Buffer.from(STANZA.commitment)));
  const file = path.join(folder, 'relabelled.age');
  writeFileSync(file, Buffer.concat([Buffer.from(Buffer.from(header).toString('latin1').replace(' 7 ', ' 8 '), 'latin1'), Buffer.alloc(64)]));
  await t.rejects(openPart(key, file), 'a relabelled part does not open');
  t.not((await age(key, file)).code, 0);
  await t.rejects(sealHeader([], STANZA), FormatError, 'no recipient');
  await t.rejects(sealHeader(Array<string>(8).fill(key.recipient), STANZA), FormatError, 'too many recipients');
  await t.rejects(sealHeader(['age1nobody'], STANZA), 'no such recipient');

  const text = Buffer.from(header).toString('latin1');
  const [first = '', ...rest] = text.split('\n');
  for (const [what, broken] of [
    ['another version', text.replace('v1', 'v2')], ['cut', text.slice(0, -8)], ['empty', ''], ['garbage', 'x'.repeat(20_000)],
    ['a header beyond 8 KiB', `${first}\n${'-> x y\n\n'.repeat(7)}-> big ${'z'.repeat(HEADER_LIMIT)}\n\n${rest.join('\n')}`],
    ['nine stanzas', `${first}\n${'-> x y\n\n'.repeat(6)}${rest.join('\n')}`], ['no base64', text.replace(/\n[A-Za-z0-9+/]{43}\n/, '\n*\n')],
    ['an empty argument', text.replace('-> X25519 ', '-> X25519  ')],
  ] as const) t.throws(() => readHeader(Buffer.from(broken, 'latin1')), { code: 'HEADER_BROKEN' }, what);
  t.throws(() => readSessionStanza(readHeader(Buffer.from(text.replace('lamplight/', 'lampblack/'), 'latin1'))), { code: 'HEADER_BROKEN' }, 'no session stanza');
});

t.test('the binding is read only where it fits its commitment', (t) => {
  const binding: Binding = {
    v: 1, session: STANZA.session, owner: 'age1owner', purpose: { id: 'coaching', version: 2, words: 'Coaching – wir üben', audience: 'colleagues-i-choose' },
    code: '2026-09', mode: 'picture-and-sound', room: 'Room 12',
  };
  const salt = randomBytes(32);
  const commitment = commitmentOf(nodeCrypto, salt, binding);
  const plain = (content: Uint8Array): Buffer => Buffer.concat([box('ftyp', Buffer.from('iso5')), content, box('moov')]);
  t.same(readBinding(nodeCrypto, plain(sealedBinding(salt, binding)), commitment), binding);
  for (const [what, content] of [
    ['another purpose', sealedBinding(salt, { ...binding, purpose: { ...binding.purpose, id: 'self-reflection' } })], ['another salt', sealedBinding(randomBytes(32), binding)],
    ['none', new Uint8Array()], ['garbage', box('uuid', Buffer.alloc(40))],
  ] as const) t.throws(() => readBinding(nodeCrypto, plain(content), commitment), { code: 'BINDING_BROKEN' }, what);
  t.end();
});

t.test('the journal', async (t) => {
  const keys = { device: generateKeyPairSync('ed25519'), session: generateKeyPairSync('ed25519') };
  const raw = (who: keyof typeof keys): Buffer => Buffer.from(keys[who].publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const hex = (fill: number): string => Buffer.alloc(32, fill).toString('hex');
  const at = STANZA.at;
  const records: JournalRecord[] = [
    { kind: 'start', v: 1, session: STANZA.session, at, device: raw('device').toString('hex'), key: raw('session').toString('hex'), commitment: hex(1), claim: hex(2) },
    { kind: 'part', part: 1, at, header: hex(3), continues: false },
    { kind: 'checkpoint', part: 1, length: 65_000, sha256: hex(4), moof: 1500, picture: 0, sound: 12 },
    { kind: 'storage-slow', part: 1, at },
    { kind: 'frames-dropped', part: 1, at, frames: 3 },
    { kind: 'part-end', part: 1, length: 70_000, sha256: hex(5), closed: true },
    { kind: 'end', at, parts: 1 },
  ];
  const lines = (list: readonly JournalRecord[], signer = (record: JournalRecord): 'device' | 'session' => record.kind === 'start' ? 'device' : 'session'): string[] => {
    const writer = new JournalWriter(nodeCrypto);
    return list.map((record) => writer.line(record, (message) => sign(null, message, keys[signer(record)].privateKey)));
  };
  const good = lines(records);
  const read = async (text: string): Promise<{ records: JournalRecord[]; broken?: string }> => {
    const found: JournalRecord[] = [];
    try {
      for await (const record of readJournal(nodeCrypto, journalLines(Buffer.byteLength(text), (at, length) => Promise.resolve(Buffer.from(text).subarray(at, at + length))), raw('device'))) found.push(record);
      return { records: found };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return { records: found, broken: error.message };
    }
  };
  const text = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');
  t.same(await read(text(good)), { records }, 'comes back as it was written');
  t.same(await read(text(good) + (good[6] ?? '').slice(0, 80)), { records }, 'a torn last line counts as not there');
  t.same(await read(''), { records: [] });
  const edits: [string, string[], number, RegExp][] = [
    ['a dropped line', good.toSpliced(2, 1), 2, /line 3 .*follow/],
    ['two lines swapped', [...good.slice(0, 2), good[3] ?? '', good[2] ?? '', ...good.slice(4)], 2, /line 3/],
    ['a line twice', good.toSpliced(3, 0, good[2] ?? ''), 3, /line 4/],
    ['a changed figure', good.map((line) => line.replace('"length":65000', '"length":65001')), 2, /line 3 .*signature/],
    ['an unknown field', good.map((line, i) => (i === 3 ? line.replace('{"at"', '{"aa":1,"at"') : line)), 3, /line 4 .*no record/],
    ['another spelling of the same JSON', good.map((line, i) => (i === 1 ? line.replace('":', '": ') : line)), 1, /line 2 .*no record/],
    ['the device signing for the session', lines(records, () => 'device'), 1, /line 2 .*signature/],
    ['a start signed by another key', lines(records, () => 'session'), 0, /line 1 .*signature/],
    ['a second start', lines([...records.slice(0, 2), records[0] as JournalRecord]), 2, /line 3 .*place/],
    ['no start', lines(records.slice(1)), 0, /line 1/],
    ['garbage', ['{}', ...good], 0, /line 1 .*no record/],
    ['an overlong line', [`{"at":"${'x'.repeat(5000)}"}`], 0, /line 1 .*longer than 4096/],
    ['a byte order mark', [`\ufeff${good[0] ?? ''}`, ...good.slice(1)], 0, /line 1 .*no record/],
    ['a torn line that more follows', good.with(2, (good[2] ?? '').slice(0, 40)), 2, /line 3 .*no record/],
    ['no frames dropped', lines(records.map((record) => (record.kind === 'frames-dropped' ? { ...record, frames: 0 } : record))), 4, /line 5 .*no record/],
  ];
  for (const [what, edited, kept, why] of edits) {
    const { records: left, broken } = await read(text(edited));
    t.match([left.length, broken], [kept, why], what);
  }
});
