/** What a recording is: its purpose and audience, how it came about, what happened to it. For its owner only, as all of it lies inside the seal. */
import { leftToRight, make, more, type Child } from './dom.js';
import type { FoundSession } from './files.js';
import type { OpenedFilm } from './reader.js';
import { clock, day, say, timeOfDay } from './speech.js';

export function aboutPanel({ binding, at, events }: OpenedFilm, { path }: FoundSession): HTMLElement {
  const words = say();
  const { about } = words;
  const until = events.findLast(({ what }) => what === 'kept-until')?.['until'];
  const rows: readonly (readonly [string, ...Child[]])[] = [
    [about.recorded, `${day(at)}, ${timeOfDay(at)}`],
    [about.purpose, make('bdi', {}, binding.purpose.words), ` (${about.version(binding.purpose.version)})`],
    [about.audience, words.audience[binding.purpose.audience] ?? binding.purpose.audience],
    [about.mode, words.mode[binding.mode] ?? binding.mode],
    [about.room, make('bdi', {}, binding.room)],
    [about.code, leftToRight(binding.code)],
    [about.lipSync, binding.soundOffsetMs === undefined ? about.lipSyncNone : about.lipSyncMs(binding.soundOffsetMs)],
    ...(binding.clip === undefined ? [] : [[words.list.clip, clipRow(binding.clip)] as const]),
    ...(binding.clip !== undefined ? [] : [[about.kept, typeof until === 'string' ? about.keptUntil(day(until)) : about.keptUnknown] as const]),
    [about.session, leftToRight(binding.session, 'number')],
  ];
  const log = events.filter(({ kind }) => kind === 'log');
  const list = make('dl', {}, ...rows.flatMap(([term, ...value]) => [make('dt', {}, term), make('dd', {}, ...value)]));
  return more(about.title, list, make('h3', {}, about.log), ...(log.length === 0 ? [make('p', { className: 'soft' }, about.noLog)] : [make('ul', { className: 'log' }, ...log.map((event) => make('li', {}, ...sentence(event))))]), make('p', { className: 'soft' }, leftToRight(path)));
}

function clipRow({ fromMs, toMs, blurred, silent }: NonNullable<OpenedFilm['binding']['clip']>): string {
  const { clip } = say();
  return [clip.part(clock(fromMs), clock(toMs), clock(toMs - fromMs)), ...(blurred ? [clip.blurred] : []), ...(silent ? [clip.silent] : [])].join(', ');
}

function sentence({ at, what, by, fault, until, line, evidence, to }: Readonly<Record<string, unknown>>): Child[] {
  const words: Readonly<Record<string, string>> = say().log;
  const told = words[String(what)] ?? String(what);
  const how = words[`by-${String(by)}`];
  const more = [fault, line, evidence, to].filter((one): one is string => typeof one === 'string');
  return [
    `${timeOfDay(String(at))} ${told}${how === undefined ? '' : ` ${how}`}${typeof until === 'string' ? ` ${day(until)}` : ''}`,
    ...more.map((text) => make('span', {}, ' ', leftToRight(text, 'soft'))),
  ];
}
