/** What a new key consists of, and where each piece belongs: the locked key's file, the recipient, the recovery sheet. */
import { armorOf } from '../keys/wrap.js';
import { alertLine, button, download, leftToRight, make, paragraph, qr, show } from './dom.js';
import { KEY_NAME } from './files.js';
import { laySheet, takeSheet } from './sheet.js';
import { say } from './speech.js';

/** @param wrapped from wrapIdentity. Not secret without its words. */
export function showPieces(wrapped: Uint8Array, recipient: string, home: () => void): void {
  const { key, common } = say();
  const { fingerprint } = laySheet(wrapped, recipient, new Date());
  let saved = false;
  const warn = (event: BeforeUnloadEvent): void => { if (!saved) event.preventDefault(); };
  addEventListener('beforeunload', warn);
  const said = alertLine();
  const told = make('span', { role: 'status' });
  const done = (): void => {
    if (!saved) {
      said.textContent = key.saveFirst;
      return;
    }
    removeEventListener('beforeunload', warn);
    takeSheet();
    home();
  };
  show(key.madeTitle,
    make('h2', {}, key.keep),
    paragraph(key.keepWhy),
    button(key.saveKey, () => {
      download(KEY_NAME, armorOf(wrapped));
      saved = true;
      said.textContent = '';
    }),
    make('h2', {}, key.bring),
    paragraph(key.bringWhy),
    make('p', { className: 'recipient', dir: 'ltr' }, recipient),
    button(key.saveRecipient, () => download('lamplight-recipient.txt', `${recipient}\n`)),
    button(common.copy, () => void copy(recipient).then((copied) => { told.textContent = copied ? common.copied : common.notCopied; }), true),
    told,
    qr(recipient, key.qr),
    paragraph(key.fingerprint),
    make('p', {}, leftToRight(fingerprint, 'fingerprint')),
    make('h2', {}, key.print),
    paragraph(key.printWhy),
    button(key.printButton, () => print()),
    said,
    make('p', {}, button(common.done, done, true)),
  );
}

const copy = (text: string): Promise<boolean> => navigator.clipboard.writeText(text).then(() => true, () => false);
