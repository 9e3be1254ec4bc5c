/** The first screen: which folder; and what else this page does. */
import { alertLine, button, make, paragraph, show } from './dom.js';
import { canPick, fromInput, pickFolder, type Chosen } from './files.js';
import { makeKeyHere } from './make-key.js';
import { openCodeHere } from './open-code.js';
import { printSheetHere } from './sheet.js';
import { LANGUAGES, say, speak } from './speech.js';
import { unlockHere } from './unlock.js';

export function begin(): void {
  speak(say().tag);
  // Browsers keep their cryptography from pages that came by plain http.
  if (globalThis.crypto?.subtle === undefined) show(say().common.insecure, paragraph(say().common.insecureWhy));
  else home();
}

export function home(): void {
  const { start } = say();
  const said = alertLine();
  const go = (chosen: Promise<Chosen | undefined>): void => void chosen.then((folder) => {
    if (folder === undefined) return;
    if (folder.sessions.length > 0) unlockHere(folder, home);
    else said.replaceChildren(make('strong', {}, start.nothing), '. ', start.nothingWhy);
  }, () => {
    // Some browsers have the picker and refuse it to files: the older way is left.
    said.textContent = canPick() && input.hidden ? '' : start.cannotRead;
    input.hidden = false;
    input.focus();
  });
  const input = make('input', { type: 'file', webkitdirectory: true, multiple: true, hidden: true, id: 'folder', onchange: () => { if (input.files !== null && input.files.length > 0) go(fromInput(input.files)); } });
  input.setAttribute('aria-label', start.choose);
  show(start.title, languages(),
    paragraph(start.intro),
    button(start.choose, () => { if (canPick()) go(pickFolder()); else input.click(); }),
    input, said,
    // Browsers without the picker call it so, and a page from a file is a site to them.
    ...(canPick() ? [] : [paragraph(start.upload, 'soft')]),
    paragraph(start.private, 'soft'),
    make('h2', {}, start.more),
    button(start.makeKey, () => makeKeyHere(home), true),
    button(start.openCode, () => openCodeHere(home), true),
    button(start.printSheet, () => printSheetHere(home), true),
  );
}

function languages(): HTMLElement {
  const buttons = LANGUAGES.map(({ tag, language, direction }) => {
    const one = button(language, () => {
      speak(tag);
      home();
    }, true);
    [one.lang, one.dir] = [tag, direction];
    one.setAttribute('aria-pressed', String(tag === say().tag));
    return one;
  });
  const group = make('div', { className: 'languages' }, ...buttons);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Language · Iaith · Język · زبان');
  return group;
}
