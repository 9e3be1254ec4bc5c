/**
 * The recorder as the service sees it: the `Recorder` port over forked
 * processes. Every fork, message and kill is here.
 */
import type { FaultCode, Monotonic, Recorder, RecorderEvent, RecorderJob } from '../session/ports.js';
import type { Clap } from './clap.js';
import type { Level } from './recorder-messages.js';
import { monotonic } from './monotonic.js';
import { RecorderRun, type RunOptions } from './recorder-run.js';
import { SoundWatch } from './sound-watch.js';
import type { Cover, SourceSettings } from './sources.js';

/** Twice as long as the recorder gathers drops before it tells them. */
const KEEPS_UP_AFTER_MS = 10_000;

export interface RecorderOptions extends RunOptions {
  /** What the chosen view hides besides what the room always does. Burnt into recordings only: views change while framing, and the screen draws over the preview. */
  readonly viewCovers?: () => readonly Cover[];
}

/** What a job takes of the room: its mode is the session's. */
const sourcesFor = (job: RecorderJob, { sources, viewCovers = () => [] }: RecorderOptions): SourceSettings =>
  job.kind === 'part' ? { ...sources, mode: job.plan.mode, covers: [...sources.covers ?? [], ...viewCovers()] } : sources;

export class ForkedRecorder implements Recorder {
  readonly #options: RecorderOptions;
  readonly #listeners = new Set<(event: RecorderEvent) => void>();
  readonly #previewListeners = new Set<(jpeg: Buffer) => void>();
  readonly #clapListeners = new Set<(clap: Clap | undefined) => void>();
  readonly #levelListeners = new Set<(level: Level) => void>();
  readonly #alive = new Set<RecorderRun>();
  #current: RecorderRun | undefined;
  #keepsUp: NodeJS.Timeout | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  prepare(job: RecorderJob): void {
    this.#current?.stop();
    const sound = new SoundWatch();
    const before = [...this.#alive].map(({ gone }) => gone);
    const run: RecorderRun = new RecorderRun(job, { ...this.#options, sources: sourcesFor(job, this.#options) }, {
      // Two processes never have the devices at once: a new one is ready only when those before it are gone.
      ready: () => void Promise.all(before).then(() => this.#tell(run, { kind: 'ready' })),
      capturing: () => this.#tell(run, { kind: 'capturing' }),
      storage: (slow) => this.#tell(run, { kind: slow ? 'warning' : 'cleared', fault: 'STORAGE_SLOW' }),
      framesDropped: () => this.#framesDropped(run),
      preview: (jpeg) => { for (const listener of this.#previewListeners) listener(jpeg); },
      level: (level) => {
        for (const listener of this.#levelListeners) listener(level);
        for (const news of sound.hear(level, monotonic())) this.#tell(run, news);
      },
      clap: (clap) => { for (const listener of this.#clapListeners) listener(clap); },
      ended: (fault) => this.#ended(run, fault),
    });
    this.#alive.add(run);
    this.#current = run;
  }

  open(requestedAt: Monotonic): void {
    this.#current?.open(requestedAt);
  }

  confirm(requestedAt: Monotonic): void {
    this.#current?.confirm(requestedAt);
  }

  stop(): void {
    this.#current?.stop();
  }

  onEvent(listener: (event: RecorderEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** JPEG pictures while framing. @returns how to leave. */
  onPreview(listener: (jpeg: Buffer) => void): () => void {
    this.#previewListeners.add(listener);
    return () => void this.#previewListeners.delete(listener);
  }

  /** Sound levels, 10 a second, while a device is open. @returns how to leave. */
  onLevel(listener: (level: Level) => void): () => void {
    this.#levelListeners.add(listener);
    return () => void this.#levelListeners.delete(listener);
  }

  /** The next clap while framing; undefined where none is heard within `withinMs`, or the process ends. */
  listenForClap(withinMs: number): Promise<Clap | undefined> {
    const run = this.#current;
    if (run === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const done = (clap: Clap | undefined): void => {
        clearTimeout(late);
        this.#clapListeners.delete(done);
        resolve(clap);
      };
      const late = setTimeout(() => done(undefined), withinMs);
      this.#clapListeners.add(done);
      void run.gone.then(() => done(undefined));
      run.listenForClap();
    });
  }

  /** Of the process that was prepared last, while it lives: for tests and the device log. */
  get pid(): number | undefined {
    return this.#current?.pid;
  }

  /** Test hook: the main thread of the recorder hangs for ever. Does nothing unless made with `testHooks`. */
  spin(): void {
    this.#current?.spin();
  }

  /** Ends everything; resolved when every process is gone. */
  async close(): Promise<void> {
    this.#current?.stop();
    await Promise.all([...this.#alive].map(({ gone }) => gone));
  }

  #ended(run: RecorderRun, fault: FaultCode | undefined): void {
    this.#alive.delete(run);
    this.#tell(run, fault === undefined ? { kind: 'ended' } : { kind: 'ended', fault });
    if (run === this.#current) this.#current = undefined;
  }

  /** Warns until none has been left out for a while. */
  #framesDropped(run: RecorderRun): void {
    this.#tell(run, { kind: 'warning', fault: 'FRAMES_DROPPED' });
    clearTimeout(this.#keepsUp);
    this.#keepsUp = setTimeout(() => this.#tell(run, { kind: 'cleared', fault: 'FRAMES_DROPPED' }), KEEPS_UP_AFTER_MS);
    this.#keepsUp.unref();
  }

  /** Of one that was replaced, nothing more is told: the room has the next one by then. */
  #tell(run: RecorderRun, event: RecorderEvent): void {
    if (run === this.#current) for (const listener of this.#listeners) listener(event);
  }
}
