import { chmodSync, existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { Espeak, MOST_CHARACTERS, speakable, type EspeakOptions } from '../../../kiosk/speech/espeak.js';
import { loudnessOf, readWav, secondsOf } from '../../../kiosk/speech/pcm.js';
import { LANGUAGES } from '../../../kiosk/protocol/languages.js';
import { SAYINGS } from '../../../kiosk/speech/words.js';
import type { Language } from '../../../kiosk/protocol/common.js';

const PROGRAM = '/usr/bin/espeak-ng';
const skip = existsSync(PROGRAM) ? false : `needs ${PROGRAM} (Debian package espeak-ng)`;
const SECRET = 'the words under which a key is locked';

const say = (text: string, language: Language, options: EspeakOptions = {}, signal = new AbortController().signal) => new Espeak(options).say(text, language, signal);
async function wavOf(text: string, language: Language): Promise<Buffer> {
  const spoken = await say(text, language);
  if (!spoken.ok) throw new Error(spoken.sentence);
  return spoken.value;
}
const refusal = async (spoken: ReturnType<typeof say>): Promise<string> => {
  const answer = await spoken;
  return answer.ok ? 'spoken' : answer.code;
};
const turn = () => new Promise((resolve) => setImmediate(resolve));
const read = (file: string): string => { try { return readFileSync(file, 'utf8'); } catch { return ''; } };

t.test('what is made of a text before it is spoken', (t) => {
  const table: [string, string, string][] = [
    ['plain words', 'Tap Stop.', 'Tap Stop.'],
    ['lines', ' one\r\n\ttwo ', 'one two'],
    ['a command of espeak-ng', 'a\u0001300sb', 'a 300sb'],
    ['phonemes', '[[h@l\'oU]] [x] [[[', '[ [h@l\'oU]] [x] [ [ ['],
    ['half a character', 'a\ud800b', 'a b'],
    ['right to left', 'ریکارڈنگ\u2028جاری', 'ریکارڈنگ جاری'],
  ];
  for (const [name, text, line] of table) t.equal(speakable(text), line, name);
  t.end();
});

t.test('every language is spoken aloud, and differently', { skip }, async (t) => {
  const made = new Map<string, string>();
  for (const language of LANGUAGES) {
    for (const saying of ['stopped', 'one-minute'] as const) {
      const text = SAYINGS[saying][language];
      const wav = await wavOf(text, language);
      t.equal(wav.readUInt32LE(4), wav.length - 8, 'the sizes in its header are true');
      const pcm = readWav(wav);
      t.equal(pcm.rate, 22_050);
      const perCharacter = secondsOf(pcm) / text.length;
      t.ok(perCharacter > 0.04 && perCharacter < 0.2, `${language}: ${perCharacter.toFixed(3)} s for each character`);
      const { rmsDb, peakDb } = loudnessOf(pcm);
      t.ok(rmsDb > -23 && rmsDb < -19.9, `${language}: ${rmsDb.toFixed(1)} dBFS`);
      t.ok(peakDb <= -1.9, `${language}: peaks at ${peakDb.toFixed(1)} dBFS`);
      made.set(wav.toString('latin1'), text);
    }
  }
  t.equal(made.size, 8, 'no two sound the same');
  t.not(Buffer.compare(await wavOf('Stop', 'en'), await wavOf('Stop', 'pl')), 0, 'each by its own voice');
  t.equal(Buffer.compare(await wavOf('Stop', 'en'), await wavOf('Stop', 'en')), 0, 'the same text sounds the same');
});

t.test('P10.2 a text never stands in the arguments or the environment of the process, which yields to everything else', { skip }, async (t) => {
  const seen: string[] = [];
  const nices = new Set<string>();
  let pid = 0;
  let over = false;
  const text = `${SECRET}. `.repeat(10);
  const spoken = say(text, 'en', { onStart: (started) => { pid = started; } }).then((answer) => { over = true; return answer; });
  while (!over) {
    await turn();
    if (pid === 0) continue;
    const line = read(`/proc/${pid}/cmdline`);
    seen.push(line, read(`/proc/${pid}/environ`));
    // proc(5): the 19th field, the 17th after the name.
    if (line.startsWith('espeak-ng')) nices.add(read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[16] ?? '');
  }
  t.equal((await spoken).ok, true);
  t.ok(seen.some((line) => line.startsWith('espeak-ng\0-v\0en-gb')), 'it was looked at while it spoke');
  t.notOk(seen.some((line) => line.includes('locked')), 'and the text is nowhere');
  t.strictSame([...nices].filter((nice) => nice !== ''), ['19']);
});

t.test('what goes wrong has a code, a sentence and a remedy', { skip }, async (t) => {
  const scripts = t.testdir({ forever: '#!/bin/sh\nexec sleep 1000\n', echo: '#!/bin/sh\nexec cat\n', fails: '#!/bin/sh\nexit 1\n' });
  const script = (name: string): EspeakOptions => ({ program: `${scripts}/${name}` });
  for (const name of ['forever', 'echo', 'fails']) chmodSync(`${scripts}/${name}`, 0o755);
  const table: [string, string, EspeakOptions, string][] = [
    ['it is not installed', 'Stop', { program: 'espeak-ng-is-not-here' }, 'NO_SPEECH'],
    ['it does not end', 'Stop', { ...script('forever'), limitMs: 50 }, 'SPEECH_FAILED'],
    ['it fails', 'Stop', script('fails'), 'SPEECH_FAILED'],
    ['what it gives is no sound', 'Stop', script('echo'), 'SPEECH_FAILED'],
    ['it gives too much', 'Stop', { limitBytes: 1000 }, 'SPEECH_TOO_LONG'],
    ['a text at the limit', 'a '.repeat(MOST_CHARACTERS / 2 - 1) + 'aa', {}, 'spoken'],
    ['a text beyond it', 'a '.repeat(MOST_CHARACTERS / 2) + 'a', {}, 'SPEECH_TOO_LONG'],
  ];
  for (const [name, text, options, code] of table) t.equal(await refusal(say(text, 'en', options)), code, name);
  const missing = await say('Stop', 'en', { program: 'espeak-ng-is-not-here' });
  t.match(missing, { ok: false, sentence: /not installed/, remedy: /npm run setup/ });
});

t.test('one speaks at a time; who is not heard any more is ended at once, and who waits too long a line is told', { skip }, async (t) => {
  const pids: number[] = [];
  const alive: boolean[] = [];
  const espeak = new Espeak({
    onStart: (pid) => {
      alive.push(pids.some((other) => existsSync(`/proc/${other}`)));
      pids.push(pid);
      if (pids.length === 1) first.abort();
    },
  });
  const first = new AbortController();
  const third = new AbortController();
  const signal = new AbortController().signal;
  const answers = [espeak.say('one '.repeat(90), 'en', first.signal), espeak.say('two', 'en', signal), espeak.say('three', 'en', third.signal), espeak.say('four', 'en', signal), espeak.say('five', 'en', signal)];
  third.abort();
  t.strictSame(await Promise.all(answers.map(refusal)), ['SPEECH_ENDED', 'spoken', 'SPEECH_ENDED', 'spoken', 'SPEECH_BUSY']);
  t.strictSame(alive, [false, false, false], 'three processes, one after another');
  t.equal(await refusal(espeak.say('six', 'en', signal)), 'spoken', 'and the line is free again');
});
