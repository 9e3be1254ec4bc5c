import fc from 'fast-check';
import t from 'tap';
import { HEADER_LIMIT, JOURNAL, openPart, partName, readHeader, SEALED_CHUNK, verifyFiles, type FormatError } from '../../../pipeline/seal/format.js';
import { nodeCrypto, openHeader } from '../../../pipeline/seal/node.js';
import { webCrypto } from '../../../pipeline/seal/web.js';
import { freshSigningKey } from '../../../pipeline/vault/device-key.js';
import { dice } from '../../soaks/soak.js';
import { judge, mutated, pair } from './mutations.js';
import { memoryFiles, written } from './written.js';

type Files = Map<string, Uint8Array>;
const [ONE, TWO] = [partName(1), partName(2)];
const scene = await pair();
const { session, other } = scene;
const headerLength = readHeader((session.files.get(ONE) as Uint8Array).subarray(0, HEADER_LIMIT)).length;
const firstChunk = headerLength + 16;

const bytes = (change: (bytes: Buffer) => Uint8Array, name = ONE) => (files: Files): void => void files.set(name, change(Buffer.from(files.get(name) as Uint8Array)));
const flip = (at: number, name = ONE): ((files: Files) => void) => bytes((all) => {
  all[at < 0 ? all.length + at : at] = (all.at(at) as number) ^ 1;
  return all;
}, name);
const header = (change: (text: string) => string): ((files: Files) => void) => bytes((all) => Buffer.concat([Buffer.from(change(all.toString('latin1', 0, headerLength)), 'latin1'), all.subarray(headerLength)]));
const chunk = (all: Buffer, i: number): Buffer => all.subarray(firstChunk + i * SEALED_CHUNK, firstChunk + (i + 1) * SEALED_CHUNK);
const journal = (change: (lines: string[], others: string[]) => string[], tail = '') => (files: Files): void => {
  const lines = (of: ReadonlyMap<string, Uint8Array>): string[] => Buffer.from(of.get(JOURNAL) as Uint8Array).toString().trimEnd().split('\n');
  files.set(JOURNAL, Buffer.from(change(lines(files), lines(other.files)).map((line) => `${line}\n`).join('') + tail));
};

/** What was done, how, the verdict that it must get, why (in words), and whether part 1 opens: wholly, as a prefix, or not at all. */
const TABLE: readonly (readonly [string, (files: Files) => void, 'complete' | 'interrupted' | 'altered', RegExp, 'all' | 'prefix' | 'no'])[] = [
  ['nothing', () => undefined, 'complete', /^complete$/, 'all'],
  ['a bit of the version', flip(3), 'altered', /age v1/, 'no'],
  ['a bit of the owner’s stanza', flip(40), 'altered', /header/, 'no'],
  ['a bit of the commitment', header((text) => text.replace(/(v1 [^\n]*\n)(.)/, (_all, head: string, char: string) => head + (char === 'A' ? 'B' : 'A'))), 'altered', /header of part 1/, 'no'],
  ['a bit of the header’s MAC', flip(headerLength - 5), 'altered', /header of part 1/, 'no'],
  ['a bit of the nonce', flip(headerLength + 3), 'altered', /bytes of part 1/, 'no'],
  ['a bit of the first chunk', flip(firstChunk + 9), 'altered', /bytes of part 1/, 'no'],
  ['a bit of the second chunk', flip(firstChunk + SEALED_CHUNK + 9), 'altered', /bytes of part 1/, 'prefix'],
  ['a bit of the last chunk', flip(-1), 'altered', /bytes of part 1/, 'prefix'],
  ['two chunks swapped', bytes((all) => Buffer.concat([all.subarray(0, firstChunk), chunk(all, 1), chunk(all, 0), all.subarray(firstChunk + 2 * SEALED_CHUNK)])), 'altered', /bytes of part 1/, 'no'],
  ['a chunk dropped', bytes((all) => Buffer.concat([all.subarray(0, firstChunk), all.subarray(firstChunk + SEALED_CHUNK)])), 'altered', /bytes of part 1/, 'no'],
  ['a chunk twice', bytes((all) => Buffer.concat([all.subarray(0, firstChunk + SEALED_CHUNK), all.subarray(firstChunk)])), 'altered', /bytes of part 1/, 'prefix'],
  ['a chunk of another session', bytes((all) => Buffer.concat([all.subarray(0, firstChunk), chunk(Buffer.from(other.files.get(ONE) as Uint8Array), 0), all.subarray(firstChunk + SEALED_CHUNK)])), 'altered', /bytes of part 1/, 'no'],
  ['the header of another session', bytes((all) => Buffer.concat([(other.files.get(ONE) as Uint8Array).subarray(0, headerLength), all.subarray(headerLength)])), 'altered', /header of part 1/, 'no'],
  ['cut within the header', bytes((all) => all.subarray(0, 100)), 'altered', /header/, 'no'],
  ['cut within the nonce', bytes((all) => all.subarray(0, headerLength + 7)), 'altered', /shorter/, 'no'],
  ...[-1, 0, 1].map((by) => [`cut at the first chunk’s end ${by}`, bytes((all) => all.subarray(0, firstChunk + SEALED_CHUNK + by)), 'altered', /shorter|ended with/, by < 0 ? 'no' : 'prefix'] as const),
  ['bytes after the end', bytes((all) => Buffer.concat([all, Buffer.from('x')])), 'altered', /ended with/, 'prefix'],
  ['zeros after the end, as a power cut leaves them', bytes((all) => Buffer.concat([all, Buffer.alloc(70_000)])), 'altered', /ended with/, 'prefix'],
  ['relabelled as another session', header((text) => text.replaceAll(session.binding.session, other.binding.session)), 'altered', /header of part 1/, 'no'],
  ['relabelled as another part', header((text) => text.replace(/ 1 2026/, ' 2 2026')), 'altered', /header of part 1/, 'no'],
  ['the session’s stanza stripped', header((text) => text.replace(/-> lamplight[^\n]*\n[^\n]*\n/, '')), 'altered', /header of part 1/, 'no'],
  ['the session’s stanza twice', header((text) => text.replace(/(-> lamplight[^\n]*\n[^\n]*\n)/, '$1$1')), 'altered', /header of part 1/, 'no'],
  ['a header of 10 MB', header((text) => text.replace('--- ', `-> x ${'y'.repeat(10_000_000)}\n\n--- `)), 'altered', /does not end within|no stanza/, 'no'],
  ['50,000 stanzas', header((text) => text.replace('--- ', `${'-> x y\n\n'.repeat(50_000)}--- `)), 'altered', /more than 8 stanzas/, 'no'],
  ['a journal line dropped', journal((lines) => lines.toSpliced(2, 1)), 'altered', /line 3/, 'all'],
  ['two journal lines swapped', journal((lines) => [lines[0] ?? '', lines[1] ?? '', lines[3] ?? '', lines[2] ?? '', ...lines.slice(4)]), 'altered', /line 3/, 'all'],
  ['a journal line of another session', journal((lines, others) => lines.with(3, others[3] ?? '')), 'altered', /line 4/, 'all'],
  ['the journal of another session', (files) => void files.set(JOURNAL, other.files.get(JOURNAL) as Uint8Array), 'altered', /header of part 1/, 'all'],
  ['a torn line after the end', journal((lines) => lines, '{"at":"2026'), 'complete', /^complete$/, 'all'],
  ['a torn last line', journal((lines) => lines.slice(0, -1), '{"at":"2026'), 'interrupted', /interrupted at 0:01$/, 'all'],
  ['zeros after the last line, more than a line may have', journal((lines) => lines.slice(0, -1), '\0'.repeat(9000)), 'interrupted', /interrupted/, 'all'],
  ['the end taken away', journal((lines) => lines.slice(0, -1)), 'interrupted', /interrupted at 0:01$/, 'all'],
  ['the end and a part taken away', (files) => { journal((lines) => lines.slice(0, lines.findIndex((line) => line.includes('"part":2'))))(files); files.delete(TWO); }, 'interrupted', /interrupted at 0:01$/, 'all'],
  ['the end and a tail taken away', (files) => { journal((lines) => lines.slice(0, 3))(files); files.delete(TWO); bytes((all) => all.subarray(0, firstChunk + SEALED_CHUNK))(files); }, 'interrupted', /interrupted at 0:00$/, 'prefix'],
  ['records after the end', journal((lines, others) => [...lines, others.at(-1) ?? '']), 'altered', /line/, 'all'],
  ['a part missing', (files) => void files.delete(ONE), 'altered', /part 1 is missing/, 'no'],
  ['a part too many', (files) => void files.set(partName(3), files.get(TWO) as Uint8Array), 'altered', /part 3 is not in the journal/, 'all'],
  ['parts swapped', (files) => { const [one, two] = [files.get(ONE) as Uint8Array, files.get(TWO) as Uint8Array]; files.set(ONE, two).set(TWO, one); }, 'altered', /header of part 1/, 'no'],
  ['no journal', (files) => void files.delete(JOURNAL), 'altered', /there is no journal/, 'all'],
  ['events taken away: the journal does not speak of them', (files) => { for (const name of [...files.keys()]) if (name.startsWith('about/')) files.delete(name); }, 'complete', /^complete$/, 'all'],
  ['a copy of another session, whole: an older one cannot be told from a newer', (files) => { files.clear(); for (const [name, content] of other.files) files.set(name, content); }, 'complete', /^complete$/, 'all'],
];

t.test('each change gets its verdict, and what opens is what was sealed', async (t) => {
  for (const [what, change, kind, words, opens] of TABLE) {
    const files: Files = new Map(session.files);
    change(files);
    const memory = memoryFiles(files);
    const { verdict } = await verifyFiles(nodeCrypto, memory, session.device);
    t.match([verdict.kind, verdict.words], [kind, words], what);
    const opened = await openPart(nodeCrypto, memory, 1, scene.opener).then(({ payload }) => payload, () => undefined);
    let read = 0;
    try {
      for await (const piece of opened?.range(0) ?? []) read += piece.length;
    } catch (error) {
      t.equal((error as FormatError).code, 'PAYLOAD_BROKEN');
    }
    const total = opened?.complete === true && read === opened.length;
    t.equal(opened === undefined ? 'no' : total ? 'all' : 'prefix', opens, `${what}: part 1 opens ${opens}`);
    await judge(scene, files);
    t.same(await verifyFiles(webCrypto(), memory, session.device), await verifyFiles(nodeCrypto, memory, session.device), `${what}: the same by a browser’s cryptography`);
  }
});

t.test('another device, and no device key at all', async (t) => {
  const memory = memoryFiles(session.files);
  t.match((await verifyFiles(nodeCrypto, memory, freshSigningKey().publicKey)).verdict, { kind: 'altered', why: /another device/ });
  const { verdict, device } = await verifyFiles(nodeCrypto, memory, undefined);
  t.same([verdict.kind, device], ['complete', Buffer.from(session.device).toString('hex')], 'consistent, and the key that was found');
  const forged = await written({ parts: [], identity: session.identity });
  t.match((await verifyFiles(nodeCrypto, memoryFiles(forged.files), session.device)).verdict, { kind: 'altered', why: /another device/ }, 'a whole session forged to the teacher’s public key is signed by nobody known');
  const { verdict: found, device: stranger } = await verifyFiles(nodeCrypto, memoryFiles(forged.files), undefined);
  t.same([found.kind, stranger === device], ['complete', false], 'without the key only the fingerprint gives it away');
});

t.test('times of a part that goes on count from where its run began', async (t) => {
  const media = { ftyp: Buffer.from('0000000c6674797069736f35', 'hex'), moov: Buffer.from('000000086d6f6f76', 'hex'), fragments: [Buffer.from('000000086d6f6f66', 'hex')], padded: true };
  const long = await written({ parts: [media, media, { ...media, continues: true }, { ...media, killed: true }] });
  const upTo = async (lines: number): Promise<string> => {
    const text = Buffer.from(long.files.get(JOURNAL) as Uint8Array).toString().split('\n').slice(0, lines).map((line) => `${line}\n`).join('');
    const parts = [...long.files].filter(([name]) => Number(/part-0(\d)/.exec(name)?.[1] ?? 0) <= (text.match(/"kind":"part",/g)?.length ?? 0));
    return (await verifyFiles(nodeCrypto, memoryFiles(new Map([...parts, [JOURNAL, Buffer.from(text)]])), long.device)).verdict.words;
  };
  t.same([await upTo(6), await upTo(8), await upTo(13), await upTo(18)], ['interrupted at 0:00', 'interrupted at 0:10 of part 2', 'interrupted at 0:20 of part 2', 'interrupted at 0:30 of part 4']);
  t.match(await verifyFiles(nodeCrypto, memoryFiles(long.files), long.device), { verdict: { kind: 'complete' }, cutParts: [4], framesDropped: 8 }, 'a killed recorder is told beside the verdict');
  const first = await written({ parts: [{ ...media, continues: true }] });
  t.match((await verifyFiles(nodeCrypto, memoryFiles(first.files), first.device)).verdict, { kind: 'altered', why: /out of turn/ }, 'part 1 goes on from nothing');
});

t.test('a stranger’s key opens nothing', async (t) => {
  const stranger = await written({ parts: [] });
  await t.rejects(openPart(nodeCrypto, memoryFiles(session.files), 1, (bytesOf) => openHeader(bytesOf, stranger.identity)));
});

t.test('no random change makes a session verify as what it is not', async (t) => {
  const seen = new Set<string>();
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
    const { files } = mutated(scene, dice(seed));
    seen.add((await judge(scene, files)).verdict);
  }), { numRuns: 1500 });
  t.same([...seen].sort(), ['altered', 'complete', 'interrupted'], 'of 1500 changes; the soak seal-mutations makes 100,000');
});
