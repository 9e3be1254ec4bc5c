import { html, nothing, type TemplateResult } from 'lit';
import { currentRegion } from '../../language/language.js';
import type { StewardPage } from '../../../protocol/school.js';

/** More than these do not fit; of the others, the code is enough to look them up. */
const TROUBLES_SHOWN = 3;

/** How the machine is, a few sentences each; nothing of it depends on what teachers do (P2.7). */
export function health({ troubles, roomForOneSession, clockTrusted, school, codeAdopted, version, buildHash }: StewardPage, sayClockIsRight: () => void): readonly TemplateResult[] {
  const now = new Date().toLocaleString(currentRegion(), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const [shown, others] = [troubles.slice(0, TROUBLES_SHOWN), troubles.slice(TROUBLES_SHOWN)];
  return [
    ...(clockTrusted ? [] : [html`<div class="trouble asked"><p><strong>Is it ${now}?</strong>Until you say so, no recording expires.</p><button @click=${sayClockIsRight}>Yes, that is right</button></div>`]),
    ...(troubles.length === 0 ? [html`<p class="card"><strong>Camera, microphone and sign are well.</strong></p>`] : []),
    ...shown.map(({ code, sentence, remedy }) => html`<div class="trouble"><strong>${sentence}</strong>${remedy} <span class="soft">(${code})</span></div>`),
    ...(others.length === 0 ? [] : [html`<p class="card">And ${others.length} more, to be looked at after these: ${others.map(({ code }) => code).join(', ')}.</p>`]),
    html`<p class="card"><strong>${roomForOneSession ? 'There is room for a full-length recording.' : 'There is no room for a full-length recording.'}</strong>${roomForOneSession ? nothing : ' Teachers collect and erase what they no longer need here.'}</p>`,
    ...missing(school, codeAdopted).map((what) => html`<p class="card"><strong>Nothing can be recorded yet:</strong> ${what}</p>`),
    html`<p class="card">Lamplight ${version}, build ${buildHash}</p>`,
  ];
}

const missing = (school: StewardPage['school'], codeAdopted: boolean): readonly string[] => [
  ...(school === null ? ['say what this room is, under “Room”.'] : school.contact === null ? ['the practice lead has to say whom people can ask.'] : []),
  ...(codeAdopted ? [] : ['the practice lead has to adopt a code of practice. Name the lead under “Names”.']),
];
