/** The LAN page as HTML: whole without its script, which only keeps it fresh. Pure. */
import type { DoorLanguage, DoorView, Row } from './door-facts.js';
import { DOOR_LANGUAGES, DOOR_WORDS, type DoorDictionary } from './door-words.js';

/** Goes with every answer. */
export const DOOR_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

/** One shape for each state, so that neither colour nor word carries it alone; door.css shows the one of the state. */
const SHAPES = `<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
<circle class="recording" cx="12" cy="12" r="10"/>
<path class="starting" d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14zm0 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"/>
<path class="paused" d="M5 3h5v18H5zM14 3h5v18h-5z"/>
<path class="off" d="M3 3h18v18H3zm3 3v12h12V6z"/>
<path class="on" d="M12 5C6 5 2 12 2 12s4 7 10 7 10-7 10-7-4-7-10-7zm0 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8z"/>
<path class="wait" d="M2 10h4v4H2zM10 10h4v4h-4zM18 10h4v4h-4z"/>
<path class="broken" d="M5 2 2 5l7 7-7 7 3 3 7-7 7 7 3-3-7-7 7-7-3-3-7 7z"/>
<path class="assume" d="M12 1 0 23h24zm-1.5 8h3v7h-3zm0 9h3v3h-3z"/>
</svg>`;

interface Around {
  readonly language: DoorLanguage;
  /** The school's own words are in this one, as far as anybody knows. */
  readonly schools: DoorLanguage;
}

function frame(title: string, { language }: Pick<Around, 'language'>, body: string, attributes = ''): string {
  return `<!doctype html>
<html lang="${language}" dir="${DOOR_LANGUAGES[language].dir}" class="still">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title>
<link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/door.css"><script src="/door.js" defer></script></head>
<body${attributes}>
${body}
</body>
</html>
`;
}

function row({ name, says, own }: Row, words: DoorDictionary, { schools }: Around): string {
  return `<div data-row="${name}"${says === '' && own === '' ? ' hidden' : ''}><dt>${escape(words.titles[name])}</dt><dd><span class="says">${escape(says)}</span> <span class="own" lang="${schools}" dir="auto">${escape(own)}</span></dd></div>`;
}

const links = (language: DoorLanguage): string => Object.entries(DOOR_LANGUAGES)
  .map(([tag, { name, dir }]) => `<li><a href="/?lang=${tag}" hreflang="${tag}" lang="${tag}" dir="${dir}"${tag === language ? ' aria-current="true"' : ''}>${name}</a></li>`).join('');

/** @param asOf the time at which it is made, as it is to be read. */
export function doorPage(view: DoorView, asOf: string, around: Around): string {
  const { language, schools } = around;
  const words = DOOR_WORDS[language];
  const { lost } = words.states;
  return frame(`${view.word}${view.room === '' ? '' : ` – ${view.room}`}`, around, `<header>
<nav aria-label="${escape(words.languages)}"><ul>${links(language)}</ul></nav>
</header>
<main>
<h1><span class="room" lang="${schools}" dir="auto">${escape(view.room)}</span> <span>${escape(words.titles.page)}</span></h1>
<div class="state" data-state="${view.kind}">
<div class="fresh" role="status" aria-atomic="true">${SHAPES}<p class="word">${escape(view.word)}</p><p class="means">${escape(view.says)}</p></div>
<div class="old">${SHAPES}<p class="word">${escape(words.old.word)}</p><p class="means">${escape(words.old.says)}</p></div>
</div>
<p class="age"><span class="as-of">${escape(words.asOf(asOf))}</span> <span class="updates">${escape(words.updates)}</span> <a href="/?lang=${language}">${escape(words.lookAgain)}</a></p>
<dl>
${view.rows.map((one) => row(one, words, around)).join('\n')}
</dl>
<h2>${escape(words.titles.not)}</h2>
<p>${escape(words.not)}</p>
</main>
<footer><p class="program">${escape(view.program)}</p></footer>`, ` data-rev="${view.rev}" data-lost-word="${escape(lost.word)}" data-lost-says="${escape(lost.says)}"`);
}

/** Where there is nothing to show. */
export const plainDoorPage = (says: 'nothingHere' | 'busy', language: DoorLanguage): string => {
  const words = DOOR_WORDS[language];
  return frame(words[says], { language }, `<main><h1>${escape(words[says])}</h1><p><a href="/?lang=${language}">${escape(words.lookAgain)}</a></p></main>`).replace('<script src="/door.js" defer></script>', '');
};
