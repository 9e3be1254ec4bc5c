import path from 'node:path';
import t from 'tap';
import { boxesOf } from '../../../pipeline/seal/fragments.js';
import { Film, JOURNAL, partName, type Piece } from '../../../pipeline/seal/format.js';
import { Joiner } from '../../../pipeline/seal/join.js';
import { nodeCrypto, openHeader } from '../../../pipeline/seal/node.js';
import { samplesOf } from '../../../pipeline/seal/samples.js';
import { encoded, sealedLesson } from '../../fakes/sealed-lesson.js';
import { openPart } from '../keys.js';
import { filesIn } from './lesson-files.js';
import { memoryFiles } from './written.js';

async function pieces(film: Film, fromMs: number): Promise<Piece[]> {
  const all: Piece[] = [];
  for await (const piece of film.play(fromMs)) all.push(piece);
  return all;
}

t.test('a film read by the index of its journal', async (t) => {
  const media = [await encoded(6), await encoded(3)] as const;
  const lesson = await sealedLesson(t.testdir(), { parts: media });
  const files = filesIn(lesson.folder);
  const open = (changed: ReadonlyMap<string, Uint8Array> = files): Promise<Film> => Film.open(nodeCrypto, memoryFiles(changed), (header) => openHeader(header, lesson.key.identity));
  const film = await open();

  await t.test('has every fragment at the time to which joining brings it', async (t) => {
    const joiner = new Joiner();
    const joined: Uint8Array[] = [];
    for (const part of [1, 2]) {
      joiner.begin(part, undefined);
      const { plain } = await openPart(lesson.key, path.join(lesson.folder, partName(part)));
      for await (const box of boxesOf((async function* () { await Promise.resolve(); yield plain; })())) joined.push(...joiner.take(box));
    }
    const played = await pieces(film, 0);
    t.ok(Buffer.concat(played.flatMap(({ mdat }) => [mdat])).equals(Buffer.concat(joined.filter((bytes) => Buffer.from(bytes).toString('latin1', 4, 8) === 'mdat'))));
    t.ok(Math.abs(film.durationMs - joiner.seconds * 1000) < 1, `${film.durationMs} ms`);
    t.same(film.parts.map(({ fromMs, toMs }) => [Math.round(fromMs / 1000), Math.round(toMs / 1000)]), [[0, 6], [6, 9]]);
    t.equal(film.binding.purpose.id, 'coaching');
  });

  await t.test('begins at the last sync sample before any time, and not far before it', async (t) => {
    for (const wanted of [0, 500, 999, 1000, 1001, 2345, 5999, 6000, 6100, 7777, 8900, 99_000]) {
      const [first] = await pieces(film, wanted);
      if (first === undefined) return t.fail(`nothing at ${wanted}`);
      t.ok(first.fromMs <= wanted && (wanted > 9000 || wanted - first.fromMs < 3000), `${wanted} ms is read from ${first.fromMs} on`);
      const begun = (await pieces(film, wanted)).find(({ of, moof }) => [...samplesOf(moof, of.tracks)].some(([id, samples]) => of.tracks.get(id)?.kind === 'picture' && samples.some(({ isSync }) => isSync)));
      t.ok(begun !== undefined && (begun.fromMs <= wanted || wanted > 9000), 'with a picture that needs none before it');
    }
    return t.end();
  });

  await t.test('is the same without a journal, and with one whose hints are wrong', async (t) => {
    const wanted = (await pieces(film, 4321)).map(({ fromMs, toMs }) => [fromMs, toMs]);
    const without = new Map([...files].filter(([name]) => name !== JOURNAL));
    const lines = Buffer.from(files.get(JOURNAL) ?? '').toString();
    const shifted = new Map(files).set(JOURNAL, Buffer.from(lines.replace(/"moof":(\d+)/g, (_, moof) => `"moof":${Number(moof) + 8}`)));
    const later = new Map(files).set(JOURNAL, Buffer.from(lines.replace(/"(picture|sound)":(\d)(\d{3})\b/g, '"$1":1$3')));
    for (const [what, changed] of [['none', without], ['offsets', shifted], ['times', later]] as const) {
      const other = await open(changed);
      t.equal(Math.round(other.durationMs), Math.round(film.durationMs), what);
      const found = await pieces(other, 4321);
      t.same(found.slice(-wanted.length).map(({ fromMs, toMs }) => [fromMs, toMs]).slice(-10), wanted.slice(-10));
      t.ok((found[0]?.fromMs ?? Infinity) <= 4321);
    }
  });

  await t.test('ends where a chunk was changed, and what comes before is what was sealed', async (t) => {
    const name = partName(1);
    const bytes = new Uint8Array(files.get(name) ?? []);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const broken = await open(new Map(files).set(name, bytes));
    const seen: Piece[] = [];
    await t.rejects(async () => { for await (const piece of broken.play(0)) seen.push(piece); }, { code: 'PAYLOAD_BROKEN' });
    const whole = await pieces(film, 0);
    t.ok(seen.length > 3 && seen.length < whole.length, `${seen.length} of ${whole.length}`);
    t.same(seen.map(({ mdat }) => Buffer.from(mdat)), whole.slice(0, seen.length).map(({ mdat }) => Buffer.from(mdat)));
  });

  await t.test('of an interrupted part reaches to its last whole chunk', async (t) => {
    const bytes = files.get(partName(2)) ?? new Uint8Array();
    const cut = await open(new Map(files).set(partName(2), bytes.subarray(0, -70_000)));
    t.equal(cut.parts[1]?.whole, false);
    t.ok(cut.durationMs > 6000 && cut.durationMs < film.durationMs, `${cut.durationMs} ms`);
    t.equal((await pieces(cut, 0)).at(-1)?.toMs, cut.durationMs);
  });

  await t.test('has no other way in', async (t) => {
    await t.rejects(Film.open(nodeCrypto, memoryFiles(files), () => Promise.reject(new Error('not this key'))), { message: 'not this key' });
    await t.rejects(Film.open(nodeCrypto, memoryFiles(new Map()), () => Promise.reject(new Error('not this key'))), { code: 'HEADER_BROKEN' });
  });
});
