/** Sharing by the owner's own decision, where the purpose allows it: which part, what is hidden, for whom; read over; made. Nothing leaves in clear. */
import { checkRecipient, fingerprintOf } from '../keys/recipient.js';
import { canBlur } from './blur.js';
import type { ClipWish, MadeClip } from './clip-maker.js';
import { alertLine, button, download, labelled, leftToRight, make, paragraph, show, ticked, working } from './dom.js';
import { Mistake, sentenceOf, smallFile } from './given-words.js';
import type { OpenedFilm } from './reader.js';
import { clock, day, say } from './speech.js';
import type { Unlocked } from './unlock.js';

/** Offered first: what stood on the screen, and two minutes from there. */
const USUAL_MS = 120_000;

interface Draft { fromMs: number; toMs: number; blur: boolean; silence: boolean; recipient: string }

export function clipHere(unlocked: Unlocked, film: OpenedFilm, atMs: number, back: () => void): void {
  const fromMs = Math.floor(Math.min(atMs, Math.max(0, film.durationMs - 1000)) / 1000) * 1000;
  choose(unlocked, film, { fromMs, toMs: Math.min(film.durationMs, fromMs + USUAL_MS), blur: false, silence: false, recipient: '' }, back);
}


/** `12:05` or `1:02:05`. @returns undefined where it is no time. */
function timeIn(text: string): number | undefined {
  const parts = text.trim().split(':').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : NaN));
  return parts.length === 0 || parts.length > 3 || parts.some(Number.isNaN) ? undefined : parts.reduce((sum, part) => sum * 60 + part, 0) * 1000;
}

function choose(unlocked: Unlocked, film: OpenedFilm, draft: Draft, back: () => void): void {
  const { clip, common } = say();
  const field = (value: string): HTMLInputElement => make('input', { type: 'text', value, inputMode: 'text', dir: 'ltr', className: 'short' });
  const [from, to] = [field(clock(draft.fromMs)), field(clock(Math.ceil(draft.toMs / 1000) * 1000))];
  const whole = button(clip.whole, () => { [from.value, to.value] = ['0:00', clock(Math.ceil(film.durationMs / 1000) * 1000)]; }, true);
  const blur = make('input', { checked: draft.blur });
  const silence = make('input', { checked: draft.silence });
  const hasPicture = film.mime.startsWith('video');
  const recipient = make('textarea', { rows: 2, autocomplete: 'off', spellcheck: false, autocapitalize: 'none', dir: 'ltr', value: draft.recipient });
  const said = alertLine();
  const file = make('input', { type: 'file', onchange: () => void (async () => {
    const chosen = file.files?.[0];
    if (chosen !== undefined) recipient.value = new TextDecoder().decode(await smallFile(chosen)).trim();
  })().catch((error: unknown) => { said.textContent = sentenceOf(error); }) });
  const next = working(clip.next, async () => {
    const [fromMs, end] = [timeIn(from.value), timeIn(to.value)];
    const toMs = end === undefined ? undefined : Math.min(end, film.durationMs);
    if (fromMs === undefined || toMs === undefined || toMs <= fromMs) throw new Mistake(clip.empty);
    const checked = await checkRecipient(recipient.value);
    if (checked.is === 'mistake') throw new Mistake(say().recipientMistake[checked.code]);
    if (checked.recipient === unlocked.recipient) throw new Mistake(clip.own);
    review(unlocked, film, { fromMs, toMs, blur: blur.checked, silence: silence.checked, recipient: checked.recipient }, back);
  }, (error) => { said.textContent = sentenceOf(error); });
  const blurLine = ticked(clip.blur, blur);
  show(clip.title,
    make('h2', {}, clip.choose), make('div', { className: 'pair' }, make('div', {}, labelled(clip.from, from, 'from')), make('div', {}, labelled(clip.to, to, 'to')), whole), paragraph(clip.edges, 'soft'),
    ...(hasPicture ? [make('h2', {}, clip.options), blurLine, ticked(clip.silence, silence)] : []),
    make('h2', {}, clip.who), labelled(clip.recipient, recipient, 'recipient'), labelled(clip.recipientFile, file, 'recipient-file'), paragraph(clip.recipientHelp, 'soft'),
    said, next, button(common.cancel, back, true),
  );
  void canBlur().then((can) => {
    if (can) return;
    blur.disabled = true;
    blurLine.append(make('span', { className: 'soft' }, ` ${clip.cannotBlur}`));
  });
}

function review(unlocked: Unlocked, film: OpenedFilm, draft: Draft, back: () => void): void {
  const { clip, common, audience, about } = say();
  const hidden = [...(draft.blur ? [clip.blurred] : []), ...(draft.silence ? [clip.silent] : [])];
  const rows: readonly (readonly [string, ...(Node | string)[]])[] = [
    [clip.reviewWhat, `${clip.part(clock(draft.fromMs), clock(draft.toMs), clock(draft.toMs - draft.fromMs))}${hidden.length === 0 ? '' : `, ${hidden.join(', ')}`}. ${day(film.at)}`],
    [clip.reviewWho, ...sentenceWith(clip.colleague('\u0000'), fingerprintOf(draft.recipient))],
    [about.purpose, make('bdi', {}, film.binding.purpose.words)],
    [clip.reviewWhy, `${about.audience}: ${audience[film.binding.purpose.audience]}. ${clip.purposeStays}`],
  ];
  const said = alertLine();
  const progress = make('progress', { max: 1, value: 0, hidden: true });
  progress.setAttribute('aria-label', clip.making);
  const go = working(clip.confirm, async () => {
    progress.hidden = false;
    try {
      ready(await unlocked.reader.ask('makeClip', draft satisfies ClipWish, (part) => { progress.value = Number(part); }), back);
    } finally {
      progress.hidden = true;
    }
  }, (error) => { said.textContent = error === undefined ? '' : error instanceof Error && error.message.includes('too large') ? clip.tooLarge : sentenceOf(error); });
  show(clip.review, make('dl', {}, ...rows.flatMap(([term, ...value]) => [make('dt', {}, term), make('dd', {}, ...value)])), make('p', {}, make('strong', {}, clip.reviewCannot)), progress, said, go, button(common.back, () => choose(unlocked, film, draft, back), true));
}

function sentenceWith(sentence: string, word: string): (Node | string)[] {
  const [before = '', after = ''] = sentence.split('\u0000');
  return [before, leftToRight(word), after];
}

function ready({ name, folder }: MadeClip, back: () => void): void {
  const { clip, common } = say();
  const told = paragraph('');
  told.setAttribute('role', 'status');
  show(clip.ready, paragraph(clip.readyHow), button(clip.save, () => {
    download(`${name}.zip`, folder);
    told.textContent = clip.saved;
  }), told, button(common.back, back, true));
}
