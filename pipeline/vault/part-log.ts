import type { PartFigures, PartOrder } from '../recorder-messages.js';
import type { Checkpoint } from '../seal/format.js';

/** What the recorder tells the vault of the part that it writes. Each resolves when it is in the journal, on the disk. */
export interface PartLog {
  readonly order: PartOrder;
  /** The file exists. @param header SHA-256 of its age header. */
  created(header: string): Promise<void>;
  checkpoint(checkpoint: Checkpoint): Promise<void>;
  /** fdatasync is slower than it should be. */
  slow(): Promise<void>;
  /** Overload cost this many pictures before the encoder since this was last told. */
  dropped(frames: number): Promise<void>;
  /** Where the same recording goes on when this part is full; its records wait for the end of this one's. @throws RangeError after part 99. */
  next(): PartLog;
  /**
   * The process that wrote it is gone, or goes on in the next part. To be called once, always.
   * @param figures where it could still give them; else what the file holds counts.
   * @param storageLost the disk failed: nothing beyond the last checkpoint is claimed, and the session goes on no more.
   */
  closed(figures: PartFigures | undefined, storageLost?: boolean): Promise<void>;
}
