import { Encrypter } from 'age-encryption';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import t from 'tap';
import { makeKey, readKey } from '../../kiosk/keys/identity.js';
import { fingerprintOf } from '../../kiosk/keys/recipient.js';
import { makeTestCode } from '../../kiosk/keys/test-code.js';
import { chooseWords, passphraseOf } from '../../kiosk/keys/words.js';
import { armorOf, wrapIdentity } from '../../kiosk/keys/wrap.js';
import './viewer-recordings.cases.js';
import { launch, skip } from '../fakes/chromium.js';
import { violationsOn } from './viewer-bench.js';

const FILE = fileURLToPath(new URL('../../viewer/Open my recordings.html', import.meta.url));
/** A page that is mailed around and kept on sticks stays small. */
const LARGEST = 450_000;
const LARGEST_ZIPPED = 160_000;

/** age asks for passphrases at a terminal only: script(1) gives it one, and types. @returns its exit code */
async function ageAtTerminal(command: string, typed: string): Promise<number | null> {
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(typed);
  const [code] = await once(child, 'exit') as [number | null];
  return code;
}

const sealedTo = async (recipient: string, text: string): Promise<Uint8Array> => {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(text);
};

t.test('it is one file, without a reference to anything else', (t) => {
  if (!existsSync(FILE)) return t.fail('the viewer is not built; run npm run build');
  const html = readFileSync(FILE, 'utf8');
  const [size, zipped] = [statSync(FILE).size, gzipSync(html).length];
  t.ok(size <= LARGEST && zipped <= LARGEST_ZIPPED, `${size} bytes, ${zipped} with gzip`);
  t.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; worker-src blob:; media-src blob:; base-uri 'none'; form-action 'none'"/);
  t.notMatch(html, /<(link|img|iframe|script)\b[^>]*(src|href)=/);
  return t.end();
});

t.test('opened as a file, in a browser', { skip }, async (t) => {
  const browser = await launch();
  t.teardown(() => browser.close());
  const folder = t.testdir();
  const at = (name: string): string => path.join(folder, name);
  const asked: string[] = [];
  const complaints: string[] = [];
  const page: Page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const address = pathToFileURL(FILE).href;
  await page.goto(address);
  t.equal(await page.evaluate('isSecureContext'), true, 'a file is secure enough for keys');

  const heading = (name: string): Promise<void> => page.getByRole('heading', { name, level: 1 }).waitFor();
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const fits = async (): Promise<void> => {
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'it fits a phone');
    t.same(await violationsOn(page), [], 'and axe complains of nothing');
  };
  const said = async (): Promise<string> => await page.getByRole('alert').textContent() ?? '';
  const saved = async (button: string): Promise<string> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press(button)]);
    await download.saveAs(at(download.suggestedFilename()));
    return download.suggestedFilename();
  };

  await t.test('a key is made, and age(1) opens it with the six words', async (t) => {
    await fits();
    await press('Make a key');
    await heading('Your six words');
    await fits();
    const words = await page.locator('.words li').allTextContents();
    t.equal(words.length, 6);
    await press('I have written them down');
    await page.getByLabel('Type the six words').waitFor();
    await fits();
    const field = page.getByLabel('Type the six words');
    const other = chooseWords().find((word) => word !== words[2]) ?? '';
    for (const [typed, sentence] of [
      [words.slice(1).join(' '), 'These are 5 words instead of 6.'],
      [words.with(2, other).join(' '), 'Word 3 is not the one that was shown.'],
      [words.with(2, 'zzzzqqqq').join(' '), 'Word 3, “zzzzqqqq”, is none of the list.'],
    ] as const) {
      await field.fill(typed);
      await press('Make my key');
      t.match(await said(), sentence);
    }
    await field.fill(words.join('  ').toUpperCase());
    await press('Make my key');
    await heading('Your key is made');
    await fits();
    await press('Done');
    t.match(await said(), 'Save your locked key first');
    t.equal(await saved('Save lamplight-key.age'), 'lamplight-key.age');
    t.equal(await saved('Save lamplight-recipient.txt'), 'lamplight-recipient.txt');
    const recipient = readFileSync(at('lamplight-recipient.txt'), 'utf8').trim();
    t.equal(await page.locator('.recipient').textContent(), recipient);
    t.equal(await page.locator('.fingerprint').textContent(), fingerprintOf(recipient));
    t.match(await page.getByLabel('Your recipient as a QR code').locator('path').getAttribute('d'), /^M4 4h1v1h-1z/);

    t.equal(await ageAtTerminal(`age -d -o ${at('key.txt')} ${at('lamplight-key.age')}`, `${passphraseOf(words)}\n`), 0);
    t.equal((await readKey(readFileSync(at('key.txt')))).recipient, recipient);

    await page.emulateMedia({ media: 'print' });
    const sheet = (await page.locator('#sheet').innerText()).replace(/\s+/g, ' ');
    t.match(sheet, readFileSync(at('lamplight-key.age'), 'utf8').trim().replace(/\s+/g, ' '), 'the sheet holds the locked key');
    for (const word of words.filter((word) => word.length > 5)) t.notMatch(sheet, word, 'and none of the words');
    t.equal(await page.locator('main').isVisible(), false, 'only the sheet is printed');
    await page.emulateMedia({ media: null });

    writeFileSync(at('words.txt'), words.join(' '));
    await press('Done');
    await heading('Open my recordings');
    t.equal(await page.locator('#sheet').textContent(), '');
    const html = await page.content();
    for (const word of words.slice(0, 3)) t.notMatch(html.slice(0, html.indexOf('<script')), ` ${word} `, 'the words are gone from the page');
  });

  await t.test('a code that the kiosk sealed is opened with that key, and what is wrong is said', async (t) => {
    const words = readFileSync(at('words.txt'), 'utf8');
    const recipient = readFileSync(at('lamplight-recipient.txt'), 'utf8').trim();
    const { sealed, code } = await makeTestCode(recipient);
    const unlock = 'CDFG-2346-HJKM-PQRT-VWXY';
    const stranger = await makeKey();
    const strangersWords = chooseWords();
    const files: Record<string, Uint8Array | string> = {
      'test.age': armorOf(sealed), 'test.bin': sealed,
      'unlock.age': armorOf(await sealedTo(recipient, `Lamplight unlock code: ${unlock}\n`)),
      'letter.age': await sealedTo(recipient, 'a letter'),
      'stranger.age': armorOf(await wrapIdentity(stranger.identity, strangersWords)),
      'damaged.age': armorOf(sealed).slice(0, -60),
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(at(name), content);

    await press('Open a code');
    await fits();
    const attempt = async (key: string | null, file: string | null, typed: string): Promise<void> => {
      await page.getByLabel('Your locked key').setInputFiles(key === null ? [] : at(key));
      await page.getByLabel('The code').setInputFiles(file === null ? [] : at(file));
      await page.getByLabel('Your six words').fill(typed);
      await press('Open the code');
    };
    const swapped = words.split(' ').toReversed().join(' ');
    for (const [key, file, typed, sentence] of [
      [null, 'test.age', words, 'Choose your locked key'],
      ['lamplight-key.age', null, words, 'Choose the code'],
      ['lamplight-key.age', 'test.age', 'five words only', /none of the list|instead of 6/],
      ['lamplight-key.age', 'test.age', swapped, 'These words do not open this key'],
      ['test.age', 'test.age', words, 'This is not a locked key'],
      ['stranger.age', 'test.age', strangersWords.join(' '), 'This key does not open this code'],
      ['lamplight-key.age', 'letter.age', words, 'This is no code of the kiosk'],
      ['lamplight-key.age', 'damaged.age', words, 'The file with the code is damaged'],
    ] as const) {
      await attempt(key, file, typed);
      await page.getByRole('alert').filter({ hasText: sentence }).waitFor({ timeout: 10_000 }).catch(async () => t.fail(`${String(sentence)}, but: ${await said()}`));
      t.pass(String(sentence));
    }
    for (const [file, title, wanted] of [['test.age', 'Your test code', code], ['test.bin', 'Your test code', code], ['unlock.age', 'Your unlock code', unlock]] as const) {
      await attempt('lamplight-key.age', file, words);
      await heading(title);
      await fits();
      t.equal(await page.locator('.code').textContent(), wanted);
      t.match(await page.locator('main').textContent(), fingerprintOf(recipient));
      await press('Done');
      await press('Open a code');
    }
  });

  t.same(asked.filter((url) => url !== address && !url.startsWith('blob:')), [], 'no request has left');
  t.same(complaints, [], 'and its own policy allows all that it does');
  const refused = await page.evaluate(`Promise.all([fetch('http://127.0.0.1:9/'), new Promise((loaded, failed) => Object.assign(new Image(), { onload: loaded, onerror: failed, src: 'http://127.0.0.1:9/x.png' }))]).then(() => 'sent', () => 'refused')`);
  t.equal(refused, 'refused');
  t.match(complaints.join('\n'), /violates the following Content Security Policy directive/, 'by its policy');
});
