/**
 * The only contract between the server and the screen. Requests are schemas,
 * so that what is checked and what is typed cannot differ; `Calls` ties each
 * path to its body and reply on both sides. The screen imports types only.
 *
 * Lengths of time are milliseconds that remained or had passed when the
 * message was written; nobody's clocks are compared.
 */
import { Type, type Static } from 'typebox';
import type { AccountCalls, AccountViews, News } from './protocol/account.js';
import type { CollectCalls, CollectViews } from './protocol/collect.js';
import { Day, Id, Language, Pin, strict, TypedCode, type Call, type Done } from './protocol/common.js';
import type { Said } from './protocol/filled.js';
import type { PracticeCalls, PracticeViews } from './protocol/practice.js';
import type { SchoolCalls, SchoolViews } from './protocol/school.js';

export { Nothing } from './protocol/common.js';
export type { Collected, CollectLine } from './protocol/collect.js';
export type { Said, Values } from './protocol/filled.js';

const Ms = Type.Number({ minimum: 0 });

/** What stands in the gaps of a sentence and its remedy, `{name}`: filled in by whoever shows them (protocol/filled.ts), after they are translated. */
const Values = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));
const said = { sentence: Type.String(), values: Type.Optional(Values) };

/** Something that people should know: what is the matter, and what to do about it. */
export const Trouble = Type.Object({ code: Type.String(), ...said, remedy: Type.String() }, strict);
export type Trouble = Static<typeof Trouble>;

/** Why a request was not done. `waitSeconds`: asking again sooner is refused unread. `values` fill the gaps `{name}` of sentence and remedy. */
export const Refusal = Type.Object(
  {
    code: Type.String(), ...said, remedy: Type.String(), waitSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
    /** What else is wrong, where several things are. */
    details: Type.Optional(Type.Array(Type.Object(said, strict))),
  },
  strict,
);
export type Refusal = Static<typeof Refusal>;

export const Audience = Type.Union([Type.Literal('only-me'), Type.Literal('colleagues-i-choose')]);
export type Audience = Static<typeof Audience>;

export const Mode = Type.Union([Type.Literal('picture-and-sound'), Type.Literal('sound-only'), Type.Literal('picture-only'), Type.Literal('blurred')]);
export type Mode = Static<typeof Mode>;

/** What the room may know of a session. Whose it is stays out (P3.3). */
export const PublicSession = Type.Object({ purpose: Type.String(), audience: Audience, mode: Mode }, strict);
export type PublicSession = Static<typeof PublicSession>;

const PauseReason = Type.Union([
  Type.Object({ by: Type.Literal('owner') }, strict),
  Type.Object({ by: Type.Literal('room') }, strict),
  Type.Object({ by: Type.Literal('fault'), fault: Trouble }, strict),
]);

const phase = <Kind extends string, Fields extends Record<string, import('typebox').TSchema>>(kind: Kind, fields: Fields) =>
  Type.Object({ kind: Type.Literal(kind), ...fields }, strict);
const session = PublicSession;
/** Why the last thing that was tried did not work out. */
const lastFault = Type.Optional(Trouble);

/** Where the room stands. The same kinds as the heart's phases, with what everybody may see of each. */
export const PublicPhase = Type.Union([
  phase('checking', {}),
  phase('idle', { lastFault }),
  phase('blocked', { reasons: Type.Array(Trouble) }),
  phase('waking', { lastFault }),
  phase('framing', { live: Type.Boolean(), endsInMs: Ms }),
  /** `countdownMs` is 0 while the sign or the camera is still waited for. */
  phase('announcing', { session, countdownMs: Ms }),
  phase('starting', { session }),
  phase('recording', { session, elapsedMs: Ms, endsInMs: Ms }),
  phase('paused', { session, why: PauseReason, closesInMs: Ms }),
  phase('stopping', { next: Type.Union([Type.Literal('rest'), Type.Literal('pause'), Type.Literal('start')]) }),
  phase('gone', {}),
]);
export type PublicPhase = Static<typeof PublicPhase>;

/** What the stream carries: a whole picture each time, never a difference. */
export const PublicState = Type.Object(
  {
    /** Grows by one with each state; a heartbeat repeats it, so that a missed state is noticed. */
    rev: Type.Integer({ minimum: 0 }),
    phase: PublicPhase,
    /** What does not stop a session and should be known. */
    warnings: Type.Array(Trouble),
    signedIn: Type.Boolean(),
    /** False until a steward has set the room up. */
    setUp: Type.Boolean(),
    /** The first language is the room's own; the kiosk goes back to it. `diagonalInches` of the kiosk's screen, where the settings say it. */
    room: Type.Object({
      name: Type.String(),
      languages: Type.Array(Language, { minItems: 1, maxItems: 2 }),
      diagonalInches: Type.Union([Type.Number({ minimum: 4, maximum: 100 }), Type.Null()]),
    }, strict),
    /** P1.4: anyone can read which program this is. */
    version: Type.String(),
    buildHash: Type.String(),
  },
  strict,
);
export type PublicState = Static<typeof PublicState>;

export const TeacherName = Type.Object({ id: Type.String(), displayName: Type.String() }, strict);
export type TeacherName = Static<typeof TeacherName>;

export const PurposeChoice = Type.Object({ id: Type.String(), words: Type.String(), audience: Audience }, strict);
export type PurposeChoice = Static<typeof PurposeChoice>;

/** One session of the signed-in teacher. */
export const Recording = Type.Object(
  {
    id: Type.String(),
    /** ISO 8601 with offset: wall-clock time, for display. */
    startedAt: Type.String(),
    purpose: Type.String(),
    lengthMs: Ms,
    bytes: Type.Integer({ minimum: 0 }),
    /** False where the end was cut off, by a power cut for one. */
    complete: Type.Boolean(),
    /** ISO 8601: when it goes by itself; null where it has no date and stays. */
    goneAt: Type.Union([Type.String(), Type.Null()]),
    /** Its owner erased it: until `goneAt` that can be undone. */
    erased: Type.Boolean(),
    /** ISO 8601: beyond this it cannot be kept. */
    keptAtMost: Type.String(),
    /** The same short text that a collect gives; empty where there is none. */
    receipt: Type.String(),
  },
  strict,
);
export type Recording = Static<typeof Recording>;

export const SignInRequest = Type.Object({ teacher: Id, pin: Pin }, strict);
export const PinRequest = Type.Object({ pin: Pin }, strict);
/** What will probably be started: its face goes ahead to the sign. */
export const ChooseRequest = Type.Object({ purpose: Id, mode: Mode }, strict);
export const RecordingRequest = Type.Object({ recording: Id }, strict);
/** To the end of that day. */
export const KeepRequest = Type.Object({ recording: Id, until: Day }, strict);
/** `code` answers a test code (`/api/test-code`): erased at once, and not to be undone. */
export const EraseNowRequest = Type.Object({ recording: Id, code: TypedCode }, strict);

/** P9.3, P4.3: who has been told, and that pupils who may not be filmed are out of the picture. Each must be true; there is no way to say no and start. */
export const Told = Type.Object(
  {
    class: Type.Literal(true),
    otherAdults: Type.Literal(true),
    visitors: Type.Literal(true),
    outOfPicture: Type.Literal(true),
  },
  strict,
);

/** P2.6: 120 minutes at most. */
export const MAX_LENGTH_MINUTES = 120;
/** A saved view, or `standard`. Null: what this teacher looked at last; the standard one where they looked at nothing. */
const ChosenView = Type.Union([Id, Type.Null()]);

/** What is looked at first. */
export const FrameRequest = Type.Object({ view: ChosenView }, { additionalProperties: false });

export const StartRequest = Type.Object(
  {
    purpose: Id,
    mode: Mode,
    view: ChosenView,
    lengthMinutes: Type.Integer({ minimum: 1, maximum: MAX_LENGTH_MINUTES }),
    told: Told,
  },
  strict,
);
/** By so much at once. */
const MOST_MINUTES_MORE = 60;
export const ExtendRequest = Type.Object({ pin: Pin, minutes: Type.Integer({ minimum: 1, maximum: MOST_MINUTES_MORE }) }, strict);

/** How this teacher started last: no times (P3.3). `view`: null is the standard one. */
export interface LastTime { readonly purpose: string; readonly mode: Mode; readonly view: string | null }

/** What the page needs for the next screens. */
export interface SignInReply {
  /** Lives in the page's memory; goes into the Authorization header as a Bearer token. */
  readonly token: string;
  readonly displayName: string;
  readonly language: Language;
  /** Leads the reviews of the code: may answer objections, decide, adopt. */
  readonly isLead: boolean;
  readonly purposes: readonly PurposeChoice[];
  /** Why this teacher may not start now, as far as it is theirs or the school's to mend; in the order in which to deal with it. */
  readonly reasons: readonly Trouble[];
  /** Until the end of this lesson by the school's bells, else 50. */
  readonly usualLengthMinutes: number;
  /** Times of day, `10:05`: when the next lessons end, at most 3, within the 120 minutes that a recording may last. */
  readonly bells: readonly string[];
  /** Null where nothing was started yet, or where its purpose, mode or view cannot be chosen any more. */
  readonly lastTime: LastTime | null;
  /** What the camera can be turned to; the first is the room's standard view, `standard`. `covered`: areas of it are not recorded, and the camera stays. */
  readonly views: readonly { readonly id: string; readonly name: string; readonly covered: boolean }[];
  /** What this room can do. */
  readonly modes: readonly Mode[];
  readonly news: readonly News[];
  /** What of the school's rules was changed since this teacher's last sign-in. */
  readonly changes: readonly Said[];
  /** P1.5: recordings that go within 14 days. */
  readonly goingSoon: readonly { readonly recording: string; readonly startedAt: string; readonly goneAt: string }[];
  /** Requests about times at which this teacher recorded, not dealt with yet. */
  readonly requests: number;
  /** Signed out by itself after this long without a touch. */
  readonly idleMs: number;
}

/** −1 to 1; right, up and closer are positive. To be repeated while held: the camera stands still by itself soon after the last. */
const Speed = Type.Number({ minimum: -1, maximum: 1 });
export const SteerRequest = Type.Object({ pan: Speed, tilt: Speed, zoom: Speed }, strict);
export const ViewRequest = Type.Object({ view: Id }, strict);
/** Chosen or typed for everyone to see: letters of any language, digits and a few signs. */
export const SaveViewRequest = Type.Object({ name: Type.String({ minLength: 1, maxLength: 24, pattern: "^[\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N} .,'’()-]*$" }) }, strict);
export const GainRequest = Type.Object({ dB: Type.Number({ minimum: -100, maximum: 100 }) }, strict);
export const TurnRequest = Type.Object({ pin: Pin, view: Id }, strict);

const Fraction = Type.Number({ minimum: 0, maximum: 1 });
/** An area of the picture that is not recorded, in fractions of the picture from its top left corner. */
export const Cover = Type.Object({ left: Fraction, top: Fraction, width: Fraction, height: Fraction }, strict);
export type Cover = Static<typeof Cover>;
const MAX_COVERS = 8;
export const CoverRequest = Type.Object({ covers: Type.Array(Cover, { maxItems: MAX_COVERS }) }, strict);

/** How the camera is turned and the microphone set, to the signed-in teacher while framing. */
export interface SteeringState {
  /** The first is the room's standard view, `standard`, which cannot be forgotten. */
  readonly views: readonly { readonly id: string; readonly name: string; readonly covers: readonly Cover[] }[];
  /** Null where it was turned by hand since. */
  readonly chosen: string | null;
  /** Why the camera cannot be turned by hand now. */
  readonly cameraTrouble: Trouble | null;
  readonly gain: Gain | null;
  readonly gainTrouble: Trouble | null;
}

/** In dB. */
export interface Gain { readonly dB: number; readonly least: number; readonly most: number; readonly step: number }

/** On the preview's line: at once, and after each change. */
export type SteeringMessage = { readonly kind: 'steering' } & SteeringState;

/** Any text, to be read aloud to whoever stands there. It is kept nowhere. */
export const SayRequest = Type.Object({ text: Type.String({ minLength: 1, maxLength: 400, pattern: '[\\p{L}\\p{N}]' }), language: Language }, strict);
/** A WAV file: 16 bits, mono. */
export type Speech = 'audio/wav';

/** In which of the pictures the hands meet. Times of the answer to `/api/clap`. */
export const ClapRequest = Type.Object({ soundAtMs: Type.Number({ minimum: 0 }), pictureAtMs: Type.Number({ minimum: 0 }) }, strict);

/** A clap that was heard while framing, and the pictures around it, in order: JPEG in base64. */
export interface ClapReply {
  readonly soundAtMs: number;
  readonly pictures: readonly { readonly atMs: number; readonly jpeg: string }[];
}

/** The heard level of the microphone while framing, in dBFS (0 is the loudest that can be written). */
export interface Level { readonly kind: 'level'; readonly peakDb: number }

/** The WebSocket subprotocol of the preview; the ticket goes beside it, as a second offered subprotocol. */
export type PreviewProtocol = 'lamplight.preview';


/** Each request that changes something. All are POST; all take and give JSON, but `collect` gives NDJSON, and `say` a sound. */
export interface Calls extends AccountCalls, CollectCalls, PracticeCalls, SchoolCalls {
  '/api/stop': Call<Done, Done>;
  '/api/sign-in': Call<Static<typeof SignInRequest>, SignInReply>;
  '/api/sign-out': Call<Done, Done>;
  '/api/still-here': Call<Done, Done>;
  '/api/choose': Call<Static<typeof ChooseRequest>, Done>;
  '/api/frame': Call<Static<typeof FrameRequest>, Done>;
  '/api/stop-framing': Call<Done, Done>;
  /** Answered when a clap was heard; refused where none came. */
  '/api/clap': Call<Done, ClapReply>;
  /** `offsetMs`: by which the sound of later recordings is moved; negative where it came too late. */
  '/api/clap-seen': Call<Static<typeof ClapRequest>, { offsetMs: number }>;
  '/api/steer': Call<Static<typeof SteerRequest>, Done>;
  '/api/steer-stop': Call<Done, Done>;
  '/api/view': Call<Static<typeof ViewRequest>, Done>;
  '/api/save-view': Call<Static<typeof SaveViewRequest>, Done>;
  '/api/forget-view': Call<Static<typeof ViewRequest>, Done>;
  '/api/cover': Call<Static<typeof CoverRequest>, Done>;
  '/api/gain': Call<Static<typeof GainRequest>, Done>;
  /** While recording: the owner turns the camera to a saved view. */
  '/api/turn': Call<Static<typeof TurnRequest>, Done>;
  '/api/preview-ticket': Call<Done, { ticket: string }>;
  '/api/start': Call<Static<typeof StartRequest>, Done>;
  '/api/carry-on': Call<Static<typeof PinRequest>, Done>;
  /** `finished`: the recording's id. */
  '/api/finish': Call<Static<typeof PinRequest>, SignInReply & { readonly finished: string | null }>;
  /** While recording: the owner pauses. */
  '/api/pause': Call<Static<typeof PinRequest>, Done>;
  /** While recording: the owner moves the end, never beyond 120 minutes after the first picture. */
  '/api/extend': Call<Static<typeof ExtendRequest>, Done>;
  '/api/keep': Call<Static<typeof KeepRequest>, Done>;
  /** Gone tomorrow at this time; until then it can be undone. */
  '/api/erase': Call<Static<typeof RecordingRequest>, { readonly goneAt: string }>;
  '/api/undo-erase': Call<Static<typeof RecordingRequest>, Done>;
  '/api/erase-now': Call<Static<typeof EraseNowRequest>, { readonly receipt: string }>;
  /** The page itself, each 5 s: it still runs. */
  '/api/alive': Call<Done, Done>;
  /** Anyone: this moment is found again in the recording. */
  '/api/mark': Call<Done, Done>;
  /** Anyone: reads a text aloud. */
  '/api/say': Call<Static<typeof SayRequest>, Speech>;
}

/** What can be looked at. None of these changes anything. */
export interface Views extends AccountViews, CollectViews, PracticeViews, SchoolViews {
  '/api/names': { names: TeacherName[] };
  '/api/recordings': { recordings: Recording[] };
  /** Views that the camera can be turned to while recording. `locked`: it stays, because areas of its view are covered. */
  '/api/views': { views: { id: string; name: string }[]; locked: boolean };
}
