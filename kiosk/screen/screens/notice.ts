import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { LampElement } from '../element.js';
import { base } from '../styles.js';
import type { View } from '../view.js';
import '../controls/stop-button.js';

type Notice = Extract<View, { screen: 'notice' }>['notice'];

interface Words { readonly title: string; readonly text: string; readonly stop: boolean }

function wordsOf(notice: Notice): Words {
  switch (notice) {
    case 'connecting': return { title: msg('One moment…'), text: msg('The screen is connecting to the recorder.'), stop: false };
    case 'checking': return { title: msg('Checking the room…'), text: msg('Camera, microphone and sign are being checked. Nothing is being recorded.'), stop: false };
    case 'getting-ready': return { title: msg('Getting ready…'), text: msg('The picture is off again. The countdown comes next.'), stop: false };
    case 'starting': return { title: msg('Starting…'), text: msg('Camera and microphone are being connected. Anyone may stop this.'), stop: true };
    case 'stopping': return { title: msg('Stopping…'), text: msg('Camera and microphone are being switched off.'), stop: false };
    case 'gone': return { title: msg('The recorder is shutting down'), text: msg('Nothing is being recorded.'), stop: false };
  }
}

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
    const { title, text, stop } = wordsOf(this.notice);
    return html`<span></span><main><h1 tabindex="-1">${title}</h1><p>${text}</p></main>${stop ? html`<lamp-stop size="giant"></lamp-stop>` : ''}`;
  }
}
customElements.define('notice-screen', NoticeScreen);
