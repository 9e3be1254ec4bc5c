/** The page for a teacher's own computer: makes a key, and opens the codes that the kiosk seals to it. One file, no network; starts here. */
import { button, paragraph, show } from './dom.js';
import { makeKeyHere } from './make-key.js';
import { openCodeHere } from './open-code.js';

function home(): void {
  show('Lamplight: your key',
    paragraph('Your recordings are sealed to a key that only you have. This page makes one, on your own computer, and opens the codes by which the kiosk sees that you have it.'),
    paragraph('It is one file and needs no network: nothing that you do here leaves it. Best use it on a computer of your own, with nobody looking on.', 'soft'),
    button('Make a key', () => makeKeyHere(home)),
    button('Open a code', () => openCodeHere(home), true),
  );
}

/** Browsers keep their cryptography from pages that came by plain http. */
if (globalThis.crypto?.subtle === undefined) show('Keys do not work in this page', paragraph('It was not opened securely. Save it on your computer and open the file, in a current browser.'));
else home();
