/** What is on the screen, in the order in which it stands there: through shadow roots and slots, without what nobody sees. */
import { describedBy, drawnChildren, isLeftOut, nameOf } from './names.js';
import type { Role, Thing, Ways } from './order.js';

export interface Found {
  readonly element: Element;
  readonly thing: Thing;
  /** It says what went wrong, or that time runs out. */
  readonly alert: boolean;
}

export interface Gathered extends Ways {
  readonly found: readonly Found[];
  /** The buttons that go back (README), outermost first. */
  readonly ways: readonly Element[];
  /** Where changes are to be watched. */
  readonly roots: readonly Node[];
  /** A sheet that lies on everything else. */
  readonly modal: HTMLDialogElement | null;
}

/** Words of a key, a code, an address with a key in it: what may be said of it is the attribute's value, and what is in it only to whoever asks for that. */
const SECRET = 'data-secret';
/** Its digits are secret, so they are no stops of their own. The screens of the PIN, and whatever says so. */
const MASKED = ':is([data-masked], pin-screen, lamp-pin-entry)';
const OPERABLE = 'button, a[href], input:not([type=hidden]), textarea, select, [role=button], [role=checkbox], [role=switch], [role=radio], [role=tab], [role=link]';
const DEPICTED = '[role=img], [role=progressbar], [role=meter], progress, meter';

interface Around { readonly group: string | null; readonly alert: boolean; readonly masked: boolean; readonly list: boolean }
interface Collected { readonly found: (Found & { readonly list: boolean })[]; readonly ways: Element[]; readonly roots: Node[]; readonly aloud: Pick<WeakSet<Element>, 'has'> }

/** @param aloud the secret things whose inside is to be read too. */
export function gather(root: Element, aloud: Pick<WeakSet<Element>, 'has'>): Gathered {
  const modal = openModal(root);
  const into: Collected = { found: [], ways: [], roots: [root.getRootNode()], aloud };
  walk(modal ?? root, { group: null, alert: false, masked: false, list: false }, into);
  const { found, ways, roots } = into;
  const index = (is: (one: Collected['found'][number]) => boolean): number | null => {
    const at = found.findIndex(is);
    return at === -1 ? null : at;
  };
  return {
    found, ways, roots, modal,
    main: index(({ element, alert }) => !alert && element.matches('.main')),
    list: index(({ list }) => list),
  };
}

function walk(element: Element, around: Around, into: Collected): void {
  if (isLeftOut(element) || isForReadersOnly(element)) return;
  if (element.shadowRoot !== null) into.roots.push(element.shadowRoot);
  const role = element.getAttribute('role');
  const label = element.getAttribute('aria-label');
  const masked = around.masked || element.matches(MASKED);
  if (masked && (role === 'group' || element.hasAttribute('data-masked'))) return put(element, 'pin', around, into);
  if (element.hasAttribute(SECRET)) put(element, 'secret', around, into);
  if (element.hasAttribute(SECRET) && !into.aloud.has(element)) return;
  if (element.matches(OPERABLE)) return put(element, roleOf(element, role), around, into);
  if (element.matches('h1, h2, h3, h4, h5, h6, [role=heading]')) return put(element, 'heading', around, into);
  if (element.matches(DEPICTED) || (element instanceof SVGElement && label !== null)) return put(element, 'text', around, into);
  const inside: Around = {
    group: label !== null && role !== null ? label : around.group,
    alert: around.alert || role === 'alert',
    masked,
    list: around.list || element.matches('ul, ol, [role=list]'),
  };
  if (hasOwnWords(element) && !hasOperable(element)) return put(element, 'text', inside, into);
  for (const child of drawnChildren(element)) if (child instanceof Element) walk(child, inside, into);
}

function put(element: Element, role: Role, { group, alert, list }: Around, into: Collected): void {
  const name = role === 'secret' ? element.getAttribute(SECRET) ?? '' : role === 'text' && element.matches(DEPICTED) ? depicted(element) : nameOf(element);
  if (name === '' || !element.checkVisibility({ visibilityProperty: true })) return;
  const isOperable = role !== 'text' && role !== 'heading';
  if (element.hasAttribute('data-back')) into.ways.unshift(element);
  const disabled = isOperable && (element.getAttribute('aria-disabled') === 'true' || element.matches(':disabled'));
  into.found.push({
    element, alert, list: list && isOperable,
    thing: { role, name: withText(element, name), on: role === 'secret' ? into.aloud.has(element) : isOperable ? isOn(element, role) : null, disabled: disabled ? describedBy(element) : null, busy: element.getAttribute('aria-busy') === 'true', group },
  });
}

function roleOf(element: Element, role: string | null): Role {
  if (role === 'checkbox' || role === 'switch' || element.matches('input[type=checkbox]')) return 'checkbox';
  if (role === 'radio' || role === 'tab' || element.matches('input[type=radio], [aria-pressed]')) return 'choice';
  if (element.matches('textarea, select, input:not([type=button], [type=submit])')) return 'field';
  return element.matches('a, [role=link]') ? 'link' : 'button';
}

function isOn(element: Element, role: Role): boolean | null {
  if (element instanceof HTMLInputElement && (role === 'checkbox' || role === 'choice')) return element.checked;
  const stated = ['aria-checked', 'aria-selected', 'aria-pressed'].map((name) => element.getAttribute(name)).find((value) => value !== null);
  return stated === undefined ? null : stated === 'true';
}

/** What is written in a field, unless it is a key or a code: those are not checked for spelling. */
function withText(element: Element, name: string): string {
  const isText = (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) && element.spellcheck && element.value !== '' && !element.matches('[type=checkbox], [type=radio], [type=password]');
  return isText ? `${name}: ${element.value}` : name;
}

function depicted(element: Element): string {
  const value = element.getAttribute('aria-valuetext') ?? '';
  return [nameOf(element), value].filter((part) => part !== '').join(', ');
}

const hasOwnWords = (element: Element): boolean => drawnChildren(element).some((child) => child instanceof Text && child.data.trim() !== '');
const hasOperable = (element: Element): boolean => drawnChildren(element).some((child) => child instanceof Element && !isLeftOut(child) && (child.matches(OPERABLE) || hasOperable(child)));

/** Announcements for screen readers, one pixel large: the five keys say those things by themselves. */
function isForReadersOnly(element: Element): boolean {
  const { position, clipPath } = getComputedStyle(element);
  return position === 'absolute' && clipPath !== 'none' && element.clientWidth <= 1;
}

function openModal(element: Element): HTMLDialogElement | null {
  if (element instanceof HTMLDialogElement && element.matches(':modal')) return element;
  for (const child of drawnChildren(element)) {
    const found = child instanceof Element ? openModal(child) : null;
    if (found !== null) return found;
  }
  return null;
}

