/** To be evaluated in a page of scene-stage.ts: what a person who sees badly, or in another way, would complain of; as sentences. */

/** The levels A and AA of WCAG 2.0 to 2.2, and axe’s own advice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What hangs on the colours: the rest of a page is the same in the dark. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** Of axe-core; what it cannot decide by itself is left to people (docs/accessibility.md). @param rules tags or rules of axe. */
export const axeFaults = (rules: readonly string[] = TAGS): string => `axe.run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => id + ': ' + target.flat(9).join(' ') + ': ' + [...any, ...all, ...none].map(({ message }) => message).join('; '))))`;

/** The word for the state of the room, and Stop: read from afar, so 7:1 (WCAG 1.4.6) where 3:1 would do for their size. */
const FROM_AFAR = 7;

/** By own code, since axe says nothing of 7:1. @param state the heading says what the room is in. */
export const contrastFaults = (state: boolean): string => `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
  /** @returns red, green, blue, alpha of a CSS colour, as Chromium paints it. */
  const painted = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
  const luminance = (rgb) => { const [r, g, b] = [...rgb].slice(0, 3).map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (el) => { for (let at = el; at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) { const found = painted(getComputedStyle(at).backgroundColor); if (found[3] === 255) return found; } return painted('#fff'); };
  const ratio = (el) => { const [one, other] = [luminance(painted(getComputedStyle(el).color)), luminance(behind(el))].sort((a, b) => b - a); return (one + 0.05) / (other + 0.05); };
  const looked = everything().filter((el) => el.checkVisibility() && ((${state} && el.localName === 'h1') || (el.localName === 'button' && el.getRootNode().host?.localName === 'lamp-stop')));
  return looked.filter((el) => ratio(el) < ${FROM_AFAR}).map((el) => el.textContent.trim() + ' has a contrast of ' + ratio(el).toFixed(2));
})()`;

/** WCAG 2.3.1, three flashes a second; ours is two. What moves at all is a transition of a touch. @param reduced nothing may move then (WCAG 2.3.3). */
export const motionFaults = (reduced: boolean): string => `(() => {
  const seconds = (text) => Math.max(...text.split(',').map((one) => parseFloat(one) * (one.trim().endsWith('ms') ? 0.001 : 1)));
  const styles = everything().filter((el) => el.checkVisibility()).map((el) => ({ el, style: getComputedStyle(el) }));
  const flashing = styles.filter(({ style }) => style.animationName !== 'none' && seconds(style.animationDuration) < 0.5 && style.animationIterationCount !== '1');
  const moving = styles.filter(({ style }) => style.animationName !== 'none' || seconds(style.transitionDuration) > 0);
  return [...flashing.map(({ el }) => el.localName + ' flashes'), ...(${reduced} ? moving.map(({ el }) => el.localName + ' moves') : [])];
})()`;

/** WCAG 2.5.3: whoever speaks to a computer says what they see, so the words of a button are in its name. Letters and digits of pads, and lone signs, have no words; On and Off are what a switch is, not what it is called. */
export const LABEL_FAULTS = `(() => {
  const plain = (text) => text.normalize('NFC').toLowerCase().replace(/[^\\p{L}\\p{M}\\p{N}]+/gu, ' ').trim();
  const visible = (el) => el.innerText.split('\\n').map(plain).filter((line) => /\\p{L}{2}/u.test(line));
  return everything().filter((el) => el.matches('button[aria-label]:not([role=switch])') && el.checkVisibility()).flatMap((el) => visible(el).filter((line) => !plain(el.ariaLabel).includes(line)).map((line) => '“' + line + '” is not in the name “' + el.ariaLabel + '”'));
})()`;

/** WCAG 2.4.7: whatever a keyboard comes to shows it by an outline. The covered areas mark the part that the arrows are at instead. To be asked when a key was pressed last. */
export const FOCUS_FAULTS = `(() => {
  const before = document.activeElement;
  const faults = everything().filter((el) => el.matches('button, a[href], textarea, input, [tabindex="0"]') && el.checkVisibility({ visibilityProperty: true }) && !el.matches('[role=application]') && !el.closest('[inert]')).flatMap((el) => {
    el.focus();
    if (!el.matches(':focus')) return [];
    const { outlineStyle, outlineWidth } = getComputedStyle(el);
    return el.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 3 ? [] : [(el.ariaLabel ?? el.textContent.trim() ?? el.localName).slice(0, 40) + ' shows no focus'];
  });
  before?.focus?.();
  return [...new Set(faults)];
})()`;
