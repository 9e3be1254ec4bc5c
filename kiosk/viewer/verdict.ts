/** What holds of a recording, found out while it plays, in a worker that has no key; and what of it may be shown. */
import { fromHex } from '../../pipeline/seal/bytes.js';
import { openDesk, type Desk } from './desk.js';
import { leftToRight, make, paragraph } from './dom.js';
import type { FoundSession } from './files.js';
import type { OpenedFilm, ReaderCalls } from './reader.js';
import { clock, say } from './speech.js';

export interface VerdictPanel {
  readonly element: HTMLElement;
  /** What was checked; empty and hidden until it was. */
  readonly details: HTMLElement;
  /** Starts the work; once a picture is there, which comes first. */
  begin(): void;
  /** A fragment did not open there. */
  readonly broken: (atMs: number) => void;
  close(): void;
}

/** @param limit told from where on nothing may be shown. */
export function verdictPanel({ files }: FoundSession, film: OpenedFilm, limit: (ms: number) => void): VerdictPanel {
  const { verdict: words } = say();
  const line = make('p', { className: 'verdict' });
  line.setAttribute('role', 'status');
  const details = make('details', { hidden: true }, make('summary', {}, words.details));
  const tell = (kind: string, sentence: string): void => {
    line.className = `verdict ${kind}`;
    if (line.textContent !== sentence) line.textContent = sentence;
  };
  const desk: Desk<ReaderCalls> = openDesk();
  let brokenAt = Infinity;
  let last = -1;
  tell('checking', words.checking(0));
  // A clip is signed by whoever made it, whose key its statement names.
  const signer = film.clip === undefined || film.clip === 'broken' ? undefined : fromHex(film.clip.signer);
  const begin = (): void => void desk.ask('verify', { files, device: signer }, (part) => {
    const percent = Math.floor(Number(part) * 20) * 5;
    if (percent === last || brokenAt < Infinity) return;
    last = percent;
    tell('checking', words.checking(percent));
  }).then(({ verdict, device, framesDropped }) => {
    switch (verdict.kind) {
      case 'complete':
        if (brokenAt === Infinity) tell('complete', signer === undefined ? words.complete : words.clipComplete);
        break;
      case 'interrupted':
        tell('interrupted', words.interrupted(clock(Math.min(brokenAt, film.durationMs))));
        break;
      case 'altered': {
        const at = Math.min(brokenAt, alteredFrom(film, verdict));
        limit(at);
        tell('altered', words.altered(clock(at)));
      }
    }
    details.append(...(verdict.kind === 'altered' ? [make('p', {}, leftToRight(verdict.why))] : []), ...(framesDropped > 0 ? [paragraph(words.dropped(framesDropped))] : []),
      ...(device === undefined || signer !== undefined ? [] : [paragraph(words.unproven), make('p', {}, leftToRight(device.match(/.{8}/g)?.join(' ') ?? '', 'fingerprint small'))]));
    details.hidden = details.childElementCount < 2;
  }, () => tell('altered', say().common.failed)).finally(() => desk.close());
  return {
    element: line, details, begin,
    broken(atMs) {
      brokenAt = Math.min(brokenAt, atMs);
      limit(brokenAt);
      if (!line.classList.contains('altered')) tell('altered', words.broken(clock(brokenAt)));
    },
    close: () => desk.close(),
  };
}

/** In the film; the verdict counts from where the run of parts began. */
function alteredFrom({ parts }: OpenedFilm, { part, atMs }: { readonly part: number; readonly atMs: number }): number {
  const of = parts.find((one) => one.part === part);
  if (of !== undefined) return Math.max(0, of.laterMs + atMs);
  // A part that does not even open: all before it holds.
  return parts.findLast((one) => one.part < part)?.toMs ?? 0;
}
