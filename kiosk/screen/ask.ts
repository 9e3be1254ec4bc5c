/** What a screen asks of the kiosk: one event, so that a screen knows neither server nor state. */
import type { Cover } from '../protocol.js';
import type { Chosen } from './chosen.js';
import type { Draft } from './draft.js';
import type { Step } from './view.js';

export type Ask =
  | { readonly ask: 'go'; readonly step: Step }
  | { readonly ask: 'sign-in'; readonly teacher: string; readonly pin: string }
  | { readonly ask: 'carry-on' | 'finish'; readonly pin: string }
  | { readonly ask: 'start'; readonly draft: Draft }
  | { readonly ask: 'view' | 'forget-view'; readonly view: string }
  | { readonly ask: 'save-view'; readonly name: string }
  | { readonly ask: 'cover'; readonly covers: Cover[] }
  | { readonly ask: 'gain'; readonly dB: number }
  | { readonly ask: 'choose'; readonly chosen: Partial<Chosen> }
  | { readonly ask: 'frame'; readonly view: string | null }
  | { readonly ask: 'stop' | 'stop-framing' | 'sign-out' | 'still-here' };

export class AskEvent extends Event {
  static readonly type = 'ask';
  readonly ask: Ask;

  constructor(ask: Ask) {
    super(AskEvent.type, { bubbles: true, composed: true });
    this.ask = ask;
  }
}

/** Sends `ask` up from this element. */
export const ask = (from: EventTarget, asked: Ask): void => void from.dispatchEvent(new AskEvent(asked));
