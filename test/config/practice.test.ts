import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { Compile } from 'typebox/compile';
import { CodeTexts, PracticeOfTeacher, stored, textAccepted, textsToKeep } from '../../config/practice-state.js';
import { factsChanged, passagesOf, whatChanged, type Passage, type PassageChange } from '../../config/practice/diff.js';
import { parseJson } from '../../config/practice/json.js';
import { merged, parseMarkdown, textOf, type Block, type Span } from '../../config/practice/markdown.js';
import { parseCode, parsePage, readPractice, stretchesOf, wordsIn } from '../../config/practice/read.js';
import { parseQuestions } from '../../config/practice/questions.js';
import { accept, check, hasAccepted, isOverdue, NOT_YET } from '../../session/code.js';

const SAMPLE = 'config/practice';
const sample = await readPractice(SAMPLE);
const questionsText = await readFile(join(SAMPLE, 'training/questions.json'), 'utf8');

/** The words of each sentence; a heading, a paragraph and an item end one too. */
const sentencesOf = (blocks: readonly Block[]): number[] => stretchesOf(blocks).flatMap((spans) => textOf(spans).split(/(?<=[.:?!;])\s+/)).map((sentence) => sentence.split(' ').length);

t.test('P4.1 the sample is there, whole, and belongs to no school until a lead and a contact (P9.5) are named in it', (t) => {
  t.match(sample.code, { version: '2026-11.1', lastReview: '2026-11', nextReview: '2028-11', lead: null, contact: null });
  t.ok(sample.code.policies.length > 2);
  const text = stretchesOf(sample.code.blocks).map(textOf).join('\n');
  for (const promise of ['owns it', 'never surveillance', 'Anyone may stop', 'private unless', 'other adults', 'Nobody works around', 'ten school days', 'opts in', 'training', 'countdown', 'PIN of their own', 'leave a request']) t.match(text, promise, `P1–P11: it speaks of “${promise}”`);
  const filled = sample.code.text.replace('lead:', 'lead: A. Lead').replace('contact:', 'contact: the office');
  t.match(parseCode(filled), { lead: 'A. Lead', contact: 'the office' });
  t.end();
});

t.test('P4.1 the sample is read in five minutes, and no sentence of it or of the training is long', (t) => {
  t.ok(wordsIn(sample.code.blocks) <= 1000, `${wordsIn(sample.code.blocks)} words, at 200 a minute`);
  for (const [name, blocks] of [['the code', sample.code.blocks], ...sample.training.pages.map((page, index) => [`page ${index + 1}`, page] as const)] as const) {
    const sentences = sentencesOf(blocks);
    t.ok(Math.max(...sentences) <= 28, `${name}: the longest has ${Math.max(...sentences)} words`);
    t.ok(sentences.reduce((sum, words) => sum + words, 0) / sentences.length <= 13, `${name}: short on the whole`);
  }
  t.end();
});

t.test('P8.1 the training has 6 to 8 pages and a check that the right answers pass', (t) => {
  const { pages, questions } = sample.training;
  t.ok(pages.length >= 6 && pages.length <= 8);
  t.ok(pages.every((page) => wordsIn(page) <= 120));
  t.same(questions.map(({ answers }) => answers.length), [3, 3, 3, 3, 3, 3]);
  const rights = questions.map(({ answers }) => answers.findIndex(({ wrongBecause }) => wrongBecause === null));
  t.ok(check(NOT_YET, sample.training, rights).passed);
  t.ok(new Set(rights).size === 3, 'the right answer does not always stand in the same place');
  t.end();
});

t.test('Markdown becomes headings, paragraphs, lists and emphasis', (t) => {
  const plain = (text: string): Span[] => [{ style: 'plain', text }];
  t.same(parseMarkdown('f', '# A\n\nSome *new*\nand **old** words,  \nask office@school.example \\*\n\n- one\n  more\n\n- two\n\n3. three\n4. four'), [
    { kind: 'heading', level: 1, spans: plain('A') },
    { kind: 'paragraph', spans: [{ style: 'plain', text: 'Some ' }, { style: 'emphasis', text: 'new' }, { style: 'plain', text: ' and ' }, { style: 'strong', text: 'old' }, { style: 'plain', text: ' words, ask office@school.example *' }] },
    { kind: 'list', first: null, items: [plain('one more'), plain('two')] },
    { kind: 'list', first: 3, items: [plain('three'), plain('four')] },
  ]);
  t.end();
});

t.test('what cannot be shown safely is refused, with file and line', (t) => {
  const cases: [string, string, number, RegExp][] = [
    ['HTML in a line', 'One\ntwo <b>bold</b>', 2, /HTML/],
    ['HTML as a block', '# A\n\n<script>\nx\n</script>', 3, /HTML/],
    ['a comment', 'One\n\n<!-- hidden -->', 3, /HTML/],
    ['a link', '# A\n\nOne\nand [there](https://x.example)', 4, /plain text/],
    ['a link in angle brackets', '<https://x.example>', 1, /plain text/],
    ['a link’s definition', 'One\n\n[a]: https://x.example', 3, /plain text/],
    ['a picture', '# A\n\n![seen](x.png)', 3, /pictures/],
    ['a picture in an item', '- one\n- two\n- ![seen](x.png)', 3, /pictures/],
    ['an indented line', '# A\n\n    code', 3, /margin/],
    ['a table', '# A\n\n| a | b |\n|---|---|\n| 1 | 2 |', 3, /tables/],
    ['a list in a list', '- one\n  - inner', 2, /no list within/],
    ['two paragraphs in an item', '- one\n\n  two', 3, /one paragraph/],
    ['an empty item', '- one\n-\n- three', 2, /empty/],
    ['a box to tick', '- [ ] one', 1, /./],
    ['emphasis in emphasis', 'One **two *three***', 1, /within emphasis/],
    ['a fourth level', '#### deep', 1, /three levels/],
    ['a rule across', 'One\n\n---', 3, /nothing else/],
    ['struck words', 'One\n~~two~~', 2, /nothing else/],
    ['a quotation', '> One', 1, /quotations/],
  ];
  for (const [name, text, line, message] of cases) t.throws(() => parseMarkdown('f.md', text), { code: 'PRACTICE_FILE_REFUSED', file: 'f.md', line, message }, name);
  t.end();
});

t.test('whatever stands in a file, it becomes the safe tree or a refusal with a line of that file', (t) => {
  const pieces = fc.array(fc.oneof(fc.constantFrom('# ', '- ', '1. ', '    ', '\n', '\n\n', '<b>', '*', '**', '[a](b)', '`', '|', '&amp;', '\\', 'word ', '> ', '---', '\t', '  \n', '\u00A0'), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 30 }).map((some) => some.join('').replace(/\r\n?/g, '\n'));
  fc.assert(fc.property(pieces, (text) => {
    try {
      for (const spans of stretchesOf(parseMarkdown('f', text))) {
        if (spans.length === 0 || textOf(spans) !== textOf(spans).trim() || spans.some((span) => span.text === '' || span.text.includes('\n')) || merged(spans).length !== spans.length) return false;
      }
      return true;
    } catch (error) {
      const { code, line } = error as { code?: string; line?: number };
      return code === 'PRACTICE_FILE_REFUSED' && line !== undefined && line >= 1 && line <= text.split('\n').length;
    }
  }), { numRuns: 1000 });
  t.end();
});

t.test('P4.2 a mistake in the head of the code is named with its line', (t) => {
  const code = (from: string, to: string) => (): unknown => parseCode(sample.code.text.replace(from, to));
  const cases: [string, () => unknown, number, RegExp][] = [
    ['a version of another form', code('version: 2026-11.1', 'version: 1.0'), 2, /2026-11\.1/],
    ['a thirteenth month', code('lastReview: 2026-11', 'lastReview: 2026-13'), 3, /year and month/],
    ['a day', code('nextReview: 2028-11', 'nextReview: 2028-11-01'), 4, /year and month/],
    ['a next review before the last', code('nextReview: 2028-11', 'nextReview: 2026-10'), 4, /later/],
    ['an unknown name', code('lead:', 'leader:'), 5, /lead, contact/],
    ['a name twice', code('contact:', 'lead:'), 6, /twice/],
    ['a name missing', code('contact:\n', ''), 7, /contact is missing/],
    ['a name too long for a line of the kiosk', code('lead:', `lead: ${'x'.repeat(161)}`), 5, /160/],
    ['nothing below the title', () => parseCode(`${sample.code.text.split('# How')[0] ?? ''}# How\n`), 10, /below the title/],
    ['no head', () => parseCode('# A\n\nB'), 1, /three hyphens/],
    ['a head without an end', () => parseCode('---\nversion: 2026-11.1\n'), 1, /not closed/],
    ['no title', code('# How we record lessons\n', ''), 11, /title/],
    ['a link far below', code('Anyone may ask about', '[Ask](http://x) about'), sample.code.text.slice(0, sample.code.text.indexOf('Anyone may ask about')).split('\n').length, /address/],
  ];
  for (const [name, read, line, message] of cases) t.throws(read, { code: 'PRACTICE_FILE_REFUSED', file: 'code-of-practice.md', line, message }, name);
  t.end();
});

t.test('P8.1 a mistake in the questions is named with its line', (t) => {
  const changed = (from: string | RegExp, to: string): string => questionsText.replace(from, to);
  const cases: [string, string, number, RegExp][] = [
    ['a version without a minor', changed('"1.0"', '"1"'), 2, /major\.minor/],
    ['a name misspelt', changed('"wrongBecause"', '"wrongbecause"'), 7, /"wrongbecause" is not/],
    ['a name missing', changed('"version": "1.0",', ''), 1, /"version" is missing/],
    ['a number for a text', changed(/"words": "I show it,[^"]*"/, '"words": 3'), 7, /"words" must be string/],
    ['one answer only', questionsText.replace(/"answers": \[[^\]]*\]/, '"answers": [{ "words": "yes" }]'), 6, /fewer than 2/],
    ['no right answer', changed('lesson for coaching."', 'lesson for coaching.", "wrongBecause": "x"'), 4, /exactly one/],
    ['two right answers', changed(/, "wrongBecause": "Nobody has[^"]*"/, ''), 4, /here 2/],
    ['two answers that say the same', changed('"I keep it to myself, and may record another lesson for coaching."', '"I show it, because heads may see everything."'), 4, /the same/],
    ['a nest without an end', '['.repeat(10_000), 1, /too deeply/],
    ['a comma missing', changed('"1.0",', '"1.0"'), 3, /, or } is missing/],
    ['a comma too many', changed('"1.0",', '"1.0",,'), 2, /, cannot stand here/],
    ['a text that is not closed', changed('"1.0"', '"1.0'), 2, /./],
    ['a name twice', changed('"version": "1.0",', '"version": "1.0",\n"version": "1.0",'), 3, /twice/],
    ['an end too early', questionsText.trimEnd().slice(0, -1), questionsText.trimEnd().split('\n').length, /ends/],
  ];
  for (const [name, text, line, message] of cases) t.throws(() => parseQuestions('q.json', text), { code: 'PRACTICE_FILE_REFUSED', file: 'q.json', line, message }, name);
  t.end();
});

t.test('JSON is read as JSON.parse reads it, and refused where that refuses it', (t) => {
  fc.assert(fc.property(fc.json({ maxDepth: 6 }), (text) => JSON.stringify(parseJson('f', text).value) === JSON.stringify(JSON.parse(text))));
  fc.assert(fc.property(fc.nat(questionsText.length - 1), fc.constantFrom('', '"', ',', '}', '[', '\\', ' ', 'x', '\n'), (at, put) => {
    const text = questionsText.slice(0, at) + put + questionsText.slice(at + 1);
    let expected: unknown;
    try { expected = JSON.parse(text); } catch { expected = undefined; }
    try {
      return JSON.stringify(parseJson('f', text).value) === JSON.stringify(expected);
    } catch (error) {
      return expected === undefined && (error as { code?: string }).code === 'PRACTICE_FILE_REFUSED';
    }
  }), { numRuns: 300 });
  t.end();
});

t.test('a school’s own files: saved on any system they are the same, and what is missing or too long is named', async (t) => {
  const folder = t.testdir();
  await cp(SAMPLE, folder, { recursive: true, filter: (source) => !source.endsWith('.ts') });
  await writeFile(join(folder, 'code-of-practice.md'), `\uFEFF${sample.code.text.replaceAll('\n', '\r\n')}`);
  const again = await readPractice(folder);
  t.equal(again.code.digest, sample.code.digest);
  t.same(again.training, sample.training);
  t.same(again.training.pages.map(([title]) => title?.kind === 'heading' && textOf(title.spans)), ['The recording is yours', 'Choose what it is for', 'Tell everyone first', 'The sign decides', 'Anyone may stop', 'Sharing is up to you', 'Keep it safe'], 'in the order of their names');
  t.throws(() => parsePage('p.md', `# A\n\n${'word '.repeat(120)}`), { message: /120 words at most; this one has 121/ });
  t.doesNotThrow(() => parsePage('p.md', `# A\n\n${'word '.repeat(119)}`));
  await writeFile(join(folder, 'training', '03-tell.md'), Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
  await t.rejects(readPractice(folder), { file: 'training/03-tell.md', line: null, message: /UTF-8/ });
  await writeFile(join(folder, 'training', '03-tell.md'), '# A\n\nb\n'.repeat(10_000));
  await t.rejects(readPractice(folder), { file: 'training/03-tell.md', message: /64 KB/ });
  await writeFile(join(folder, 'training', '03-tell.md'), '# A\n\nb\n');
  for (let page = 8; page <= 12; page += 1) await writeFile(join(folder, 'training', `${page}.md`), '# A\n\nb\n');
  t.equal((await readPractice(folder)).training.pages.length, 12);
  await writeFile(join(folder, 'training', '13.md'), '# A\n\nb\n');
  await t.rejects(readPractice(folder), { file: 'training', message: /between 1 and 12/ });
  await rm(join(folder, 'training', 'questions.json'));
  await t.rejects(readPractice(folder), { file: 'training/questions.json', message: /cannot be read/ });
  await rm(join(folder, 'training'), { recursive: true });
  await t.rejects(readPractice(folder), { code: 'PRACTICE_FILE_REFUSED' });
});

/** The later version, from the earlier one and what changed; fails where the changes do not fit the earlier one. */
function applied(before: readonly Passage[], changes: readonly PassageChange[]): Passage[] {
  const left = [...before];
  const take = (expected: Passage): void => { if (JSON.stringify(left.shift()) !== JSON.stringify(expected)) throw new Error('the changes are not of this text'); };
  const after = changes.flatMap((change): Passage[] => {
    if (change.kind === 'added') return [change.passage];
    if (change.kind === 'changed') {
      const side = (other: 'added' | 'removed'): Passage => ({ role: change.role, spans: merged(change.runs.filter((run) => run.change !== other).map(({ style, text }) => ({ style, text }))) });
      take(side('added'));
      return [side('removed')];
    }
    take(change.passage);
    return change.kind === 'same' ? [change.passage] : [];
  });
  if (left.length > 0) throw new Error('some of the earlier text is left over');
  return after;
}

t.test('P4.1 what changed, applied to the earlier version, gives the later one', (t) => {
  const words = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('we ', 'tell ', 'the class, ', 'pupils', ' ', 'don’t ', 'record.') }, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }));
  const spans = fc.array(fc.record({ style: fc.constantFrom('plain', 'emphasis', 'strong'), text: words }, { noNullPrototype: true }), { minLength: 1, maxLength: 8 }).map((some) => merged(some));
  const passage = fc.record({ role: fc.constantFrom('heading-2', 'paragraph', 'bullet'), spans }, { noNullPrototype: true });
  const text = fc.array(passage, { maxLength: 6 });
  /** A later version keeps some passages, drops some, and has new ones between. */
  const versions = text.chain((before) => fc.tuple(fc.constant(before), fc.array(before.length === 0 ? passage : fc.oneof(fc.constantFrom(...before), passage), { maxLength: 8 })));
  fc.assert(fc.property(versions, ([before, after]) => {
    t.same(applied(before, whatChanged(before, after)), after);
  }), { numRuns: 300 });
  t.same([...new Set(whatChanged(passagesOf(sample.code.blocks), passagesOf(sample.code.blocks)).map(({ kind }) => kind))], ['same']);
  t.end();
});

t.test('two texts that have nothing in common are compared within a bounded time, and still truly', (t) => {
  const passage = (text: string): Passage => ({ role: 'paragraph', spans: [{ style: 'plain', text }] });
  const words = (from: number): string => Array.from({ length: 9000 }, (_, index) => `w${(index * from) % 97}`).join(' ');
  for (const [name, before, after] of [
    ['one endless paragraph', [passage(words(31))], [passage(words(53))]],
    ['very many paragraphs', Array.from({ length: 5000 }, (_, index) => passage(`a ${index} b`)), Array.from({ length: 5000 }, (_, index) => passage(`c ${index} d`))],
  ] as const) {
    const began = process.cpuUsage();
    const changes = whatChanged(before, after);
    const { user } = process.cpuUsage(began);
    t.strictSame(applied(before, changes), [...after], name);
    t.ok(user < 1_000_000, `${name}: ${Math.round(user / 1000)} ms of processor time`);
  }
  t.end();
});

t.test('P4.1 a word that changed is shown within its paragraph, and what is new or gone by itself', (t) => {
  const passages = (text: string): Passage[] => passagesOf(parseMarkdown('f', text));
  t.same(whatChanged(passages('# A\n\nWe keep it for 60 days.\n\n- one'), passages('# A\n\nWe keep it for **30** days.\n\n- one\n- wholly different')), [
    { kind: 'same', passage: { role: 'heading-1', spans: [{ style: 'plain', text: 'A' }] } },
    { kind: 'changed', role: 'paragraph', runs: [
      { style: 'plain', text: 'We keep it for ', change: 'same' }, { style: 'plain', text: '60', change: 'removed' }, { style: 'strong', text: '30', change: 'added' }, { style: 'plain', text: ' days.', change: 'same' },
    ] },
    { kind: 'same', passage: { role: 'bullet', spans: [{ style: 'plain', text: 'one' }] } },
    { kind: 'added', passage: { role: 'bullet', spans: [{ style: 'plain', text: 'wholly different' }] } },
  ]);
  t.same(whatChanged(passages('Nobody watches.'), passages('Pupils sit elsewhere.')).map(({ kind }) => kind), ['removed', 'added'], 'words that have nothing in common are not mixed');
  const later = parseCode(sample.code.text.replace('2026-11.1', '2027-01.1').replace('contact:', 'contact: the office'));
  t.same(factsChanged(sample.code, later), [{ name: 'version', before: '2026-11.1', after: '2027-01.1' }, { name: 'contact', before: '', after: 'the office' }]);
  t.end();
});

t.test('P4.1 what was accepted is stored strictly, and the text that a teacher accepted last is there to compare with', (t) => {
  const shape = Compile(PracticeOfTeacher);
  const practised = accept(NOT_YET, sample.code, sample.code);
  if ('sentence' in practised) throw new Error(practised.sentence);
  t.ok(shape.Check(JSON.parse(JSON.stringify(stored(practised)))));
  t.ok(hasAccepted(practised, sample.code));
  for (const [name, wrong] of [['a time', { ...practised, at: '2026-11-24' }], ['no training', { accepted: [] }], ['a short digest', { accepted: [{ version: '2026-11.1', digest: 'ab' }], trained: null }]] as const) t.notOk(shape.Check(wrong), `${name} is refused`);
  t.equal(parseCode(sample.code.text.replace('2028-11', '2029-01').replace('contact:', 'contact: the office')).digest, sample.code.digest, 'P4.2 a review that changed no word, or another contact, is not another text');
  const later = parseCode(sample.code.text.replace('2026-11.1', '2027-01.1').replace('60 days', '30 days'));
  const texts = textsToKeep(textsToKeep([], sample.code), later);
  t.ok(Compile(CodeTexts).Check(texts));
  t.equal(textAccepted(texts, sample.code), sample.code.text);
  t.same(textsToKeep(texts, sample.code).map(({ digest }) => digest), [later.digest, sample.code.digest], 'no text is kept twice, and the one in force comes last');
  const many = Array.from({ length: 30 }, (_, index) => ({ digest: String(index).padStart(64, '0'), text: 'x' }));
  t.ok(Compile(CodeTexts).Check(textsToKeep(many, later)), 'never more than there is room for');
  t.equal(textsToKeep(many, later).at(-1)?.text, later.text);
  t.equal(textAccepted(textsToKeep(many, later), { version: '2026-11.1', digest: '0'.repeat(64) }), null, 'the oldest goes');
  t.notOk(isOverdue(sample.code, '2028-11'));
  t.end();
});
