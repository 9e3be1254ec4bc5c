/**
 * Plays what is to be heard: the thin side of sound.ts. Words come one after
 * another, never two at once, and what is no longer so is dropped. Files are
 * held in memory, because the most important words are those about a lost link.
 *
 * Chromium plays nothing before a touch, unless it was started with
 * `--autoplay-policy=no-user-gesture-required`, as a kiosk's must be.
 */
import type { Language } from '../protocol/common.js';
import { CHIMES, SAYINGS, type Chime, type Saying } from '../speech/words.js';
import { cutsShort, notHeard, soundsFor, soundsOfLink, withHeard, type Cue, type Heard } from './sound.js';
import type { Seen } from './view.js';

export interface PlayerOptions {
  /** Asks the server for speech (api.ts). */
  readonly say: (text: string, language: Language, signal: AbortSignal) => Promise<Blob>;
  /** Told when the browser refuses to play (false), and when it plays again (true); the screen then says so. */
  readonly onSound: (works: boolean) => void;
}

/** One thing in the line of words. `until`: begun later than this, it is dropped. */
interface Waiting { readonly url: () => string | Promise<string>; readonly until: number; readonly from: 'room' | 'reader'; readonly over?: () => void }

/** The server says no more at once (speech/espeak.ts). */
const LONGEST_MS = 90_000;
const LATE_MS = 2000;

const chimeFile = (chime: Chime): string => `/sounds/chime-${chime}.ogg`;
const wordsFile = (saying: Saying, language: Language): string => `/sounds/${language}/${saying}.ogg`;

export class Player {
  readonly #options: PlayerOptions;
  /** Path → object URL, of what was loaded. */
  readonly #loaded = new Map<string, string>();
  #languages: readonly Language[] = ['en'];
  #seen: Seen | null = null;
  #heard: Heard = new Map();
  #timers: ReturnType<typeof setTimeout>[] = [];
  #line: Waiting[] = [];
  /** What is being said; aborted to end it. */
  #saying: { readonly end: AbortController; readonly from: Waiting['from'] } | null = null;
  /** What was asked of the server to be read. */
  #reading: AbortController | null = null;
  #works = true;
  #gain = 1;
  readonly #heardNow = new Set<HTMLAudioElement>();

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  /**
   * Takes all chimes, and the words in these languages, into memory; from then on the room is told in them, one after the other.
   * What does not come is asked for again when it is to be heard.
   */
  async load(languages: readonly Language[]): Promise<void> {
    this.#languages = languages;
    const sayings = Object.keys(SAYINGS) as Saying[];
    const files = [...CHIMES.map(chimeFile), ...languages.flatMap((language) => sayings.map((saying) => wordsFile(saying, language)))];
    await Promise.all(files.filter((file) => !this.#loaded.has(file)).map(async (file) => {
      const response = await fetch(file, { credentials: 'omit' }).catch(() => null);
      if (response?.ok === true) this.#loaded.set(file, URL.createObjectURL(await response.blob()));
    }));
  }

  /** To be told all that is seen, in order: plays what follows from it. */
  hear(seen: Seen): void {
    const before = this.#seen;
    this.#seen = seen;
    if (before !== null) for (const cue of soundsOfLink(before.link, seen.link)) this.#cue(cue, performance.now());
    if (seen.state !== null && seen.state !== before?.state) this.#plan(soundsFor(before?.state ?? null, seen.state), seen.at);
  }

  /** Says these, each in one language after the other, after what is being said. */
  play(sayings: readonly Saying[], languages: readonly Language[] = this.#languages): void {
    this.#add(sayings.flatMap((saying) => languages.map((language): Waiting => ({ url: () => this.#url(wordsFile(saying, language)), until: Infinity, from: 'room' }))));
  }

  /** Reads a text aloud, instead of what was being read; what the room has to hear is said first. Resolved when it was read, or ended. */
  say(text: string, language: Language): Promise<void> {
    this.#drop('reader');
    const asked = new AbortController();
    this.#reading = asked;
    const pieces = piecesOf(text);
    return new Promise((resolve) => {
      asked.signal.addEventListener('abort', () => resolve(), { once: true });
      this.#add(pieces.map((piece, at): Waiting => ({
        url: async () => URL.createObjectURL(await this.#options.say(piece, language, asked.signal)),
        until: Infinity, from: 'reader', ...(at === pieces.length - 1 && { over: resolve }),
      })));
    });
  }

  /** One neutral tick, beside whatever is being said. */
  tick(): void {
    void this.#sound(this.#url(chimeFile('tick')));
  }

  /** Ends what is being read, and forgets what waits to be. What the room has to hear goes on (P9.2). */
  hush(): void {
    this.#drop('reader');
  }

  #drop(from: Waiting['from']): void {
    this.#line = this.#line.filter((waiting) => waiting.from !== from);
    if (from === 'reader') this.#reading?.abort();
    if (this.#saying?.from === from) this.#saying.end.abort();
  }

  #plan(cues: readonly Cue[], at: number): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    for (const cue of notHeard(cues, at, this.#heard)) {
      const dueAt = at + cue.inMs;
      if (dueAt <= performance.now()) this.#cue(cue, dueAt);
      else this.#timers.push(setTimeout(() => this.#cue(cue, dueAt), dueAt - performance.now()));
    }
  }

  #cue(cue: Cue, dueAt: number): void {
    this.#heard = withHeard(this.#heard, cue, dueAt);
    const { chime, saying } = cue;
    if (saying === null) {
      // Ticks and the soft tone are heard beside words.
      if (chime !== null && performance.now() - dueAt <= cue.freshMs) void this.#sound(this.#url(chimeFile(chime)));
      return;
    }
    if (cutsShort(cue)) this.#drop('room');
    // The room is told before anything is read to one person.
    this.#drop('reader');
    const until = Math.max(dueAt, performance.now()) + cue.freshMs;
    const files = [...chime === null ? [] : [chimeFile(chime)], ...this.#languages.map((language) => wordsFile(saying, language))];
    this.#add(files.map((file): Waiting => ({ url: () => this.#url(file), until, from: 'room' })));
  }

  #url(file: string): string {
    return this.#loaded.get(file) ?? file;
  }

  #add(more: readonly Waiting[]): void {
    this.#line.push(...more);
    if (this.#saying === null) void this.#next();
  }

  async #next(): Promise<void> {
    for (let next = this.#line.shift(); next !== undefined; next = this.#line.shift()) {
      if (performance.now() > next.until) continue;
      const end = new AbortController();
      this.#saying = { end, from: next.from };
      try {
        const url = await Promise.race([next.url(), aborted(end.signal)]);
        if (url !== undefined && !end.signal.aborted) await this.#sound(url, end.signal);
        if (url !== undefined && next.from === 'reader') URL.revokeObjectURL(url);
      } catch {
        // The server refused to read it, or did not answer.
      }
      next.over?.();
    }
    this.#saying = null;
  }

  /** How loud all is that is heard from now on, and what is being heard: above 0, up to 1. With another loudness than before, a tick lets it be heard. */
  becomes(gain: number): void {
    if (gain === this.#gain) return;
    this.#gain = gain;
    for (const audio of this.#heardNow) audio.volume = gain;
    this.tick();
  }

  /** Resolved when it was heard, ended or refused. */
  async #sound(url: string, signal?: AbortSignal): Promise<void> {
    const audio = new Audio(url);
    audio.volume = this.#gain;
    this.#heardNow.add(audio);
    await this.#play(audio, signal);
    this.#heardNow.delete(audio);
  }

  async #play(audio: HTMLAudioElement, signal?: AbortSignal): Promise<void> {
    let giveUp: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => {
      // Where the loudspeaker was unplugged in the middle, no end comes.
      audio.addEventListener('playing', () => { giveUp = setTimeout(resolve, (Number.isFinite(audio.duration) ? audio.duration * 1000 : LONGEST_MS) + LATE_MS); }, { once: true });
      audio.addEventListener('ended', () => resolve(), { once: true });
      audio.addEventListener('error', () => resolve(), { once: true });
      signal?.addEventListener('abort', () => {
        audio.pause();
        resolve();
      }, { once: true });
    });
    try {
      await audio.play();
      this.#tell(true);
    } catch {
      // An ended one was wanted so; any other was refused, by the browser's rule or for want of the file.
      if (signal?.aborted !== true) this.#tell(false);
      return;
    }
    await over;
    clearTimeout(giveUp);
  }

  #tell(works: boolean): void {
    if (works === this.#works) return;
    this.#works = works;
    this.#options.onSound(works);
  }
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));

/** As the protocol has it (SayRequest). */
const MOST_AT_ONCE = 400;

/** A long text in as few pieces as the server takes, cut after sentences, else after words. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (const sentence of text.match(/[^.!?۔؟]+[.!?۔؟]*\s*/gu) ?? [text])
    for (const part of sentence.match(/.{1,400}(?=\s|$)|.{1,400}/gsu) ?? []) {
      const last = pieces.at(-1);
      if (last !== undefined && last.length + part.length <= MOST_AT_ONCE) pieces[pieces.length - 1] = last + part;
      else pieces.push(part);
    }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
