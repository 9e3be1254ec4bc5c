/** The check at the end of the training: its file, and what must hold in it. */
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Training } from '../../session/code.js';
import { parseJson } from './json.js';
import { PracticeFileRefused } from './refused.js';

const strict = { additionalProperties: false };
const Words = Type.String({ minLength: 1, maxLength: 240 });

const Questions = Type.Object({
  /** major.minor: a new major version asks everyone again. */
  version: Type.String({ pattern: '^(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})$' }),
  questions: Type.Array(Type.Object({
    ask: Words,
    /** Every answer says why it is wrong, but for the right one. */
    answers: Type.Array(Type.Object({ words: Words, wrongBecause: Type.Optional(Words) }, strict), { minItems: 2, maxItems: 4 }),
  }, strict), { minItems: 1, maxItems: 12 }),
}, strict);

const shape = Compile(Questions);

type SchemaError = ReturnType<typeof shape.Errors>[number];

/** In words for whoever edits the file. */
function sentenceOf(error: SchemaError): string {
  const name = error.instancePath.split('/').at(-1) ?? '';
  switch (error.keyword) {
    case 'boolean': return `"${name}" is not among the names that can stand here`;
    case 'required': return `${error.params.requiredProperties.map((missing) => `"${missing}"`).join(' and ')} is missing here`;
    case 'pattern': return 'the version is written as major.minor: "1.0"';
    default: return `${/^\d+$/.test(name) ? `entry ${Number(name) + 1}` : name === '' ? 'the file' : `"${name}"`} ${error.message}`;
  }
}

/** @throws PracticeFileRefused */
export function parseQuestions(file: string, text: string): Training {
  const { value, lineOf } = parseJson(file, text);
  if (!shape.Check(value)) {
    const errors = shape.Errors(value);
    // A misspelt name is both unknown and missing; the unknown one says more.
    const error = errors.find(({ keyword }) => keyword === 'boolean') ?? errors[0];
    throw new PracticeFileRefused(file, lineOf(error?.instancePath ?? ''), error === undefined ? 'the file is not as it must be' : sentenceOf(error));
  }
  value.questions.forEach(({ answers }, index) => {
    const line = lineOf(`/questions/${index}`);
    const right = answers.filter(({ wrongBecause }) => wrongBecause === undefined).length;
    if (right !== 1) throw new PracticeFileRefused(file, line, `exactly one answer is without wrongBecause, because it is the right one; here ${right} are`);
    if (new Set(answers.map(({ words }) => words)).size < answers.length) throw new PracticeFileRefused(file, line, 'two answers of this question say the same');
  });
  return { version: value.version, questions: value.questions.map(({ ask, answers }) => ({ ask, answers: answers.map(({ words, wrongBecause = null }) => ({ words, wrongBecause })) })) };
}
