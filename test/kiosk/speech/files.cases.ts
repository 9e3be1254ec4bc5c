import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { chime } from '../../../kiosk/speech/chimes.js';
import { levelled, loudnessOf, readWav, secondsOf, writeWav, type Pcm } from '../../../kiosk/speech/pcm.js';
import { LANGUAGES } from '../../../kiosk/protocol/languages.js';
import { CHIMES, SAYINGS, type Saying } from '../../../kiosk/speech/words.js';

const sounds = fileURLToPath(new URL('../../../screen/sounds', import.meta.url));
const sine = (amplitude: number, seconds: number, rate = 22_050): Pcm => ({ rate, samples: Float32Array.from({ length: seconds * rate }, (_, i) => amplitude * Math.sin(2 * Math.PI * 441 * i / rate)) });
const after = (silence: number, { rate, samples }: Pcm): Pcm => {
  const all = new Float32Array(silence * rate + samples.length);
  all.set(samples, silence * rate);
  return { rate, samples: all };
};

t.test('WAV: what is written is read again, and anything else is refused', (t) => {
  const pcm: Pcm = { rate: 22_050, samples: Float32Array.of(0, 0.5, -0.5, 1, -1, 2, -2) };
  const wav = writeWav(pcm);
  t.equal(wav.length, 44 + 14);
  t.strictSame([...readWav(wav).samples].map((value) => Math.round(value * 100) / 100), [0, 0.5, -0.5, 1, -1, 1, -1], 'cut at full scale');
  t.equal(readWav(wav).rate, 22_050);
  const piped = Buffer.from(wav);
  piped.writeUInt32LE(0x7ffff000, 40);
  t.equal(readWav(piped).samples.length, 7, 'a length that a pipe could not know does not count');
  t.equal(readWav(Buffer.concat([wav, Buffer.of(1)])).samples.length, 7, 'nor half a sample');
  const changed = (at: number, value: number): Buffer => { const other = Buffer.from(wav); other[at] = value; return other; };
  for (const [name, bad] of [['nothing', Buffer.alloc(0)], ['a short one', wav.subarray(0, 43)], ['text', Buffer.alloc(100, 'x')], ['floats', changed(20, 3)], ['two channels', changed(22, 2)], ['eight bits', changed(34, 8)]] as const) {
    t.throws(() => readWav(bad), /not a WAV file/, name);
  }
  t.end();
});

t.test('loudness counts what sounds, and is made even without cutting peaks', (t) => {
  const about = (value: number, wanted: number): boolean => Math.abs(value - wanted) < 0.2;
  t.ok(about(loudnessOf(sine(1, 1)).rmsDb, -3.01), 'a sine of full scale is at −3 dB');
  t.ok(about(loudnessOf(sine(0.1, 1)).peakDb, -20));
  t.ok(about(loudnessOf(after(10, sine(0.1, 2))).rmsDb, -23), 'a pause is no part of it');
  t.ok(about(loudnessOf(levelled(sine(0.01, 1), -20)).rmsDb, -20));
  const spiky: Pcm = { rate: 22_050, samples: Float32Array.from({ length: 22_050 }, (_, i) => (i % 1000 === 0 ? 0.1 : 0.0001)) };
  t.ok(loudnessOf(levelled(spiky, -10)).peakDb <= -1.99, 'rather softer than cut');
  const silence: Pcm = { rate: 22_050, samples: new Float32Array(100) };
  t.equal(loudnessOf(silence).rmsDb, -Infinity);
  t.equal(levelled(silence, -20), silence);
  t.end();
});

t.test('P9.2 the chimes are short, soft, without a click, and each its own', (t) => {
  for (const name of CHIMES) {
    const pcm = chime(name);
    t.ok(secondsOf(pcm) <= 1, `${name} is a second long at most`);
    const jump = pcm.samples.reduce((most, value, i) => Math.max(most, Math.abs(value - (pcm.samples[i - 1] ?? 0))), 0);
    // The steepest a sum of these tones can be: the slope of its highest partial at full level, and no edge.
    t.ok(jump < 0.1, `${name} has no click (${jump.toFixed(3)})`);
    t.ok(Math.abs(pcm.samples.at(-1) ?? 1) < 0.001, `${name} ends in silence`);
    t.ok(loudnessOf(pcm).peakDb < -2, `${name} is not cut`);
  }
  t.ok(loudnessOf(chime('ten-minutes')).rmsDb < loudnessOf(chime('start')).rmsDb - 6, 'the tone in the middle of a lesson is soft');
  t.ok(secondsOf(chime('stop')) > 0.5, 'words after it begin when capture has ended');
  t.equal(new Set(CHIMES.map((name) => Buffer.from(chime(name).samples.buffer).toString('latin1'))).size, CHIMES.length);
  t.end();
});

t.test('P9.2 each saying has its words in each language', (t) => {
  const all = Object.values(SAYINGS).flatMap((texts) => LANGUAGES.map((language) => texts[language]));
  t.equal(new Set(all).size, all.length, 'none is another’s');
  for (const texts of Object.values(SAYINGS)) t.match(texts.ur, /[\u0600-\u06ff]/);
  t.notOk(all.some((text) => /!|P\d/.test(text)));
  t.end();
});

t.test('P9.2 P2.6 the files that come with the product are there in every language, and evenly loud', { skip: existsSync('/usr/bin/ffmpeg') ? false : 'needs ffmpeg' }, (t) => {
  const names = Object.keys(SAYINGS) as Saying[];
  const files = [...CHIMES.map((name) => `chime-${name}`), ...LANGUAGES.flatMap((language) => names.map((name) => `${language}/${name}`))];
  const folder = t.testdir({});
  for (const file of files) t.equal(readFileSync(join(sounds, `${file}.ogg`)).toString('latin1', 0, 4), 'OggS', file);
  execFileSync('ffmpeg', ['-v', 'error', ...files.flatMap((file) => ['-i', join(sounds, `${file}.ogg`)]),
    ...files.flatMap((_, at) => ['-map', String(at), '-ac', '1', '-ar', '48000', '-f', 's16le', join(folder, `${at}.pcm`)])]);
  const decoded = (at: number): Pcm => {
    const raw = readFileSync(join(folder, `${at}.pcm`));
    return { rate: 48_000, samples: Float32Array.from({ length: raw.length / 2 }, (_, i) => raw.readInt16LE(2 * i) / 32_767) };
  };
  const loud = files.map((file, at) => ({ file, pcm: decoded(at) }));
  for (const { file, pcm } of loud) {
    const { rmsDb, peakDb } = loudnessOf(pcm);
    t.ok(peakDb < -0.5, `${file} peaks at ${peakDb.toFixed(1)} dBFS`);
    if (file.startsWith('chime-')) t.ok(secondsOf(pcm) < 1.1, `${file} lasts ${secondsOf(pcm).toFixed(1)} s`);
    else {
      t.ok(rmsDb > -22.5 && rmsDb < -18.5, `${file} is at ${rmsDb.toFixed(1)} dBFS`);
      t.ok(secondsOf(pcm) > 0.8 && secondsOf(pcm) < 9, `${file} lasts ${secondsOf(pcm).toFixed(1)} s`);
    }
  }
  t.end();
});
