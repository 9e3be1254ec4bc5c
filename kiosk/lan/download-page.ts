/** What the download shows besides the file: plain HTML for any computer, without a script, in the language of the owner's school. Pure. */
import type { DoorLanguage } from './door-facts.js';
import { DOWNLOAD_WORDS, type Told } from './download-words.js';
import { page } from './page.js';

const size = (bytes: number): string => bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;

export function downloadPage({ code, href, bytes, language }: { readonly code: string; readonly href: string; readonly bytes: number; readonly language: DoorLanguage }): string {
  const { title, letters, download, unpack, once } = DOWNLOAD_WORDS[language];
  return page(title, `
<p>${letters}</p>
<p class="code"><bdi dir="ltr">${code}</bdi></p>
<p><a href="${href}" download>${download(`<bdi dir="ltr">${size(bytes)}</bdi>`)}</a></p>
<p>${unpack}</p>
<p>${once}</p>`, language);
}

const STATUS = { used: 410, taken: 403, expired: 410, unknown: 404, busy: 429, refused: 400 } as const satisfies Record<Told, number>;

/** Where there is no file (any more). */
export const plainPage = (told: Told, language: DoorLanguage): { readonly status: number; readonly html: string } => {
  const { title, says } = DOWNLOAD_WORDS[language].told[told];
  return { status: STATUS[told], html: page(title, `<p>${says}</p>`, language) };
};
