/** What service and recorder process say to each other (structured clones over IPC). */
import type { FaultCode, Monotonic } from '../session/ports.js';
import type { Clap } from './clap.js';
import type { Checkpoint, SessionStanza } from './seal/format.js';
import type { SourceSettings } from './sources.js';

/** Where and to whom a part is sealed. The file key is made in the recorder and never leaves it. */
export interface PartOrder {
  /** Of the file, which does not exist yet. */
  readonly path: string;
  /** age recipients (`age1…`). */
  readonly recipients: readonly string[];
  readonly stanza: SessionStanza;
  /** The `uuid` box that goes after ftyp. */
  readonly binding: Uint8Array;
  /** Bytes of ciphertext; before there are more, the recording goes on in another part. */
  readonly limit: number;
}

/** Of a part that was ended in order: all its bytes are written, not yet synced. */
export interface PartFigures {
  readonly length: number;
  readonly sha256: string;
}

export interface Level {
  /** One value a channel, dBFS, −120 at the least. */
  readonly rms: readonly number[];
  readonly peak: readonly number[];
}

export type RecorderMode = 'framing' | 'part';

export type ToRecorder =
  /** First of all. Nothing is opened. */
  | { readonly kind: 'prepare'; readonly mode: RecorderMode; readonly sources: SourceSettings; readonly testHooks: boolean }
  /** Open the devices. `part` is there in mode `part`. */
  | { readonly kind: 'open'; readonly requestedAt: Monotonic; readonly part?: PartOrder }
  | { readonly kind: 'confirm'; readonly requestedAt: Monotonic }
  /** In mode `framing`: tell the next clap. */
  | { readonly kind: 'listen-for-clap' }
  /** Where the recording goes on once the part is full. */
  | { readonly kind: 'next'; readonly part: PartOrder }
  /** Close the devices, keep what is confirmed, end. */
  | { readonly kind: 'stop'; readonly requestedAt: Monotonic }
  /** Test hook: the main thread hangs for ever. Refused unless prepared with `testHooks`. */
  | { readonly kind: 'spin' };

export type FromRecorder =
  | { readonly kind: 'ready' }
  | { readonly kind: 'capturing' }
  /** The lease was carried on in the process too: it lives. */
  | { readonly kind: 'taken'; readonly requestedAt: Monotonic }
  /** The part's file exists; SHA-256 of its header. */
  | { readonly kind: 'created'; readonly header: string }
  /** After fdatasync. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint }
  /** The part is nearly full: order the next one. */
  | { readonly kind: 'filling' }
  /** The part is full and closed; all that follows is of the next one. */
  | { readonly kind: 'rolled'; readonly part: PartFigures }
  /** fdatasync has been out for longer than it should; and is back. */
  | { readonly kind: 'storage'; readonly slow: boolean }
  /** So many raw pictures were left out before the encoder since this was last told. */
  | { readonly kind: 'frames-dropped'; readonly frames: number }
  | { readonly kind: 'preview'; readonly jpeg: Uint8Array }
  | { readonly kind: 'level'; readonly level: Level }
  | { readonly kind: 'clap'; readonly clap: Clap }
  /** The devices are closed; the last message but `failed`. */
  | { readonly kind: 'closed'; readonly part?: PartFigures }
  /** Why capture ended without being told to. */
  | { readonly kind: 'failed'; readonly fault: FaultCode; readonly evidence: string };
