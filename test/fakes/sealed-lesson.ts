/** A lesson that was really encoded, sealed through the vault as the recorder does it: for whoever reads sessions. */
import path from 'node:path';
import type { Plan } from '../../session/ports.js';
import { HoldBack } from '../../pipeline/hold-back.js';
import { writeAbout, type Note } from '../../pipeline/vault/about.js';
import type { PartLog } from '../../pipeline/vault/part-log.js';
import type { VaultOptions } from '../../pipeline/vault/vault.js';
import { output } from '../pipeline/keys.js';
import { partWriting, PLAN, vaultIn, type VaultScene } from '../pipeline/recorded.js';

export interface Lesson extends VaultScene {
  readonly session: string;
  /** Of the session, sealed. */
  readonly folder: string;
}

const [WIDTH, HEIGHT, FPS, RATE] = [320, 180, 25, 48_000];

/** Picture and sound of so many seconds as the recorder's own elements make them: a bar that moves, a tone. */
export async function encoded(seconds: number, { picture = true, sound = true } = {}): Promise<Buffer> {
  const { plain, code } = await output('gst-launch-1.0', [
    '-q',
    ...(picture ? ['videotestsrc', 'pattern=ball', 'background-color=0xff406080', `num-buffers=${seconds * FPS}`, '!', `video/x-raw,width=${WIDTH},height=${HEIGHT},framerate=${FPS}/1`, '!',
      'x264enc', 'tune=zerolatency', 'speed-preset=superfast', 'bframes=0', 'bitrate=300', `key-int-max=${FPS}`, '!', 'video/x-h264,profile=main,stream-format=avc,alignment=au', '!', 'mux.'] : []),
    ...(sound ? ['audiotestsrc', `num-buffers=${Math.ceil((seconds * RATE) / 1024)}`, 'volume=0.2', '!', `audio/x-raw,rate=${RATE},channels=1`, '!', 'avenc_aac', 'bitrate=64000', '!', 'mux.'] : []),
    'mp4mux', 'name=mux', 'fragment-duration=250', 'streamable=true', '!', 'fdsink', 'fd=1',
  ]);
  if (code !== 0) throw new Error(`gst-launch-1.0 ended with ${String(code)}`);
  return plain;
}

export interface LessonScript {
  /** What each part holds, in the order of time; from `encoded`. */
  readonly parts: readonly Buffer[];
  readonly plan?: Partial<Plan>;
  readonly about?: readonly Note[];
  /** False where power was cut. */
  readonly ends?: boolean;
  readonly options?: Partial<VaultOptions>;
}

/** @param folder gets a key and a vault. */
export async function sealedLesson(folder: string, { parts, plan, about = [], ends = true, options }: LessonScript): Promise<Lesson> {
  const scene = await vaultIn(folder, options);
  await scene.vault.begin({ ...PLAN, ...plan });
  const session = scene.vault.current ?? '';
  for (const part of parts) await writeMedia(await scene.vault.nextPart(), part, ends || part !== parts.at(-1));
  const place = path.join(folder, 'vault', session);
  const at = '2026-11-23T08:20:00.000Z';
  for (const note of about) await writeAbout(place, [scene.key.recipient], { v: 1, session, at, ...note });
  if (ends) await scene.vault.end();
  return { ...scene, session, folder: place };
}

async function writeMedia(log: PartLog, media: Buffer, closes: boolean): Promise<void> {
  let now = 0;
  const { writer, close } = partWriting(log, () => now);
  const held = new HoldBack();
  held.push(media, now);
  // Two fragments of picture and sound each in 500 ms, which is a sync.
  for (const [i, unit] of held.release(1).entries()) {
    writer.add([unit]);
    if (i % 4 !== 3) continue;
    now += 500;
    await writer.sync();
  }
  await close(closes ? 'in order' : 'open');
}
