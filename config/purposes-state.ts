/** How the school's purposes lie in the device's state; the rules are session's. */
import Type from 'typebox';
import { PROPOSAL_LIMITS } from '../session/proposals.js';
import { TEXT_LIMITS, type TextField } from '../session/proposal-text.js';
import type { OptIn, PurposeBook } from '../session/purposes.js';

// The schemas are given the rules' own (readonly) types; test/session/purposes.walk.test.ts holds the two against each other.
const strict = { additionalProperties: false };
/** One at least and not the rules' own least, which counts other units than a schema may. */
const Text = (field: TextField) => Type.String({ minLength: 1, maxLength: TEXT_LIMITS[field].most });
const Day = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' });
const SchoolPurposeId = Type.String({ pattern: '^school-[1-9][0-9]{0,3}$' });
const Number = Type.Integer({ minimum: 1, maximum: PROPOSAL_LIMITS.proposals });
const TeacherIds = Type.Array(Type.String({ pattern: '^[0-9a-f]{32}$' }), { maxItems: PROPOSAL_LIMITS.voices });

const Proposal = Type.Object({
  number: Number,
  kind: Type.Union([Type.Literal('new'), Type.Literal('version'), Type.Literal('again')]),
  purpose: SchoolPurposeId,
  version: Number,
  text: Type.Object({
    name: Text('name'), words: Text('words'), audience: Type.Union([Type.Literal('only-me'), Type.Literal('colleagues-i-choose')]), enhances: Text('enhances'), trust: Text('trust'),
  }, strict),
  openUntil: Day,
  agreed: TeacherIds,
  objected: TeacherIds,
  objections: Type.Array(Type.Object({ text: Text('objection'), answer: Type.Union([Text('answer'), Type.Null()]) }, strict), { maxItems: PROPOSAL_LIMITS.voices }),
}, strict);

const Decision = Type.Object({
  on: Day, purpose: SchoolPurposeId, version: Number,
  proposal: Type.Union([Number, Type.Null()]),
  outcome: Type.Union([Type.Literal('agreed'), Type.Literal('not-agreed'), Type.Literal('retired')]),
  reasons: Text('reasons'),
}, strict);

/** Of the school: names nobody but by the ids of those who spoke about a proposal that is not decided yet. Each proposal has one decision, and each purpose may be retired. */
export const PurposeBookState = Type.Unsafe<PurposeBook>(Type.Object({
  proposals: Type.Array(Proposal, { maxItems: PROPOSAL_LIMITS.proposals }),
  decisions: Type.Array(Decision, { maxItems: 2 * PROPOSAL_LIMITS.proposals }),
}, strict));

/** Of one teacher. To be kept sealed with that teacher's records: nobody else may see it (P3.3). */
export const OptInsState = Type.Unsafe<readonly OptIn[]>(Type.Array(Type.Object({ purpose: SchoolPurposeId, version: Number }, strict), { maxItems: PROPOSAL_LIMITS.proposals }));
