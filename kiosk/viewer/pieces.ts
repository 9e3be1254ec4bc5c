/** What a new key consists of, and where each piece belongs: the locked key's file, the recipient, the recovery sheet. */
import { recoverySheet, type RecoverySheet } from '../keys/sheet.js';
import { armorOf } from '../keys/wrap.js';
import { button, download, make, paragraph, qr, show } from './dom.js';

/** @param wrapped from wrapIdentity. Not secret without its words. */
export function showPieces(wrapped: Uint8Array, recipient: string, home: () => void): void {
  const sheet = recoverySheet(wrapped, recipient, new Date());
  document.querySelector('#sheet')?.replaceChildren(...sheetParts(sheet));
  let saved = false;
  const warn = (event: BeforeUnloadEvent): void => { if (!saved) event.preventDefault(); };
  addEventListener('beforeunload', warn);
  const said = make('p', { className: 'said', role: 'alert' });
  const told = make('span', { role: 'status' });
  const done = (): void => {
    if (!saved) {
      said.textContent = 'Save your locked key first: it is nowhere else.';
      return;
    }
    removeEventListener('beforeunload', warn);
    document.querySelector('#sheet')?.replaceChildren();
    home();
  };
  show('Your key is made',
    make('h2', {}, '1. Keep your locked key'),
    paragraph('Your six words open it. Keep it on your own stick and in a second place, away from the paper with the words.'),
    button('Save lamplight-key.age', () => {
      download('lamplight-key.age', armorOf(wrapped));
      saved = true;
      said.textContent = '';
    }),
    make('h2', {}, '2. Bring your recipient to the kiosk'),
    paragraph('It is not secret: with it, recordings are sealed to you. Bring it on a stick, or let the kiosk’s scanner read the square.'),
    paragraph(recipient, 'recipient'),
    button('Save lamplight-recipient.txt', () => download('lamplight-recipient.txt', `${recipient}\n`)),
    button('Copy', () => void copy(recipient).then((copied) => { told.textContent = copied ? 'Copied.' : 'This browser does not copy: select the line above.'; }), true),
    told,
    qr(recipient, 'Your recipient as a QR code'),
    paragraph('Its fingerprint. The kiosk must show the same:'),
    paragraph(sheet.fingerprint, 'fingerprint'),
    make('h2', {}, '3. Print the recovery sheet'),
    paragraph('It holds your locked key on paper, for the day on which the stick is lost. Your words are not on it: never keep both together.'),
    button('Print the recovery sheet', () => print()),
    said,
    make('p', {}, button('Done', done, true)),
  );
}

const copy = (text: string): Promise<boolean> => navigator.clipboard.writeText(text).then(() => true, () => false);

function sheetParts({ created, fingerprint, recipient, lockedKey }: RecoverySheet): readonly Node[] {
  return [
    make('h1', {}, 'Lamplight: recovery sheet'),
    paragraph(`Key made on ${created}. Fingerprint: ${fingerprint}`),
    paragraph('This is your locked key. Whoever has it and your six words opens your recordings, so keep the words elsewhere.'),
    qr(lockedKey, 'The locked key as a QR code'),
    paragraph('To use it, scan the square, or type what follows, into a file lamplight-key.age. Any program for the age format opens it, with the words in small letters and a hyphen between each two.'),
    make('pre', {}, lockedKey),
    paragraph(`Recipient: ${recipient}`),
  ];
}
