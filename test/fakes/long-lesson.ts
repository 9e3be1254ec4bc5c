/** A session as long as one likes, sealed by the book: some seconds of real media, over and over, each time later. */
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Binding } from '../../pipeline/seal/binding.js';
import { sealClip } from '../../pipeline/seal/clip.js';
import { boxesOf, moved, tracksOf, type Box } from '../../pipeline/seal/fragments.js';
import { JOURNAL, partName } from '../../pipeline/seal/format.js';
import { nodeCrypto, sealHeader } from '../../pipeline/seal/node.js';
import { timesOf } from '../../pipeline/seal/seek-index.js';
import { freshSigningKey } from '../../pipeline/vault/device-key.js';
import { output, type TeacherKey } from '../pipeline/keys.js';

const [ROUND_S, FPS, RATE] = [10, 25, 48_000];

/** Noise, so that the encoder gives what a lesson takes: 4.5 Mbit/s, 720 lines. */
async function round(): Promise<Buffer> {
  const { plain } = await output('gst-launch-1.0', [
    '-q', 'videotestsrc', 'pattern=snow', `num-buffers=${ROUND_S * FPS}`, '!', `video/x-raw,width=1280,height=720,framerate=${FPS}/1`, '!',
    'x264enc', 'tune=zerolatency', 'speed-preset=superfast', 'bframes=0', 'bitrate=4500', `key-int-max=${FPS}`, '!', 'video/x-h264,profile=main,stream-format=avc,alignment=au', '!', 'mux.',
    'audiotestsrc', `num-buffers=${Math.floor((ROUND_S * RATE) / 1024)}`, 'volume=0.2', '!', `audio/x-raw,rate=${RATE},channels=1`, '!', 'avenc_aac', 'bitrate=96000', '!', 'mux.',
    'mp4mux', 'name=mux', 'fragment-duration=250', 'streamable=true', '!', 'fdsink', 'fd=1',
  ]);
  return plain;
}

export interface LongLesson { readonly part: string; readonly bytes: number; readonly seconds: number }

/** Makes lessons of one and the same media. @param key whose they are */
export async function longLessons(key: TeacherKey): Promise<(folder: string, size: number) => Promise<LongLesson>> {
  const media = await round();
  const boxes: Box[] = [];
  for await (const box of boxesOf((async function* () { await Promise.resolve(); yield media; })())) boxes.push(box);
  const ftyp = boxes.find(({ type }) => type === 'ftyp')?.bytes ?? new Uint8Array();
  const moov = boxes.find(({ type }) => type === 'moov')?.bytes ?? new Uint8Array();
  const tracks = tracksOf(moov);
  const pairs = boxes.flatMap(({ type, bytes }, i) => (type === 'moof' ? [{ moof: bytes, mdat: boxes[i + 1]?.bytes ?? new Uint8Array(), times: timesOf(bytes, tracks) }] : []));
  return async (folder, size) => {
    mkdirSync(folder, { recursive: true });
    const signer = freshSigningKey();
    const binding: Binding = { v: 1, session: randomBytes(16).toString('hex'), owner: key.recipient, purpose: { id: 'coaching', version: 1, words: 'Coaching', audience: 'colleagues-i-choose' }, code: '2026-09', mode: 'picture-and-sound', room: 'Room 12' };
    const part = path.join(folder, partName(1));
    const file = openSync(part, 'w');
    let [bytes, laterS] = [0, 0];
    const journal = await sealClip({ crypto: nodeCrypto, random: randomBytes, sealHeader }, {
      binding, recipients: [key.recipient], at: '2026-11-23T08:15:00.000Z', signer, ftyp, moov,
      fragments: (async function* () {
        await Promise.resolve();
        for (; bytes < size; laterS += ROUND_S) {
          for (const { moof, mdat, times: { picture, sound } } of pairs) {
            const fragment = Buffer.concat([moved(moof, 1, (track) => BigInt(laterS * (tracks.get(track)?.timescale ?? 1))), mdat]);
            yield { bytes: fragment, ...(picture === undefined ? {} : { picture: picture + laterS * 1000 }), ...(sound === undefined ? {} : { sound: sound + laterS * 1000 }) };
          }
        }
      })(),
    }, (sealed) => { bytes += writeSync(file, sealed); });
    closeSync(file);
    writeFileSync(path.join(folder, JOURNAL), journal);
    return { part, bytes, seconds: laterS };
  };
}
