/**
 * To be evaluated in the page: every fault of layout that a person would see,
 * as sentences. Looks into shadow roots. 72 px are 12 mm on a 10-inch panel of
 * 1280x800 (kiosk.css). Ten columns of a keyboard do not fit upright at that size,
 * so its keys are closer there, and higher. Behind a modal dialog nobody looks.
 * Where larger text is wanted the screen scrolls, and only then may something lie below.
 */
export const LAYOUT_FAULTS = `(() => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((el) => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])]);
  const words = (el) => (el.textContent.trim().replace(/\\s+/g, ' ') || el.localName).slice(0, 50);
  const seen = (selector) => elements.filter((el) => el.matches(selector)).map((el) => ({ el, name: words(el), box: el.getBoundingClientRect() })).filter(({ box }) => box.width > 1);
  const around = (el) => el.assignedSlot ?? el.parentNode ?? el.host;
  const within = (el, other) => { for (let at = el; at; at = around(at)) if (at === other) return true; return false; };
  const touched = (x, y) => {
    let el = document.elementFromPoint(x, y);
    while (el?.shadowRoot?.elementFromPoint(x, y) && el.shadowRoot.elementFromPoint(x, y) !== el) el = el.shadowRoot.elementFromPoint(x, y);
    return el;
  };
  /** How far apart, in px; negative where one lies on the other. */
  const apart = (a, b) => Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom);
  const modal = all(document).find((el) => el.matches("dialog:modal"));
  const elements = all(modal ?? document).filter((el) => el.checkVisibility());
  const buttons = seen('button');
  const pieces = seen('button, h1, h2, p, figure, progress, lamp-time, .trouble, .card, lamp-meter');
  const larger = document.documentElement.dataset.text === 'larger';
  // Of what lies under a sheet nobody sees anything.
  const sheet = elements.find((el) => el.matches('dialog[open]'));
  const under = ({ el, box }) => sheet !== undefined && !within(el, sheet) && !within(sheet, el) && apart(box, sheet.getBoundingClientRect()) < 0;
  const isSlim = (el) => innerWidth < innerHeight && el.getRootNode().host?.localName === 'lamp-keyboard';
  const faults = [];
  for (const { el, name, ...at } of buttons) {
    if (larger) el.scrollIntoView({ block: 'center' });
    const box = larger ? el.getBoundingClientRect() : at.box;
    if (!el.contains(touched(box.left + box.width / 2, box.top + box.height / 2))) faults.push(name + ' is covered');
    const slim = isSlim(el);
    if (box.width < (slim ? 67.5 : 72) || box.height < (slim ? 87.5 : 72)) faults.push(name + ' is ' + box.width + ' by ' + box.height);
    const stop = el.getRootNode().host.localName === 'lamp-stop';
    if (stop && box.height < (el.getRootNode().host.size === 'giant' && !larger ? 220 : 112)) faults.push(name + ' is ' + box.height + ' high');
    if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1) faults.push('the words outgrow their button: ' + name);
  }
  for (const { name, box } of larger ? [] : pieces) {
    if (box.left < 23.5 || box.top < -0.5 || box.right > innerWidth - 23.5 || box.bottom > innerHeight + 0.5) faults.push(name + ' leaves the screen, or its margin of 24 px at the sides');
  }
  const apiece = larger ? [] : pieces.filter((piece) => !under(piece));
  for (const [at, a] of apiece.entries()) for (const b of apiece.slice(at + 1)) {
    if (within(a.el, b.el) || within(b.el, a.el)) continue;
    const distance = apart(a.box, b.box);
    if (distance < -1) faults.push(a.name + ' and ' + b.name + ' overlap');
    else if (a.el.localName === 'button' && b.el.localName === 'button' && distance < (isSlim(a.el) && isSlim(b.el) ? 7.5 : 15.5)) faults.push(a.name + ' and ' + b.name + ' are ' + distance + ' px apart');
  }
  const scrolls = (el) => { for (let at = el; at; at = around(at)) if (at instanceof Element && ['auto', 'scroll'].includes(getComputedStyle(at).overflowY)) return true; return false; };
  const clips = (el) => ['hidden', 'clip'].includes(getComputedStyle(el).overflowX) || ['hidden', 'clip'].includes(getComputedStyle(el).overflowY);
  const range = document.createRange();
  for (const el of elements) for (const node of el.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE || node.data.trim() === '' || ['STYLE', 'SCRIPT'].includes(el.nodeName)) continue;
    const name = words(el);
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    // Said to screen readers only, in one pixel.
    if (box.width === 0 || el.clientWidth === 1 || el.closest('.told')) continue;
    if (box.left < -0.5 || box.right > innerWidth + 0.5 || (!(larger && scrolls(el)) && (box.top < -0.5 || box.bottom > innerHeight + 0.5))) faults.push('words leave the screen: ' + name);
    const { textOverflow, webkitLineClamp } = getComputedStyle(el);
    if ((textOverflow === 'ellipsis' && el.scrollWidth > el.clientWidth + 1) || (webkitLineClamp !== 'none' && el.scrollHeight > el.clientHeight + 1)) faults.push('words end in dots: ' + name);
    for (let at = el; at instanceof Element; at = around(at) instanceof ShadowRoot ? around(at).host : around(at)) {
      if (larger && scrolls(at)) break;
      if (!clips(at) || at === document.body || at === document.documentElement) continue;
      const edge = at.getBoundingClientRect();
      if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 2 || box.bottom > edge.bottom + 2) faults.push('words are cut off: ' + name);
    }
    // What people wrote without a space, and addresses, have to be broken somewhere; words of the kiosk’s own never.
    if (el.closest('bdi')) continue;
    for (const { index, 0: word } of node.data.matchAll(/[^\\s\\u002d\\u00ad\\u2010-\\u2015/·…@]{2,}/gu)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 0.5);
      if (lines.some(({ top }) => Math.abs(top - lines[0].top) > lines[0].height / 2)) faults.push('a word is broken: ' + word + ' in ' + name);
    }
  }
  for (const { box } of seen('figure')) if (box.height < 120) faults.push('the picture is only ' + box.height + ' high');
  return [...new Set(faults)];
})()`;
