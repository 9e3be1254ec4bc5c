/** What a way through the screens costs a person: touches, pages and words read. A line counts once, where it is seen first. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

interface Effort { readonly touches: number; readonly pages: number; readonly words: number }

/** Our estimates, for somebody who does it for the first time: finding and touching a button, reading 200 words a minute to understand them, six words on paper. */
export const COSTS_S = { touch: 1.2, word: 60 / 200, writingWords: 60 };
const NOTHING: Effort = { touches: 0, pages: 0, words: 0 };
const less = (all: Effort, before: Effort): Effort => ({ touches: all.touches - before.touches, pages: all.pages - before.pages, words: all.words - before.words });
const seconds = ({ touches, words }: Effort): number => touches * COSTS_S.touch + words * COSTS_S.word;

/** To be evaluated in the page: what is to be read now, line by line. Looks into shadow roots. */
const VISIBLE_LINES = `(() => {
  const lines = [];
  const walk = (node) => {
    if (node.localName === 'style' || node.classList.contains('told') || !node.checkVisibility({ visibilityProperty: true })) return;
    for (const child of node.childNodes) if (child.nodeType === 3) lines.push(child.textContent.replaceAll(/\\s+/g, ' ').trim());
    for (const child of node.shadowRoot?.children ?? (node.localName === 'slot' ? node.assignedElements() : node.children)) walk(child);
  };
  walk(document.body);
  return lines.filter((line) => line !== '');
})()`;

export class Diary {
  readonly #page: Page;
  readonly #shots: string | undefined;
  readonly #seen = new Set<string>();
  #all = NOTHING;
  #chapter = NOTHING;
  #title = '';

  /** @param shots a folder for a picture of each page, where they are wanted. */
  constructor(page: Page, shots: string | undefined) {
    this.#page = page;
    this.#shots = shots;
  }

  /** Touches until now, and the seconds of the hand alone. */
  get hand(): { readonly touches: number; readonly seconds: number } {
    const { touches } = this.#all;
    return { touches, seconds: seconds({ touches, words: 0, pages: 0 }) };
  }

  /** Reads what is there, then touches. */
  async touch(button: Locator): Promise<void> {
    await button.waitFor();
    await this.read();
    await this.press(button);
  }

  /** Touches a key, where there is nothing new to read. */
  async press(key: Locator): Promise<void> {
    await key.tap();
    this.#add({ touches: 1 });
  }

  async read(): Promise<void> {
    const lines = await this.#page.evaluate<string[]>(VISIBLE_LINES);
    const isNew = (line: string): boolean => !this.#seen.has(line);
    const words = lines.filter(isNew).flatMap((line) => line.split(' ')).filter((word) => /\p{L}{2}/u.test(word)).length;
    for (const line of lines) this.#seen.add(line);
    const title = lines.filter((line) => /^Page \d+ of \d+$/.test(line)).concat(await this.#page.getByRole('heading', { level: 1 }).allInnerTexts()).join(' ');
    const turned = title !== this.#title;
    this.#title = title;
    this.#add({ words, pages: turned ? 1 : 0 });
    if (!turned || this.#shots === undefined) return;
    await mkdir(this.#shots, { recursive: true });
    await this.#page.screenshot({ path: join(this.#shots, `${String(this.#all.pages).padStart(2, '0')}-${title.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 50)}.png`) });
  }

  /** @returns what was done since the last chapter, in words. */
  chapter(name: string): string {
    const done = less(this.#all, this.#chapter);
    this.#chapter = this.#all;
    return `${name}: ${inWords(done)}`;
  }

  /** @returns all of it, with the minutes that it takes. */
  total(): string {
    return `in all: ${inWords(this.#all)}; about ${((seconds(this.#all) + COSTS_S.writingWords) / 60).toFixed(1)} minutes`;
  }

  #add(more: Partial<Effort>): void {
    const { touches, pages, words } = this.#all;
    this.#all = { touches: touches + (more.touches ?? 0), pages: pages + (more.pages ?? 0), words: words + (more.words ?? 0) };
  }
}

const inWords = (effort: Effort): string => `${effort.touches} touches, ${effort.words} words on ${effort.pages} pages, ${Math.round(seconds(effort))} s`;
