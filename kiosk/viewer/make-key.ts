/** A new key, step by step: six words shown, asked again, the key locked by them, and what to do with its pieces. */
import { makeKey } from '../keys/identity.js';
import { wipe } from '../keys/random.js';
import { chooseWords } from '../keys/words.js';
import { unwrapIdentity, wrapIdentity } from '../keys/wrap.js';
import { alertLine, button, labelled, make, paragraph, show, working } from './dom.js';
import { Mistake, wordsFrom } from './given-words.js';
import { showPieces } from './pieces.js';
import { say } from './speech.js';

export function makeKeyHere(home: () => void): void {
  showWords(chooseWords(), home);
}

function showWords(words: readonly string[], home: () => void): void {
  const { key, common } = say();
  const list = make('ol', { className: 'words', lang: 'en', dir: 'ltr' }, ...words.map((word) => make('li', {}, word)));
  show(key.wordsTitle, paragraph(key.wordsWhy), list, button(key.written, () => askWords(words, home)), button(common.back, home, true));
}

function askWords(words: readonly string[], home: () => void): void {
  const { key } = say();
  const field = make('textarea', { rows: 2, autocomplete: 'off', spellcheck: false, autocapitalize: 'none', lang: 'en', dir: 'ltr' });
  const said = alertLine();
  const next = working(key.make, async () => {
    const at = wordsFrom(field.value).findIndex((word, index) => word !== words[index]);
    if (at >= 0) throw new Mistake(say().sixWords.other(at + 1));
    await finish(words, home);
  }, (error) => {
    said.textContent = error === undefined ? '' : error instanceof Mistake ? error.message : key.failed;
    if (error instanceof Mistake) field.focus();
  });
  show(key.askTitle, labelled(key.ask, field, 'words'), said, next, button(key.again, () => showWords(words, home), true));
}

async function finish(words: readonly string[], home: () => void): Promise<void> {
  const key = await makeKey();
  try {
    const wrapped = await wrapIdentity(key.identity, words);
    // Opened once more before anyone relies on it.
    const opened = await unwrapIdentity(wrapped, words);
    wipe(opened.identity);
    if (opened.recipient !== key.recipient) throw new Error('the locked key is another one');
    showPieces(wrapped, key.recipient, home);
  } finally {
    wipe(key.identity);
  }
}
