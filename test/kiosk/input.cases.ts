/** Tables for what is written by finger and for what five keys step through. */
import t from 'tap';
import { beginsSentence, caretAtEnd, directionOf, insert, move, remove, type Writing } from '../../kiosk/screen/keyboard/edit.js';
import type { Language } from '../../kiosk/protocol/common.js';
import { LANGUAGES } from '../../kiosk/protocol/languages.js';
import { GAINS, VOLUMES, volumeAfter } from '../../kiosk/screen/chosen.js';
import { isDouble, SAME_KEY_MS } from '../../kiosk/screen/double-touch.js';
import { keyLabel, languagesOf, LAYOUTS, nextLanguage, rowsOf } from '../../kiosk/screen/keyboard/layouts.js';
import { BINDINGS, keyOf } from '../../kiosk/screen/five-keys/keys.js';
import { afterTick, landing, stopsOf, type SpokenWords, type Thing } from '../../kiosk/screen/five-keys/order.js';
import { PIN_START, turn, type PinRing } from '../../kiosk/screen/five-keys/pin.js';

/** `|` is the caret, `[` and `]` stand around what is chosen. */
function writing(drawn: string): Writing {
  const from = drawn.search(/[|[]/);
  const text = drawn.replace(/[|[\]]/g, '');
  return { text, from, to: drawn.includes(']') ? drawn.indexOf(']') - 1 : from };
}
const drawn = ({ text, from, to }: Writing): string => (from === to ? `${text.slice(0, from)}|${text.slice(from)}` : `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`);

t.test('writing with a caret', (t) => {
  const on = (w: Writing): Writing => move(w, 1);
  const back = (w: Writing): Writing => move(w, -1);
  const add = (piece: string, most = 100) => (w: Writing): Writing => insert(w, piece, most);
  const table: [string, string, (w: Writing) => Writing, string][] = [
    ['a letter at the caret', 'gr|p', add('ŵ'), 'grŵ|p'],
    ['a letter in place of what is chosen', 'a [long] way', add('x'), 'a x| way'],
    ['one below the limit', '12|', add('3', 3), '123|'],
    ['at the limit nothing is added', '12|3', add('x', 3), '12|3'],
    ['nor above it, where more was pasted', '1234|', add('x', 3), '1234|'],
    ['at the limit something can be replaced', '1[2]3', add('x', 3), '1x|3'],
    ['above the limit too, by something no longer', '[12]345', add('x', 3), 'x|345'],
    ['a sign of two units does not fit into one', '12|', add('𝟙', 3), '12|'],
    ['delete takes one letter', 'Łódź|', remove, 'Łód|'],
    ['delete takes a letter with its combining mark', 'Łódz\u0301|', remove, 'Łód|'],
    ['delete takes what is chosen', 'a [long] way', remove, 'a | way'],
    ['delete at the start', '|abc', remove, '|abc'],
    ['delete in Urdu', 'سبق|', remove, 'سب|'],
    ['delete in Urdu takes the mark along', 'بچّ|وں', remove, 'ب|وں'],
    ['delete takes a family as the one sign it is', 'a👩‍👩‍👧|', remove, 'a|'],
    ['delete from within a sign takes all of it', 'a👩‍|👩‍👧b', remove, 'a|b'],
    ['on', 'a|bc', on, 'ab|c'],
    ['on at the end', 'abc|', on, 'abc|'],
    ['back at the start', '|abc', back, '|abc'],
    ['back over a letter with its mark', 'بچّ|وں', back, 'ب|چّوں'],
    ['on over a letter with its mark', 'ب|چّوں', on, 'بچّ|وں'],
    ['on from what is chosen', 'a [long] way', on, 'a long| way'],
    ['back from what is chosen', 'a [long] way', back, 'a |long way'],
  ];
  for (const [name, before, act, after] of table) t.equal(drawn(act(writing(before))), after, name);
  t.equal(drawn(caretAtEnd('ab')), 'ab|');
  for (const [before, begins] of [['|', true], ['Aha. |', true], ['Aha! |', true], ['3.|', false], ['one |', false], ['one\n|', true], ['A. |b', true]] as const) t.equal(beginsSentence(writing(before)), begins, `a capital in ${JSON.stringify(before)}`);
  t.equal(directionOf('', 'rtl'), 'rtl', 'an empty text runs as its keyboard');
  t.equal(directionOf('12. سبق abc', 'ltr'), 'rtl', 'else as its first letter');
  t.equal(directionOf('12. abc سبق', 'rtl'), 'ltr');
  t.end();
});

t.test('EN 301 549, 5.8: which touch is one too many, for unsteady hands', (t) => {
  const [stop, other] = [{}, {}];
  const touch = (button: object, atMs: number) => ({ button, atMs });
  const table: [string, Parameters<typeof isDouble>[0], ReturnType<typeof touch>, boolean][] = [
    ['the first', null, touch(stop, 0), false],
    ['the same at once', touch(stop, 100), touch(stop, 100), true],
    ['the same just before half a second', touch(stop, 100), touch(stop, 99 + SAME_KEY_MS), true],
    ['the same after half a second', touch(stop, 100), touch(stop, 100 + SAME_KEY_MS), false],
    ['another at once', touch(other, 100), touch(stop, 100), false],
  ];
  for (const [name, before, now, double] of table) t.equal(isDouble(before, now), double, name);
  t.ok(SAME_KEY_MS >= 500);
  t.end();
});

t.test('P9.2 what the room hears can be made softer, step by step, never silent', (t) => {
  t.strictSame(VOLUMES.map(volumeAfter), ['softer', 'softest', 'usual']);
  t.ok(VOLUMES.every((volume) => GAINS[volume] > 0));
  t.ok(VOLUMES.every((volume, at) => at === 0 || GAINS[volume] < GAINS[VOLUMES[at - 1] ?? 'usual']));
  t.end();
});

t.test('keyboards', (t) => {
  /** What each language is written with, besides a to z. */
  const needed: Record<Language, string> = {
    en: "'", cy: "âêîôûŵŷïöáÂÊÎÔÛŴŶ'", pl: 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', ur: 'ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےآأؤئۃ۔،؟۰۱۲۳۴۵۶۷۸۹',
  };
  for (const language of LANGUAGES) {
    const pages = (['letters', 'shifted', 'signs'] as const).map((page) => rowsOf(language, page));
    const there = new Set([...pages.flat(2), LAYOUTS[language].comma, LAYOUTS[language].stop]);
    const latin = language === 'ur' ? '' : 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
    t.strictSame(Array.from(`${needed[language]}${latin}0123456789-:?!`).filter((letter) => !there.has(letter) && !(language === 'ur' && letter === '?')), [], `${language}: every letter is there`);
    for (const rows of pages) {
      t.strictSame(rows.slice(0, 3).map((row) => row.length), [10, 10, 10], `${language}: ten columns`);
      t.strictSame(new Set(rows.flat()).size, rows.flat().length, `${language}: no key twice on a page`);
    }
    t.strictSame(pages.map((rows) => rows[3]?.length), [7, 7, 8], `${language}: room for shift and delete`);
  }
  t.equal(keyLabel('ّ'), '◌ّ', 'a mark stands on a circle');
  t.equal(keyLabel('a'), 'a');
  t.equal(nextLanguage(['en', 'ur'], 'ur'), 'en');
  t.equal(nextLanguage(['en', 'ur'], 'pl'), 'en', 'from a language that is not of the room');
  t.strictSame(languagesOf('cy xx en'), ['cy', 'en'], 'of the page’s languages, those that have a keyboard');
  t.strictSame(languagesOf(undefined), LANGUAGES);
  t.end();
});

const WORDS: SpokenWords = {
  role: (role) => role, place: (at, of) => `${at} of ${of}`, ticked: (on) => (on ? 'ticked' : 'not ticked'), chosen: (on) => (on ? 'chosen' : 'not chosen'),
  aloud: (on) => (on ? 'aloud' : 'not aloud'), disabled: (why) => `not now: ${why}`, busy: () => 'one moment',
};
const thing = (role: Thing['role'], name: string, more: Partial<Thing> = {}): Thing => ({ role, name, on: null, disabled: null, busy: false, group: null, ...more });

t.test('the order in which five keys read', (t) => {
  const spoken = (...things: Thing[]): string[] => stopsOf(things, WORDS).map((stop) => stop.spoken);
  t.strictSame(stopsOf([], WORDS), [], 'an empty screen');
  t.strictSame(spoken(thing('heading', 'Ready'), thing('text', 'Nothing records'), thing('text', 'Tap Stop.'), thing('button', 'Start here'), thing('text', 'Build 1'), thing('button', 'Stop')),
    ['Ready, heading. Nothing records. Tap Stop.', 'Start here, button, 1 of 2', 'Build 1', 'Stop, button, 2 of 2'], 'texts that stand together are one stop');
  t.strictSame(spoken(thing('heading', 'A'), thing('heading', 'B')), ['A, heading', 'B, heading'], 'a heading begins anew');
  const states: [string, Thing, string][] = [
    ['ticked', thing('checkbox', 'Told', { on: true }), 'Told, checkbox, ticked, 1 of 1'],
    ['not ticked', thing('checkbox', 'Told', { on: false }), 'Told, checkbox, not ticked, 1 of 1'],
    ['chosen', thing('choice', '50', { on: true }), '50, choice, chosen, 1 of 1'],
    ['not possible, and why', thing('button', 'Next', { disabled: 'Write something.' }), 'Next, button, not now: Write something., 1 of 1'],
    ['busy before not possible', thing('button', 'Next', { disabled: '', busy: true }), 'Next, button, one moment, 1 of 1'],
    ['in a group', thing('button', '1', { group: 'Minutes' }), 'Minutes, 1, button, 1 of 1'],
  ];
  for (const [name, one, wanted] of states) t.strictSame(spoken(one), [wanted], name);
  t.strictSame(spoken(thing('button', '1', { group: 'Minutes' }), thing('button', '2', { group: 'Minutes' }), thing('button', '3')), ['Minutes, 1, button, 1 of 3', '2, button, 2 of 3', '3, button, 3 of 3'], 'a group is named once');
  t.strictSame(spoken(thing('secret', 'Letters typed: 3', { on: false }), thing('secret', 'Letters typed: 3', { on: true })), ['Letters typed: 3, secret, not aloud, 1 of 2', 'Letters typed: 3, secret, aloud, 2 of 2'], 'P10.2 of what is secret, how much there is');
  t.strictSame(stopsOf([thing('heading', 'A'), thing('text', 'b'), thing('button', 'c')], WORDS).map(({ thing: at, operable }) => [at, operable]), [[0, false], [2, true]], 'each stop knows its thing');

  const told = (...on: boolean[]): Thing[] => [thing('heading', 'H'), ...on.map((one) => thing('checkbox', 'T', { on: one })), thing('button', 'Start', { disabled: on.includes(false) ? '' : null })];
  t.equal(landing(told(false, false), { main: 3, list: null }), 1, 'a screen begins at the first line to be ticked');
  t.equal(landing(told(true, true), { main: 3, list: null }), 3, 'or at the main button that can be pressed');
  t.equal(landing([thing('button', 'x'), thing('button', 'y')], { main: null, list: 1 }), 1, 'or at the first of its list');
  t.equal(landing([thing('button', 'x')], { main: null, list: null }), null);
  t.equal(afterTick(told(true, false, true), 1, { main: 4, list: null }), 2, 'after a tick comes the next line');
  t.equal(afterTick(told(false, true, true), 3, { main: 4, list: null }), 1, 'and then those before it');
  t.equal(afterTick(told(true, true), 2, { main: 3, list: null }), 3, 'and the main button at last');
  t.end();
});

t.test('a PIN by five keys', (t) => {
  const play = (keys: string): readonly [PinRing, string[]] => {
    let ring = PIN_START;
    const does = Array.from(keys, (key) => {
      const [next, step] = turn(ring, ({ '>': 'next', '<': 'previous', o: 'choose', b: 'back' } as const)[key] as 'next');
      ring = next;
      return step.does === 'digit' ? step.digit : step.does;
    });
    return [ring, does];
  };
  for (let digit = 1; digit <= 9; digit += 1) {
    t.equal(play(`${'>'.repeat(digit)}o`)[1].at(-1), String(digit), `${digit} by next`);
    t.equal(play(`${'<'.repeat(11 - digit)}o`)[1].at(-1), String(digit), `${digit} by previous`);
  }
  t.equal(play('<o')[1].at(-1), '0');
  t.equal(play(`${'>'.repeat(10)}o`)[1].at(-1), '0');
  t.equal(play('><>><o')[1].at(-1), '1', 'back and forth');
  t.equal(play(`${'>'.repeat(12)}o`)[1].at(-1), '1', 'round the ring');
  t.strictSame(play('o')[1], ['too-few'], 'OK with nothing');
  t.strictSame(play(`${'>o'.repeat(5)}o`)[1].at(-1), 'too-few', 'OK one below six');
  t.strictSame(play(`${'>o'.repeat(6)}o`), [PIN_START, [...Array.from({ length: 6 }, () => ['tick', '1']).flat(), 'submit']], 'OK at six');
  t.strictSame(play(`${'>o'.repeat(12)}o`)[1].at(-1), 'submit', 'OK at twelve');
  t.strictSame(play('>o'.repeat(13))[0].taken, 12, 'and no more than twelve');
  t.strictSame(play('>o'.repeat(13))[1].at(-1), 'full');
  t.strictSame(play('b')[1], ['leave'], 'back with nothing leaves');
  t.strictSame(play('>>bo')[1], ['tick', 'tick', 'tick', 'too-few'], 'back takes the ring to its top first');
  t.strictSame(play('>obb')[1], ['tick', '1', 'delete', 'leave'], 'then digits, then leaves');
  const heard = new Set(play('><')[1]);
  t.strictSame([...heard], ['tick'], 'both ways sound the same');
  t.end();
});

t.test('which key is which', (t) => {
  t.strictSame(Object.values(BINDINGS).sort(), ['back', 'choose', 'next', 'previous', 'stop'], 'five keys, one for each');
  t.equal(keyOf('F9'), 'stop');
  t.equal(keyOf('KeyA'), undefined);
  t.equal(keyOf('constructor'), undefined, 'nothing of an object’s own');
  t.end();
});
