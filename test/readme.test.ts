/** The README's table of rules is held against the rules, the files and the tests that it names. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { composed, houseWords, wordsIn } from '../tools/house-words.js';

const rulesIn = (text: string): string[] => [...text.matchAll(/\bP\d+\.\d+\b/g)].map(([id]) => id);
/** `P6.1–P6.4` stands for what is between, too. */
const spread = (text: string): string => text.replace(/P(\d+)\.(\d+)–P\1\.(\d+)/g, (_all, part: string, from: string, to: string) =>
  Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `P${part}.${Number(from) + at}`).join(' '));

const readme = readFileSync('README.md', 'utf8');
const table = readme.slice(readme.indexOf('## The rules'), readme.indexOf('## What a thief'));
const rows = table.split('\n').filter((line) => /^\| P\d/.test(line)).map((line) => line.split('|').slice(1, 4).map((cell) => cell.trim()) as [string, string, string]);
const ticked = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
/** A test file and what it imports of cases. */
const sources = (name: string): string => ['.test.ts', '.cases.ts'].map((end) => `test/${name}${end}`).filter((file) => existsSync(file))
  .map((file) => [file, ...[...readFileSync(file, 'utf8').matchAll(/^import '(\.[^']+)\.js';$/gm)].map(([, path = '']) => join(dirname(file), `${path}.ts`))].map((one) => readFileSync(one, 'utf8')).join('\n')).join('\n');

t.test('every rule of the practice has a row, and a row names no rule that is none', (t) => {
  const rules = [...readFileSync('docs/practice.md', 'utf8').matchAll(/^- (P\d+\.\d+) /gm)].map(([, id = '']) => id);
  t.ok(rules.length > 40);
  t.same(rows.flatMap(([rule]) => rulesIn(spread(rule))).sort(), rules.sort());
  t.end();
});

t.test('each row names files that are there, and tests that carry its rules’ ids', (t) => {
  for (const [rule, where, tests] of rows) {
    const ids = rulesIn(spread(rule));
    const folders = new Set<string>();
    for (const file of ticked(where)) {
      const place = existsSync(file) || [...folders].some((folder) => existsSync(join(folder, file)) || existsSync(join(dirname(folder), file)));
      t.ok(place, `${ids.join(' ')}: ${file} is there`);
      folders.add(dirname(file));
    }
    if (tests === '–') continue;
    const texts = ticked(tests).map((name) => ({ name, text: sources(name) }));
    for (const { name, text } of texts) t.ok(ids.some((id) => text.includes(id)), `${ids.join(' ')} stands in ${name}`);
    for (const id of ids) t.ok(texts.some(({ text }) => text.includes(id)), `one of the tests proves ${id}`);
  }
  t.same(rows.filter(([, , tests]) => tests === '–'), [], 'and none is without a test');
  t.end();
});

t.test('each verdict on accessibility counts once, and what passes names what shows it', (t) => {
  const text = readFileSync('docs/accessibility.md', 'utf8');
  const verdicts = [...text.matchAll(/^\| ([WE])(\d+) \| (.+) \| (.+) \| (.+) \|$/gm)].map(([, part = '', at = '', criterion = '', verdict = '', shown = '']) => ({ part, at: Number(at), criterion, verdict, shown }));
  for (const part of ['W', 'E']) t.same(verdicts.filter((one) => one.part === part).map(({ at }, index) => at - index), Array.from({ length: verdicts.filter((one) => one.part === part).length }, () => 1), `${part}: none is left out`);
  const many = (verdict: string): number => verdicts.filter((one) => one.verdict === verdict).length;
  t.ok(text.includes(`\n${many('pass')} assertions pass, ${many('fail')} fail, ${many('needs people')} need people or hardware, ${many('does not apply')} do not apply`), 'as many as there are');
  t.equal(['pass', 'fail', 'needs people', 'does not apply'].map(many).reduce((sum, one) => sum + one), verdicts.length, 'no other verdict');
  const isThere = (name: string): boolean => [name, `test/${name}`, `test/${name}.ts`].some((file) => existsSync(file));
  for (const { part, at, verdict, shown } of verdicts.filter((one) => one.verdict !== 'does not apply')) {
    const named = ticked(shown).filter((name) => name.includes('/'));
    t.same(named.filter((name) => !isThere(name)), [], `${part}${at}: what it names is there`);
    if (verdict === 'pass') t.ok(named.length > 0 || /^read: |\((?:E|W)\d+\)|5\.\d/.test(shown), `${part}${at}: what shows it, or that it was read`);
    if (verdict === 'fail') t.ok(text.slice(text.indexOf('## What fails')).includes(`${part}${at}`), `${part}${at}: what is to be done`);
  }
  t.end();
});

t.test('links of the README and the documents lead somewhere', (t) => {
  for (const file of ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]) {
    for (const [, link = ''] of readFileSync(file, 'utf8').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (!/^[a-z]+:/.test(link)) t.ok(existsSync(join(dirname(file), link)), `${file}: ${link}`);
    }
  }
  t.end();
});

t.test('every sentence of the house is found for those who translate, and none is put together where it is said', (t) => {
  const words = new Set(houseWords());
  for (const [kind, text] of [
    ['a fault', 'The sign by the door does not answer.'], ['its remedy', 'Check its cable, wait until it says NOT RECORDING, then carry on. If it comes back, tell the technician.'],
    ['a table of the kiosk', 'You are signed out.'], ['a tuple', 'Nobody is signed in.'], ['a call', 'There is no such view.'], ['a constant', 'That PIN counts up or down, and such PINs are guessed first.'],
    ['a sentence with a gap', 'There is no file {name} on the stick.'], ['a change of the rules', '{name} leads the practice now.'], ['a purpose', 'coaching'], ['a name', 'Whole room'],
  ] as const) t.ok(words.has(text), `${kind}: ${text}`);
  t.same(composed(), []);
  const bad = wordsIn('x.ts', "const a = { sentence: `Wait ${n} s.`, remedy: 'Then' + b }; refusal('X', 'A b.', `C ${d}`); const e = `The ${f} is gone.`; log(`lost ${g}`);");
  t.same([[...bad.words], bad.composed.map(({ text }) => text)], [['A b.'], ['`Wait ${n} s.`', '`Wait ${n} s.`', "'Then' + b", '`C ${d}`', '`The ${f} is gone.`']]);
  t.end();
});
