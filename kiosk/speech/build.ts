/** Makes the sound files that come with the product: each saying in each language, and the chimes, as Opus in Ogg. Run by tools/build.mjs. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chime } from './chimes.js';
import { Espeak } from './espeak.js';
import { writeWav } from './pcm.js';
import { LANGUAGES } from '../protocol/languages.js';
import { CHIMES, SAYINGS, type Saying } from './words.js';

/** Twice of what speech needs (RFC 6716, 2.1.1), so that consonants stay crisp; a file has about 20 KB. */
const BITS_PER_SECOND = 48_000;

/**
 * @param folder emptied first; gets `chime-<name>.ogg` and `<language>/<saying>.ogg`.
 * @throws Error with a sentence and a remedy where espeak-ng or GStreamer is missing
 */
export async function buildSounds(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const language of LANGUAGES) await mkdir(join(folder, language), { recursive: true });
  const raw = await mkdtemp(join(tmpdir(), 'lamplight-sounds-'));
  try {
    const wavs: [wav: string, ogg: string][] = [];
    const add = async (name: string, wav: Buffer): Promise<void> => {
      const file = join(raw, `${wavs.length}.wav`);
      await writeFile(file, wav);
      wavs.push([file, join(folder, `${name}.ogg`)]);
    };
    for (const name of CHIMES) await add(`chime-${name}`, writeWav(chime(name)));
    const espeak = new Espeak();
    for (const [saying, texts] of Object.entries(SAYINGS) as [Saying, typeof SAYINGS[Saying]][]) {
      for (const language of LANGUAGES) {
        const spoken = await espeak.say(texts[language], language, new AbortController().signal);
        if (!spoken.ok) throw new Error(`“${saying}” (${language}): ${spoken.sentence} ${spoken.remedy}`);
        await add(`${language}/${saying}`, spoken.value);
      }
    }
    await encode(wavs);
  } finally {
    await rm(raw, { recursive: true, force: true });
  }
}

/** All in one process, each in a pipeline of its own beside the others: loading GStreamer takes longer than encoding. */
async function encode(wavs: readonly (readonly [wav: string, ogg: string])[]): Promise<void> {
  const line = wavs.flatMap(([wav, ogg]) => ['filesrc', `location=${wav}`, '!', 'wavparse', '!', 'audioconvert', '!', 'audioresample', 'quality=10', '!',
    'audio/x-raw,rate=48000', '!', 'opusenc', `bitrate=${BITS_PER_SECOND}`, '!', 'oggmux', '!', 'filesink', `location=${ogg}`]);
  await promisify(execFile)('gst-launch-1.0', ['-q', ...line]);
}
