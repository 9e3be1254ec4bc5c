/** One recording: the film, what was found of it, notes, and what it is. */
import { aboutPanel } from './about.js';
import { clipHere } from './clip.js';
import { button, leftToRight, make, paragraph, show } from './dom.js';
import { sentenceOf } from './given-words.js';
import type { FoundSession } from './files.js';
import { Notes, notesPanel } from './notes.js';
import type { Glance, OpenedFilm } from './reader.js';
import { day, say } from './speech.js';
import { theatre } from './theatre.js';
import type { Unlocked } from './unlock.js';
import { verdictPanel } from './verdict.js';

export async function watchHere(unlocked: Unlocked, found: FoundSession, glance: Glance, back: () => void): Promise<void> {
  const { watch, common } = say();
  show(watch.opening);
  let film: OpenedFilm;
  try {
    film = await unlocked.reader.ask('open', { files: found.files, notes: unlocked.chosen.notes });
  } catch (error) {
    const sentence = sentenceOf(error);
    return show(watch.openFailed, ...(sentence === common.failed ? [] : [paragraph(sentence)]), button(common.back, back, true));
  }
  showFilm(unlocked, found, glance, film, back);
}

function showFilm(unlocked: Unlocked, found: FoundSession, glance: Glance, film: OpenedFilm, back: () => void): void {
  const { watch, clip, common } = say();
  const { clip: statement } = film.binding;
  const checked = film.clip;
  if (checked === 'broken') return show(clip.clipBad, button(common.back, back, true));
  const notes = new Notes(unlocked, found, film);
  const stage = theatre(unlocked.reader, film, notes);
  const verdict = verdictPanel(found, film, (limitMs) => stage.limit(limitMs));
  stage.onBroken = verdict.broken;
  const leave = (to: () => void) => (): void => {
    if (!notes.mayLeave()) return;
    stage.close();
    verdict.close();
    removeEventListener('keydown', stage.keys);
    to();
  };
  const again = (): void => void watchHere(unlocked, found, glance, back);
  const heading = notes.title ?? film.binding.purpose.words;
  addEventListener('keydown', stage.keys);
  show(heading,
    paragraph(statement === undefined ? day(film.at) : clip.made(checked?.fingerprint ?? '', day(checked?.recordedAt ?? '')), 'soft'),
    verdict.element,
    make('div', { className: 'watch' }, make('div', { className: 'stage' }, stage.element, ...closedParts(film)), notesPanel(notes, stage)),
    make('div', { className: 'ways' },
      ...(statement !== undefined ? [] : film.binding.purpose.audience === 'only-me' ? [paragraph(clip.notAllowed, 'soft')] : [button(clip.make, leave(() => clipHere(unlocked, film, stage.at(), again)))]),
      button(common.back, leave(back), true)),
    aboutPanel(film, found),
    verdict.details,
    make('details', {}, make('summary', {}, watch.keys), paragraph(watch.keysList)),
  );
  void stage.begin().then(() => verdict.begin());
}

const closedParts = ({ closed }: OpenedFilm): readonly Node[] => closed.map(({ part, why }) => {
  const line = paragraph(`${say().watch.closed(part)} `, 'said');
  line.append(leftToRight(`(${why})`, 'soft'));
  return line;
});

