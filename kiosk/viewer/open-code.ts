/** Opens a test code or an unlock code with the locked key and its six words. Nothing else: recordings are opened elsewhere. */
import { KeyError } from '../keys/errors.js';
import { wipe } from '../keys/random.js';
import { fingerprintOf } from '../keys/recipient.js';
import { openTestCode, openUnlockCode } from '../keys/test-code.js';
import { readWords, WORD_COUNT } from '../keys/words.js';
import { readArmor, unwrapIdentity } from '../keys/wrap.js';
import { button, labelled, make, painted, paragraph, show } from './dom.js';
import { unknownWord } from './make-key.js';

interface Opened { readonly what: 'test code' | 'unlock code'; readonly code: string; readonly fingerprint: string }

/** Said to whoever sits there. */
class Mistake extends Error {}

export function openCodeHere(home: () => void): void {
  const key = make('input', { type: 'file' });
  const code = make('input', { type: 'file' });
  const words = make('textarea', { rows: 2, autocomplete: 'off', spellcheck: false, autocapitalize: 'none' });
  const said = make('p', { className: 'said', role: 'alert' });
  const open = button('Open the code', () => void (async () => {
    said.textContent = '';
    open.disabled = true;
    open.textContent = 'One moment …';
    await painted();
    try {
      showCode(await opened(key.files?.[0], code.files?.[0], words.value), home);
    } catch (error) {
      said.textContent = error instanceof KeyError || error instanceof Mistake ? error.message : 'This could not be opened. Choose both files again.';
      open.disabled = false;
      open.textContent = 'Open the code';
    }
  })());
  show('Open a code',
    paragraph('The kiosk has put a code on your stick that only your key opens. Type what comes out at the kiosk.'),
    labelled('Your locked key: lamplight-key.age', key, 'key'),
    labelled('The code: lamplight-test-code.age', code, 'code'),
    labelled('Your six words', words, 'words'),
    said,
    open,
    button('Back', home, true),
  );
}

function showCode({ what, code, fingerprint }: Opened, home: () => void): void {
  show(`Your ${what}`, paragraph(code, 'code'), paragraph('Type it at the kiosk.'), paragraph(`Fingerprint of this key: ${fingerprint}`, 'soft'), button('Done', home));
}

/** @throws Mistake, KeyError */
async function opened(keyFile: File | undefined, codeFile: File | undefined, text: string): Promise<Opened> {
  if (keyFile === undefined) throw new Mistake('Choose your locked key: lamplight-key.age.');
  if (codeFile === undefined) throw new Mistake('Choose the code: lamplight-test-code.age.');
  const read = readWords(text);
  if (read.is === 'unknown') throw new Mistake(unknownWord(read));
  if (read.is === 'count') throw new Mistake(`These are ${read.count} words instead of ${WORD_COUNT}.`);
  const [wrapped, sealed] = [await bytesOf(keyFile), await sealedIn(codeFile)];
  const { identity, recipient } = await unwrapIdentity(wrapped, read.words);
  try {
    return { ...await eitherCode(sealed, identity), fingerprint: fingerprintOf(recipient) };
  } finally {
    wipe(identity);
  }
}

async function eitherCode(sealed: Uint8Array, identity: Uint8Array): Promise<Pick<Opened, 'what' | 'code'>> {
  try {
    return { what: 'test code', code: await openTestCode(sealed, identity) };
  } catch (error) {
    if (!(error instanceof KeyError) || error.code !== 'TEST_CODE_BROKEN') throw error;
  }
  try {
    return { what: 'unlock code', code: await openUnlockCode(sealed, identity) };
  } catch (error) {
    throw error instanceof KeyError && error.code === 'TEST_CODE_BROKEN' ? new Mistake('This is no code of the kiosk. Choose the file lamplight-test-code.age.') : error;
  }
}

/** Larger ones are no keys and no codes of ours. */
const LARGEST = 16 * 1024;

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > LARGEST) throw new Mistake(`The file ${file.name} is too large: it is not the right one.`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Mistake(`The file ${file.name} could not be read. Plug the stick in again and choose it anew.`);
  }
}

/** As bytes or as text, as age files come. */
async function sealedIn(file: File): Promise<Uint8Array> {
  const bytes = await bytesOf(file);
  if (bytes[0] !== '-'.charCodeAt(0)) return bytes;
  try {
    return readArmor(new TextDecoder().decode(bytes));
  } catch {
    throw new Mistake('The file with the code is damaged. Have the kiosk write it once more.');
  }
}
