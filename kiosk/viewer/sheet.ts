/** The recovery sheet, as it is printed: the locked key as a square and as text, and room for the words, to be cut off and kept apart. */
import { recoverySheet, type RecoverySheet } from '../keys/sheet.js';
import { checkLocked } from '../keys/wrap.js';
import { WORD_COUNT } from '../keys/words.js';
import { alertLine, button, labelled, leftToRight, make, paragraph, qr, show, working } from './dom.js';
import { Mistake, sentenceOf, smallFile } from './given-words.js';
import { day, say } from './speech.js';

/** What stands on the sheet while the page that shows it is open. @param recipient where it is known: a locked key does not say its own. */
export function laySheet(wrapped: Uint8Array, recipient: string | undefined, created: Date): RecoverySheet {
  const sheet = recoverySheet(wrapped, recipient ?? '', created);
  document.querySelector('#sheet')?.replaceChildren(...parts(sheet, recipient));
  return sheet;
}

export const takeSheet = (): void => document.querySelector('#sheet')?.replaceChildren();

/** A sheet of a key that was made before. */
export function printSheetHere(home: () => void): void {
  const { sheet, common } = say();
  const said = alertLine();
  const file = make('input', { type: 'file' });
  show(sheet.show, labelled(sheet.choose, file, 'key'), paragraph(sheet.again, 'soft'), said, working(sheet.show, async () => {
    const chosen = file.files?.[0];
    if (chosen === undefined) throw new Mistake(say().code.chooseKey);
    laySheet(checkLocked(await smallFile(chosen)), undefined, new Date());
    print();
  }, (error) => { said.textContent = sentenceOf(error); }), button(common.back, () => {
    takeSheet();
    home();
  }, true));
}

function parts({ created, fingerprint, lockedKey }: RecoverySheet, recipient: string | undefined): readonly Node[] {
  const { sheet } = say();
  const made = paragraph(`${sheet.made(day(created))} `);
  if (recipient !== undefined) made.append(sheet.fingerprint(fingerprint));
  return [
    make('h1', {}, sheet.title), made, paragraph(sheet.what), qr(lockedKey, sheet.qr), paragraph(sheet.how), make('pre', { dir: 'ltr' }, lockedKey),
    ...(recipient === undefined ? [] : [make('p', {}, `${sheet.recipient} `, leftToRight(recipient, 'key'))]),
    make('div', { className: 'cut' }, paragraph(sheet.wordsApart), make('h2', {}, sheet.wordsHere),
      make('ol', { className: 'lines' }, ...Array.from({ length: WORD_COUNT }, () => make('li', {})))),
  ];
}
