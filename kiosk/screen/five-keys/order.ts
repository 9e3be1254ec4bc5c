/**
 * What five keys step through, and what is said at each stop. Pure: the walker
 * tells what is on the screen, in reading order.
 */

export type Role = 'button' | 'checkbox' | 'choice' | 'link' | 'field' | 'pin' | 'secret' | 'heading' | 'text';

/** One thing on a screen, as it is named there. */
export interface Thing {
  readonly role: Role;
  readonly name: string;
  /** Of a checkbox, whether it is ticked; of one choice among several, whether it is the chosen one; of what is secret, whether it is read aloud. */
  readonly on: boolean | null;
  /** Why nothing comes of choosing it; empty where the screen gives no reason, null where it can be chosen. */
  readonly disabled: string | null;
  readonly busy: boolean;
  /** What it stands under, where that has a name of its own. */
  readonly group: string | null;
}

/** The few words that are said besides what stands on the screen. */
export interface SpokenWords {
  readonly role: (role: Exclude<Role, 'text'>) => string;
  readonly place: (at: number, of: number) => string;
  readonly ticked: (on: boolean) => string;
  readonly chosen: (on: boolean) => string;
  readonly aloud: (on: boolean) => string;
  readonly disabled: (why: string) => string;
  readonly busy: () => string;
}

/** Which of the things is the main button, and which the first of a list. */
export interface Ways {
  readonly main: number | null;
  readonly list: number | null;
}

export interface Stop {
  /** Which of the things: the first of them, where texts are read together. */
  readonly thing: number;
  readonly operable: boolean;
  readonly spoken: string;
}

const isOperable = ({ role }: Thing): boolean => role !== 'heading' && role !== 'text';

/**
 * @returns a stop for each thing that can be chosen, and one for the texts that
 * stand together, so that a known way takes few presses. A heading begins anew.
 */
export function stopsOf(things: readonly Thing[], words: SpokenWords): readonly Stop[] {
  const operable = things.filter(isOperable);
  const stops: Stop[] = [];
  for (const [at, thing] of things.entries()) {
    const before = things[at - 1];
    const last = stops.at(-1);
    if (isOperable(thing)) {
      const group = thing.group !== null && thing.group !== before?.group ? thing.group : '';
      stops.push({ thing: at, operable: true, spoken: said([group, thing.name, ...stateOf(thing, words), words.place(operable.indexOf(thing) + 1, operable.length)]) });
    } else if (thing.role === 'text' && last !== undefined && !last.operable) {
      stops.splice(-1, 1, { ...last, spoken: `${sentence(last.spoken)} ${thing.name}` });
    } else {
      stops.push({ thing: at, operable: false, spoken: thing.role === 'heading' ? said([thing.name, words.role('heading')]) : thing.name });
    }
  }
  return stops;
}

function stateOf(thing: Thing, words: SpokenWords): readonly string[] {
  if (!isOperable(thing)) return [];
  const role = words.role(thing.role as Exclude<Role, 'text'>);
  const on = thing.on === null ? '' : (thing.role === 'checkbox' ? words.ticked : thing.role === 'secret' ? words.aloud : words.chosen)(thing.on);
  return [role, on, thing.busy ? words.busy() : thing.disabled === null ? '' : words.disabled(thing.disabled)];
}

/**
 * Where a screen begins for whoever knows it: on its main button where that can
 * be pressed, else on the first line to be ticked, else on the first of its list.
 * @returns which of the things; null where the screen has no such beginning.
 */
export function landing(things: readonly Thing[], { main, list }: Ways): number | null {
  if (main !== null && things[main]?.disabled === null) return main;
  return firstUnticked(things, 0) ?? list;
}

/** Where to go by itself once a line is ticked: the next that is not, from here on and then from the top, else the main button. */
export function afterTick(things: readonly Thing[], ticked: number, { main }: Ways): number | null {
  return firstUnticked(things, ticked + 1) ?? firstUnticked(things, 0) ?? main;
}

function firstUnticked(things: readonly Thing[], from: number): number | null {
  const found = things.findIndex(({ role, on }, at) => at >= from && role === 'checkbox' && on === false);
  return found === -1 ? null : found;
}

const said = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
const sentence = (text: string): string => (/[.!?…:۔؟]$/u.test(text) ? text : `${text}.`);
