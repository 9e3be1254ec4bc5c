/**
 * The pages of the practice: how their text is divided, and all of them in real
 * Chromium with a made-up desk, calm and with as much to say as can come
 * together (page-bench.ts).
 */
import { join } from 'node:path';
import t from 'tap';
import { passagesOf, whatChanged } from '../../config/practice/diff.js';
import { parseCode, readPractice } from '../../config/practice/read.js';
import type { SignInReply } from '../../kiosk/protocol.js';
import type { CodeView, ProposalView, PurposesView, PurposeText } from '../../kiosk/protocol/practice.js';
import type { PageName } from '../../kiosk/screen/page-names.js';
import { LIMITS, whatIsMissing } from '../../kiosk/screen/pages/limits.js';
import { halved, heading, packed, paragraph, piecesOfChanges, piecesOfPages } from '../../kiosk/screen/pages/pieces.js';
import { TEXT_LIMITS } from '../../session/proposal-text.js';
import { ME, pageBench, refusal, skip } from './page-bench.js';
import './writing.cases.js';

const { code, training } = await readPractice(join(process.cwd(), 'config/practice'));
const CODE: CodeView = { version: code.version, digest: code.digest, lastReview: code.lastReview, nextReview: code.nextReview, lead: 'A. Ahmed', contact: 'The school office, room 3', policies: code.policies, blocks: code.blocks, notice: null };
const OVERDUE = refusal('REVIEW_OVERDUE', 'The review of this code is overdue since November 2026.', 'Recording goes on. No new purpose is agreed until the practice lead has reviewed it with teachers.');
/** The longest that a teacher may write. */
const LONG = 'Teachers look at how they ask questions, and at who answers. '.repeat(10).slice(0, 600).trim();
const TEXT: PurposeText = { name: 'Questions in class', words: 'Learning how we ask questions', audience: 'colleagues-i-choose', enhances: LONG, trust: LONG };
const proposal = (number: number, status: ProposalView['status'], more: Partial<ProposalView> = {}): ProposalView =>
  ({ number, kind: 'new', purpose: `school-${number}`, version: 1, text: { ...TEXT, words: `${TEXT.words} ${number}` }, objections: [], status, youAgreed: false, youObjected: false, ...more });
const PURPOSES: PurposesView = {
  builtIn: [{ id: 'reflection', words: 'Personal reflection', audience: 'only-me' }, { id: 'coaching', words: 'Coaching', audience: 'colleagues-i-choose' }],
  options: [
    { purpose: 'school-1', version: 1, text: TEXT, on: false, trialUntil: '2027-09-30' },
    { purpose: 'school-2', version: 2, text: { ...TEXT, name: 'Reading aloud', words: 'Listening to how we read aloud', audience: 'only-me' }, on: true, trialUntil: null },
  ],
  proposals: [
    proposal(7, { kind: 'open', until: '2026-12-08' }, { objections: [{ text: LONG, answer: null }, { text: 'Who looks after it in the holidays?', answer: 'The practice lead does.' }] }),
    proposal(6, { kind: 'with-the-lead' }),
    proposal(5, { kind: 'not-agreed', on: '2026-10-01', reasons: 'It is covered by coaching.' }),
    proposal(4, { kind: 'agreed', on: '2026-09-30', reasons: 'It helps beginners.' }),
  ],
  past: [{ purpose: 'school-3', version: 1, text: TEXT, standing: 'lapsed' }],
};

t.setTimeout(600_000);

t.test('long text on pages', (t) => {
  const boxes = (heights: readonly number[]) => heights.map((height, at) => ({ top: at * 100, bottom: at * 100 + height }));
  const text = [heading('One'), paragraph('a'), heading('Two'), paragraph('Three things:'), paragraph('b')];
  t.strictSame(packed(text, boxes([50, 50, 50, 50, 50]), 1000), [text], 'all on one page where there is room');
  t.strictSame(packed(text, boxes([50, 50, 50, 50, 50]), 350), [text.slice(0, 2), text.slice(2)], 'a heading, and a line that ends in a colon, go along with what they lead to');
  t.strictSame(packed(text, boxes([50, 50, 50, 50, 50]), 50).flat(), text, 'nothing is lost where little fits');
  t.strictSame(packed(piecesOfPages(training.pages), boxes(training.pages.flat().map(() => 1)), 1e9).length, training.pages.length, 'each page of the training begins a new one');
  t.strictSame(halved(paragraph('one two three four')).map(({ runs }) => runs.map(({ text: words }) => words).join('')), ['one two ', 'three four'], 'what no page takes is cut between words');
  t.equal(halved(paragraph('one')).length, 1);
  t.end();
});

t.test('P4.1 of a renewed code only what was changed is shown, under its heading', (t) => {
  const before = parseCode(code.text.replace('by hand, in the room.', 'in the room.').replace('## Respect\n', '## Respect\n\n- We are kind.\n').replace(/- During a pause.*\n/, ''));
  const pieces = piecesOfChanges(whatChanged(passagesOf(before.blocks), passagesOf(code.blocks)));
  t.match(pieces.map(({ change, runs }) => [change, runs.filter((run) => change === 'same' || run.change !== 'same').map(({ text }) => text).join('')]), [
    ['same', 'Whose recording it is'],
    ['changed', /by hand/],
    ['added', /^During a pause/],
    ['same', 'Respect'],
    ['removed', 'We are kind.'],
  ]);
  t.end();
});

t.test('P6.2 the limits that are shown are those of the rules', (t) => {
  t.match(LIMITS, TEXT_LIMITS);
  t.strictSame(['ab', 'abc', 'a'.repeat(60), 'a'.repeat(61)].map((text) => whatIsMissing(text, LIMITS.name) === null), [false, true, true, false]);
  t.end();
});

t.test('the pages of the practice', { skip }, async (t) => {
  const { page, server, asked, console, show, look, tap, toTheEnd, write, until, went } = await pageBench(t, ['code', 'accept-code', 'training', 'purposes', 'propose', 'lead'].map((name) => `pages/${name}`));
  const open = (name: PageName, me: SignInReply | null = ME) => show(`${name}-page`, { me });

  await t.test('P4.1, P4.2 the code, for anyone', async (t) => {
    server.set('/api/code', CODE);
    await open('code', null);
    await look('code', /Next review: November 2028/);
    t.equal(await page.getByText('Safeguarding and child protection').isVisible(), true, 'policies');
    await tap(/^Next$/);
    await look('code-2', 'Whose recording it is');
    await toTheEnd();
    await look('code-end', 'A breach of this code');
    // With longer words it had more pages, and this was not the last.
    await toTheEnd();
    await tap('Done');
    t.strictSame(await went(), { step: 'ready' });
    server.set('/api/code', { ...CODE, notice: OVERDUE, lead: null, contact: null });
    await open('code', null);
    await look('code-overdue', OVERDUE.sentence);
  });

  await t.test('P4.1 accepting it', async (t) => {
    server.set('/api/code', CODE);
    server.set('/api/code-changes', { kind: 'whole' });
    await open('accept-code');
    await look('accept', 'at the end you can agree');
    t.equal(await page.getByRole('button', { name: 'I have read it and agree' }).isVisible(), false, 'not before the last page');
    await tap(/^Next$/);
    const read = await page.locator('.sheet').innerText();
    await page.evaluate('surround(false, true)');
    await page.getByText('Still there?').waitFor();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    t.equal(await page.locator('.sheet').innerText(), read, 'the text stays under the eyes when the idle bar comes');
    await page.evaluate('surround(false)');
    await toTheEnd();
    await look('accept-end', 'I have read it and agree');
    server.set('/api/accept-code', OVERDUE);
    await tap(/and agree/);
    await look('accept-refused', OVERDUE.remedy);
    server.delete('/api/accept-code');
    // What was refused takes room, so that a page may have come behind this one.
    await toTheEnd();
    asked.length = 0;
    await tap(/and agree/);
    t.strictSame(await until('/api/accept-code'), { version: CODE.version, digest: CODE.digest });
    t.strictSame(await went(), { step: 'purpose' });

    const before = parseCode(code.text.replace('by hand, in the room.', 'in the room.').replace(/- During a pause.*\n/, '').replace('## Respect\n', '## Respect\n\n- We are kind.\n'));
    server.set('/api/code-changes', { kind: 'changed', passages: whatChanged(passagesOf(before.blocks), passagesOf(code.blocks)) });
    await open('accept-code');
    await page.getByText('You agreed to an earlier version').waitFor();
    await tap(/^Next$/);
    await look('accept-changes', 'During a pause');
    t.strictSame(await page.locator('ins').allInnerTexts().then((all) => all.length), 2);
    t.strictSame(await page.locator('.tag').allInnerTexts(), ['Changed', 'New', 'Taken out'], 'named, not by line or colour alone');
    await tap('Read all of it');
    await page.getByText('at the end you can agree').waitFor();
  });

  await t.test('P8.1 the training and its questions', async (t) => {
    server.set('/api/training', { version: training.version, pages: training.pages, questions: training.questions.map(({ ask, answers }) => ({ ask, answers: answers.map(({ words }) => words) })) });
    await open('training');
    for (const [at, name] of ['The recording is yours', 'Choose what it is for', 'Tell everyone first'].entries()) {
      await look(`training-${at + 1}`, name);
      await tap(/^Next$/);
    }
    await toTheEnd();
    await tap('To the questions');
    for (const [at, { ask, answers }] of training.questions.entries()) {
      await (at === 0 || at === 5 ? look(`question-${at + 1}`, ask) : page.getByText(ask).waitFor());
      const last = at === training.questions.length - 1;
      if (last) server.set('/api/training-answers', { passed: false, wrong: [{ question: 5, why: 'Then no one sees a sign, and nothing is locked to you. The code forbids it.' }] });
      await tap(answers[1]?.words ?? '');
    }
    await look('question-wrong', 'Then no one sees a sign');
    t.equal(await page.getByText('Nobody has a right').count(), 0, 'only what was wrong is asked again');
    server.set('/api/training-answers', { passed: true });
    asked.length = 0;
    await tap(/I teach without recording/);
    t.strictSame(await until('/api/training-answers'), { answers: [1, 1, 1, 1, 1, 2] });
    t.strictSame(await went(), { step: 'purpose' });
  });

  await t.test('P7.1 purposes: off until switched on', async (t) => {
    server.set('/api/purposes', PURPOSES);
    await open('purposes');
    await look('purposes', 'is off for you until you switch it on');
    server.set('/api/opt-in', OVERDUE);
    await page.getByRole('switch', { name: /ask questions/ }).tap();
    await look('purposes-refused', OVERDUE.remedy);
    server.delete('/api/opt-in');
    asked.length = 0;
    await page.getByRole('switch', { name: /ask questions/ }).tap();
    t.strictSame(await until('/api/opt-in'), { purpose: 'school-1' });
    await page.getByRole('switch', { name: /read aloud/ }).tap();
    t.strictSame(await until('/api/opt-out'), { purpose: 'school-2' });
    await page.getByRole('button', { name: /^Learning how/ }).tap();
    await look('purpose', 'How it enhances teaching and learning');
    await toTheEnd();
    await tap('Propose to keep it');
    t.strictSame(await until('/api/propose'), { purpose: 'school-1' });
    await look('proposals', 'Open to all teachers until 8 December 2026.');
    await tap(/questions 7/);
    await toTheEnd();
    await look('proposal-end', 'I object');
    await tap('I agree');
    t.strictSame(await until('/api/agree'), { proposal: 7 });
    await tap('I object');
    await look('objecting', 'What speaks against it?');
    await write('Too much to look at.', 'Send');
    t.strictSame(await until('/api/object'), { proposal: 7, text: 'Too much to look at.' });
    await page.getByRole('button', { name: 'Back to the list' }).tap();
    await tap('Past ones');
    await look('past', 'Its year of trial is over.');
  });

  await t.test('P6.2 proposing a purpose', async (t) => {
    await open('propose');
    await look('propose-about', 'A new purpose');
    await tap(/^A new purpose/);
    await look('propose-name', 'Characters still to write: 3.');
    await write('Group work', 'Next');
    await page.getByText('Everyone who comes in').waitFor();
    t.equal(await page.locator('textarea').inputValue(), '', 'each field begins empty');
    await write('Learning how groups work', 'Next');
    await look('propose-audience', 'You, and colleagues you choose');
    await tap(/colleagues you choose/);
    await page.locator('textarea').fill(LONG);
    await look('propose-enhances', `Characters left: ${600 - LONG.length}.`);
    await tap(/^Next$/);
    await page.getByText('rests on trust').waitFor();
    await write(LONG, 'Next');
    await look('propose-check', 'It is open to all teachers for ten school days');
    await toTheEnd();
    asked.length = 0;
    await tap('Propose it');
    t.strictSame(await until('/api/propose'), { text: { name: 'Group work', words: 'Learning how groups work', audience: 'colleagues-i-choose', enhances: LONG, trust: LONG } });
    t.strictSame(await went(), { step: 'page', page: { page: 'purposes' } });
  });

  await t.test('P4.1, P6.3 what the practice lead does', async (t) => {
    await open('lead');
    await look('lead', 'Leading the practice');
    await tap(/^Code of practice/);
    await look('lead-adopt', 'Your school’s own text');
    server.set('/api/offered-code', CODE);
    await tap(/^The sample/);
    await look('lead-offered', 'Fingerprint');
    await toTheEnd();
    asked.length = 0;
    await tap(/^Adopt version/);
    t.strictSame(await until('/api/adopt-code'), { from: 'sample', digest: CODE.digest });
    await look('lead-adopted', `Version ${CODE.version} is in force`);
    await tap('Done');

    server.set('/api/visitor', { room: 'B12', contact: 'The school office', retentionDays: 45, codeVersion: CODE.version, lead: null });
    await tap(/^Contact/);
    await look('lead-contact', 'Whom do people ask?');
    t.equal(await page.locator('textarea').inputValue(), 'The school office', 'as it is now');
    await write('Room 3', 'Next');
    await look('lead-days', '45 days');
    await tap('90 days');
    await tap('Save');
    t.strictSame(await until('/api/policy'), { contact: 'Room 3', retentionDays: 90 });

    await tap(/^Purposes/);
    await look('lead-purposes', 'An objection waits for your answer.');
    await tap(/questions 7/);
    await toTheEnd();
    await tap('Answer an objection');
    await page.locator('textarea').fill(LONG);
    await look('lead-answer', 'Your answer stays as it is');
    await tap('Send');
    t.strictSame(await until('/api/answer-objection'), { proposal: 7, objection: 0, text: LONG });
    await tap('Back to the list');
    await tap(/questions 6/);
    await toTheEnd();
    server.set('/api/decide', OVERDUE);
    await page.getByRole('button', { name: 'Agree', exact: true }).tap();
    await page.locator('textarea').fill('It helps beginners.');
    await tap('Send');
    await look('lead-decide-refused', OVERDUE.remedy);
    server.delete('/api/decide');
    asked.length = 0;
    await tap('Send');
    t.strictSame(await until('/api/decide'), { proposal: 6, agreed: true, reasons: 'It helps beginners.' });
    await tap('Back to the list');
    await tap(/^More/);
    await tap(/read aloud/);
    await toTheEnd();
    await tap('Retire it');
    await write('Nobody needs it any more.', 'Send');
    t.strictSame(await until('/api/retire'), { purpose: 'school-2', reasons: 'Nobody needs it any more.' });
  });

  t.strictSame(console, [], 'no errors');
});
