/** The school's code of practice, training, purposes and requests. */
import { Type, type Static } from 'typebox';
import type { Audience, Trouble } from '../protocol.js';
import { Day, Id, Line, strict, TimeOfDay, type Call, type Done } from './common.js';

/** Text as a safe tree: the same as config/practice/markdown.ts makes. */
export interface Span { readonly style: 'plain' | 'emphasis' | 'strong'; readonly text: string }
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  /** `first` is the number of the first item; null where the items have bullets. */
  | { readonly kind: 'list'; readonly first: number | null; readonly items: readonly (readonly Span[])[] };

/** P4.2. Months as `2026-11`. */
export interface CodeView {
  readonly version: string;
  readonly digest: string;
  readonly lastReview: string;
  readonly nextReview: string;
  readonly lead: string | null;
  readonly contact: string | null;
  readonly policies: readonly string[];
  readonly blocks: readonly Block[];
  /** That the review is overdue. */
  readonly notice: Trouble | null;
}

/** What is different since the teacher accepted it last (as config/practice/diff.ts finds it); `whole` where nothing was accepted, or that text is not kept any more. */
export type CodeChanges = { readonly kind: 'whole' } | { readonly kind: 'changed'; readonly passages: readonly PassageChange[] };
type Role = 'heading-1' | 'heading-2' | 'heading-3' | 'paragraph' | 'bullet' | 'step';
export type PassageChange =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly passage: { readonly role: Role; readonly spans: readonly Span[] } }
  | { readonly kind: 'changed'; readonly role: Role; readonly runs: readonly (Span & { readonly change: 'same' | 'added' | 'removed' })[] };

export const AcceptCodeRequest = Type.Object({ version: Line(20), digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) }, strict);
export const TrainingAnswers = Type.Object({ answers: Type.Array(Type.Union([Type.Integer({ minimum: 0, maximum: 20 }), Type.Null()]), { maxItems: 40 }) }, strict);
export interface TrainingView {
  readonly version: string;
  readonly pages: readonly (readonly Block[])[];
  readonly questions: readonly { readonly ask: string; readonly answers: readonly string[] }[];
}
export type TrainingResult = { readonly passed: true } | { readonly passed: false; readonly wrong: readonly { readonly question: number; readonly why: string | null }[] };

const PurposeText = Type.Object({
  name: Line(60), words: Line(80), audience: Type.Union([Type.Literal('only-me'), Type.Literal('colleagues-i-choose')]), enhances: Line(600), trust: Line(600),
}, strict);
export type PurposeText = Static<typeof PurposeText>;
/** `purpose` only where it is another version of one, or (without `text`) the agreement after a year's trial. */
export const ProposeRequest = Type.Object({ purpose: Type.Optional(Id), text: Type.Optional(PurposeText) }, strict);
const Number = Type.Integer({ minimum: 1, maximum: 9999 });
export const PurposeRequest = Type.Object({ purpose: Id }, strict);
export const AgreeRequest = Type.Object({ proposal: Number }, strict);
export const ObjectRequest = Type.Object({ proposal: Number, text: Line(600) }, strict);
export const AnswerObjectionRequest = Type.Object({ proposal: Number, objection: Type.Integer({ minimum: 0, maximum: 999 }), text: Line(600) }, strict);
export const DecideRequest = Type.Object({ proposal: Number, agreed: Type.Boolean(), reasons: Line(600) }, strict);
export const RetireRequest = Type.Object({ purpose: Id, reasons: Line(600) }, strict);

export interface PurposesView {
  readonly builtIn: readonly { readonly id: string; readonly words: string; readonly audience: Audience }[];
  /** Of the school, in use: each teacher switches them on for themselves (P7.1). */
  readonly options: readonly { readonly purpose: string; readonly version: number; readonly text: PurposeText; readonly on: boolean; readonly trialUntil: string | null }[];
  readonly proposals: readonly ProposalView[];
  /** Retired or lapsed: stays readable. */
  readonly past: readonly { readonly purpose: string; readonly version: number; readonly text: PurposeText; readonly standing: 'lapsed' | 'retired' }[];
}
export interface ProposalView {
  readonly number: number;
  readonly kind: 'new' | 'version' | 'again';
  readonly purpose: string;
  readonly version: number;
  readonly text: PurposeText;
  readonly objections: readonly { readonly text: string; readonly answer: string | null }[];
  readonly status:
    | { readonly kind: 'open'; readonly until: string }
    | { readonly kind: 'with-the-lead' }
    | { readonly kind: 'agreed' | 'not-agreed'; readonly on: string; readonly reasons: string };
  readonly youAgreed: boolean;
  readonly youObjected: boolean;
}

/** Where the lead takes a code from: what is shipped, or `code-of-practice.md` on the stick. */
export const OfferedCodeRequest = Type.Object({ from: Type.Union([Type.Literal('sample'), Type.Literal('stick')]) }, strict);
export const AdoptCodeRequest = Type.Object({ from: OfferedCodeRequest.properties.from, digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) }, strict);
/** What of the practice the lead sets besides the text. */
export const PolicyRequest = Type.Object({ contact: Line(120), retentionDays: Type.Integer({ minimum: 1, maximum: 365 }) }, strict);

/** P11.1: for what may have been recorded then. */
export const LeaveRequest = Type.Object({
  day: Day, from: TimeOfDay, to: TimeOfDay,
  kind: Type.Union([Type.Literal('keep'), Type.Literal('erase'), Type.Literal('copy'), Type.Literal('talk')]),
  /** How to be reached, or one sentence. Read by whoever owns what was recorded then, and by nobody else here. */
  words: Type.Optional(Line(200)),
}, strict);
export type LeaveRequest = Static<typeof LeaveRequest>;
export const RequestDone = Type.Object({ request: Id }, strict);
/** A request about a time at which this teacher recorded. */
export interface RequestForMe extends LeaveRequest { readonly id: string; readonly leftOn: string; readonly recordings: readonly string[] }

/** P9.5. Which purpose is recorded now stands in the stream. */
export interface VisitorView {
  readonly room: string;
  readonly contact: string | null;
  readonly retentionDays: number;
  readonly codeVersion: string;
  readonly lead: string | null;
}

export interface PracticeCalls {
  '/api/accept-code': Call<Static<typeof AcceptCodeRequest>, Done>;
  '/api/training-answers': Call<Static<typeof TrainingAnswers>, TrainingResult>;
  '/api/opt-in': Call<Static<typeof PurposeRequest>, Done>;
  '/api/opt-out': Call<Static<typeof PurposeRequest>, Done>;
  '/api/propose': Call<Static<typeof ProposeRequest>, Done>;
  '/api/agree': Call<Static<typeof AgreeRequest>, Done>;
  '/api/object': Call<Static<typeof ObjectRequest>, Done>;
  // Of the practice lead only:
  '/api/answer-objection': Call<Static<typeof AnswerObjectionRequest>, Done>;
  '/api/decide': Call<Static<typeof DecideRequest>, Done>;
  '/api/retire': Call<Static<typeof RetireRequest>, Done>;
  '/api/offered-code': Call<Static<typeof OfferedCodeRequest>, CodeView>;
  '/api/adopt-code': Call<Static<typeof AdoptCodeRequest>, Done>;
  '/api/policy': Call<Static<typeof PolicyRequest>, Done>;
  // Of anyone in the room:
  '/api/leave-request': Call<LeaveRequest, Done>;
  '/api/request-done': Call<Static<typeof RequestDone>, Done>;
}

export interface PracticeViews {
  '/api/code': CodeView;
  '/api/code-changes': CodeChanges;
  '/api/training': TrainingView;
  '/api/purposes': PurposesView;
  '/api/requests': { readonly requests: readonly RequestForMe[] };
  '/api/visitor': VisitorView;
}
