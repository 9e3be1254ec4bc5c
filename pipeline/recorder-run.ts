/** One recorder process from fork to exit, with the deadlines that the service holds over it. */
import { fork, type ChildProcess } from 'node:child_process';
import type { FaultCode, Monotonic, RecorderJob } from '../session/ports.js';
import type { Clap } from './clap.js';
import { FORCE_AFTER_MS, Lease, LEASE_MS } from './lease.js';
import { monotonic } from './monotonic.js';
import { PartCourse } from './part-course.js';
import type { FromRecorder, Level, PartFigures, ToRecorder } from './recorder-messages.js';
import type { SourceSettings } from './sources.js';
import { missingSources } from './sources-present.js';
import type { PartLog } from './vault/part-log.js';

export interface RunOptions {
  readonly sources: SourceSettings;
  /** Where the next part goes. @throws where no session is open (rejects). */
  readonly nextPart: () => Promise<PartLog>;
  /** One line for the device log: what, never who. */
  readonly log: (line: string, evidence?: unknown) => void;
  readonly testHooks?: boolean;
}

export interface RunListener {
  /** Forked, its worker watching, and its part ordered. */
  ready(): void;
  capturing(): void;
  storage(slow: boolean): void;
  /** Pictures were left out just now, because of overload. */
  framesDropped(): void;
  preview(jpeg: Buffer): void;
  level(level: Level): void;
  clap(clap: Clap): void;
  /** The process is gone. */
  ended(fault: FaultCode | undefined): void;
}

/** End of stream at 0, SIGKILL at 250 ms, so that exit is confirmed by 500 ms. */
const KILL_AFTER_STOP_MS = 250;
/** GStreamer's words on why a source did not open reach its stderr only. */
const STDERR_KEPT = 2048;

/** Beside what the service itself was given. */
const RECORDER_ENV = {
  // No debugger and no module hooks of the service's: hooks answer the worker's imports on the main thread, which may hang.
  NODE_OPTIONS: '',
  // Each waiting pull and poll of the binding holds one thread of libuv's pool, which has four by default.
  UV_THREADPOOL_SIZE: '16',
  GST_DEBUG: 'GST_ERROR_SYSTEM:4',
  GST_DEBUG_NO_COLOR: '1',
};

export class RecorderRun {
  /** Resolves when every device that it had is closed. */
  readonly gone: Promise<void>;
  #resolveGone: () => void = () => undefined;
  readonly #child: ChildProcess;
  readonly #listener: RunListener;
  readonly #log: RunOptions['log'];
  readonly #sources: SourceSettings;
  readonly #parts: PartCourse;
  #lease: Lease | undefined;
  #deadlineTimer: NodeJS.Timeout | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #asked = false;
  #fault: FaultCode | undefined;
  #closed: { readonly part?: PartFigures } | undefined;
  #storageLost = false;
  #isOver = false;
  #stderr = '';

  constructor(job: RecorderJob, options: RunOptions, listener: RunListener) {
    this.#listener = listener;
    this.#log = options.log;
    this.#sources = options.sources;
    this.#parts = new PartCourse(job.kind === 'part' ? options.nextPart() : undefined, {
      goOnIn: (part) => this.#send({ kind: 'next', part }),
      failed: (error) => this.#storageFailed(error),
      log: options.log,
    });
    this.#child = fork(new URL('./recorder-process.js', import.meta.url), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      env: { ...process.env, ...RECORDER_ENV },
    });
    this.gone = new Promise((resolve) => {
      this.#resolveGone = resolve;
    });
    this.#child.once('exit', () => this.#over());
    this.#child.once('error', (error) => {
      this.#log('the recorder process', error.message);
      if (this.#child.pid === undefined) this.#over(); // it could not be forked
    });
    this.#child.on('message', (message: FromRecorder) => this.#hear(message));
    this.#child.stderr?.on('data', (text: Buffer) => { this.#stderr = (this.#stderr + text.toString()).slice(-STDERR_KEPT); });
    this.#send({ kind: 'prepare', mode: job.kind, sources: options.sources, testHooks: options.testHooks === true });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  open(requestedAt: Monotonic): void {
    if (this.#asked || this.#lease !== undefined) return;
    this.#lease = new Lease(requestedAt, monotonic());
    this.#killAfter(requestedAt);
    this.#send({ kind: 'open', requestedAt, ...(this.#parts.order === undefined ? {} : { part: this.#parts.order }) });
  }

  confirm(requestedAt: Monotonic): void {
    if (this.#asked || this.#lease?.renew(requestedAt, monotonic()) !== true) return;
    this.#send({ kind: 'confirm', requestedAt });
  }

  stop(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#send({ kind: 'stop', requestedAt: this.#lease?.confirmedAt ?? -Infinity });
    this.#killIn(KILL_AFTER_STOP_MS);
  }

  listenForClap(): void {
    this.#send({ kind: 'listen-for-clap' });
  }

  spin(): void {
    this.#send({ kind: 'spin' });
  }

  #hear(message: FromRecorder): void {
    switch (message.kind) {
      case 'ready':
        return void this.#parts.ready.then(() => this.#listener.ready(), () => undefined);
      case 'capturing':
        return this.#listener.capturing();
      case 'taken':
        return this.#killAfter(Math.min(message.requestedAt, this.#lease?.confirmedAt ?? -Infinity));
      case 'created': case 'checkpoint': case 'filling': case 'rolled':
        return this.#parts.hear(message);
      case 'storage':
        this.#parts.hear(message);
        return this.#listener.storage(message.slow);
      case 'frames-dropped':
        this.#parts.hear(message);
        return this.#listener.framesDropped();
      case 'preview':
        return this.#listener.preview(Buffer.from(message.jpeg));
      case 'level':
        return this.#listener.level(message.level);
      case 'clap':
        return this.#listener.clap({ ...message.clap, pictures: message.clap.pictures.map(({ atMs, jpeg }) => ({ atMs, jpeg: Buffer.from(jpeg) })) });
      case 'closed':
        this.#closed = message;
        return this.#killIn(KILL_AFTER_STOP_MS);
      case 'failed':
        if (!this.#asked) this.#fault ??= message.fault;
        if (message.fault === 'STORAGE_FAILED') this.#storageLost = true;
        void this.#explain(message.fault, message.evidence);
        return this.#killIn(KILL_AFTER_STOP_MS);
    }
  }

  /** Into the log: what the process said, what GStreamer said, and which devices are there where the named one is not. */
  async #explain(fault: FaultCode, evidence: string): Promise<void> {
    const missing = fault === 'SOURCE_MISSING' ? await missingSources(this.#sources).catch(() => undefined) : undefined;
    this.#log(`the recorder ended by itself: ${fault}`, [evidence, missing, this.#stderr].filter(Boolean).join(' ').trim());
  }

  #storageFailed(error: unknown): void {
    this.#log('the journal could not be written', error);
    if (!this.#asked) this.#fault ??= 'STORAGE_FAILED';
    this.stop();
  }

  /** What the process itself took counts, not what it was sent: one that stands still must not live on by our word. */
  #killAfter(requestedAt: Monotonic): void {
    clearTimeout(this.#deadlineTimer);
    this.#deadlineTimer = setTimeout(() => this.#kill(), Math.max(0, requestedAt + LEASE_MS + FORCE_AFTER_MS - monotonic()));
  }

  #killIn(ms: number): void {
    this.#killTimer ??= setTimeout(() => this.#kill(), ms);
  }

  /** One that has said `closed` counts as gone even where a slow disk holds its last thread in fdatasync: its devices are closed. */
  #kill(): void {
    this.#child.kill('SIGKILL');
    if (this.#closed !== undefined) this.#over();
  }

  #send(message: ToRecorder): void {
    this.#child.send(message, () => undefined); // a process that is gone says so by its exit
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#deadlineTimer);
    clearTimeout(this.#killTimer);
    this.#parts.close(this.#closed?.part, this.#storageLost).catch((error: unknown) => this.#log('the part could not be closed', error));
    this.#listener.ended(this.#fault ?? (this.#asked ? undefined : this.#silentFault()));
    this.#asked = true;
    this.#resolveGone();
  }

  /** Why it died without a word. */
  #silentFault(): FaultCode {
    const fault = this.#lease !== undefined && monotonic() >= this.#lease.deadline ? 'LEASE_ENDED' : 'RECORDER_FAILED';
    this.#log(`the recorder is gone: ${fault}`, this.#stderr.trim());
    return fault;
  }
}
