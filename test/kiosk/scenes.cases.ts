/** Every scene of the catalogue, in every language, light and dark: what a person would complain of, be it layout, contrast, names, or motion. */
import t from 'tap';
import { galleryFiles, unknownControls } from './gallery.js';
import { LAYOUT_FAULTS } from './layout-faults.js';
import { axeFaults, contrastFaults, FOCUS_FAULTS, LABEL_FAULTS, motionFaults, OF_COLOURS } from './scene-looks.js';
import { elementsThereAre, LANGUAGES, play, sceneStage } from './scene-stage.js';
import { SCENES } from './scenes.js';
import { launch, skip } from '../fakes/chromium.js';
import { openStage, SMALL } from './stage.js';

/** The smallest letters of the kiosk on the smallest panel: 2.8 mm (kiosk.css). */
const SMALLEST_PX = 14;

const LAYOUT = LAYOUT_FAULTS.trim().replace(/;$/, '');

t.setTimeout(600_000);

t.test('the catalogue has every element of the kiosk, and each scene once', (t) => {
  t.strictSame([...elementsThereAre().keys()].filter((element) => !SCENES.some((scene) => scene.element === element)), []);
  t.strictSame(SCENES.filter(({ element }) => !elementsThereAre().has(element)), []);
  t.equal(new Set(SCENES.map(({ name }) => name)).size, SCENES.length);
  t.end();
});

t.test('P9.1 each scene, in each language, light and dark', { skip }, async (t) => {
  const browser = await launch();
  t.teardown(() => browser.close());
  const { page, complaints } = await sceneStage(browser);
  for (const scene of SCENES.filter(({ name }) => new RegExp(process.env['SCENE'] ?? '').test(name))) {
    await play(page, scene);
    const state = scene.state === true;
    // One evaluation a scheme: going to and fro between test and browser takes longer than the looking.
    const light = await page.evaluate<string[]>(`(async () => {
      const faults = [];
      for (const language of ${JSON.stringify(LANGUAGES)}) {
        await speak(language);
        await freshen(${JSON.stringify({ with: scene.with ?? {} })});
        faults.push(...${LAYOUT}.concat(clipped(), ${LABEL_FAULTS}).map((fault) => language + ': ' + fault));
      }
      return [...faults, ...await ${axeFaults()}, ...${contrastFaults(state)}, ...${motionFaults(false)}];
    })()`);
    // Chromium shows the focus to whoever last used a key.
    await page.keyboard.press('Shift');
    const focus = await page.evaluate<string[]>(FOCUS_FAULTS);
    // WCAG 1.4.4: twice the letters, and nothing is lost; Stop stays where it can be seen.
    const larger = await page.evaluate<string[]>(`(async () => {
      await speak('en');
      enlarge(true);
      await drawn(); await drawn();
      const stops = everything().filter((el) => el.localName === 'lamp-stop').map((el) => el.getBoundingClientRect()).filter(({ top, bottom }) => top < 0 || bottom > innerHeight + 1);
      const half = everything().filter((el) => el.matches('h1, p, button') && el.checkVisibility() && parseFloat(getComputedStyle(el).fontSize) < ${2 * SMALLEST_PX});
      const faults = [...${LAYOUT}, ...stops.map(() => 'Stop is out of sight'), ...half.map((el) => el.textContent.trim() + ' is in letters of ' + getComputedStyle(el).fontSize), ...(document.documentElement.scrollWidth > innerWidth ? ['it scrolls to the side'] : [])];
      enlarge(false);
      await drawn();
      return faults.map((fault) => 'larger text: ' + fault);
    })()`);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    const dark = await page.evaluate<string[]>(`(async () => { await speak('en'); return [...await ${axeFaults(OF_COLOURS)}, ...${contrastFaults(state)}, ...${motionFaults(true)}]; })()`);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
    t.strictSame([...new Set([...light, ...focus, ...larger, ...dark.map((fault) => `dark: ${fault}`)])], [], scene.name);
  }
  t.strictSame(complaints, [], 'no errors');
});

t.test('the gallery has every control, and shows each in each of its states, in each language', { skip }, async (t) => {
  t.strictSame(unknownControls(), []);
  const browser = await launch();
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: SMALL[0], height: SMALL[1] } });
  const complaints = await openStage(page, await galleryFiles());
  for (const [scheme, language] of [['light', 'en'], ['dark', 'ur'], ['light', 'cy'], ['dark', 'pl']] as const) {
    await page.goto(`http://localhost/${scheme}?language=${language}`);
    t.strictSame(await page.evaluate('gallery'), [], 'each is an element');
    const empty = await page.evaluate(`[...document.querySelectorAll('.box > *')].filter((el) => el.shadowRoot === null || (el.shadowRoot.childElementCount === 0 && !el.matches('lamp-troubles, lamp-idle'))).map((el) => el.localName)`);
    t.strictSame(empty, [], `${language}, ${scheme}: each is drawn`);
  }
  t.strictSame(complaints, [], 'no errors');
});
