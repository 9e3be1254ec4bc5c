/** What the one-use page shows: plain HTML for any phone, one form, and a script that lets nothing but a recipient leave. Pure. */
import { createHash } from 'node:crypto';
import type { DoorLanguage } from './door-facts.js';
import { DOOR_LANGUAGES } from './door-words.js';

export interface FormPage {
  /** Four letters, as the kiosk shows them. */
  readonly code: string;
  /** What was wrong with what was given before. */
  readonly mistake?: string;
}

const STYLE = `
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1.25rem; max-width: 34rem; background: #fbf8f1; color: #15202b; font: 1.125rem/1.5 sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; }
.code, .fingerprint { font: 700 2rem/1.3 monospace; letter-spacing: .1em; }
.fingerprint { font-size: 1.4rem; letter-spacing: 0; }
label { display: block; font-weight: 700; }
textarea { box-sizing: border-box; width: 100%; padding: .75rem; border: 2px solid #414c57; border-radius: .5rem; background: #fff; color: inherit; font: 1.05rem/1.4 monospace; }
button { margin-top: 1rem; width: 100%; min-height: 3.5rem; border: 0; border-radius: .75rem; background: #0b4a6f; color: #fff; font: 700 1.2rem sans-serif; }
:focus-visible { outline: 4px solid #f2a900; outline-offset: 2px; }
.mistake { margin: 0; font-weight: 700; color: #7d0013; }
.mistake:not(:empty) { margin: 1rem 0; border: 2px solid; border-radius: .5rem; padding: .75rem; background: #fff; }
`;

/** The server asks the same again: a page without scripts sends whatever was pasted. */
const SCRIPT = `
'use strict';
document.querySelector('#unchecked').hidden = true;
const form = document.querySelector('form'), field = document.querySelector('textarea'), said = document.querySelector('.mistake');
const refusal = (text) =>
  /AGE-SECRET-KEY|AGE-PLUGIN|PRIVATE KEY/i.test(text) ? 'This is a secret key. It was removed here and not sent. Never give it to anyone. What belongs here starts with age1.'
  : !/^age1/i.test(text) ? 'This does not start with age1, so it was removed here and not sent.'
  : !/^age1[02-9ac-hj-np-z]{58}$/i.test(text) ? 'This is not the whole line, or there is more than the line: it starts with age1 and has 62 characters. It was not sent.' : '';
const check = () => {
  const text = field.value.trim();
  const sentence = text === '' ? '' : refusal(text);
  if (sentence !== '' && !/^age1/i.test(text)) field.value = '';
  return sentence;
};
field.addEventListener('paste', () => setTimeout(() => { said.textContent = check(); }));
form.addEventListener('submit', (event) => {
  const sentence = field.value.trim() === '' ? 'Nothing was given. What belongs here starts with age1.' : check();
  said.textContent = sentence;
  if (sentence === '') return;
  event.preventDefault();
  field.focus();
});
`;

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Goes with every page of this file. */
export const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src ${digest(STYLE)}; script-src ${digest(SCRIPT)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** @param language of what is said in it; it is English where it is not told. */
export const page = (title: string, body: string, language: DoorLanguage = 'en'): string => `<!doctype html>
<html lang="${language}" dir="${DOOR_LANGUAGES[language].dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main>
<h1>${title}</h1>
${body}
</main></body>
</html>
`;

/** Asks for the recipient. */
export const formPage = ({ code, mistake = '' }: FormPage): string => page('Give your recipient', `
<p>The kiosk shows this code:</p>
<p class="code">${escape(code)}</p>
<p>If it shows another one, or none, close this page.</p>
<form method="post">
<label for="recipient">Your recipient: the line that starts with age1</label>
<p id="hint">It is not secret. A line that starts with AGE-SECRET-KEY is: never paste it anywhere.</p>
<p id="unchecked">This browser runs no scripts here, so nothing is checked before it is sent. Look twice: a secret key would travel openly.</p>
<textarea id="recipient" name="recipient" rows="4" maxlength="1000" required autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" aria-describedby="hint mistake"></textarea>
<p class="mistake" id="mistake" role="alert">${escape(mistake)}</p>
<button>Give it to the kiosk</button>
</form>
<script>${SCRIPT}</script>`);

/** @param fingerprint of what was taken. */
export const takenPage = (fingerprint: string): string => page('The kiosk has it', `
<p>Its fingerprint:</p>
<p class="fingerprint">${escape(fingerprint)}</p>
<p>Compare what the kiosk shows with what was shown where you made your key. Go on at the kiosk only where all three are the same.</p>
<p>You can close this page now.</p>`);

/** Where there is no form (any more). Nothing in it tells whether a page is open here. */
export const PLAIN_PAGES = {
  used: { status: 410, html: page('This page was used', '<p>A recipient has been given here already. If that was not you, say no at the kiosk and start again there.</p>') },
  expired: { status: 410, html: page('This page has expired', '<p>Start again at the kiosk: it shows a new address.</p>') },
  unknown: { status: 404, html: page('There is nothing here', '<p>Check the address: the kiosk shows it.</p>') },
  busy: { status: 429, html: page('One moment', '<p>Too much was asked at once. Wait ten seconds and try again.</p>') },
  refused: { status: 400, html: page('This was not understood', '<p>Open the address that the kiosk shows, and use the form there.</p>') },
} as const satisfies Record<string, { readonly status: number; readonly html: string }>;
