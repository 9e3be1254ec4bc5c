import { randomBytes } from 'node:crypto';
import t from 'tap';
import { canonical, Film, JOURNAL, partName, verifyFiles, type Binding } from '../../../pipeline/seal/format.js';
import { checkClip, clipBinding, sealClip, type Signer } from '../../../pipeline/seal/clip.js';
import { avcConfigIn, avcConfigOf, codecOf, mimeOf } from '../../../pipeline/seal/codecs.js';
import { cutting } from '../../../pipeline/seal/cut.js';
import type { Track } from '../../../pipeline/seal/fragments.js';
import { fragmentOf, withTracks } from '../../../pipeline/seal/mux.js';
import { nodeCrypto, openHeader, sealHeader } from '../../../pipeline/seal/node.js';
import { freshSigningKey } from '../../../pipeline/vault/device-key.js';
import { encoded, sealedLesson } from '../../fakes/sealed-lesson.js';
import { teacherKey } from '../keys.js';
import { filesIn } from './lesson-files.js';
import { memoryFiles } from './written.js';

t.test('a clip, made and read without a browser', { timeout: 200_000 }, async (t) => {
  const folder = t.testdir();
  const lesson = await sealedLesson(folder, { parts: [await encoded(4)] });
  const files = filesIn(lesson.folder);
  const film = await Film.open(nodeCrypto, memoryFiles(files), (header) => openHeader(header, lesson.key.identity));
  const colleague = await teacherKey(folder, 'colleague.txt');
  const signer: Signer = freshSigningKey();
  const source = Buffer.from(files.get(JOURNAL) ?? '').toString().split('\n')[0] ?? '';
  const statement = { source, salt: film.parts[0]?.opened.salt ?? '', fromMs: 1000, toMs: 3000, blurred: false, silent: true, at: '2026-11-30T10:00:00.000Z' };
  const session = 'c11b'.repeat(8);
  const binding = clipBinding(film.binding, session, statement, signer);

  await t.test('is cut to the sample, from a sync sample on', async (t) => {
    const cut = await cutting(film, 1500, 3000);
    t.equal(cut.fromMs, 1000);
    const runs = [];
    for await (const run of cut.runs()) runs.push(run);
    const pictures = runs.filter(({ kind }) => kind === 'picture').flatMap(({ samples }) => samples);
    t.equal(pictures.length, 50, '25 a second');
    t.same([pictures[0]?.at, pictures[0]?.isSync], [0, true]);
    t.same(pictures.map(({ at }) => at), [...pictures.map(({ at }) => at)].sort((a, b) => a - b));
    t.ok(runs.filter(({ kind }) => kind === 'sound').length > 0);
    t.match(mimeOf(cut.tracks.values()), /^video\/mp4; codecs="avc1\.4d[0-9a-f]{4},mp4a\.40\.2"$/);
    t.match([...cut.tracks.values()].map(codecOf), ['avc1', 'mp4a']);
    await t.rejects(cutting(film, 9000, 9500), { code: 'MEDIA_BROKEN' });
  });

  await t.test('how to decode its pictures is also found in one that says so itself', async (t) => {
    const { tracks } = await cutting(film, 1000, 3000);
    const config = avcConfigOf([...tracks.values()].find(({ kind }) => kind === 'picture') as Track) ?? new Uint8Array();
    // ISO/IEC 14496-15, 5.3.3.1: one sequence parameter set from byte 8 on, then one picture parameter set.
    const after = 8 + (config[7] ?? 0);
    const unit = (bytes: Uint8Array): Uint8Array => Uint8Array.of(0, 0, 0, bytes.length, ...bytes);
    const [sequence, picture, slice] = [unit(config.subarray(8, after)), unit(config.subarray(after + 3)), unit(Uint8Array.of(0x65, 1, 2, 3))];
    t.same(avcConfigIn(Buffer.concat([sequence, picture, slice])), config);
    t.same(avcConfigIn(Buffer.concat([unit(Uint8Array.of(6, 0)), picture, sequence, slice])), config, 'in whatever order');
    for (const [what, sample] of [['no bytes', new Uint8Array()], ['a picture alone', slice], ['half of it', Buffer.concat([sequence, slice])], ['cut', Buffer.concat([sequence, picture]).subarray(0, -1)], ['garbage', randomBytes(64).fill(0xff, 0, 4)]] as const) t.equal(avcConfigIn(sample), undefined, what);
  });

  await t.test('P7.3 carries the binding of its source, and opens for the colleague', async (t) => {
    const pieces: Uint8Array[] = [];
    const cut = await cutting(film, 1000, 3000);
    const silent = (id: number): boolean => cut.tracks.get(id)?.kind === 'picture';
    const journal = await sealClip({ crypto: nodeCrypto, random: randomBytes, sealHeader }, {
      binding, recipients: [colleague.recipient], at: statement.at, signer, ftyp: cut.ftyp, moov: withTracks(cut.moov, silent),
      fragments: (async function* () { for await (const { track, samples } of cut.runs()) if (silent(track)) yield { bytes: fragmentOf(1, track, samples), picture: ((samples[0]?.at ?? 0) * 1000) / (cut.tracks.get(track)?.timescale ?? 1) }; })(),
    }, (bytes) => pieces.push(bytes));
    const clip = memoryFiles(new Map([[partName(1), Buffer.concat(pieces)], [JOURNAL, Buffer.from(journal)]]));
    t.match((await verifyFiles(nodeCrypto, clip, signer.publicKey)).verdict, { kind: 'complete' });
    const opened = await Film.open(nodeCrypto, clip, (header) => openHeader(header, colleague.identity));
    t.same(opened.binding, binding);
    t.same({ ...opened.binding, session: undefined, clip: undefined }, { ...film.binding, session: undefined, clip: undefined });
    t.same([...(opened.parts[0]?.tracks.values() ?? [])].map(({ kind }) => kind), ['picture'], 'without a sound track');
    t.ok(Math.abs(opened.durationMs - 2000) < 50, `${opened.durationMs} ms`);
    await t.rejects(Film.open(nodeCrypto, clip, (header) => openHeader(header, lesson.key.identity)), 'nobody else');
  });

  await t.test('P7.3 says truly where it comes from, or nothing', async (t) => {
    t.match(await checkClip(nodeCrypto, binding), { device: Buffer.from(lesson.devicePublicKey).toString('hex'), recordedAt: '2026-11-23T08:15:00.000Z' });
    const forged = (change: (binding: Binding) => Binding, sign = signer): Binding => {
      const changed = change(binding);
      return changed.clip === undefined ? changed : clipBinding(changed, changed.session, changed.clip, sign);
    };
    const purpose = { ...binding.purpose, words: 'Assessment' };
    const clip = binding.clip as NonNullable<Binding['clip']>;
    for (const [what, other] of [
      ['another purpose, not signed', { ...binding, purpose }], ['another purpose, signed', forged((one) => ({ ...one, purpose }))],
      ['another room', forged((one) => ({ ...one, room: 'Room 13' }))], ['another owner', forged((one) => ({ ...one, owner: colleague.recipient }))],
      ['other times', { ...binding, clip: { ...clip, toMs: 9000 } }], ['another session id', { ...binding, session: 'ab'.repeat(16) }],
      ['a start that no device signed', forged((one) => ({ ...one, clip: { ...clip, source: source.replace('08:15', '09:15') } }))],
      ['a start that is none', forged((one) => ({ ...one, clip: { ...clip, source: canonical({ kind: 'start' }) } }))],
      ['no signature', { ...binding, clip: { ...clip, sig: '' } }], ['no statement', { ...film.binding }],
      ['what is for its owner only', forged((one) => ({ ...one, purpose: { ...one.purpose, audience: 'only-me' } }))],
    ] as const) t.equal(await checkClip(nodeCrypto, other), undefined, what);
  });
});
