/** Faces ready to be sent, drawn once each in a thread of their own. */
import { Worker } from 'node:worker_threads';
import type { Face } from '../../session/ports.js';
import type { Place } from './faces.js';
import type { Panel } from './panels.js';
import type { PaintJob, PaintResult } from './painter-thread.js';
import type { PackedFace } from './transfer.js';

export type Painting =
  | { readonly kind: 'painting' }
  | { readonly kind: 'painted'; readonly face: PackedFace }
  /** `why`: a sentence for the person who wrote the words. */
  | { readonly kind: 'refused'; readonly why: string };

/** A room has four states and a handful of purposes. */
const KEPT = 32;

export interface Painter {
  /** What there is of this face now; the first call for a face starts it. */
  paint(face: Face, panel: Panel, place: Place): Painting;
  close(): Promise<void>;
}

export class PainterThread implements Painter {
  readonly #thread = new Worker(new URL('./painter-thread.js', import.meta.url));
  readonly #paintings = new Map<string, Painting>();
  readonly #refused: (face: string, why: string) => void;

  /** @param refused told once for a face that cannot be drawn. */
  constructor(refused: (face: string, why: string) => void) {
    this.#refused = refused;
    this.#thread.unref();
    this.#thread.on('message', (result: PaintResult) => this.#done(result));
    this.#thread.on('error', (error: Error) => {
      for (const key of this.#paintings.keys()) this.#done({ key, refusal: `the drawing thread failed: ${error.message}` });
    });
  }

  paint(face: Face, panel: Panel, place: Place): Painting {
    const job: PaintJob = { key: JSON.stringify([face, panel, place]), face, panel, place };
    const known = this.#paintings.get(job.key);
    if (known !== undefined) return known;
    this.#paintings.set(job.key, { kind: 'painting' });
    for (const oldest of this.#paintings.keys()) if (this.#paintings.size > KEPT) this.#paintings.delete(oldest);
    this.#thread.postMessage(job);
    return { kind: 'painting' };
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  #done(result: PaintResult): void {
    if ('refusal' in result) this.#refused(result.key, result.refusal);
    this.#paintings.set(result.key, 'face' in result ? { kind: 'painted', face: result.face } : { kind: 'refused', why: result.refusal });
  }
}
