/** The key: where it is, and the six words. */
import { readArmor } from '../keys/wrap.js';
import { DeskError, openDesk, type Desk } from './desk.js';
import { alertLine, button, labelled, make, more, paragraph, show, working } from './dom.js';
import type { Chosen } from './files.js';
import { Mistake, sentenceOf, smallFile, wordsFrom } from './given-words.js';
import { listHere } from './list.js';
import type { ReaderCalls, Way } from './reader.js';
import type { ClipCalls } from './clip-maker.js';
import { say } from './speech.js';

export type Reader = Desk<ReaderCalls & ClipCalls>;

/** Whoever has unlocked. */
export interface Unlocked {
  readonly reader: Reader;
  readonly recipient: string;
  readonly fingerprint: string;
  readonly chosen: Chosen;
}

/** An identity of age, in its file. */
const BARE = /AGE-SECRET-KEY-1/;

export function unlockHere(chosen: Chosen, home: () => void): void {
  const { unlock, common } = say();
  const words = make('textarea', { rows: 2, autocomplete: 'off', spellcheck: false, autocapitalize: 'none', dir: 'ltr' });
  const file = make('input', { type: 'file' });
  const pasted = make('textarea', { rows: 3, autocomplete: 'off', spellcheck: false, dir: 'ltr' });
  const said = alertLine();
  const elsewhere = more(unlock.elsewhere, labelled(unlock.keyFile, file, 'key'), labelled(unlock.pasted, pasted, 'pasted'), paragraph(unlock.identityHint, 'soft'));
  elsewhere.open = chosen.key === undefined;
  // Ready by the time that the words are typed.
  let reader: Reader = openDesk();
  const go = working(unlock.unlock, async () => {
    const way = await wayIn(chosen, file.files?.[0], pasted.value, words.value);
    try {
      const key = await reader.ask('unlock', way);
      [words.value, pasted.value] = ['', ''];
      await listHere({ reader, chosen, ...key }, home);
    } catch (error) {
      reader.close();
      reader = openDesk();
      throw error;
    }
  }, (error) => {
    said.textContent = error instanceof DeskError && error.code === 'WORDS_WRONG' ? unlock.wrong : sentenceOf(error);
    if (error !== undefined) words.focus();
  });
  const form = make('form', { onsubmit: (event) => {
    event.preventDefault();
    go.click();
  } }, labelled(unlock.words, words, 'words'), elsewhere, said, go, button(common.back, () => {
    reader.close();
    home();
  }, true));
  words.onkeydown = (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    go.click();
  };
  show(unlock.title, paragraph(`${unlock.found(chosen.sessions.length, chosen.name)} ${chosen.key === undefined ? unlock.keyMissing : unlock.keyFound}`), form, paragraph(common.unlockedOnly, 'soft'));
  words.focus();
}

/** What was given last counts first: text, then a file, then the key in the folder. @throws Mistake, KeyError */
async function wayIn(chosen: Chosen, file: File | undefined, pasted: string, words: string): Promise<Way> {
  const key = pasted.trim() !== '' ? new TextEncoder().encode(pasted.trim()) : file !== undefined ? await smallFile(file) : chosen.key === undefined ? undefined : await smallFile(chosen.key);
  if (key === undefined) throw new Mistake(say().unlock.noKey);
  const text = new TextDecoder().decode(key);
  if (BARE.test(text)) return { kind: 'identity', file: key };
  return { kind: 'words', wrapped: text.startsWith('-----') ? readArmor(text) : key, words: wordsFrom(words) };
}
