/** What the device remembers, as it lies in its file. Whatever belongs to one teacher alone lies in `records` and `mine`, which only that teacher's PIN or key opens (P2.7, P3.3). */
import Type, { type Static } from 'typebox';
import { CodeTexts } from './practice-state.js';
import { PurposeBookState } from './purposes-state.js';

const strict = { additionalProperties: false };
const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' });
const Id = Type.String({ pattern: '^[0-9a-f]{32}$' });
const Moment = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const Name = Type.String({ minLength: 1, maxLength: 80 });
const Language = Type.Union([Type.Literal('en'), Type.Literal('cy'), Type.Literal('pl'), Type.Literal('ur')]);
const Fraction = Type.Number({ minimum: 0, maximum: 1 });
const CameraUnits = Type.Integer({ minimum: -0x80000, maximum: 0x7ffff });

/** AES-256-GCM: 12-byte nonce, ciphertext, 16-byte tag. */
const Sealed = Type.Object({ nonce: Base64, box: Base64 }, strict);
export type Sealed = Static<typeof Sealed>;

/** Argon2id of a PIN or a code, with its salt. */
export const Hashed = Type.Object({ salt: Base64, hash: Base64 }, strict);
export type Hashed = Static<typeof Hashed>;

/** Somebody on the school's staff list. Whether they are enrolled is not in here. */
const StaffMember = Type.Object({
  id: Id,
  name: Name,
  barred: Type.Boolean(),
  /** Since when the name is not on the list any more; goes a year later, enrolled or not. */
  leftOn: Type.Union([Day, Type.Null()]),
  /** The paper code that was handed out last. Stays until it has run out, used or not, so that nobody can see which were used. */
  paperCode: Type.Union([Type.Object({ ...Hashed.properties, until: Moment, used: Type.Boolean() }, strict), Type.Null()]),
  /** Wrong tries while nobody of that name is enrolled: stored as an account's are, so that neither time nor a restart tells the two apart (P3.3). */
  failures: Type.Optional(Type.Integer({ minimum: 0 })),
}, strict);
export type StaffMember = Static<typeof StaffMember>;

/** A teacher's account. A reset makes another one beside it. */
const Account = Type.Object({
  id: Id,
  /** Whose, on the staff list. */
  staff: Id,
  /** age recipients that every part is sealed to: the teacher's own, and a spare of the same teacher. */
  recipients: Type.Array(Type.String({ pattern: '^age1[a-z0-9]+$' }), { minItems: 1, maxItems: 2 }),
  /** Ed25519, 32 bytes in hex: checks clips. Null where the teacher brought only a recipient. */
  signKey: Type.Union([Type.String({ pattern: '^[0-9a-f]{64}$' }), Type.Null()]),
  /** The record key, wrapped by Argon2id(PIN). Null: a later account took its place, and only the teacher's key opens this one (P10.3). */
  pin: Type.Union([Type.Object({ salt: Base64, wrapped: Sealed }, strict), Type.Null()]),
  /** Rises with each new PIN: an older state that comes back does not bring an old PIN back (pin-ledger.ts). */
  pinNumber: Type.Integer({ minimum: 1 }),
  /** How the teacher's key opens what a forgotten PIN locks: a code sealed to the recipients (age file, base64), and the record key wrapped under that code. Null until the next sign-in where an older state had none. */
  recovery: Type.Union([Type.Object({ sealed: Base64, wrapped: Sealed }, strict), Type.Null()]),
  failures: Type.Integer({ minimum: 0 }),
  /** One for each session that the teacher owns. */
  records: Type.Array(Sealed),
  /** What else is the teacher's alone (mine.ts), padded; null until there is something. */
  mine: Type.Union([Sealed, Type.Null()]),
}, strict);
export type Account = Static<typeof Account>;

const Steward = Type.Object({ id: Id, name: Name, pin: Hashed, failures: Type.Integer({ minimum: 0 }) }, strict);
export type Steward = Static<typeof Steward>;

/** What the school set, and what of its rules was changed: told to each teacher at the next sign-in. */
const School = Type.Object({
  room: Type.String({ minLength: 1, maxLength: 60 }),
  languages: Type.Array(Language, { minItems: 1, maxItems: 2 }),
  bells: Type.Array(TimeOfDay, { maxItems: 40 }),
  contact: Type.Union([Type.String({ minLength: 1, maxLength: 120 }), Type.Null()]),
  retentionDays: Type.Integer({ minimum: 1, maximum: 365 }),
  /** On the staff list. */
  lead: Type.Union([Id, Type.Null()]),
  changes: Type.Array(Type.Object({ number: Type.Integer({ minimum: 1 }), on: Day, sentence: Type.String({ minLength: 1, maxLength: 300 }), /** Of the gaps in it. */ values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 300 }), Type.Number()]))) }, strict), { maxItems: 50 }),
}, strict);
export type School = Static<typeof School>;

/** P11.1. Names no session and no teacher. */
const Request = Type.Object({
  id: Id, leftOn: Day, day: Day, from: TimeOfDay, to: TimeOfDay,
  kind: Type.Union([Type.Literal('keep'), Type.Literal('erase'), Type.Literal('copy'), Type.Literal('talk')]),
  words: Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]),
}, strict);
export type StoredRequest = Static<typeof Request>;

/** A view of the room that a teacher has saved: where the camera looks, and what of its picture is never recorded there. */
const SavedView = Type.Object({
  id: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  name: Type.String({ minLength: 1, maxLength: 30 }),
  /** In the camera's own units; of one that does not tell where it looks, a preset's number. */
  view: Type.Union([
    Type.Object({ kind: Type.Literal('preset'), preset: Type.Integer({ minimum: 0, maximum: 254 }) }, strict),
    Type.Object({ kind: Type.Literal('position'), pan: CameraUnits, tilt: CameraUnits, zoom: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff })) }, strict),
  ]),
  covers: Type.Array(Type.Object({ left: Fraction, top: Fraction, width: Fraction, height: Fraction }, strict), { maxItems: 8 }),
}, strict);
export type SavedView = Static<typeof SavedView>;

export const StateSchema = Type.Object({
  /** Null until the first set-up. */
  school: Type.Union([School, Type.Null()]),
  stewards: Type.Array(Steward, { maxItems: 10 }),
  staff: Type.Array(StaffMember, { maxItems: 1000 }),
  accounts: Type.Array(Account, { maxItems: 2000 }),
  /** The code of practice in force, as its whole text, and the practice lead who adopted it; null until then. */
  code: Type.Union([Type.Object({ text: Type.String({ maxLength: 65_536 }), lead: Name }, strict), Type.Null()]),
  /** Codes that were in force, to show what is different since. */
  codeTexts: CodeTexts,
  book: PurposeBookState,
  requests: Type.Array(Request, { maxItems: 500 }),
  /** Of the room, not of a teacher; they say nothing of who made them. */
  views: Type.Optional(Type.Array(SavedView, { maxItems: 24 })),
  /** What the standard view of the settings hides. */
  standardCovers: Type.Optional(SavedView.properties.covers),
  /** By how many milliseconds the sound of this room is moved onto its picture; by the clap test. */
  soundOffsetMs: Type.Optional(Type.Integer({ minimum: -500, maximum: 500 })),
}, strict);
export type StoredState = Static<typeof StateSchema>;

export const EMPTY_STATE: StoredState = { school: null, stewards: [], staff: [], accounts: [], code: null, codeTexts: [], book: { proposals: [], decisions: [] }, requests: [] };
