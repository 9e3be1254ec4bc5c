/** All that the LAN page's process is ever told: what the wall shows to everyone, and nothing of whose, how often, since when or how long (P2.7, P3.3). */

export type DoorLanguage = 'en' | 'cy' | 'pl' | 'ur';
export type DoorMode = 'picture-and-sound' | 'sound-only' | 'picture-only' | 'blurred';
export type DoorAudience = 'only-me' | 'colleagues-i-choose';

export interface DoorSession {
  readonly purpose: string;
  readonly audience: DoorAudience;
  readonly mode: DoorMode;
}

export type DoorState =
  | { readonly kind: 'starting' | 'recording' | 'paused'; readonly session: DoorSession }
  /** `out-of-order`: camera and microphone are proven to be disconnected. */
  | { readonly kind: 'not-recording' | 'camera-on' | 'checking' | 'stopping' | 'out-of-order' | 'assume-recording' };

export interface DoorFacts {
  readonly state: DoorState;
  /** As the school wrote it; empty where it has set nothing up. */
  readonly room: string;
  readonly contact: string | null;
  readonly retentionDays: number;
  readonly codeVersion: string;
  readonly lead: string | null;
  readonly version: string;
  readonly buildHash: string;
}

export type Shown = DoorState['kind'] | 'lost';
export type RowName = 'purpose' | 'mode' | 'audience' | 'stop' | 'start' | 'kept' | 'ask' | 'practice';

/** An empty row is not shown. */
export interface Row {
  readonly name: RowName;
  readonly says: string;
  /** The school's own words, after what is said. */
  readonly own: string;
}

/** What a page shows, in one language: for the page's own script, too. */
export interface DoorView {
  readonly rev: string;
  readonly kind: Shown;
  readonly word: string;
  readonly says: string;
  readonly room: string;
  readonly rows: readonly Row[];
  readonly program: string;
}

export type ToDoor =
  /** The first message. `languages`: the room's, of which the first is also the one of the school's own words. */
  | { readonly kind: 'start'; readonly address: string; readonly port: number; readonly languages: readonly DoorLanguage[] }
  /** `at`: when it was true, on CLOCK_MONOTONIC, which all processes of one boot share: what waited in a queue is as old as it is. */
  | { readonly kind: 'facts'; readonly at: number; readonly facts: DoorFacts };

export type FromDoor =
  | { readonly kind: 'listening'; readonly host: string }
  /** A sign of life. */
  | { readonly kind: 'heard' };

/** Three missed beats of one second: the same as at the kiosk. */
export const SILENCE_MS = 3000;
export const BEAT_MS = 1000;
