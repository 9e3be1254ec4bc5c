/** The recordings that this key opens, the newest first. */
import { button, leftToRight, make, more, paragraph, show } from './dom.js';
import type { FoundSession } from './files.js';
import type { Glance } from './reader.js';
import { clock, day, say, timeOfDay } from './speech.js';
import type { Unlocked } from './unlock.js';
import { watchHere } from './watch.js';

interface Mine { readonly found: FoundSession; readonly glance: Glance }

export async function listHere(unlocked: Unlocked, home: () => void): Promise<void> {
  const { reader, chosen: { sessions, notes } } = unlocked;
  const mine: Mine[] = [];
  let altered = 0;
  for (const found of sessions) {
    const glance = await reader.ask('glance', { files: found.files, notes });
    if (glance === 'altered') altered += 1;
    else if (glance !== undefined) mine.push({ found, glance });
  }
  mine.sort((a, b) => b.glance.at.localeCompare(a.glance.at));
  const only = mine[0];
  const showList = (): void => list(unlocked, mine, altered, home);
  if (only !== undefined && mine.length === 1 && altered === 0) await watchHere(unlocked, only.found, only.glance, showList);
  else showList();
}

/** @param altered how many are this key's, and can no longer be told apart. */
function list(unlocked: Unlocked, mine: readonly Mine[], altered: number, home: () => void): void {
  const { list: words, purpose } = { list: say().list, purpose: (glance: Glance) => glance.binding.purpose.words };
  const others = unlocked.chosen.sessions.length - mine.length - altered;
  show(words.title,
    ...(mine.length === 0 ? (altered === 0 ? [paragraph(words.none)] : []) : [make('ul', { className: 'cards' }, ...mine.map(({ found, glance }) => {
      const name = glance.title ?? purpose(glance);
      const open = button(words.open, () => void watchHere(unlocked, found, glance, () => list(unlocked, mine, altered, home)));
      open.setAttribute('aria-label', `${words.open}: ${name}, ${day(glance.at)}`);
      return make('li', {}, make('div', {},
        make('strong', { dir: 'auto' }, name), make('br', {}),
        `${day(glance.at)}, ${span(glance)}`, ...(glance.title === undefined ? [] : [make('br', {}), make('span', { className: 'soft', dir: 'auto' }, purpose(glance))]),
        ...(glance.binding.clip === undefined ? [] : [' ', make('span', { className: 'badge' }, words.clip)])), open);
    }))]),
    ...(altered > 0 ? [paragraph(words.altered(altered), 'verdict altered')] : []),
    ...(others > 0 && mine.length + altered > 0 ? [paragraph(words.others(others), 'soft')] : []),
    more(words.erase, make('ul', {}, ...[words.eraseHere, words.eraseStick, words.eraseKiosk, words.eraseClips].map((line) => make('li', {}, line)))),
    make('p', { className: 'soft' }, ...around(words.fingerprint('\u0000'), unlocked.fingerprint)),
    button(words.lock, () => {
      unlocked.reader.close();
      home();
    }, true),
  );
}

/** A sentence with a technical word in it, which keeps its own direction. */
function around(sentence: string, word: string): (Node | string)[] {
  const [before = '', after = ''] = sentence.split('\u0000');
  return [before, leftToRight(word), after];
}

function span({ at, endedAt, binding: { clip } }: Glance): string {
  if (clip !== undefined) return clock(clip.toMs - clip.fromMs);
  return endedAt === undefined ? timeOfDay(at) : `${timeOfDay(at)} – ${timeOfDay(endedAt)}`;
}
