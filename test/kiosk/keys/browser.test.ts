import { build } from 'esbuild';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import t from 'tap';
import type * as Identity from '../../../kiosk/keys/identity.js';
import type * as Recipient from '../../../kiosk/keys/recipient.js';
import type * as Sign from '../../../kiosk/keys/sign.js';
import type * as TestCode from '../../../kiosk/keys/test-code.js';
import type * as Words from '../../../kiosk/keys/words.js';
import type * as Wrap from '../../../kiosk/keys/wrap.js';
import { readKey } from '../../../kiosk/keys/identity.js';
import { signingPublicKey } from '../../../kiosk/keys/sign.js';
import { makeTestCode } from '../../../kiosk/keys/test-code.js';
import { readWords } from '../../../kiosk/keys/words.js';
import { readArmor, unwrapIdentity } from '../../../kiosk/keys/wrap.js';
import { launch, skip } from '../../fakes/chromium.js';
// In this file because it is a short one, and files run beside each other.
import '../viewer-firefox.cases.js';

type Keys = typeof Identity & typeof Recipient & typeof Sign & typeof TestCode & typeof Words & typeof Wrap;
/** What the page's script puts there. */
declare const keys: Keys;

/** The module as esbuild bundles it for a page, as one script. */
async function script(): Promise<string> {
  const folder = fileURLToPath(new URL('../../../kiosk/keys', import.meta.url));
  const contents = ['identity', 'recipient', 'sign', 'test-code', 'words', 'wrap'].map((name) => `export * from './${name}.js';`).join('\n');
  const { outputFiles } = await build({ stdin: { contents, resolveDir: folder }, bundle: true, format: 'iife', globalName: 'keys', platform: 'browser', target: 'chrome120', write: false });
  return outputFiles[0]?.text ?? '';
}

t.test('in a browser', { skip }, async (t) => {
  const code = await script();
  t.notMatch(code, /\brequire\(|from ?"node:/, 'nothing of Node is in it');
  const browser = await launch();
  t.teardown(() => browser.close());
  const page: Page = await browser.newPage();

  await t.test('a page opened as a file makes a key, and Node opens it: and the other way round', async (t) => {
    const file = path.join(t.testdir(), 'page.html');
    writeFileSync(file, '<!doctype html><title>page</title>');
    await page.goto(pathToFileURL(file).href);
    await page.addScriptTag({ content: code });
    const made = await page.evaluate(async () => {
      const { identity, recipient } = await keys.makeKey();
      const words = keys.chooseWords();
      const locked = keys.armorOf(await keys.wrapIdentity(identity, words));
      return { text: keys.identityText(identity), recipient, passphrase: keys.passphraseOf(words), locked, signer: Array.from(keys.signingPublicKey(identity)), check: await keys.checkRecipient(recipient) };
    });
    const read = readWords(made.passphrase);
    if (read.is !== 'words') return t.fail('six words');
    const key = await readKey(new TextEncoder().encode(made.text));
    t.equal(key.recipient, made.recipient);
    t.same(await unwrapIdentity(readArmor(made.locked), read.words), key);
    t.same(Array.from(signingPublicKey(key.identity)), made.signer);
    t.same(made.check, { is: 'recipient', recipient: made.recipient });

    const { sealed, code: wanted } = await makeTestCode(key.recipient);
    const opened = await page.evaluate(async ([locked, words, sealed]) => {
      const { identity } = await keys.unwrapIdentity(keys.readArmor(locked), words);
      return keys.openTestCode(Uint8Array.from(sealed), identity);
    }, [made.locked, read.words, Array.from(sealed)] as const);
    return t.equal(opened, wanted);
  });

  await t.test('a page opened by plain http says that this is why, and blames no key', async (t) => {
    await page.route('http://kiosk.school.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>page</title>' }));
    await page.goto('http://kiosk.school.test/');
    await page.addScriptTag({ content: code });
    const fault = (expression: string): Promise<unknown> => page.evaluate(`${expression}.then(() => 'none', (error) => error.code)`);
    t.equal(await fault('keys.makeKey()'), 'PAGE_INSECURE');
    t.equal(await fault('keys.checkRecipient("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p")'), 'PAGE_INSECURE');
    t.match(await page.evaluate(() => keys.checkRecipient('hello')), { is: 'mistake', code: 'NOT_A_KEY' }, 'what is plainly no key is still told');
  });
});
