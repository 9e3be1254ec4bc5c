/** How a stick stands and how far a copy is, in words. Pure. */
import { msg, str } from '@lit/localize';
import type { CopyProgress, StickView } from '../../../protocol/collect.js';
import { inUnit } from '../../language/dates.js';
import { ltr, said } from '../../language/language.js';
import { size } from '../../words.js';

/** As shops and computers call them; others by what the recorder calls them. */
const KINDS: Readonly<Record<string, string>> = { vfat: 'FAT32', exfat: 'exFAT', ntfs: 'NTFS', ntfs3: 'NTFS' };

export interface StickWords { readonly heading: string; readonly more: string }

/** @param bytes to be copied. */
export function stickWords(view: StickView, bytes: number): StickWords {
  switch (view.kind) {
    case 'none': return { heading: msg('Plug your stick into the recorder'), more: msg('This screen goes on by itself.') };
    case 'seen': case 'mounting': return { heading: msg(str`The stick “${ltr(view.label)}” is there`), more: msg('One moment…') };
    case 'ready': return {
      heading: msg(str`The stick “${ltr(view.label)}” is ready`),
      more: msg(str`${ltr(size(view.freeBytes))} are free (${ltr(KINDS[view.fileSystem] ?? view.fileSystem)}); ${ltr(size(bytes))} will be copied.`),
    };
    case 'safe-to-pull': return { heading: msg('You can pull the stick out'), more: msg('To use it again, pull it out and plug it in anew.') };
    case 'in-use': return { heading: msg('Somebody else’s copy is going on'), more: msg('Wait until it is done. Do not pull the stick out.') };
    case 'trouble': {
      const { sentence, remedy } = said(view);
      return { heading: sentence, more: remedy };
    }
    case 'copying': case 'checking': case 'removing': return { heading: phaseWords(view.kind), more: '' };
  }
}

export function phaseWords(phase: CopyProgress['phase']): string {
  switch (phase) {
    case 'copying': return msg('Copying…');
    case 'checking': return msg('Checking…');
    case 'removing': return msg('Almost done…');
  }
}

/** Leaves out what is not known. */
export function progressWords({ phase, doneBytes, totalBytes, secondsLeft }: CopyProgress): string {
  switch (phase) {
    case 'copying': return `${msg(str`${ltr(size(doneBytes))} of ${ltr(size(totalBytes))} are safely on the stick.`)} ${leftWords(secondsLeft)}`;
    case 'checking': return `${msg(str`${ltr(size(doneBytes))} of ${ltr(size(totalBytes))} were read back and compared.`)} ${leftWords(secondsLeft)}`;
    case 'removing': return msg('The stick is made safe to pull out.');
  }
}

function leftWords(seconds: number | null): string {
  if (seconds === null) return '';
  return seconds < 60 ? msg('Less than a minute left.') : msg(str`About ${inUnit('minute', Math.ceil(seconds / 60))} left.`);
}
