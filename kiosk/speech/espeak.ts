/**
 * Text → speech by espeak-ng, the only file that meets it. One process for each
 * text, one at a time, at the lowest priority: a recording goes on beside it.
 * It knows nothing and keeps nothing; it says what it is given.
 */
import { spawn } from 'node:child_process';
import type { Language } from '../protocol/common.js';
import { levelled, readWav, writeWav } from './pcm.js';

interface Refusal { readonly code: 'NO_SPEECH' | 'SPEECH_BUSY' | 'SPEECH_TOO_LONG' | 'SPEECH_FAILED' | 'SPEECH_ENDED'; readonly sentence: string; readonly remedy: string }
export type Spoken = { readonly ok: true; readonly value: Buffer } | ({ readonly ok: false } & Refusal);

export interface EspeakOptions {
  /** The program, or its path. */
  readonly program?: string;
  readonly limitMs?: number;
  readonly limitBytes?: number;
  /** Told of each process as it begins. */
  readonly onStart?: (pid: number) => void;
}

/** Voices of Debian’s espeak-ng-data (`espeak-ng --voices`). */
const VOICES: Readonly<Record<Language, string>> = { en: 'en-gb', cy: 'cy', pl: 'pl', ur: 'ur' };
/** Words a minute: a fifth slower than its default (175), for children, and for whoever hears a second language in a room that echoes. */
const SPEED = 140;
/** A little silence between words, in its units of 10 ms. */
const GAP = 2;
/** 0 to 99, 50 is its default: a little lower stands apart from children’s voices. */
const PITCH = 45;
/** The loudness of everything spoken, in dBFS: leaves 18 dB for peaks, which speech needs. */
const SPOKEN_DB = -20;

export const MOST_CHARACTERS = 400;
const LIMIT_MS = 5000;
/** 90 s at 22.05 kHz and 16 bits; 400 characters of Urdu, the slowest, take half of that, 400 digits more. */
const LIMIT_BYTES = 90 * 22_050 * 2;
/** Whoever moves fast over a page lets go of what is not said yet: more never wait in earnest. */
const MOST_WAITING = 4;
/** The shell’s and nice’s own: no such program. */
const NOT_FOUND = 127;

const REFUSALS = {
  NO_SPEECH: { sentence: 'Reading aloud is not installed on this recorder.', remedy: 'Ask the technician: run npm run setup, which installs espeak-ng.' },
  SPEECH_BUSY: { sentence: 'A lot is being read aloud already.', remedy: 'Wait until it has been said, then try again.' },
  SPEECH_TOO_LONG: { sentence: 'That text is too long to be read aloud.', remedy: 'Read it on the screen.' },
  SPEECH_FAILED: { sentence: 'That could not be read aloud.', remedy: 'Try again; if it comes back, tell the technician.' },
  SPEECH_ENDED: { sentence: 'Reading aloud was ended.', remedy: 'Tap again to hear it.' },
} as const satisfies Record<Refusal['code'], Omit<Refusal, 'code'>>;
const refuse = (code: Refusal['code']): { readonly ok: false } & Refusal => ({ ok: false, code, ...REFUSALS[code] });

/**
 * What can be said of a text: one line, no control characters (espeak-ng takes
 * some as commands), no `[[`, after which it expects phonemes. SSML stays off:
 * its audio element names files.
 */
export const speakable = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').replace(/\[(?=\[)/g, '[ ').trim();

export class Espeak {
  readonly #options: Required<Omit<EspeakOptions, 'onStart'>> & Pick<EspeakOptions, 'onStart'>;
  /** The last of those that wait; each begins when the one before has ended. */
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: EspeakOptions = {}) {
    this.#options = { program: 'espeak-ng', limitMs: LIMIT_MS, limitBytes: LIMIT_BYTES, ...options };
  }

  /**
   * @param signal ends the process, and the wait for it, at once.
   * @returns a WAV file: 16 bits, mono, 22.05 kHz, evenly loud. Never rejects.
   */
  async say(text: string, language: Language, signal: AbortSignal): Promise<Spoken> {
    const line = speakable(text);
    if (line.length > MOST_CHARACTERS) return refuse('SPEECH_TOO_LONG');
    if (this.#waiting >= MOST_WAITING) return refuse('SPEECH_BUSY');
    this.#waiting += 1;
    const said = this.#last.then(() => (signal.aborted ? refuse('SPEECH_ENDED') : this.#run(line, language, signal)));
    this.#last = said;
    try {
      return await said;
    } finally {
      this.#waiting -= 1;
    }
  }

  #run(line: string, language: Language, signal: AbortSignal): Promise<Spoken> {
    const { program, limitMs, limitBytes, onStart } = this.#options;
    return new Promise((resolve) => {
      // P10.2: the text goes in by the pipe, since anyone on the machine can read a process’s arguments. `-b 1`: UTF-8.
      const child = spawn('nice', ['-n', '19', program, '-v', VOICES[language], '-s', String(SPEED), '-p', String(PITCH), '-g', String(GAP), '-b', '1', '--stdin', '--stdout'],
        { stdio: ['pipe', 'pipe', 'ignore'], cwd: '/', env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8' } });
      const parts: Buffer[] = [];
      let bytes = 0;
      // Told by whoever kills it: it may have ended by itself a moment before.
      let why: Refusal['code'] | null = null;
      const kill = (code: Refusal['code']): void => {
        why = code;
        child.kill('SIGKILL');
      };
      const timer = setTimeout(() => kill('SPEECH_FAILED'), limitMs);
      const ended = (): void => kill('SPEECH_ENDED');
      signal.addEventListener('abort', ended, { once: true });
      const end = (answer: Spoken): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', ended);
        resolve(answer);
      };
      child.once('error', () => end(refuse('NO_SPEECH')));
      child.once('close', (code) => {
        if (why !== null) end(refuse(why));
        else if (code === NOT_FOUND) end(refuse('NO_SPEECH'));
        else end(code === 0 ? evenlyLoud(Buffer.concat(parts)) : refuse('SPEECH_FAILED'));
      });
      child.stdout.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > limitBytes) kill('SPEECH_TOO_LONG');
        else parts.push(part);
      });
      // It may be gone before it has read everything.
      child.stdin.on('error', () => undefined);
      child.stdin.end(line);
      if (child.pid !== undefined) onStart?.(child.pid);
    });
  }
}

function evenlyLoud(wav: Buffer): Spoken {
  try {
    return { ok: true, value: writeWav(levelled(readWav(wav), SPOKEN_DB)) };
  } catch {
    return refuse('SPEECH_FAILED');
  }
}
