/** Five keys through real screens in real Chromium, with what is said written down. */
import type { Page } from 'playwright-core';
import t from 'tap';
import { ME, pageBench, refusal, skip } from './page-bench.js';

const VOICE = `
  import { fiveKeys } from './five-keys/five-keys.ts';
  window.said = [];
  window.hushed = 0;
  window.spokenIn = '';
  window.idle = true;
  window.stopped = 0;
  window.endFiveKeys = fiveKeys({
    root: document.body.firstElementChild,
    speak: (text, language) => { said.push(text); spokenIn = language; }, hush: () => { hushed += 1; }, tick: () => said.push('tick'),
    isIdle: () => idle, stop: () => ask('/api/stop'),
  });`;
const PURPOSE = { id: 'reflection', words: 'Personal reflection', audience: 'only-me' } as const;
const NAMES = ['A. Ahmed', 'B. Byrne', 'C. Cole'].map((displayName) => ({ id: displayName.charAt(0), displayName }));

/** @returns what is said, from now on until somebody has said this. */
async function hears(page: Page, words: string): Promise<string> {
  await page.waitForFunction(`said.some((text) => text.includes(${JSON.stringify(words)}))`);
  return String(await page.evaluate('said.splice(0).join(" | ")'));
}

t.setTimeout(240_000);

t.test('five keys', { skip }, async (t) => {
  const { page, server, console, show, asked, until, went } = await pageBench(t, [...['ready', 'names', 'pin', 'purpose', 'plan', 'told'].map((name) => `screens/${name}`), 'pages/propose', 'pages/steward', 'pages/steward-sign-in', ...['code-entry', 'download', 'line-entry', 'make-key'].map((name) => `pages/parts/${name}`)], VOICE);
  let presses = 0;
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      presses += 1;
      await page.keyboard.press(key);
    }
  };
  const isDark = () => page.locator('lamp-dark').isVisible();

  await t.test('turn themselves on at rest, and a touch turns them off', async (t) => {
    await show('ready-screen', { me: null, with: { setUp: true, about: 'Lamplight 1', someoneSignedIn: false } });
    await page.getByText('Nothing records unless').waitFor();
    await page.evaluate('idle = false');
    await press('ArrowRight');
    t.equal(await isDark(), false, 'not while somebody is at something else');
    await page.evaluate('idle = true');
    await page.keyboard.press('Tab');
    await press('ArrowRight');
    t.equal(await isDark(), false, 'not for whoever uses Tab');
    await page.evaluate('document.activeElement.blur()');
    presses = 0;
    await press('Enter');
    t.equal(await isDark(), true);
    t.equal(await hears(page, 'Teachers'), 'Five keys: previous, next, choose, back, stop. The screen is dark; touch it for the picture. Teachers: start here Record a lesson, or fetch a recording, button, 6 of 7');
    t.equal(await page.evaluate('wentTo.length'), 0, 'the key that turns the mode on does nothing else');
    await page.touchscreen.tap(640, 600);
    t.equal(await isDark(), false);
    t.equal(await page.evaluate('wentTo.length'), 0, 'the touch that brings the picture back touches nothing under it');
    await hears(page, 'with the picture');
    await press('ArrowRight');
    t.equal(await isDark(), true);
    await hears(page, 'Teachers');
  });

  await t.test('read the screen in its order, forwards and backwards, and round', async (t) => {
    await press('ArrowRight');
    t.equal(await hears(page, 'Stop'), 'Stop, button, 7 of 7');
    await press('ArrowRight');
    t.match(await hears(page, 'Lamplight'), /Lamplight 1$/);
    const names = [];
    for (let at = 0; at < 6; at += 1) {
      await press('ArrowRight');
      names.push(await page.evaluate('said.splice(0).join()'));
    }
    t.strictSame(names, ['Cymraeg Polski اردو, button, 1 of 7', 'Code of practice, button, 2 of 7', 'Visitors and pupils, button, 3 of 7', 'Leave a request, button, 4 of 7', 'Technician, button, 5 of 7', 'Not recording, heading. Nothing records unless a teacher starts it. You need do nothing. If the lamp is lit, tap Stop.']);
    await press('ArrowLeft');
    t.equal(await hears(page, 'Technician'), 'Technician, button, 5 of 7');
    await page.evaluate("hushed = 0; document.documentElement.lang = 'cy'");
    await press('ArrowLeft', 'ArrowRight');
    await hears(page, 'Technician');
    t.strictSame(await page.evaluate('[hushed, spokenIn]'), [2, 'cy'], 'each key ends what is being said, and what stands there is said again, in the language of the screen');
    await page.evaluate("document.documentElement.lang = 'en'");
    t.equal(await page.evaluate("document.activeElement.shadowRoot.activeElement.shadowRoot.activeElement.textContent"), 'Technician', 'the focus goes along');
    await press('Enter');
    t.strictSame(await went(), { step: 'page', page: { page: 'steward-sign-in' } });
    await press('Escape');
    t.equal(await hears(page, 'go back'), 'There is nothing to go back to here.');
  });

  await t.test('P2.3 stop whatever the screen, with one press, in the mode or out of it', async (t) => {
    asked.length = 0;
    await press('F9');
    await until('/api/stop');
    t.equal(await hears(page, 'Stopping'), 'Stopping.');
    server.set('/api/stop', refusal('UNREACHED', 'No answer.', 'Press the button.'));
    await press('F9');
    t.match(await hears(page, 'door'), /Press the Stop button on the sign by the door/);
    server.delete('/api/stop');
    await page.touchscreen.tap(10, 10);
    asked.length = 0;
    await page.evaluate('idle = false');
    await press('F9');
    await until('/api/stop');
    t.equal(await isDark(), false);
    await page.evaluate('idle = true; said.length = 0; document.activeElement.blur()');
  });

  await t.test('start a recording in twelve presses and the PIN', async (t) => {
    await show('ready-screen', { me: null, with: { setUp: true, about: 'Lamplight 1', someoneSignedIn: false } });
    await page.getByText('Nothing records unless').waitFor();
    presses = 0;
    await press('Enter', 'Enter');
    t.strictSame(await went(), { step: 'names' });
    await hears(page, 'Teachers');
    await show('names-screen', { me: null, with: { names: NAMES } });
    t.match(await hears(page, 'A. Ahmed'), /^Tap your name, heading.* A\. Ahmed, button, \d of \d$/);
    await press('ArrowRight');
    t.match(await hears(page, 'B. Byrne'), /^B\. Byrne, button, \d of \d$/);
    await press('Enter');
    t.strictSame(await went(), { step: 'pin', teacher: NAMES[1] });
    const before = presses;

    await show('pin-screen', { me: null, with: { pinFor: { kind: 'sign-in', teacher: NAMES[1] } } });
    t.match(await hears(page, 'Next counts'), /B\. Byrne: enter your PIN, heading/);
    const heard = [];
    // 4, 8, 0, 5 and 1, and a 2 that is taken back.
    for (const [key, times] of [['ArrowRight', 4], ['ArrowLeft', 3], ['ArrowLeft', 1], ['ArrowRight', 5], ['ArrowRight', 1], ['ArrowRight', 2]] as const) {
      for (let turn = 0; turn < times; turn += 1) await press(key);
      await press('Enter');
      heard.push(await page.evaluate('said.splice(0).join(" ")'));
    }
    t.strictSame(heard, ['tick tick tick tick 1 digit.', 'tick tick tick 2 digits.', 'tick 3 digits.', 'tick tick tick tick tick 4 digits.', 'tick 5 digits.', 'tick tick 6 digits.'], 'nothing that is heard is a digit (EN 301 549, 5.1.3.8)');
    await press('Escape');
    await press('Enter');
    t.equal(await hears(page, 'six or more'), '5 digits. | 5 digits. A PIN has six or more.');
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
    await press('Enter');
    t.strictSame(await went(), { ask: 'sign-in', teacher: 'B', pin: '480515' });
    presses = before;

    await page.evaluate('said.length = 0');
    const me = { ...ME, purposes: [PURPOSE], displayName: 'B. Byrne' };
    await show('purpose-screen', { me, with: { me } });
    t.match(await hears(page, 'Personal'), /What is the recording for\?, heading Personal reflection .*, button, 1 of 4/);
    await press('Enter');
    const { draft } = await went() as { draft: object };
    await show('plan-screen', { me, with: { me, draft } });
    t.match(await hears(page, 'Yes, go on'), /^The recording, heading Yes, go on, button, \d+ of \d+$/);
    await press('Enter');
    t.match(await went(), { step: 'told', draft: { purpose: PURPOSE } });
    await show('told-screen', { with: { draft } });
    t.match(await hears(page, 'start, button'), /Before it starts, heading\. Personal reflection.*The class has been told\..*out of the picture, or covered\. I have told everyone: start, button, 2 of 2/, 'all four lines are read before the one button that confirms them');
    await press('Enter');
    t.match(await went(), { ask: 'start', draft: { purpose: PURPOSE } });
    t.ok(presses <= 12, `${presses} presses`);
    await page.evaluate('said.length = 0');
    await press('Escape');
    t.match(await went(), { step: 'plan' }, 'back is the button of the screen that goes back');
  });

  await t.test('say why a button cannot be pressed, and what went wrong', async (t) => {
    await show('told-screen', { with: { draft: { purpose: PURPOSE, mode: 'picture-and-sound', view: null, ends: { by: 'minutes', minutes: 121 } } } });
    await hears(page, 'Before it starts');
    for (let turns = 0; turns < 9; turns += 1) {
      await press('ArrowRight');
      if (String(await page.evaluate('said.at(-1)')).includes('not possible')) break;
    }
    t.match(await hears(page, 'Choose a later end'), /Choose a later end, button, not possible now/);
    server.set('/api/stewards', { stewards: [{ id: 't', displayName: 'T. Novak' }] });
    server.set('/api/steward-sign-in', refusal('WRONG_PIN', 'That PIN is not right.', 'Try again.'));
    await show('steward-sign-in-page', { me: null });
    await hears(page, 'T. Novak');
    await press('Enter');
    await hears(page, 'Next counts');
    for (let digit = 0; digit < 6; digit += 1) await press('ArrowRight', 'Enter');
    await press('Enter');
    t.strictSame(await until('/api/steward-sign-in'), { steward: 't', pin: '111111' });
    t.match(await hears(page, 'not right'), /That PIN is not right\. Try again\./);
  });

  await t.test('P10.2 no word of a key and no code is spoken, unless it is chosen (EN 301 549, 5.1.3.8)', async (t) => {
    const screen = (script: string) => page.evaluate(`(() => { const it = document.querySelector('.screen').firstElementChild; return ${script}; })()`);
    /** All that is heard on the way once round. */
    const round = async (turns: number) => {
      for (let turn = 0; turn < turns; turn += 1) await press('ArrowRight');
      return String(await page.evaluate('said.splice(0).join(" | ")'));
    };
    await show('lamp-code-entry', { me: null, with: { heading: 'Your paper code', hint: 'The technician handed it to you.' } });
    await screen('it.onCode = (code) => { window.code = code; }');
    t.match(await hears(page, 'Letters typed: 0'), /^Your paper code, heading\. The technician handed it to you\. The room would hear what is secret.* Letters typed: 0, secret, is not read aloud, 1 of 3$/);
    await page.keyboard.type('cdfg2');
    t.match(await hears(page, 'Letters typed: 5'), /^Letters typed: [\d |a-zLt:]*5$/, 'a keyboard that is plugged in types, and how much is heard');
    await page.keyboard.type('346');
    await hears(page, 'Letters typed: 8');
    const quiet = await round(5);
    t.notMatch(quiet, /CDFG|2346|\b[CDFGHJKMPQRTVWXY2-9], button/);
    t.match(quiet, /OK, button, 3 of 3.*Letters typed: 8, secret, is not read aloud/);
    while (!String(await page.evaluate('said.at(-1)')).includes('secret')) await press('ArrowRight');
    await page.evaluate('said.length = 0');
    await press('Enter');
    t.match(await hears(page, 'From here on'), /^From here on it is read aloud.* Letters typed: 8, secret, is read aloud, 1 of \d+$/);
    await press('ArrowRight');
    t.equal(await hears(page, 'CDFG'), 'CDFG-2346');
    await press('ArrowRight');
    t.match(await hears(page, 'C, button'), /^Letters of codes, C, button, 2 of \d+$/);
    await press('Enter', 'ArrowLeft');
    t.match(await hears(page, 'CDFG'), /CDFG-2346-C$/, 'whoever asks for it types by five keys alone');
    await press('ArrowLeft', 'Enter');
    t.match(await hears(page, 'is not read aloud'), /Letters typed: 9, secret, is not read aloud, 1 of 3$/, 'and takes it back');
    t.match(await round(1), /^Back, button/);

    await show('lamp-line-entry', { me: null, with: { words: true, heading: 'Type your six words', hint: 'In their order.' } });
    t.match(await hears(page, 'Words typed: 0'), /Type your six words, heading .* Words typed: 0, and letters of the next one: 0, secret, is not read aloud, 1 of 3$/);
    await page.keyboard.type('abacus zeb');
    t.match(await hears(page, 'Words typed: 1, and letters of the next one: 3'), /^Words typed/);
    t.notMatch(await round(6), /abacus|zeb|[a-z], button, [^|]*\d\d/);
    t.equal(await screen('it.typed'), 'abacus zeb', 'typed they are');

    await show('lamp-make-key', { me: null });
    const heard = await hears(page, 'Your six words, secret') + await round(6);
    const words = String(await page.evaluate("[...document.querySelector('lamp-make-key').renderRoot.querySelectorAll('ol bdi')].map((one) => one.textContent).join()")).split(',');
    t.equal(words.length, 6);
    t.notMatch(heard, /Word \d/, 'of the six words that are shown once, none');
    while (!String(await page.evaluate('said.at(-1)')).includes('secret')) await press('ArrowRight');
    await press('Enter', 'ArrowRight');
    t.match(await hears(page, 'Word 6'), words.map((word, at) => `Word ${at + 1}. ${word}`).join('. '), 'to whoever asks, in their order');
    await page.evaluate("document.querySelector('lamp-make-key').renderRoot.querySelector('footer .main').click()");
    const asked = await hears(page, 'to choose from') + await round(3);
    t.strictSame(words.filter((word) => asked.includes(`${word}, button`)), [], 'nor of those that are asked for');

    server.set('/api/lan-download', { kind: 'waiting', url: 'http://10.0.0.7:8720/TTTTTTTTTTTTTTTTTTTTTT', code: 'KRTV', minutes: 10, secondsLeft: 600 });
    await show('lamp-download', { with: { recordings: ['r1'] } });
    const link = await hears(page, 'Address of the page') + await round(8);
    t.match(link, /QR code of the page’s address/, 'what is no text has words (EN 301 549, 5.1.3.6)');
    t.match(link, /KRTV/, 'letters to compare are no secret');
    t.notMatch(link, /TTTT/, 'an address with a token is one');
    server.delete('/api/lan-download');
    await page.evaluate('said.length = 0');
  });

  await t.test('write, on the keyboard of the screen', async (t) => {
    server.set('/api/purposes', { options: [], proposals: [] });
    await show('propose-page');
    await hears(page, 'Its name');
    await page.waitForFunction("said.splice(0).length >= 0");
    for (let turns = 0; turns < 9; turns += 1) {
      await press('ArrowRight');
      if (String(await page.evaluate('said.at(-1)')).includes('text to write')) break;
    }
    t.match(await hears(page, 'text to write'), /What shall it be called among teachers\?, text to write, \d of \d/);
    await press('Enter');
    await hears(page, 'of 4');
    await press('ArrowRight');
    t.match(await hears(page, ','), /^[A-Za-z0-9 ,]+ button, \d+ of \d+$|Keyboard/);
    await press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    t.strictSame(console, [], 'the console is clean');
  });
});
