/** Enrolling, and what a teacher does with their own account: key, PIN, leaving. */
import { Type, type Static } from 'typebox';
import type { SignInReply } from '../protocol.js';
import { Id, Language, Line, Pin, Recipient, strict, TypedCode, type Call, type Done } from './common.js';

/** What is enrolled of a key: everything is sealed to `recipients` (the second is a spare of the same teacher); `signKey` checks clips (Ed25519, 32 bytes in hex), null where only a recipient was brought. */
const KeyPart = Type.Object({
  recipients: Type.Array(Recipient, { minItems: 1, maxItems: 2 }),
  signKey: Type.Union([Type.String({ pattern: '^[0-9a-f]{64}$' }), Type.Null()]),
}, strict);
export type KeyPart = Static<typeof KeyPart>;

/** The paper code that the technician handed out for this name. */
export const PaperCodeRequest = Type.Object({ staff: Id, code: TypedCode }, strict);
export interface PaperCodeReply {
  /** Stands for the checked paper code until the enrolment is finished, 15 minutes at most; goes with `/api/enrol`, and as Bearer with the routes of stick and LAN page. */
  readonly ticket: string;
  readonly displayName: string;
  /** There is an account of this name already: fingerprints of its key. What lies in it stays locked until that key proves itself (P10.3). */
  readonly before: readonly string[] | null;
}
/** `same`: the key of the account before, to which new recordings are sealed too; only where there is one. */
export const EnrolRequest = Type.Object({ ticket: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }), pin: Pin, language: Language, key: Type.Union([KeyPart, Type.Literal('same')]) }, strict);

/** Whether a PIN may be chosen, before anything is made for it. */
export const TryPinRequest = Type.Object({ pin: Pin }, strict);

/** A file of one known name on the stick; nothing else on it is ever looked at. */
export const StickFile = Type.Union([Type.Literal('locked-key'), Type.Literal('recipient'), Type.Literal('sheet'), Type.Literal('test-code')]);
export type StickFile = Static<typeof StickFile>;
/** Written, synced and read back before it is answered. */
export const StickWriteRequest = Type.Object({ file: StickFile, text: Line(8192) }, strict);
export const StickReadRequest = Type.Object({ file: StickFile }, strict);

/** The one-use page that takes a recipient from the teacher's own computer or phone. Null where the school has not allowed it (off by default). */
export type LanPage = { readonly url: string; readonly code: string; readonly minutes: number } | null;

export const TestCodeAnswer = Type.Object({ code: TypedCode }, strict);
export const ChangePinRequest = Type.Object({ pin: Pin, newPin: Pin }, strict);
/** `code` answers a test code that was sealed to the present key. */
export const ChangeKeyRequest = Type.Object({ code: TypedCode, key: KeyPart }, strict);
export const UnlockRequest = Type.Object({ account: Id, code: TypedCode }, strict);
export const ClaimRequest = Type.Object({ session: Type.String({ pattern: '^[0-9a-f]{32}$' }), secret: Line(200) }, strict);
export const LanguageRequest = Type.Object({ language: Language }, strict);
export const CloseAccountRequest = Type.Object({ pin: Pin }, strict);

/** Told at the next three sign-ins, with the key's fingerprint (P10.3). */
export interface News { readonly kind: 'pin-reset' | 'key-changed' | 'unlocked'; readonly fingerprint: string }

export interface AccountView {
  readonly displayName: string;
  readonly language: Language;
  /** One for each recipient: five groups of four hex digits. */
  readonly fingerprints: readonly string[];
  /** A test code was opened with it. */
  readonly keyProven: boolean;
  /** Accounts of the same teacher from before a reset, which only their own key opens. `sealed`: an age file (base64) that holds the code that opens it. */
  readonly locked: readonly { readonly account: string; readonly fingerprints: readonly string[]; readonly sealed: string }[];
}

export interface AccountCalls {
  '/api/paper-code': Call<Static<typeof PaperCodeRequest>, PaperCodeReply>;
  '/api/enrol': Call<Static<typeof EnrolRequest>, SignInReply>;
  '/api/try-pin': Call<Static<typeof TryPinRequest>, Done>;
  '/api/stick-write': Call<Static<typeof StickWriteRequest>, Done>;
  '/api/stick-read': Call<Static<typeof StickReadRequest>, { readonly text: string }>;
  '/api/lan-open': Call<Done, { readonly page: LanPage }>;
  /** Answered when a recipient came, or after 20 s with none; the page then asks again. */
  '/api/lan-wait': Call<Done, { readonly recipient: string | null }>;
  '/api/lan-close': Call<Done, Done>;
  /** A fresh test code, sealed to all of the teacher's recipients: an age file in base64. The one before is void. */
  '/api/test-code': Call<Done, { readonly sealed: string }>;
  '/api/test-code-answer': Call<Static<typeof TestCodeAnswer>, Done>;
  '/api/change-pin': Call<Static<typeof ChangePinRequest>, Done>;
  '/api/change-key': Call<Static<typeof ChangeKeyRequest>, Done>;
  '/api/unlock': Call<Static<typeof UnlockRequest>, Done>;
  '/api/claim': Call<Static<typeof ClaimRequest>, Done>;
  '/api/language': Call<Static<typeof LanguageRequest>, Done>;
  /** Refused while there are recordings. */
  '/api/close-account': Call<Static<typeof CloseAccountRequest>, Done>;
  /** What was told at this sign-in has been read. */
  '/api/news-read': Call<Done, Done>;
}

export interface AccountViews {
  /** What the sign-in said of this teacher, as it is now. */
  '/api/me': Omit<SignInReply, 'token' | 'idleMs'>;
  '/api/account': AccountView;
  /** Sealed claims of every session and of as many that are none, in no order, always a whole thousand: an owner's key opens its own, and nothing can be counted (P1.3). Age files in base64. */
  '/api/claims': { readonly claims: readonly string[] };
}
