/** Making elements and files, in a page without a library. Text is only ever set as text. */
import { encode } from 'uqr';

type Child = Node | string;

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
export function labelled(words: string, field: HTMLInputElement | HTMLTextAreaElement, id: string): DocumentFragment {
  field.id = id;
  const both = document.createDocumentFragment();
  both.append(make('label', { htmlFor: id }, words), field);
  return both;
}

/** Replaces what the page shows; assistive technology goes to the new heading. */
export function show(title: string, ...children: readonly Child[]): void {
  const heading = make('h1', { tabIndex: -1 }, title);
  document.querySelector('#page')?.replaceChildren(heading, ...children);
  heading.focus();
}

/** Lets the page be painted, before work that blocks it. */
export const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Into the browser's folder for downloads. */
export function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
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
