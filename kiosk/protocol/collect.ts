/** What screen and server say to each other about the owner's stick, and about the download that goes to the owner's own computer. */
import { Type, type Static } from 'typebox';
import { Id, strict, type Call, type Done } from './common.js';
import type { Refusal } from '../protocol.js';

/** More than fit on one screen. */
const MOST = 50;
const Several = Type.Object({ recordings: Type.Array(Id, { minItems: 1, maxItems: MOST, uniqueItems: true }) }, strict);
export const CollectRequest = Type.Union([Several, Type.Object({ recording: Id }, strict)]);
export const DownloadRequest = Several;

/** How far a copy is: what is synced and no more. */
export interface CopyProgress {
  /** All are copied, then checked: read back from the stick itself. `removing`: the stick is being made safe to pull. */
  readonly phase: 'copying' | 'checking' | 'removing';
  /** Of this phase, over all recordings. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** To the end of checking; null while nothing can be said yet. */
  readonly secondsLeft: number | null;
}

/** A recording whose copy was read back and compared: it may be erased here. To be offered, never urged. */
export interface Verified {
  readonly recording: string;
  /** Short text that the teacher can compare with the viewer. */
  readonly receipt: string;
}

/** `receipt`: of the first recording. */
export interface Collected { readonly files: number; readonly bytes: number; readonly receipt: string; readonly verified: readonly Verified[] }

/** A line of the answer to a collect: NDJSON, ending with `collected` (the stick can be pulled out) or `refused`, which says what is on the stick all the same. */
export type CollectLine =
  | ({ readonly kind: 'progress' } & CopyProgress)
  | ({ readonly kind: 'collected' } & Collected)
  | ({ readonly kind: 'refused'; readonly verified?: readonly Verified[] } & Refusal);

/** How the stick stands. Never what is on it. */
export type StickView =
  | { readonly kind: 'none' }
  | { readonly kind: 'seen' | 'mounting' | 'safe-to-pull'; readonly label: string }
  | { readonly kind: 'ready'; readonly label: string; readonly freeBytes: number; readonly fileSystem: string }
  | ({ readonly kind: 'copying' | 'checking' | 'removing' } & Omit<CopyProgress, 'phase'>)
  /** Somebody else's copy is going on. */
  | { readonly kind: 'in-use' }
  | ({ readonly kind: 'trouble' } & Refusal);

/** `code`: the same four letters stand on the page. */
export interface DownloadLink { readonly url: string; readonly code: string; readonly minutes: number }

export type DownloadView =
  /** `not-allowed`: by the settings. */
  | { readonly kind: 'none' | 'not-allowed' }
  /** Nobody has begun. */
  | { readonly kind: 'waiting'; readonly url: string; readonly code: string; readonly secondsLeft: number }
  | { readonly kind: 'running'; readonly sentBytes: number; readonly totalBytes: number }
  /** All of it was sent; nobody looked whether it came. */
  | { readonly kind: 'sent' | 'expired' };

/** All of the signed-in teacher's. */
export interface CollectCalls {
  /** Mounts the stick, so that its room is known before a copy is asked for. */
  '/api/stick-open': Call<Done, Done>;
  '/api/collect': Call<Static<typeof CollectRequest>, CollectLine>;
  '/api/collect-cancel': Call<Done, Done>;
  /** Answered once it can be pulled out. */
  '/api/stick-remove': Call<Done, Done>;
  /** Null where the settings do not allow it. */
  '/api/lan-download': Call<Static<typeof DownloadRequest>, DownloadLink | null>;
  '/api/lan-download-close': Call<Done, Done>;
}

export interface CollectViews {
  '/api/stick': StickView;
  '/api/lan-download': DownloadView;
}
