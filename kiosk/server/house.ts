/**
 * What the kiosk's server needs of the rest of the house: tiny, owned here,
 * handed in by the composition root.
 */
import type { Request } from '../../session/events.js';
import type { Purpose } from '../../session/ports.js';
import type { Told } from '../../session/practice.js';
import type { Collected, Cover, PublicPhase, Recording, Refusal, SteeringState, TeacherName, Trouble } from '../protocol.js';

export type { Cover, SteeringState } from '../protocol.js';

export interface House {
  readonly room: Room;
  readonly teachers: Teachers;
  readonly recordings: Recordings;
  readonly preview: Preview;
  readonly clapping: Clapping;
  readonly steering: Steering;
  /** Agreed purposes, in the order in which they are offered. */
  purposes(): readonly Purpose[];
  readonly version: string;
  readonly buildHash: string;
}

/** The session's heart, as the kiosk sees it. */
export interface Room {
  /** Computed at each call, since it holds remaining times. */
  now(): { readonly phase: PublicPhase; readonly warnings: readonly Trouble[] };
  /** Called after each change of what `now` gives, the passing of time apart. Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
  /** Resolves once the heart has taken or refused the request, not when it has come true. */
  ask(request: Exclude<Request, { kind: 'start' | 'shut-down' }>): Promise<Answer>;
  /** The same for a start, which has to pass the start gate first. */
  start(owner: SignedIn, wish: StartWish): Promise<Answer>;
}

/** What the teacher settled at the kiosk. */
export interface StartWish {
  readonly purpose: Purpose;
  readonly lengthMs: number;
  readonly told: Told;
}

export type Answer = { readonly ok: true } | ({ readonly ok: false } & Refusal);

export interface SignedIn {
  /** Enrolled teacher's id; random, no name. */
  readonly teacher: string;
  readonly displayName: string;
}

export type SignInAnswer = { readonly ok: true; readonly signedIn: SignedIn } | ({ readonly ok: false } & Refusal);

/** Who teaches here. A right PIN opens what is the teacher's until the room is told of a sign-out. Throttling per teacher lives behind this port; its refusals say how long to wait. */
export interface Teachers {
  /** The staff list: the same for everyone, enrolled or not (P3.3). */
  names(): readonly TeacherName[];
  /** `pin` is ASCII digits; the caller overwrites it afterwards. */
  signIn(teacher: string, pin: Buffer): Promise<SignInAnswer>;
  /** The same for whoever owns the session that is paused; refuses where none is. */
  signInOwner(pin: Buffer): Promise<SignInAnswer>;
  /** Is this the PIN of whoever owns the session that is being recorded? Throttled like a sign-in, and opens nothing. Refuses where nothing is recorded. */
  ownerHas(pin: Buffer): Promise<Answer>;
}

/** The signed-in teacher's own sessions; nobody else's can be named (P1.3). */
export interface Recordings {
  list(owner: SignedIn): Promise<readonly Recording[]>;
  /** Copies one to the stick; `onProgress` counts bytes that are safely on it. Goes on whoever watches. */
  collect(owner: SignedIn, recording: string, onProgress: (doneBytes: number, totalBytes: number) => void): Promise<CollectAnswer>;
}

export type CollectAnswer = ({ readonly ok: true } & Collected) | ({ readonly ok: false } & Refusal);

/** The clap test, while framing: how far sound and picture of this room are apart. */
export interface Clapping {
  /** @returns undefined where none was heard within some seconds, or framing ended. */
  listen(): Promise<{ readonly soundAtMs: number; readonly pictures: readonly { readonly atMs: number; readonly jpeg: Buffer }[] } | undefined>;
  /** From now on the sound of each recording is moved onto that picture. @returns by how many milliseconds. */
  settle(soundAtMs: number, pictureAtMs: number): Promise<number>;
}

/** What the camera sees and the microphone hears while framing. Nothing of it is kept. */
export interface Preview {
  /** Whole JPEG pictures. Returns the unsubscribe. */
  onFrame(listener: (jpeg: Buffer) => void): () => void;
  /** Peaks in dBFS. Returns the unsubscribe. */
  onLevel(listener: (peakDb: number) => void): () => void;
}

/** Turning the camera and setting the microphone. What it takes is checked for its form only; whether it is framing is the routes' to see. */
export interface Steering {
  /** Computed at each call. */
  now(): SteeringState;
  /** Returns the unsubscribe. */
  onChange(listener: () => void): () => void;
  /** Each speed −1 to 1: right, up and closer are positive. To be repeated each 200 ms while held. */
  drive(speeds: { readonly pan: number; readonly tilt: number; readonly zoom: number }): void;
  /** Ends a drive at once. */
  stop(): void;
  /** Turns to a saved view. `whileRecording`: refused where covered areas would show or begin to matter. */
  show(view: string, whileRecording?: boolean): Promise<Answer>;
  /** Saves where the camera looks now; the same name replaces it. */
  save(name: string, covers: readonly Cover[]): Promise<Answer>;
  forget(view: string): Promise<Answer>;
  /** Covers areas of the chosen view, saved with it. */
  cover(covers: readonly Cover[]): Promise<Answer>;
  gain(dB: number): Promise<Answer>;
}
