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
  /**
   * The process that wrote it is gone. To be called once, always.
   * @param figures where it could still give them; else what the file holds counts.
   */
  closed(figures: PartFigures | undefined): Promise<void>;
}
