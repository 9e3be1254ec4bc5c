/** The keyboard of the screen in real Chromium: texts written by finger, by hardware keyboard and from the clipboard. */
import type { Page } from 'playwright-core';
import t from 'tap';
import type { Language } from '../../kiosk/protocol/common.js';
import { LANGUAGES } from '../../kiosk/protocol/languages.js';
import { LAYOUTS, rowsOf } from '../../kiosk/screen/keyboard/layouts.js';
import { ME, pageBench, skip } from './page-bench.js';
import { touchKey } from './stage.js';

const TEXTS: Record<Language, string> = {
  en: "It shows what Sian's group did; they asked 3 questions.",
  cy: "Mae'r plant yn gweithio mewn grŵp bach, tŷ a gwên.",
  pl: 'Zażółć gęślą jaźń. Łódź jest piękna.',
  ur: 'یہ سبق بچّوں کے لیے ہے، کیا آپ ۱۲ بجے آئیں گے؟ ٹھیک ہے۔',
};
/** Of the DOM, which the tests’ own types do not know. */
interface Touchable { dispatchEvent(event: object): boolean; readonly ownerDocument: { readonly defaultView: { readonly PointerEvent: new (type: string, init: object) => object } } }
const field = (page: Page) => page.locator('dialog textarea');
const key = (page: Page, name: string) => page.locator('lamp-keyboard').getByRole('button', { name, exact: true });

const isShown = (page: Page, name: string) => page.evaluate<boolean>(`middleOf(${JSON.stringify(name)}, 'lamp-keyboard') !== null`);
const touch = (page: Page, name: string) => touchKey(page, name, 'lamp-keyboard');

/** The key of the shift, whatever it says it would do next. */
const shift = (page: Page) => page.locator('lamp-keyboard button[aria-pressed]').tap();

/** As a finger would: the key where it is seen, else behind shift, else among digits and signs. */
async function touchAll(page: Page, language: Language, text: string): Promise<void> {
  let signs = false;
  for (const letter of text) {
    if (letter === ' ') { await touch(page, 'Space'); continue; }
    const label = /^\p{M}/u.test(letter) ? `◌${letter}` : letter;
    const own = [LAYOUTS[language].comma, LAYOUTS[language].stop];
    const has = (kind: 'letters' | 'shifted' | 'signs') => rowsOf(language, kind).flat().includes(letter) || own.includes(letter);
    const wantsSigns = !has('letters') && !has('shifted');
    if (wantsSigns !== signs && !own.includes(letter)) { await touch(page, signs ? 'Letters' : 'Digits and signs'); signs = wantsSigns; }
    // A capital may be offered where none is wanted, or the other way round.
    if (!await isShown(page, label)) await shift(page);
    await touch(page, label);
  }
  if (signs) await key(page, 'Letters').tap();
}

t.setTimeout(240_000);

t.test('writing on the screen', { skip }, async (t) => {
  const { page, server, console, show, look, glance, tap, until, asked } = await pageBench(t, ['pages/propose', 'pages/steward', 'pages/set-up'], "import { steadyHands } from './steady.ts'; steadyHands(window);");
  const propose = async (language: Language) => {
    await page.evaluate(`document.documentElement.lang = '${language}'; document.documentElement.dataset.languages = '${language === 'en' ? 'en cy' : `en ${language}`}'`);
    server.set('/api/purposes', { options: [], proposals: [] });
    await show('propose-page', { me: ME });
    await page.locator('lamp-write textarea').tap();
    await field(page).waitFor();
  };

  for (const language of LANGUAGES) await t.test(`${LAYOUTS[language].name} by finger alone`, async (t) => {
    await propose(language);
    await touchAll(page, language, TEXTS[language]);
    t.equal(await field(page).inputValue(), TEXTS[language]);
    t.equal(await field(page).getAttribute('dir'), LAYOUTS[language].dir, 'it runs as the language does');
    await look(`writing-${language}-text`, 'Done');
    await tap('Done');
    await page.locator('dialog').waitFor({ state: 'detached' });
    t.equal(await page.locator('lamp-write textarea').inputValue(), TEXTS[language], 'and stands in the field afterwards');
  });

  await t.test('what fingers rely on', async (t) => {
    await propose('pl');
    const value = () => field(page).inputValue();
    await touchAll(page, 'pl', 'Ćma lata');
    const box = await key(page, 'Delete').boundingBox();
    if (box === null) throw new Error('there is no Delete');
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    t.equal(await value(), 'Ćma lat', 'Delete answers at once');
    t.equal(await page.locator('lamp-keyboard .down').count(), 1, 'and is seen to be pressed');
    await page.locator('dialog').getByText('Characters still to write: 3.').waitFor();
    await page.mouse.up();
    t.equal(await page.locator('lamp-keyboard .down').count(), 0, 'held, it went on, and it is let go');

    await touchAll(page, 'pl', 'Zł');
    await key(page, 'Move left').tap();
    await touchAll(page, 'pl', 'ó');
    t.equal(await value(), 'Zół', 'arrows move the place where letters come');
    await key(page, 'Move right').tap();
    await page.keyboard.type('ty klucz');
    await page.keyboard.press('ArrowLeft');
    await touchAll(page, 'pl', 'b');
    t.equal(await value(), 'Zółty klucbz', 'a hardware keyboard writes into the same text, and moves the same place');
    for (const expected of ['Shift', 'Keep capitals on', 'Capitals stay on: off']) {
      t.equal(await page.locator('lamp-keyboard button[aria-pressed]').getAttribute('aria-label'), expected);
      await shift(page);
    }
    await shift(page);
    await shift(page);
    await key(page, 'K').tap();
    await key(page, 'Ł').tap();
    t.equal(await value(), 'Zółty klucbKŁz', 'kept on, shift is for more than one letter');
    await key(page, 'English').tap();
    await key(page, '7').tap();
    await key(page, 'Polski').tap();
    await key(page, 'ż').tap();
    t.equal(await value(), 'Zółty klucbKŁ7żz', 'the key with a language brings its letters');

    const gap = await key(page, 'g').boundingBox();
    if (gap === null) throw new Error('there is no g');
    await page.touchscreen.tap(gap.x + gap.width + 4, gap.y + 10);
    t.equal(await value(), 'Zółty klucbKŁ7żgz', 'between two keys, the nearer one is meant');

    // With a finger of the page’s own, which is as fast as two touches of an unsteady hand.
    const down = (name: string, times: number) => key(page, name).evaluate((button: Touchable, times) => {
      const { PointerEvent } = button.ownerDocument.defaultView;
      for (let time = 0; time < times; time += 1) for (const type of ['pointerdown', 'pointerup']) button.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, cancelable: true }));
    }, times);
    await page.evaluate("document.documentElement.dataset.touch = 'steady'");
    await down('x', 2);
    t.equal(await value(), 'Zółty klucbKŁ7żgxz', 'EN 301 549, 5.8: for unsteady hands, twice within half a second is once');
    await down('y', 1);
    await down('x', 1);
    t.equal(await value(), 'Zółty klucbKŁ7żgxyxz', 'another key counts at once');
    const held = await key(page, 'Delete').boundingBox();
    if (held === null) throw new Error('there is no Delete');
    await page.mouse.move(held.x + 20, held.y + 20);
    await page.mouse.down();
    await page.evaluate('new Promise((done) => setTimeout(done, 700))');
    await page.mouse.up();
    t.equal(await value(), 'Zółty klucbKŁ7żgxyz', '5.7: a key that is held does not repeat');
    await page.evaluate("document.documentElement.dataset.touch = 'usual'");

    await page.evaluate("navigator.clipboard.writeText('x'.repeat(56))");
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+V');
    t.equal(await value(), 'x'.repeat(56), 'what was copied is pasted over what was chosen');
    await touchAll(page, 'pl', 'ąęść');
    await page.getByText('Characters left: 0.').first().waitFor();
    await key(page, 'z').tap();
    t.equal(await value(), `${'x'.repeat(56)}ąęść`, 'no letter more than are kept');
    await glance('writing-full', 'Characters left: 0.');
    await page.keyboard.press('End');
    await page.keyboard.type('zz');
    await page.getByText('Too long. Characters to take out: 2.').first().waitFor();
    await page.keyboard.press('Escape');
    t.equal(await page.locator('lamp-write textarea').inputValue(), `${'x'.repeat(56)}ąęśćzz`, 'nothing that was typed or pasted is cut without a word');
    t.equal(await page.getByRole('button', { name: 'Next' }).getAttribute('aria-disabled'), 'true');
  });

  await t.test('lines of their own, and words that are typed on hardware', async (t) => {
    await page.evaluate("document.documentElement.lang = 'en'; document.documentElement.dataset.languages = 'en'");
    server.set('/api/steward', { version: '1', buildHash: 'a', troubles: [], roomForOneSession: true, clockTrusted: true, codeAdopted: true, staff: [], stewards: [], school: { room: 'B12', languages: ['en'], bells: [], contact: null, retentionDays: 60 } });
    await show('steward-page', { me: null, steward: { token: 'x', displayName: 'T. Novak', idleMs: 60_000 } });
    await page.locator('steward-page textarea').tap();
    await touchAll(page, 'en', 'A. Ahmed');
    await key(page, 'New line').tap();
    await touchAll(page, 'en', "S. O'Neil");
    await glance('writing-lines', 'Done');
    await tap('Done');
    asked.length = 0;
    server.set('/api/staff', { names: 2 });
    await tap('Take these names');
    t.strictSame(await until('/api/staff'), { csv: "A. Ahmed\nS. O'Neil" });

    await propose('cy');
    await tap('Done');
    await page.keyboard.type(TEXTS.cy);
    await page.keyboard.press('Enter');
    await page.getByText('Everyone who comes in').waitFor();
    t.equal(await page.locator('dialog').count(), 0, 'a hardware keyboard needs no keyboard on the screen');
    t.strictSame(console, [], 'the console is clean');
  });
});
