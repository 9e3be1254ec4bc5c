/** What the device remembers of code and training: which texts a teacher has accepted, which training is completed, and the texts themselves, to show later what is different. No times (P3.3). */
import Type, { type Static } from 'typebox';
import { ACCEPTED_KEPT, type Acceptance, type Practised } from '../session/code.js';

const strict = { additionalProperties: false };
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const CodeVersion = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}\\.[0-9]{1,3}$' });

/** Of one teacher. */
export const PracticeOfTeacher = Type.Object({
  /** The latest last. */
  accepted: Type.Array(Type.Object({ version: CodeVersion, digest: Digest }, strict), { maxItems: ACCEPTED_KEPT }),
  /** The training completed, as major.minor. */
  trained: Type.Union([Type.Null(), Type.String({ pattern: '^[0-9]{1,3}\\.[0-9]{1,3}$' })]),
}, strict);
export type PracticeOfTeacher = Static<typeof PracticeOfTeacher>;

/** A code is renewed once or twice a year. */
const MOST_TEXTS = 24;

/** Texts of codes that were in force, the present one last. */
export const CodeTexts = Type.Array(Type.Object({ digest: Digest, text: Type.String({ maxLength: 65_536 }) }, strict), { maxItems: MOST_TEXTS });
export type CodeTexts = Static<typeof CodeTexts>;

/** What is stored has to fit what the rules speak of. */
export const stored = ({ accepted, trained }: Practised): PracticeOfTeacher => ({ accepted: accepted.map(({ version, digest }) => ({ version, digest })), trained });

/**
 * Who accepted which text lies sealed with each teacher, so the texts are kept whether anybody did or not.
 * @param inForce the code that holds from now on: it comes last.
 * @returns the texts to keep. Where they are too many the oldest goes, and whoever accepted that one last reads the whole text again.
 */
export function textsToKeep(texts: CodeTexts, inForce: { readonly digest: string; readonly text: string }): CodeTexts {
  return [...texts.filter(({ digest }) => digest !== inForce.digest), { digest: inForce.digest, text: inForce.text }].slice(-MOST_TEXTS);
}

/** @returns the text that somebody accepted; null where it is not kept any more. */
export const textAccepted = (texts: CodeTexts, acceptance: Acceptance): string | null => texts.find(({ digest }) => digest === acceptance.digest)?.text ?? null;
