/**
 * What the kiosk's server needs of the rest of the house: tiny, owned here,
 * handed in by the composition root.
 */
import type { Request } from '../../session/events.js';
import type { Mode, Purpose } from '../../session/ports.js';
import type { Told } from '../../session/practice.js';
import type { AccountView, KeyPart, StickFile } from '../protocol/account.js';
import type { Collected, CopyProgress, DownloadLink, DownloadView, StickView, Verified } from '../protocol/collect.js';
import type { Language } from '../protocol/common.js';
import type { CodeChanges, CodeView, LeaveRequest, PurposesView, PurposeText, RequestForMe, TrainingResult, TrainingView, VisitorView } from '../protocol/practice.js';
import type { PaperCode, SchoolRequest, StewardPage } from '../protocol/school.js';
import type { Cover, PublicPhase, PublicState, Recording, Refusal, SignInReply, SteeringState, TeacherName, Trouble } from '../protocol.js';

export type { Cover, SteeringState } from '../protocol.js';

export interface House {
  readonly room: Room;
  readonly teachers: Teachers;
  readonly recordings: Recordings;
  readonly preview: Preview;
  readonly clapping: Clapping;
  readonly steering: Steering;
  readonly accounts: Accounts;
  readonly practice: Practice;
  readonly school: School;
  readonly stick: Stick;
  readonly collecting: Collecting;
  readonly lan: Lan;
  readonly download: Download;
  readonly watch: Watch;
  /** What everybody may know of the room. */
  place(): PublicState['room'];
  readonly speech: Speech;
  /** What this teacher may choose: what comes with the product, and what the school agreed on and this teacher switched on (P7.1). */
  purposes(owner: SignedIn): readonly Purpose[];
  /** What the page needs after a sign-in. Counts as a telling of news and changes only once `accounts.newsRead` is called. */
  greet(owner: SignedIn): Promise<Omit<SignInReply, 'token' | 'idleMs'>>;
  readonly version: string;
  readonly buildHash: string;
}

/** Whether the kiosk's page runs: it says so each 5 s. */
export interface Watch {
  heard(): void;
  /** To be called each second. */
  tick(): void;
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
  readonly mode: Mode;
  /** Null: the standard one, or what is looked at just now. */
  readonly view: string | null;
  readonly lengthMs: number;
  readonly told: Told;
}

/** The answer to what gives something back. */
export type Given<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Refusal);
export type Answer = { readonly ok: true } | ({ readonly ok: false } & Refusal);

export interface SignedIn {
  /** The account's id; random, no name. */
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
  /** Is this the PIN of whoever owns the session that is being recorded? Throttled like a sign-in, and opens nothing. Refuses where nothing is recorded. @returns the owner's account. */
  ownerHas(pin: Buffer): Promise<Given<string>>;
}

/** The signed-in teacher's own sessions; nobody else's can be named (P1.3). */
export interface Recordings {
  list(owner: SignedIn): Promise<readonly Recording[]>;
  /** The session of this owner that is open; null where none is. */
  open(owner: SignedIn): string | null;
  /** @param until a day, to whose end it is kept. */
  keep(owner: SignedIn, recording: string, until: string): Promise<Answer>;
  /** @returns when it will be gone, ISO 8601. */
  erase(owner: SignedIn, recording: string): Promise<Given<{ readonly goneAt: string }>>;
  undoErase(owner: SignedIn, recording: string): Promise<Answer>;
  /** `code` answers a test code that was sealed to the owner's key (accounts.makeTestCode). */
  eraseNow(owner: SignedIn, recording: string, code: string): Promise<Given<{ readonly receipt: string }>>;
  /** Marks this moment of the session that is being recorded. Harmless where none is. */
  mark(): Promise<void>;
  /** Sealed claims, see AccountViews. */
  claims(): Promise<readonly string[]>;
  /** A session whose owner's record was lost, by the secret that its owner's key opens. */
  claim(owner: SignedIn, session: string, secret: string): Promise<Answer>;
}

/** Enrolling, and what a teacher does with their own account. Codes are ASCII; whoever hands a PIN over overwrites it afterwards. */
export interface Accounts {
  /** Throttled with the sign-ins of that name; answers alike for every name. `before`: fingerprints of an account that is there already. */
  checkPaperCode(staff: string, code: string): Promise<Given<{ readonly displayName: string; readonly before: readonly string[] | null }>>;
  /** Uses the paper code up. An account that was there before is locked until its own key opens it (P10.3). */
  enrol(staff: string, code: string, wish: { readonly pin: Buffer; readonly language: Language; readonly key: KeyPart | 'same' }): Promise<SignInAnswer>;
  /** Refuses what others would try first. */
  tryPin(pin: Buffer): Answer;
  view(owner: SignedIn): AccountView;
  /** Sealed to all of the teacher's recipients: an age file. The one before is void. */
  makeTestCode(owner: SignedIn): Promise<Buffer>;
  /** Five tries for each code. Right: the key is proven from now on. */
  answerTestCode(owner: SignedIn, code: string): Promise<Answer>;
  changePin(owner: SignedIn, pin: Buffer, newPin: Buffer): Promise<Answer>;
  changeKey(owner: SignedIn, code: string, key: KeyPart): Promise<Answer>;
  /** Joins an account from before a reset with the present one. */
  unlock(owner: SignedIn, account: string, code: string): Promise<Answer>;
  setLanguage(owner: SignedIn, language: Language): Promise<Answer>;
  newsRead(owner: SignedIn): Promise<Answer>;
  /** Refused while the teacher has recordings here. */
  close(owner: SignedIn, pin: Buffer): Promise<Answer>;
}

/** Code of practice, training, purposes, requests. Whether somebody is the lead is asked in here. */
export interface Practice {
  isLead(owner: SignedIn): boolean;
  code(): CodeView;
  codeChanges(owner: SignedIn): CodeChanges;
  acceptCode(owner: SignedIn, read: { readonly version: string; readonly digest: string }): Promise<Answer>;
  training(): TrainingView;
  answerTraining(owner: SignedIn, answers: readonly (number | null)[]): Promise<TrainingResult>;
  purposes(owner: SignedIn): PurposesView;
  optIn(owner: SignedIn, purpose: string): Promise<Answer>;
  optOut(owner: SignedIn, purpose: string): Promise<Answer>;
  propose(owner: SignedIn, wish: { readonly purpose?: string; readonly text?: PurposeText }): Promise<Answer>;
  agree(owner: SignedIn, proposal: number): Promise<Answer>;
  object(owner: SignedIn, proposal: number, text: string): Promise<Answer>;
  // Of the lead only; refused with NOT_LEAD:
  answerObjection(owner: SignedIn, proposal: number, objection: number, text: string): Promise<Answer>;
  decide(owner: SignedIn, proposal: number, agreed: boolean, reasons: string): Promise<Answer>;
  retire(owner: SignedIn, purpose: string, reasons: string): Promise<Answer>;
  offeredCode(owner: SignedIn, from: 'sample' | 'stick'): Promise<Given<CodeView>>;
  adoptCode(owner: SignedIn, from: 'sample' | 'stick', digest: string): Promise<Answer>;
  setPolicy(owner: SignedIn, policy: { readonly contact: string; readonly retentionDays: number }): Promise<Answer>;
  // Of anyone:
  visitor(): VisitorView;
  leaveRequest(request: LeaveRequest): Promise<Answer>;
  requests(owner: SignedIn): Promise<readonly RequestForMe[]>;
  requestDone(owner: SignedIn, request: string): Promise<Answer>;
}

/** A steward who is signed in: keeps the device running, sees no session. */
export interface StewardIn {
  readonly steward: string;
  readonly displayName: string;
}
export type StewardAnswer = { readonly ok: true; readonly steward: StewardIn } | ({ readonly ok: false } & Refusal);

export interface School {
  isSetUp(): boolean;
  /** With the one-use code of `npm run setup-code`. */
  setUp(code: string, name: string, pin: Buffer): Promise<StewardAnswer>;
  stewards(): readonly { readonly id: string; readonly displayName: string }[];
  signIn(steward: string, pin: Buffer): Promise<StewardAnswer>;
  page(): Promise<StewardPage>;
  save(by: StewardIn, school: SchoolRequest): Promise<Answer>;
  /** @param csv null: `staff.csv` on the stick. */
  loadStaff(by: StewardIn, csv: string | null): Promise<Given<{ readonly names: number }>>;
  paperCodes(by: StewardIn, staff: readonly string[], toStick: boolean): Promise<Given<readonly PaperCode[]>>;
  bar(by: StewardIn, staff: string, barred: boolean): Promise<Answer>;
  setLead(by: StewardIn, staff: string): Promise<Answer>;
  addSteward(by: StewardIn, name: string, pin: Buffer): Promise<Answer>;
  removeSteward(by: StewardIn, name: string): Promise<Answer>;
  changePin(by: StewardIn, pin: Buffer, newPin: Buffer): Promise<Answer>;
  clockIsRight(by: StewardIn): Promise<Answer>;
}

/** One small file of a known name on the stick. */
export interface Stick {
  /** Written, synced, read back and compared. */
  write(file: StickFile, text: string): Promise<Answer>;
  read(file: StickFile): Promise<Given<string>>;
}

/** The one-use page that takes a recipient from the teacher's own device; in a process of its own, off by default. */
export interface Lan {
  /** Null where the settings do not allow it. One page at a time: an older one is closed. */
  open(): Promise<{ readonly url: string; readonly code: string; readonly minutes: number } | null>;
  /** @returns null where none came within `ms`, or the page is closed. */
  wait(ms: number): Promise<string | null>;
  close(): Promise<void>;
}

/** The way of one's own recordings to the stick; nobody else's can be named (P1.3). */
export interface Collecting {
  /** Of somebody else's copy it tells only that the stick is in use. */
  stick(owner: SignedIn): Promise<StickView>;
  open(): Promise<Answer>;
  /** Copies them, checks the copies and makes the stick safe to pull. Goes on whoever watches. */
  collect(owner: SignedIn, recordings: readonly string[], onProgress: (progress: CopyProgress) => void): Promise<CollectAnswer>;
  /** One's own copy. */
  cancel(owner: SignedIn): Promise<Answer>;
  /** Resolves once it can be pulled out. */
  remove(): Promise<Answer>;
}

export type CollectAnswer = ({ readonly ok: true } & Collected) | ({ readonly ok: false; readonly verified?: readonly Verified[] } & Refusal);

/** One's own recordings, sealed as they are, to one's own computer; in a process of its own, off by default. One link at a time. */
export interface Download {
  /** Null where the settings do not allow it. */
  open(owner: SignedIn, recordings: readonly string[]): Promise<Given<DownloadLink | null>>;
  /** Of nobody else's link. */
  view(owner: SignedIn): DownloadView;
  close(owner: SignedIn): Promise<void>;
}

/** Reads aloud what it is given, and keeps nothing of it. */
export interface Speech {
  /** @param signal nobody listens any more. @returns a WAV file. */
  say(text: string, language: Language, signal: AbortSignal): Promise<Given<Buffer>>;
}

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
