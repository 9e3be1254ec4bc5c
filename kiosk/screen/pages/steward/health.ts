import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { dateWords, timeOfDay } from '../../language/dates.js';
import { ltr, said } from '../../language/language.js';
import type { StewardPage } from '../../../protocol/school.js';

/** More than these do not fit; of the others, the code is enough to look them up. */
const TROUBLES_SHOWN = 3;

/** How the machine is, a few sentences each; nothing of it depends on what teachers do (P2.7). */
export function health({ troubles, roomForOneSession, clockTrusted, school, codeAdopted, version, buildHash }: StewardPage, sayClockIsRight: () => void): readonly TemplateResult[] {
  const now = new Date();
  const moment = `${dateWords(now, 'whole')}, ${timeOfDay(now)}`;
  const [shown, others] = [troubles.slice(0, TROUBLES_SHOWN), troubles.slice(TROUBLES_SHOWN)];
  return [
    ...(clockTrusted ? [] : [html`<div class="trouble asked"><p><strong>${msg(str`Is it ${moment}?`)}</strong>${msg('Until you say so, no recording expires.')}</p><button @click=${sayClockIsRight}>${msg('Yes, that is right')}</button></div>`]),
    ...(troubles.length === 0 ? [html`<p class="card"><strong>${msg('Camera, microphone and sign are well.')}</strong></p>`] : []),
    ...shown.map((trouble) => html`<div class="trouble"><strong>${said(trouble).sentence}</strong>${said(trouble).remedy} <bdi class="soft" dir="ltr">(${trouble.code})</bdi></div>`),
    ...(others.length === 0 ? [] : [html`<p class="card">${msg(str`More, to be looked at after these: ${others.map(({ code }) => ltr(code)).join(', ')}.`)}</p>`]),
    html`<p class="card"><strong>${roomForOneSession ? msg('There is room for a full-length recording.') : msg('There is no room for a full-length recording.')}</strong> ${roomForOneSession ? nothing : msg('Teachers collect and erase what they no longer need here.')}</p>`,
    ...missing(school, codeAdopted).map((what) => html`<p class="card"><strong>${msg('Nothing can be recorded yet.')}</strong> ${what}</p>`),
    html`<p class="card">${msg(str`Lamplight ${version}, build ${buildHash}`)}</p>`,
  ];
}

const missing = (school: StewardPage['school'], codeAdopted: boolean): readonly string[] => [
  ...(school === null ? [msg('Say what this room is, under “Room”.')] : school.contact === null ? [msg('The practice lead has to say whom people can ask.')] : []),
  ...(codeAdopted ? [] : [msg('The practice lead has to adopt a code of practice. Name the lead under “Names”.')]),
];
