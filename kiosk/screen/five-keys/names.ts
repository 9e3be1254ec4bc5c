/** What a thing on the screen is called, as accessible names are made (W3C accname 1.2); only what the kiosk uses of it. */

/** As the page is drawn: shadow roots, and what stands in slots. */
export function drawnChildren(element: Element): readonly Node[] {
  if (element.shadowRoot !== null) return [...element.shadowRoot.childNodes];
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedNodes({ flatten: true });
    if (assigned.length > 0) return assigned;
  }
  return [...element.childNodes];
}

/** Around it, as it is drawn. */
export const drawnParent = (element: Element): Element | null => {
  const around = element.assignedSlot ?? element.parentNode;
  return around instanceof ShadowRoot ? around.host : around instanceof Element ? around : null;
};

/** Is it, with all in it, for nobody? */
export const isLeftOut = (element: Element): boolean =>
  element.getAttribute('aria-hidden') === 'true' || element.hasAttribute('inert') || ['SCRIPT', 'STYLE', 'TEMPLATE'].includes(element.tagName) || getComputedStyle(element).display === 'none';

/** All its words, in one line. */
export function wordsOf(node: Node): string {
  return words(node).join(' ').replace(/\s+/gu, ' ').replace(/ ([.,:;!?،۔؟])/gu, '$1').trim();
}

function words(node: Node): readonly string[] {
  if (node instanceof Text) return [node.data];
  if (!(node instanceof Element) || isLeftOut(node)) return [];
  const label = node.getAttribute('aria-label');
  return label === null ? drawnChildren(node).flatMap(words) : [label];
}

/** Its accessible name; empty where it has none. */
export function nameOf(element: Element): string {
  const given = named(element, 'aria-labelledby') || (element.getAttribute('aria-label') ?? '');
  if (given !== '') return given;
  const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement ? [...element.labels ?? []] : null;
  const own = labels === null ? wordsOf(element) : labels.map(wordsOf).join(' ');
  return own || (element.getAttribute('title') ?? element.getAttribute('placeholder') ?? '');
}

/** What describes it: for a button that cannot be pressed, why. */
export const describedBy = (element: Element): string => named(element, 'aria-describedby') || (element.getAttribute('title') ?? '');

/** The language it is written in. */
export function languageOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = drawnParent(at)) {
    const lang = at.getAttribute('lang');
    if (lang !== null && lang !== '') return lang;
  }
  return document.documentElement.lang;
}

function named(element: Element, attribute: string): string {
  const root = element.getRootNode();
  if (!(root instanceof ShadowRoot || root instanceof Document)) return '';
  const ids = (element.getAttribute(attribute) ?? '').split(/\s+/u).filter((id) => id !== '');
  return ids.map((id) => root.getElementById(id)).filter((found) => found !== null).map(wordsOf).join(' ');
}
