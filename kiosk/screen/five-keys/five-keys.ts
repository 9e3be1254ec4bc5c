/** The kiosk by five keys, with speech and the screen dark: turns the mode on and off, and hands each key on. */
import './dark.js';
import { keyOf } from './keys.js';
import { Walker, type Voice } from './walker.js';
import { WORDS } from './words.js';

export interface FiveKeysHost extends Voice {
  /** The element that draws the kiosk. */
  readonly root: Element;
  /** Nobody is signed in, and nothing is shown but the ready screen: only then do the keys turn the mode on. */
  isIdle(): boolean;
  /** Stops whatever is recording; rejects where the recorder does not answer. */
  stop(): Promise<unknown>;
}

/** @returns what ends it and takes the listeners away. */
export function fiveKeys(host: FiveKeysHost): () => void {
  const walker = new Walker(host.root, host);
  const dark = document.createElement('lamp-dark');
  let on = false;

  const speak = (text: string): void => host.speak(text, document.documentElement.lang);
  const begin = (): void => {
    on = true;
    document.body.append(dark);
    walker.begin(WORDS.begins());
  };
  const end = (): void => {
    if (!on) return;
    on = false;
    dark.remove();
    walker.end();
    // Else the control that the keys were at would look like one reached with Tab.
    atFocus()?.blur();
    speak(WORDS.ends());
  };
  const stop = (): void => {
    if (on) speak(WORDS.stopping());
    host.stop().catch(() => speak(WORDS.stopFailed()));
  };
  const press = (event: KeyboardEvent): void => {
    const key = keyOf(event.code);
    if (key === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (key !== 'stop' && !on && (!host.isIdle() || isAtControl())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (key === 'stop') { if (!event.repeat) stop(); }
    else if (!on) begin();
    // Held, the keys that step go on stepping; no other does anything twice.
    else if (!event.repeat || key === 'next' || key === 'previous') void walker.go(key);
  };

  dark.addEventListener('touched', end);
  // Before the screens hear them: some have a use of their own for arrows and Enter.
  window.addEventListener('keydown', press, { capture: true });
  return () => {
    end();
    window.removeEventListener('keydown', press, { capture: true });
  };
}

function atFocus(): HTMLElement | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement != null) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement ? at : null;
}

/** Somebody has come here with Tab: their keys do what keys usually do. A control that was touched has the focus too, and shows none. */
const isAtControl = (): boolean => atFocus()?.matches(':is(button, a[href], input, textarea, select):focus-visible') ?? false;
