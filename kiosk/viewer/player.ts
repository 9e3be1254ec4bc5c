/**
 * Plays a film that comes in pieces from a worker: MediaSource with a window of some seconds around what is shown, so
 * that memory does not grow with the recording. Nothing is drawn here.
 */
import type { Batch } from './reader.js';

export interface Source {
  readonly mime: string;
  readonly durationMs: number;
  /** What follows in a run; a new run begins at `fromMs`. Rejects where a fragment was changed. */
  next(run: number, fromMs: number): Promise<Batch | null>;
}

/** Seconds that are fetched ahead and kept behind; 30 s at 5 Mbit/s are 19 MB. */
const AHEAD_S = 20;
const BEHIND_S = 10;
/** Between two parts picture and sound need not end together; a gap of so much is stepped over. */
const STEP_OVER_S = 1;
/** A run begins with the sync sample before what was asked for: FORMAT.md has one each second. */
const USUAL_S = 1;
/** Ranges of a SourceBuffer that are so near are one, to us. */
const SLACK_S = 0.05;

export class Player {
  readonly #video: HTMLMediaElement;
  readonly #source: Source;
  readonly #onEnd: (atMs: number, broken: unknown) => void;
  readonly #media = new MediaSource();
  readonly #address: string;
  readonly #stop = new AbortController();
  #buffer: SourceBuffer | undefined;
  #run = 0;
  /** What the run has appended, in milliseconds of the film: from where it was asked for up to where it has got. */
  #begun = 0;
  #from = 0;
  /** The run that is being filled; 0 for none. */
  #filling = 0;
  /** All that there is has been appended. */
  #atEnd = false;
  #limitS = Infinity;

  /** @param onEnd told where the film breaks off, and by which error. */
  constructor(video: HTMLMediaElement, source: Source, onEnd: (atMs: number, broken: unknown) => void) {
    this.#video = video;
    this.#source = source;
    this.#onEnd = onEnd;
    this.#address = URL.createObjectURL(this.#media);
    const { signal } = this.#stop;
    this.#media.addEventListener('sourceopen', () => this.#open(), { once: true, signal });
    video.addEventListener('seeking', () => this.#seek(), { signal });
    video.addEventListener('timeupdate', () => this.#turn(), { signal });
    video.addEventListener('waiting', () => this.#stepOver(), { signal });
    video.src = this.#address;
  }

  /** Nothing from there on is shown, whatever was read already. */
  limit(ms: number): void {
    this.#limitS = Math.min(this.#limitS, ms / 1000);
    if (this.#video.currentTime > this.#limitS) {
      this.#video.pause();
      this.#video.currentTime = Math.max(0, this.#limitS - 0.1);
    }
    void this.#idle().then(() => {
      if (this.#buffer !== undefined && this.#media.readyState !== 'closed' && this.#limitS < this.#media.duration) this.#buffer.remove(this.#limitS, Infinity);
    });
  }

  close(): void {
    this.#stop.abort();
    this.#run = -1;
    this.#video.removeAttribute('src');
    this.#video.load();
    URL.revokeObjectURL(this.#address);
  }

  #open(): void {
    this.#media.duration = this.#source.durationMs / 1000;
    this.#buffer = this.#media.addSourceBuffer(this.#source.mime);
    this.#begin(this.#video.currentTime);
  }

  /** From here on, another run. What others have appended goes once this one has its pictures (#forget). */
  #begin(fromS: number): void {
    this.#run += 1;
    [this.#begun, this.#from] = [fromS * 1000, fromS * 1000];
    this.#atEnd = false;
    void this.#fill(this.#run);
  }

  #seek(): void {
    if (this.#buffer === undefined) return;
    const to = this.#video.currentTime;
    if (to > this.#limitS) this.#video.currentTime = Math.max(0, this.#limitS - 0.1);
    else if (this.#isHeld(to)) this.#turn();
    else this.#begin(to);
  }

  #turn(): void {
    if (this.#video.currentTime >= this.#limitS) this.#video.pause();
    void this.#fill(this.#run);
  }

  async #fill(run: number): Promise<void> {
    if (this.#filling === run) return;
    this.#filling = run;
    try {
      while (run === this.#run && !this.#atEnd && this.#ahead() < AHEAD_S) {
        const batch = await this.#next(run);
        if (run !== this.#run) return;
        if (batch === null || batch.fromMs >= this.#limitS * 1000) {
          this.#atEnd = true;
          await this.#idle();
          if (run === this.#run && this.#media.readyState === 'open') this.#media.endOfStream();
          return;
        }
        await this.#append(batch.bytes, run);
        if (run !== this.#run) return;
        this.#from = batch.toMs;
        await this.#forget(run);
      }
    } finally {
      if (this.#filling === run) this.#filling = 0;
    }
  }

  async #next(run: number): Promise<Batch | null> {
    try {
      return await this.#source.next(run, this.#from);
    } catch (error) {
      if (run === this.#run) this.#onEnd(this.#from, error);
      return null;
    }
  }

  async #append(bytes: Uint8Array, run: number): Promise<void> {
    await this.#idle();
    if (run !== this.#run || this.#buffer === undefined || this.#media.readyState === 'closed') return;
    try {
      this.#buffer.appendBuffer(bytes as Uint8Array<ArrayBuffer>);
    } catch (error) {
      // Memory that the browser sets aside is full: what was shown goes first.
      if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
      this.#buffer.remove(0, Math.max(0.01, this.#video.currentTime - 1));
      await this.#idle();
      this.#buffer.appendBuffer(bytes as Uint8Array<ArrayBuffer>);
    }
    await this.#idle();
  }

  /** What lies outside of the window goes: of this run and of others. */
  async #forget(run: number): Promise<void> {
    const begun = this.#begun / 1000 - USUAL_S;
    const behind = this.#video.currentTime - BEHIND_S;
    const isOld = behind - BEHIND_S > begun;
    if (isOld) this.#begun = (behind + USUAL_S) * 1000;
    for (const [from, to] of [[0, isOld ? behind : begun], [this.#from / 1000 + USUAL_S, Infinity]] as const) {
      if (run !== this.#run || this.#media.readyState !== 'open' || !holds(this.#kept, from, to)) continue;
      this.#buffer?.remove(from, to);
      await this.#idle();
    }
  }

  #stepOver(): void {
    const { buffered, currentTime } = this.#video;
    for (let i = 0; i < buffered.length; i += 1) {
      const start = buffered.start(i);
      if (start > currentTime && start - currentTime < STEP_OVER_S && !holds(buffered, currentTime + SLACK_S, currentTime + 2 * SLACK_S)) this.#video.currentTime = start + SLACK_S / 5;
    }
    this.#turn();
  }

  #ahead(): number {
    const { currentTime } = this.#video;
    return this.#isHeld(currentTime) ? this.#from / 1000 - currentTime : 0;
  }

  /** By this run. */
  #isHeld(s: number): boolean {
    return s * 1000 >= this.#begun && s * 1000 < this.#from;
  }

  /** What the buffer holds. One whose film was closed cannot be asked any more, and whoever is still underway asks. */
  get #kept(): TimeRanges | undefined {
    return this.#media.readyState === 'closed' ? undefined : this.#buffer?.buffered;
  }

  /** Another may have begun something on the same event. */
  async #idle(): Promise<void> {
    const buffer = this.#buffer;
    while (buffer?.updating === true) await new Promise((resolve) => buffer.addEventListener('updateend', resolve, { once: true }));
  }
}

/** Whether anything lies between these times. */
function holds(ranges: TimeRanges | undefined, fromS: number, toS: number): boolean {
  if (ranges === undefined) return false;
  for (let i = 0; i < ranges.length; i += 1) if (ranges.start(i) < toS && ranges.end(i) > fromS) return true;
  return false;
}
