import fc from 'fast-check';
import t from 'tap';
import { platformRandom, uniform } from '../../../kiosk/keys/random.js';
import { chooseWords, passphraseOf, readWords, WORD_COUNT, WORDS } from '../../../kiosk/keys/words.js';

const sixWords = fc.array(fc.constantFrom(...WORDS), { minLength: WORD_COUNT, maxLength: WORD_COUNT });

t.test('the list is the long one of the EFF, without the words that hold a hyphen', (t) => {
  t.equal(new Set(WORDS).size, 7776 - 4);
  t.same([WORDS[0], WORDS.at(-1)], ['abacus', 'zoom']);
  t.ok(WORDS.every((word) => /^[a-z]{3,9}$/.test(word)));
  t.ok(WORD_COUNT * Math.log2(WORDS.length) > 77, 'six of them carry 77 bits');
  t.end();
});

t.test('a choice has no favourites', (t) => {
  const every = new Map<number, number>();
  let next = 0;
  const counting = (): Uint8Array => Uint8Array.of(next >> 8, next++ & 0xff);
  const whole = 65536 - 65536 % WORDS.length;
  for (let at = 0; at < whole; at++) {
    const index = uniform(WORDS.length, counting);
    every.set(index, (every.get(index) ?? 0) + 1);
  }
  t.equal(every.size, WORDS.length, 'each word can come');
  t.same(new Set(every.values()), new Set([8]), 'and as many random numbers lead to each');
  t.equal(next, whole);
  uniform(WORDS.length, () => { const bytes = counting(); if (next === 65536) next = 0; return bytes; });
  t.equal(next, 1, 'the numbers beyond the last whole multiple are drawn again');
  t.equal(uniform(1, platformRandom), 0);
  for (const count of [0, -1, 1.5, 65537, Number.NaN]) t.throws(() => uniform(count), RangeError);
  t.end();
});

t.test('words drawn on this platform differ, and read back', (t) => {
  const drawn = Array.from({ length: 50 }, () => chooseWords());
  t.equal(new Set(drawn.map(passphraseOf)).size, 50);
  for (const words of drawn) t.same(readWords(passphraseOf(words)), { is: 'words', words });
  t.end();
});

t.test('however people type them, they are the same words', (t) => {
  const separator = fc.constantFrom(' ', '-', '  ', '\n', ' - ', ', ', '\t', '–', '\u00a0');
  fc.assert(fc.property(sixWords, fc.array(separator, { minLength: 7, maxLength: 7 }), fc.boolean(), (words, gaps, capitals) => {
    const typed = (gaps[6] ?? '') + words.map((word, at) => (capitals ? word.toUpperCase() : word) + (gaps[at] ?? '')).join('');
    t.strictSame(readWords(typed), { is: 'words', words });
  }), { numRuns: 200 });
  t.end();
});

t.test('five, seven or no words are counted', (t) => {
  t.same(readWords('abacus abdomen abide ability ablaze'), { is: 'count', count: 5 });
  t.same(readWords('abacus abdomen abide ability ablaze able zoom'), { is: 'count', count: 7 });
  t.same(readWords(' - '), { is: 'count', count: 0 });
  t.end();
});

t.test('a word that is not in the list is named by its place, with the nearest', (t) => {
  for (const [typed, nearest] of [['abacsu', 'abacus'], ['abcus', 'abacus'], ['triceeps', 'triceps'], ['nucleer', 'nuclear'], ['ocd', 'cod']] as const)
    t.same(readWords(`zoom-${typed}-zoom`), { is: 'unknown', at: 2, word: typed, nearest });
  t.same(readWords('xqxqxqxqxq'), { is: 'unknown', at: 1, word: 'xqxqxqxqxq', nearest: undefined }, 'nothing is suggested that is not alike');
  t.match(readWords('é'.repeat(9999)), { is: 'unknown', at: 1 }, 'a book is not searched for');
  t.end();
});

t.test('one slip in a word is said, with a word one slip away', (t) => {
  fc.assert(fc.property(fc.constantFrom(...WORDS.filter((word) => word.length > 4)), fc.nat(), fc.integer({ min: 97, max: 122 }).map((code) => String.fromCharCode(code)), (word, place, letter) => {
    const at = place % word.length;
    const slip = word.slice(0, at) + letter + word.slice(at + 1);
    const read = readWords(slip);
    if (WORDS.includes(slip)) return t.match(read, { is: 'count' });
    const nearest = read.is === 'unknown' ? read.nearest ?? '' : '';
    return t.ok(WORDS.includes(nearest) && Math.abs(nearest.length - word.length) <= 1, `${slip}: ${nearest}`);
  }), { numRuns: 60 });
  t.end();
});
