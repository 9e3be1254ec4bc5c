/** A new key, step by step: six words shown, asked again, the key locked by them, and what to do with its pieces. */
import { makeKey } from '../keys/identity.js';
import { wipe } from '../keys/random.js';
import { chooseWords, readWords, WORD_COUNT } from '../keys/words.js';
import { unwrapIdentity, wrapIdentity } from '../keys/wrap.js';
import { button, labelled, make, painted, paragraph, show } from './dom.js';
import { showPieces } from './pieces.js';

export function makeKeyHere(home: () => void): void {
  showWords(chooseWords(), home);
}

function showWords(words: readonly string[], home: () => void): void {
  show('Your six words',
    paragraph('Write them on paper, in this order. They lock your key, and nobody can give them to you again: without them, or without the key’s file, your recordings stay closed for ever.'),
    make('ol', { className: 'words' }, ...words.map((word) => make('li', {}, word))),
    button('I have written them down', () => askWords(words, home)),
    button('Back', home, true),
  );
}

function askWords(words: readonly string[], home: () => void): void {
  const field = make('textarea', { rows: 2, autocomplete: 'off', spellcheck: false, autocapitalize: 'none' });
  const said = make('p', { className: 'said', role: 'alert' });
  const next = button('Make my key', () => void (async () => {
    said.textContent = mistakeIn(field.value, words);
    if (said.textContent !== '') return field.focus();
    next.disabled = true;
    next.textContent = 'One moment …';
    await painted();
    try {
      await finish(words, home);
    } catch {
      next.disabled = false;
      next.textContent = 'Make my key';
      said.textContent = 'The key could not be made. Try again, or open this page in another browser.';
    }
    return undefined;
  })());
  show('Your six words, from your paper',
    labelled('Type the six words', field, 'words'),
    said,
    next,
    button('Show them again', () => showWords(words, home), true),
  );
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

/** Empty where these are the words that were shown. */
function mistakeIn(text: string, words: readonly string[]): string {
  const read = readWords(text);
  switch (read.is) {
    case 'unknown': return unknownWord(read);
    case 'count': return `These are ${read.count} words instead of ${WORD_COUNT}.`;
    case 'words': {
      const at = read.words.findIndex((word, index) => word !== words[index]);
      return at < 0 ? '' : `Word ${at + 1} is not the one that was shown. Look at your paper, and have them shown again if it is wrong.`;
    }
  }
}

/** Of a word that is none of the list. */
export const unknownWord = ({ at, word, nearest }: { readonly at: number; readonly word: string; readonly nearest: string | undefined }): string =>
  `Word ${at}, “${word.slice(0, 30)}”, is none of the list.${nearest === undefined ? '' : ` Is it “${nearest}”?`}`;
