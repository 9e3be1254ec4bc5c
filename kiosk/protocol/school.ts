/** What the steward does: sets up, loads names, hands out paper codes, looks after the machine. None of it touches a session (P1.3). */
import { Type, type Static } from 'typebox';
import type { Trouble } from '../protocol.js';
import { Id, Language, Line, Pin, strict, TimeOfDay, TypedCode, type Call, type Done } from './common.js';

/** `code` from `npm run setup-code`, for one use: makes a steward. */
export const SetUpRequest = Type.Object({ code: TypedCode, name: Line(60), pin: Pin }, strict);
export const StewardSignInRequest = Type.Object({ steward: Id, pin: Pin }, strict);
export interface StewardReply { readonly token: string; readonly displayName: string; readonly idleMs: number }

/** What a school says of its room. `contact` and `retentionDays` count at the first set-up only; afterwards they are the practice lead's. */
export const SchoolRequest = Type.Object({
  room: Line(60),
  languages: Type.Union([Type.Tuple([Language]), Type.Tuple([Language, Language])]),
  /** When lessons end. */
  bells: Type.Array(TimeOfDay, { maxItems: 40 }),
  contact: Type.Optional(Line(120)),
  retentionDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
}, strict);
export type SchoolRequest = Static<typeof SchoolRequest>;
/** The staff list as CSV: one name a line, or a column called name. Replaces the one before; who is not in it any more is barred from new sessions. `stick`: `staff.csv` on the stick. */
export const StaffRequest = Type.Object({ csv: Type.Union([Type.String({ maxLength: 14_000 }), Type.Null()]) }, strict);
export const PaperCodesRequest = Type.Object({ staff: Type.Array(Id, { minItems: 1, maxItems: 300 }), toStick: Type.Boolean() }, strict);
/** To be cut out and handed over, one each; shown once. */
export interface PaperCode { readonly displayName: string; readonly code: string; readonly until: string }
export const BarRequest = Type.Object({ staff: Id, barred: Type.Boolean() }, strict);
export const LeadRequest = Type.Object({ staff: Id }, strict);
export const AddStewardRequest = Type.Object({ name: Line(60), pin: Pin }, strict);
/** Names of technicians are told apart (NAME_TAKEN). */
export const RemoveStewardRequest = Type.Object({ name: Line(60) }, strict);
export const StewardPinRequest = Type.Object({ pin: Pin, newPin: Pin }, strict);

/** P2.7: the same whatever teachers do. */
export interface StewardPage {
  readonly version: string;
  readonly buildHash: string;
  /** What is the matter with the machine at rest. */
  readonly troubles: readonly Trouble[];
  /** The one named exception of P2.7. */
  readonly roomForOneSession: boolean;
  readonly clockTrusted: boolean;
  readonly school: { readonly room: string; readonly languages: readonly Language[]; readonly bells: readonly string[]; readonly contact: string | null; readonly retentionDays: number } | null;
  readonly codeAdopted: boolean;
  /** As loaded; nothing here tells who is enrolled. `codeUntil`: a paper code was handed out, used or not. */
  readonly staff: readonly { readonly id: string; readonly displayName: string; readonly barred: boolean; readonly lead: boolean; readonly codeUntil: string | null }[];
  readonly stewards: readonly string[];
}

export interface SchoolCalls {
  '/api/set-up': Call<Static<typeof SetUpRequest>, StewardReply>;
  '/api/steward-sign-in': Call<Static<typeof StewardSignInRequest>, StewardReply>;
  '/api/school': Call<SchoolRequest, Done>;
  '/api/staff': Call<Static<typeof StaffRequest>, { readonly names: number }>;
  '/api/paper-codes': Call<Static<typeof PaperCodesRequest>, { readonly codes: readonly PaperCode[] }>;
  '/api/bar': Call<Static<typeof BarRequest>, Done>;
  '/api/lead': Call<Static<typeof LeadRequest>, Done>;
  '/api/add-steward': Call<Static<typeof AddStewardRequest>, Done>;
  /** Another than oneself; every teacher is told. */
  '/api/remove-steward': Call<Static<typeof RemoveStewardRequest>, Done>;
  '/api/steward-pin': Call<Static<typeof StewardPinRequest>, Done>;
  /** The date on the wall is right (P1.5). */
  '/api/clock-right': Call<Done, Done>;
}

export interface SchoolViews {
  '/api/stewards': { readonly stewards: readonly { readonly id: string; readonly displayName: string }[] };
  '/api/steward': StewardPage;
}
