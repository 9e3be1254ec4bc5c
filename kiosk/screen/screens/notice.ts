import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import type { View } from '../view.js';
import '../controls/stop-button.js';

type Notice = Extract<View, { screen: 'notice' }>['notice'];

const WORDS: Record<Notice, { readonly title: string; readonly text: string; readonly stop: boolean }> = {
  connecting: { title: 'One moment…', text: 'The screen is connecting to the recorder.', stop: false },
  checking: { title: 'Checking the room…', text: 'Camera, microphone and sign are being checked. Nothing is being recorded.', stop: false },
  'getting-ready': { title: 'Getting ready…', text: 'The picture is off again. The countdown comes next.', stop: false },
  starting: { title: 'Starting…', text: 'Camera and microphone are being connected. Anyone may stop this.', stop: true },
  stopping: { title: 'Stopping…', text: 'Camera and microphone are being switched off.', stop: false },
  gone: { title: 'The recorder is shutting down', text: 'Nothing is being recorded.', stop: false },
};

/** A moment that passes by itself. */
class NoticeScreen extends LampElement {
  static override properties = { notice: {} };
  static override styles = [base, css`
    main { display: grid; align-content: center; justify-items: center; gap: 1rem; text-align: center; }
    h1 { font-size: var(--huge); }
    p { font-size: 1.25em; max-width: 30em; }
  `];

  declare notice: Notice;

  override render() {
    const { title, text, stop } = WORDS[this.notice];
    return html`<span></span><main><h1 tabindex="-1">${title}</h1><p>${text}</p></main>${stop ? html`<lamp-stop size="giant"></lamp-stop>` : ''}`;
  }
}
customElements.define('notice-screen', NoticeScreen);
