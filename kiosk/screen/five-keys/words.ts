import { msg, str } from '@lit/localize';
import type { SpokenWords } from './order.js';

/** All that five keys say of their own; everything else stands on the screen. */
export const WORDS: SpokenWords & {
  readonly begins: () => string;
  readonly ends: () => string;
  readonly nothingToGoBackTo: () => string;
  /** With what a button that goes back may begin, where it does not say so itself (README). */
  readonly back: () => readonly string[];
  readonly stopping: () => string;
  readonly stopFailed: () => string;
  readonly pinHelp: () => string;
  readonly digits: (taken: number) => string;
  readonly tooFew: (taken: number) => string;
  readonly full: () => string;
  readonly secretHelp: () => string;
  readonly secretOpened: () => string;
} = {
  role: (role) => ({ button: msg('button'), checkbox: msg('tick box'), choice: msg('choice'), link: msg('link'), field: msg('text to write'), pin: msg('PIN'), secret: msg('secret'), heading: msg('heading') })[role],
  place: (at, of) => msg(str`${at} of ${of}`),
  ticked: (on) => (on ? msg('ticked') : msg('not ticked')),
  chosen: (on) => (on ? msg('chosen') : msg('not chosen')),
  aloud: (on) => (on ? msg('is read aloud') : msg('is not read aloud')),
  disabled: (why) => (why === '' ? msg('not possible now') : msg(str`not possible now: ${why}`)),
  busy: () => msg('one moment'),
  begins: () => msg('Five keys: previous, next, choose, back, stop. The screen is dark; touch it for the picture.'),
  ends: () => msg('Touch, with the picture.'),
  nothingToGoBackTo: () => msg('There is nothing to go back to here.'),
  back: () => [msg('Back'), msg('Close'), msg('Cancel')],
  stopping: () => msg('Stopping.'),
  stopFailed: () => msg('The recorder did not answer. Press the Stop button on the sign by the door.'),
  pinHelp: () => msg('Next counts up from one, previous counts down from zero. Choose takes the digit. Choose without counting is OK.'),
  digits: (taken) => (taken === 1 ? msg('1 digit.') : msg(str`${taken} digits.`)),
  tooFew: (taken) => msg(str`${taken} digits. A PIN has six or more.`),
  full: () => msg('That is as long as a PIN can be.'),
  secretHelp: () => msg('The room would hear what is secret, so it is not read aloud unless you choose it. A keyboard that is plugged in types it unheard.'),
  secretOpened: () => msg('From here on it is read aloud, until you leave this screen or choose this again.'),
};
