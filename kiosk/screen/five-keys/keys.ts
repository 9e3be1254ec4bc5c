/** Which key is which, as data. A pad that sends other keys is mapped to these below the browser (README). */

export type FiveKey = 'previous' | 'next' | 'choose' | 'back' | 'stop';

/** By `KeyboardEvent.code`, so that no layout of a keyboard changes them. */
export const BINDINGS: Readonly<Record<string, FiveKey>> = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  Enter: 'choose',
  Escape: 'back',
  F9: 'stop',
};

export const keyOf = (code: string): FiveKey | undefined => (Object.hasOwn(BINDINGS, code) ? BINDINGS[code] : undefined);
