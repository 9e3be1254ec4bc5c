/** Steps through what is on the screen, says it, and chooses. Of keys and of the dark it knows nothing. */
import { gather, type Found, type Gathered } from './gather.js';
import { languageOf, nameOf } from './names.js';
import { afterTick, landing, stopsOf, type Stop } from './order.js';
import { PIN_START, turn, type PinRing } from './pin.js';
import { WORDS } from './words.js';

export interface Voice {
  /** Says this next; whatever is being said is cut short. */
  speak(text: string, language: string): void;
  /** Ends what is being said to whoever has the keys. */
  hush(): void;
  /** One neutral sound, the same each time. */
  tick(): void;
}

interface Now extends Gathered { readonly stops: readonly Stop[] }
export type Way = 'previous' | 'next' | 'choose' | 'back';

const DRAWN = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

export class Walker {
  readonly #root: Element;
  readonly #voice: Voice;
  /** What the person is at. */
  #here: Element | null = null;
  /** What was said of it, and under which heading. */
  #said = { spoken: '', title: '' };
  /** Of the PIN pad, while digits are counted. */
  #ring: PinRing | null = null;
  #alerted = new WeakSet<Element>();
  /** What is secret and was asked to be read aloud (EN 301 549, 5.1.3.8). */
  #aloud = new WeakSet<Element>();
  readonly #changes: MutationObserver;
  #looking = false;
  /** The screen was there before what it begins with, and nobody has moved on since. */
  #awaits = false;

  constructor(root: Element, voice: Voice) {
    this.#root = root;
    this.#voice = voice;
    this.#changes = new MutationObserver(() => void this.#soon());
  }

  /** Says where one is, from the heading on. */
  begin(first = ''): void {
    this.#arrive(this.#see(), first);
  }

  end(): void {
    this.#changes.disconnect();
    this.#voice.hush();
    this.#here = this.#ring = null;
    this.#said = { spoken: '', title: '' };
    this.#alerted = new WeakSet();
    this.#aloud = new WeakSet();
  }

  async go(way: Way): Promise<void> {
    // EN 301 549, 5.1.3.5: by each key, also where it has nothing to say.
    this.#voice.hush();
    const now = this.#see();
    this.#awaits = false;
    if (this.#ring !== null) return await this.#count(now, this.#ring, way);
    switch (way) {
      case 'next': return this.#step(now, 1);
      case 'previous': return this.#step(now, -1);
      case 'back': return this.#back(now);
      case 'choose': return await this.#choose(now);
    }
  }

  #see(): Now {
    const gathered = gather(this.#root, this.#aloud);
    for (const root of gathered.roots) this.#changes.observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: ['aria-checked', 'aria-pressed', 'aria-selected', 'aria-disabled', 'aria-busy', 'data-secret', 'hidden', 'open'] });
    return { ...gathered, stops: stopsOf(gathered.found.map(({ thing }) => thing), WORDS) };
  }

  /** After a change on the screen, once it is drawn. */
  async #soon(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    await DRAWN();
    this.#looking = false;
    if (this.#here === null) return;
    const now = this.#see();
    const at = this.#stopAt(now);
    const alerts = now.found.filter(({ alert, element, thing }) => alert && thing.role === 'text' && !this.#alerted.has(element));
    if (at === -1 || titleOf(now) !== this.#said.title) return this.#arrive(now);
    if (alerts.length > 0) return this.#alert(now, alerts);
    if (this.#awaits && beginningOf(now) !== -1) {
      this.#awaits = false;
      return this.#at(now, beginningOf(now));
    }
    // Of what is secret, how much of it there is.
    if (now.found[now.stops[at]?.thing ?? -1]?.thing.role === 'secret') return this.#counted(now, at);
    // A clock that ticks is not news.
    if (this.#ring === null && lettersOf(now.stops[at]?.spoken) !== lettersOf(this.#said.spoken)) this.#at(now, at);
  }

  #alert(now: Now, alerts: readonly Found[]): void {
    for (const { element } of alerts) this.#alerted.add(element);
    this.#say(alerts.map(({ thing }) => thing.name).join(' '));
  }

  /** On a screen that is new: its heading and texts, then where it begins. */
  #arrive(now: Now, first = ''): void {
    for (const { element, alert } of now.found) if (alert) this.#alerted.add(element);
    const pin = now.found.findIndex(({ thing }) => thing.role === 'pin');
    this.#ring = pin === -1 ? null : PIN_START;
    const top = now.stops[0]?.operable === false ? now.stops[0].spoken : '';
    const secret = now.stops.findIndex(({ thing }) => now.found[thing]?.thing.role === 'secret');
    const stop = pin !== -1 ? now.stops.findIndex(({ thing }) => thing === pin) : secret !== -1 ? secret : beginningOf(now);
    this.#awaits = stop === -1;
    // Without a beginning, at its heading: other languages may stand before it.
    const title = now.stops.findIndex(({ thing }) => now.found[thing]?.thing.role === 'heading');
    this.#at(now, stop === -1 ? Math.max(title, 0) : stop, [first, stop > 0 ? top : '', this.#ring !== null ? WORDS.pinHelp() : secret === -1 ? '' : WORDS.secretHelp()]);
  }

  #counted(now: Now, at: number): void {
    const stop = now.stops[at];
    if (stop === undefined || stop.spoken === this.#said.spoken) return;
    this.#said = { ...this.#said, spoken: stop.spoken };
    this.#say(now.found[stop.thing]?.thing.name ?? '');
  }

  #step(now: Now, by: 1 | -1): void {
    const many = now.stops.length;
    const at = this.#stopAt(now);
    this.#at(now, at === -1 ? 0 : (at + by + many) % many);
  }

  /** Goes to a stop and says it. */
  #at(now: Now, at: number, before: readonly string[] = []): void {
    const stop = now.stops[at];
    const found = stop === undefined ? undefined : now.found[stop.thing];
    if (stop === undefined || found === undefined) return;
    this.#here = found.element;
    this.#said = { spoken: stop.spoken, title: titleOf(now) };
    if (stop.operable && found.element instanceof HTMLElement) found.element.focus();
    this.#say([...before, stop.spoken].filter((part) => part !== '').join(' '));
  }

  async #choose(now: Now): Promise<void> {
    const stop = now.stops[this.#stopAt(now)];
    const found = stop === undefined ? undefined : now.found[stop.thing];
    if (stop === undefined || found === undefined) return this.#arrive(now);
    if (!stop.operable) return this.#step(now, 1);
    const { element, thing } = found;
    if (thing.role === 'pin') {
      this.#ring = PIN_START;
      return this.#say(WORDS.pinHelp());
    }
    if (thing.role === 'secret') {
      if (thing.on === true) this.#aloud.delete(element);
      else this.#aloud.add(element);
      return this.#at(this.#see(), this.#stopAt(now), [thing.on === true ? '' : WORDS.secretOpened()]);
    }
    if (thing.busy || thing.disabled !== null) return this.#say(thing.busy ? WORDS.busy() : WORDS.disabled(thing.disabled ?? ''));
    if (element instanceof HTMLElement) element.click();
    if (thing.role === 'checkbox' && thing.on === false) await this.#ticked(element);
  }

  /** On to the next line, so that a list of them takes one press each. */
  async #ticked(element: Element): Promise<void> {
    await DRAWN();
    const now = this.#see();
    const at = now.found.findIndex((one) => one.element === element);
    if (now.found[at]?.thing.on !== true) return;
    const next = afterTick(now.found.map(({ thing }) => thing), at, now);
    const stop = now.stops.findIndex(({ thing }) => thing === next);
    if (stop !== -1) this.#at(now, stop, [`${WORDS.ticked(true)}.`]);
  }

  #back(now: Now): void {
    const named = now.found.find(({ thing }) => thing.role === 'button' && WORDS.back().some((word) => thing.name === word || thing.name.startsWith(`${word} `)))?.element;
    const way = now.ways[0] ?? named;
    if (way instanceof HTMLElement) way.click();
    else if (now.modal !== null) now.modal.requestClose();
    else this.#say(WORDS.nothingToGoBackTo());
  }

  /** The pad takes digits from a hardware keyboard: those of the ring come to it the same way. */
  async #count(now: Now, ring: PinRing, way: Way): Promise<void> {
    const [next, step] = turn(ring, way);
    this.#ring = next;
    switch (step.does) {
      case 'tick': return this.#voice.tick();
      case 'digit':
        typed(step.digit);
        return this.#say(WORDS.digits(next.taken));
      case 'delete':
        typed('Backspace');
        return this.#say(WORDS.digits(next.taken));
      case 'too-few': return this.#say(WORDS.tooFew(next.taken));
      case 'full': return this.#say(WORDS.full());
      case 'submit': {
        const pad = now.found.find(({ thing }) => thing.role === 'pin')?.element;
        await DRAWN();
        return pad?.querySelector<HTMLElement>('.main')?.click();
      }
      case 'leave':
        this.#ring = null;
        return this.#at(now, Math.max(this.#stopAt(now), 0));
    }
  }

  #stopAt(now: Now): number {
    return now.stops.findIndex(({ thing }) => now.found[thing]?.element === this.#here);
  }

  #say(text: string): void {
    this.#voice.speak(text, this.#here === null ? document.documentElement.lang : languageOf(this.#here));
  }
}

const typed = (key: string): void => void window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
const beginningOf = (now: Now): number => {
  const start = landing(now.found.map(({ thing }) => thing), now);
  return start === null ? -1 : now.stops.findIndex(({ thing }) => thing === start);
};
const titleOf = ({ found }: Gathered): string => {
  const heading = found.find(({ thing }) => thing.role === 'heading')?.element;
  return heading === undefined ? '' : nameOf(heading);
};
const lettersOf = (spoken: string | undefined): string => (spoken ?? '').replace(/\p{N}/gu, '');
