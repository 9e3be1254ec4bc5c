import t from 'tap';
import { accept, ACCEPTED_KEPT, asked, check, hasAccepted, hasTrained, lastAccepted, monthOf, NOT_YET, reasonsAgainstNewPurpose, reasonsOfCode, reviewNotice, type CodeInForce, type CodeReason, type Practised, type Training } from '../../session/code.js';

const CODE: CodeInForce = { version: '2026-11.1', digest: 'a'.repeat(64), nextReview: '2028-11', lead: 'A. Lead', contact: 'the office' };
const NEXT: CodeInForce = { ...CODE, version: '2028-11.1', digest: 'b'.repeat(64), nextReview: '2030-11' };
const TRAINING: Training = {
  version: '1.2',
  questions: [
    { ask: 'One?', answers: [{ words: 'yes', wrongBecause: null }, { words: 'no', wrongBecause: 'it is' }] },
    { ask: 'Two?', answers: [{ words: 'yes', wrongBecause: 'it is not' }, { words: 'no', wrongBecause: null }] },
  ],
};
const DONE: Practised = { accepted: [{ version: CODE.version, digest: CODE.digest }], trained: '1.2' };

const codes = (reasons: readonly CodeReason[]): string[] => reasons.map(({ code }) => code);
function accepted(practised: Practised, code: CodeInForce): Practised {
  const result = accept(practised, code, code);
  if ('sentence' in result) throw new Error(result.sentence);
  return result;
}

t.test('P4.1 P8.1 a teacher who accepted the code and completed the training may start', (t) => {
  t.same(reasonsOfCode(CODE, TRAINING, DONE), []);
  t.end();
});

t.test('each thing that is missing is a reason of its own, with its remedy', (t) => {
  const cases: [string, CodeInForce, string, Practised, string[]][] = [
    ['P4.1 the school has adopted no code', { ...CODE, lead: null }, '1.2', DONE, ['CODE_NOT_ADOPTED']],
    ['P9.5 no contact', { ...CODE, contact: null }, '1.2', DONE, ['NO_CONTACT']],
    ['P4.1 the code was never accepted', CODE, '1.2', { ...DONE, accepted: [] }, ['CODE_NOT_ACCEPTED']],
    ['P4.1 a new version', NEXT, '1.2', DONE, ['CODE_RENEWED']],
    ['P4.1 a text that changed under its old version', { ...CODE, digest: NEXT.digest }, '1.2', DONE, ['CODE_RENEWED']],
    ['P8.1 no training', CODE, '1.2', { ...DONE, trained: null }, ['NOT_TRAINED']],
    ['P8.1 a new major version of the training', CODE, '2.0', DONE, ['NOT_TRAINED']],
    ['P8.1 major versions are numbers, not words', CODE, '10.0', { ...DONE, trained: '9.0' }, ['NOT_TRAINED']],
    ['a newcomer in a new school', { ...CODE, lead: null, contact: null }, '1.2', NOT_YET, ['CODE_NOT_ADOPTED', 'NO_CONTACT', 'CODE_NOT_ACCEPTED', 'NOT_TRAINED']],
  ];
  for (const [name, code, version, practised, expected] of cases) {
    const reasons = reasonsOfCode(code, { version }, practised);
    t.same(codes(reasons), expected, name);
    t.ok(reasons.every(({ sentence, remedy }) => sentence.endsWith('.') && remedy.endsWith('.')), `${name}: says what to do`);
  }
  t.ok(hasTrained(DONE, { version: '1.9' }), 'P8.1 a new minor version asks nobody again');
  t.ok(hasTrained({ ...DONE, trained: '2.0' }, { version: '1.2' }), 'P8.1 nor does going back to a former training');
  t.end();
});

t.test('P4.1 each new version is accepted anew, and the last one accepted is what it is compared with', (t) => {
  const first = accepted(NOT_YET, CODE);
  t.notOk(hasAccepted(first, NEXT));
  t.equal(lastAccepted(NOT_YET), null);
  t.match(lastAccepted(first), { version: CODE.version });
  const both = accepted(first, NEXT);
  t.ok(hasAccepted(both, NEXT) && hasAccepted(both, CODE));
  t.match(lastAccepted(both), { version: NEXT.version });
  t.equal(both.trained, first.trained, 'the training is another matter');
  t.same(accepted(both, NEXT).accepted, both.accepted, 'twice is once');
  t.match(lastAccepted(accepted(both, CODE)), { version: CODE.version }, 'a former version that holds again is the last one');
  t.end();
});

t.test('P4.1 what was not on the screen is not accepted', (t) => {
  t.match(accept(DONE, NEXT, CODE), { code: 'CODE_CHANGED_MEANWHILE' });
  t.match(accept(DONE, NEXT, { version: NEXT.version, digest: CODE.digest }), { code: 'CODE_CHANGED_MEANWHILE' });
  t.end();
});

t.test('P4.1 no more acceptances are kept than the state has room for, and the latest is among them', (t) => {
  let practised = NOT_YET;
  for (let n = 1; n <= ACCEPTED_KEPT + 3; n += 1) practised = accepted(practised, { ...CODE, version: `2026-11.${n}` });
  t.equal(practised.accepted.length, ACCEPTED_KEPT);
  t.match(lastAccepted(practised), { version: `2026-11.${ACCEPTED_KEPT + 3}` });
  t.end();
});

t.test('P4.2 an overdue review is told to everyone and stops new purposes, and never a start', (t) => {
  for (const [now, overdue] of [['2028-10', false], ['2028-11', false], ['2028-12', true], ['2029-01', true]] as const) {
    t.same(codes(reasonsAgainstNewPurpose(CODE, now)), overdue ? ['REVIEW_OVERDUE'] : [], now);
    t.equal(reviewNotice(CODE, now)?.code ?? null, overdue ? 'REVIEW_OVERDUE' : null, now);
  }
  t.same(codes(reasonsAgainstNewPurpose({ ...CODE, lead: null }, '2026-12')), ['CODE_NOT_ADOPTED'], 'P4.1 nor can a school without a code of its own agree any');
  t.same(reasonsOfCode({ ...CODE, nextReview: '1999-01' }, TRAINING, DONE), [], 'a start does not ask for the month');
  t.end();
});

t.test('P4.2 the month is that of the school’s calendar', (t) => {
  t.equal(monthOf(new Date(2026, 10, 30, 23, 59, 59)), '2026-11');
  t.equal(monthOf(new Date(2026, 11, 1, 0, 0, 0)), '2026-12');
  t.equal(monthOf(new Date(2027, 0, 1)), '2027-01');
  t.end();
});

t.test('P8.1 the training is completed when every answer is right, in as many tries as one likes', (t) => {
  t.same(check(NOT_YET, TRAINING, [1, 0]), { passed: false, wrong: [{ question: 0, why: 'it is' }, { question: 1, why: 'it is not' }] });
  t.same(check(NOT_YET, TRAINING, [0, 0]), { passed: false, wrong: [{ question: 1, why: 'it is not' }] });
  for (const answers of [[], [0], [0, null], [0, 2], [0, -1], [0, 0.5], [0, Number.NaN]]) t.same(check(NOT_YET, TRAINING, answers), { passed: false, wrong: [{ question: 1, why: null }, ...(answers.length === 0 ? [{ question: 0, why: null }] : [])].reverse() }, `an answer that is none: ${JSON.stringify(answers)}`);
  t.same(check(DONE, { ...TRAINING, version: '2.0' }, [0, 1]), { passed: true, practised: { ...DONE, trained: '2.0' } });
  t.end();
});

t.test('P8.1 the screen is not told which answer is right', (t) => {
  t.same(asked(TRAINING), [{ ask: 'One?', answers: ['yes', 'no'] }, { ask: 'Two?', answers: ['yes', 'no'] }]);
  t.end();
});
