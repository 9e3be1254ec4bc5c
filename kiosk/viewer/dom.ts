/** Making elements and files, in a page without a library. Text is only ever set as text. */
import { encode } from 'uqr';
import { say } from './speech.js';

export type Child = Node | string;

/** @param properties of the element (`className`, `disabled` …) */
export function make<Name extends keyof HTMLElementTagNameMap>(name: Name, properties: Partial<HTMLElementTagNameMap[Name]>, ...children: readonly Child[]): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

export const paragraph = (text: string, className = ''): HTMLParagraphElement => make('p', { className }, text);

/** @param second whether it is not the usual way on */
export const button = (words: string, onclick: () => void, second = false): HTMLButtonElement => make('button', { type: 'button', className: second ? 'second' : '', onclick }, words);

/** A field with its label before it. */
export function labelled(words: string, field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, id: string): DocumentFragment {
  field.id = id;
  const both = document.createDocumentFragment();
  both.append(make('label', { htmlFor: id }, words), field);
  return both;
}

/** A box to tick, with its label after it. */
export function ticked(words: string, field: HTMLInputElement): HTMLLabelElement {
  field.type = 'checkbox';
  return make('label', { className: 'tick' }, field, ` ${words}`);
}

export const more = (summary: string, ...children: readonly Child[]): HTMLDetailsElement => make('details', {}, make('summary', {}, summary), ...children);

/** What is said when something did not work; read out at once. */
export const alertLine = (): HTMLParagraphElement => {
  const line = make('p', { className: 'said' });
  line.setAttribute('role', 'alert');
  return line;
};

/** Where a technical word is said in another way than the words around it. */
export const leftToRight = (text: string, className = ''): HTMLElement => {
  const span = make('bdi', { className }, text);
  span.dir = 'ltr';
  return span;
};

/** Replaces what the page shows; assistive technology goes to the new heading. */
export function show(title: string, ...children: readonly Child[]): void {
  const heading = make('h1', { tabIndex: -1 }, title);
  document.title = title;
  document.querySelector('#page')?.replaceChildren(heading, ...children);
  heading.focus();
  scrollTo(0, 0);
}

/** Lets the page be painted, before work that blocks it. */
export const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** A button that is out of use, and says so, while its work lasts. @param work what it throws is said by `told`. */
export function working(words: string, work: () => Promise<void>, told: (error: unknown) => void): HTMLButtonElement {
  const one = button(words, () => void (async () => {
    told(undefined);
    one.disabled = true;
    one.textContent = say().common.moment;
    await painted();
    try {
      await work();
    } catch (error) {
      told(error);
    } finally {
      one.disabled = false;
      one.textContent = words;
    }
  })());
  return one;
}

/** Into the browser's folder for downloads. */
export function download(name: string, content: string | Uint8Array | Blob): void {
  const href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content as BlobPart], { type: 'application/octet-stream' }));
  make('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000); // Safari reads it late
}

const SVG = 'http://www.w3.org/2000/svg';
/** ISO/IEC 18004: four modules of white on each side. */
const QUIET = 4;

/** @param label for those who cannot see it */
export function qr(text: string, label: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', data.flatMap((row, y) => row.map((dark, x) => dark ? `M${x} ${y}h1v1h-1z` : '')).join(''));
  for (const [name, value] of [['viewBox', `0 0 ${size} ${size}`], ['class', 'qr'], ['role', 'img'], ['aria-label', label], ['shape-rendering', 'crispEdges']] as const) svg.setAttribute(name, value);
  svg.append(path);
  return svg;
}
