/** Opens a test code or an unlock code with the locked key and its six words. */
import { KeyError } from '../keys/errors.js';
import { wipe } from '../keys/random.js';
import { fingerprintOf } from '../keys/recipient.js';
import { openTestCode, openUnlockCode } from '../keys/test-code.js';
import { readArmor, unwrapIdentity } from '../keys/wrap.js';
import { alertLine, button, labelled, leftToRight, make, paragraph, show, working } from './dom.js';
import { Mistake, sentenceOf, smallFile, wordsFrom } from './given-words.js';
import { say } from './speech.js';

interface Opened { readonly what: 'test' | 'unlock'; readonly code: string; readonly fingerprint: string }

export function openCodeHere(home: () => void): void {
  const { code, common, unlock } = say();
  const key = make('input', { type: 'file' });
  const sealed = make('input', { type: 'file' });
  const words = make('textarea', { rows: 2, autocomplete: 'off', spellcheck: false, autocapitalize: 'none', dir: 'ltr' });
  const said = alertLine();
  show(code.title,
    paragraph(code.intro),
    labelled(code.key, key, 'key'),
    labelled(code.code, sealed, 'code'),
    labelled(unlock.words, words, 'words'),
    said,
    working(code.open, async () => showCode(await opened(key.files?.[0], sealed.files?.[0], words.value), home), (error) => { said.textContent = sentenceOf(error); }),
    button(common.back, home, true),
  );
}

function showCode({ what, code, fingerprint }: Opened, home: () => void): void {
  const words = say();
  show(words.code[what], make('p', { className: 'code', dir: 'ltr' }, code), paragraph(words.code.type), make('p', { className: 'soft' }, `${words.key.fingerprint} `, leftToRight(fingerprint)), button(words.common.done, home));
}

/** @throws Mistake, KeyError */
async function opened(keyFile: File | undefined, codeFile: File | undefined, text: string): Promise<Opened> {
  const { code } = say();
  if (keyFile === undefined) throw new Mistake(code.chooseKey);
  if (codeFile === undefined) throw new Mistake(code.chooseCode);
  const words = wordsFrom(text);
  const [wrapped, sealed] = [await smallFile(keyFile), await sealedIn(codeFile)];
  const { identity, recipient } = await unwrapIdentity(wrapped, words);
  try {
    return { ...await eitherCode(sealed, identity), fingerprint: fingerprintOf(recipient) };
  } finally {
    wipe(identity);
  }
}

async function eitherCode(sealed: Uint8Array, identity: Uint8Array): Promise<Pick<Opened, 'what' | 'code'>> {
  try {
    return { what: 'test', code: await openTestCode(sealed, identity) };
  } catch (error) {
    if (!(error instanceof KeyError) || error.code !== 'TEST_CODE_BROKEN') throw error;
  }
  try {
    return { what: 'unlock', code: await openUnlockCode(sealed, identity) };
  } catch (error) {
    throw error instanceof KeyError && error.code === 'TEST_CODE_BROKEN' ? new Mistake(say().code.notCode) : error;
  }
}

/** As bytes or as text, as age files come. */
async function sealedIn(file: File): Promise<Uint8Array> {
  const bytes = await smallFile(file);
  if (bytes[0] !== '-'.charCodeAt(0)) return bytes;
  try {
    return readArmor(new TextDecoder().decode(bytes));
  } catch {
    throw new Mistake(say().code.damaged);
  }
}
