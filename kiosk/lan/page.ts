/** What the one-use page shows: plain HTML for any phone, in its language, one form, and a script that lets nothing but a recipient leave. Pure. */
import { createHash } from 'node:crypto';
import type { DoorLanguage } from './door-facts.js';
import { DOOR_LANGUAGES } from './door-words.js';
import { PAGE_WORDS, type Plain } from './page-words.js';

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
  /AGE-SECRET-KEY|AGE-PLUGIN|PRIVATE KEY/i.test(text) ? form.dataset.secret
  : !/^age1/i.test(text) ? form.dataset.other
  : !/^age1[02-9ac-hj-np-z]{58}$/i.test(text) ? form.dataset.notWhole : '';
const check = () => {
  const text = field.value.trim();
  const sentence = text === '' ? '' : refusal(text);
  if (sentence !== '' && !/^age1/i.test(text)) field.value = '';
  return sentence;
};
field.addEventListener('paste', () => setTimeout(() => { said.textContent = check(); }));
form.addEventListener('submit', (event) => {
  const sentence = field.value.trim() === '' ? form.dataset.empty : check();
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

/** @param title and `body` are HTML. */
export const page = (title: string, body: string, language: DoorLanguage): string => `<!doctype html>
<html lang="${language}" dir="${DOOR_LANGUAGES[language].dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main>
<h1>${title}</h1>
${body}
</main></body>
</html>
`;

/** Asks for the recipient. */
export const formPage = ({ code, mistake = '' }: FormPage, language: DoorLanguage): string => {
  const words = PAGE_WORDS[language];
  const kept = Object.entries(words.kept).map(([when, sentence]) => ` data-${when}="${escape(sentence)}"`).join('');
  return page(words.title, `
<p>${words.showsCode}</p>
<p class="code">${escape(code)}</p>
<p>${words.another}</p>
<form method="post"${kept}>
<label for="recipient">${words.label}</label>
<p id="hint">${words.hint}</p>
<p id="unchecked">${words.unchecked}</p>
<textarea id="recipient" name="recipient" dir="ltr" rows="4" maxlength="1000" required autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" aria-describedby="hint mistake"></textarea>
<p class="mistake" id="mistake" role="alert">${escape(mistake)}</p>
<button>${words.give}</button>
</form>
<script>${SCRIPT}</script>`, language);
};

/** @param fingerprint of what was taken. */
export const takenPage = (fingerprint: string, language: DoorLanguage): string => {
  const { title, fingerprint: its, compare, close } = PAGE_WORDS[language].taken;
  return page(title, `
<p>${its}</p>
<p class="fingerprint" dir="ltr">${escape(fingerprint)}</p>
<p>${compare}</p>
<p>${close}</p>`, language);
};

/** Where there is no form (any more). Nothing in it tells whether a page is open here. */
export const plainPage = (what: Plain, language: DoorLanguage): string => {
  const { title, says } = PAGE_WORDS[language].plain[what];
  return page(title, `<p>${says}</p>`, language);
};
