/** What hangs on a microphone's control line: a vendor's text protocol, and the channels that it rules. */

export interface Channel {
  readonly muted: boolean;
  /** Gain, dB. */
  readonly level: number;
}

export interface Console {
  readonly channels: readonly Channel[];
  /** What its mute LED shows; undefined where it has none. */
  readonly led: 'muted' | 'open' | undefined;
  /** Takes bytes as they come. @returns what it says to them, each to be sent by itself; `onCommand` was called before with every whole line. */
  hear(bytes: Uint8Array): string[];
  /** Its own mute button. @returns what it says by itself. */
  press(): string[];
  /** Mains power is back: nothing is remembered. @returns what it says by itself. */
  restart(): string[];
}
