import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { Language } from '../../../protocol/common.js';
import type { SchoolRequest, StewardPage } from '../../../protocol/school.js';
import { LANGUAGE_NAMES } from '../../language/language.js';

/** What is typed, before it is saved. */
export interface RoomDraft {
  readonly room: string;
  readonly languages: readonly Language[];
  readonly bells: string;
  readonly contact: string;
  readonly retentionDays: string;
}

export const draftOf = (school: StewardPage['school']): RoomDraft => ({
  room: school?.room ?? '', languages: school?.languages ?? ['en'], bells: school?.bells.join(' ') ?? '', contact: school?.contact ?? '', retentionDays: String(school?.retentionDays ?? 60),
});

/** @returns what can be sent, or a sentence about what cannot. */
export function readDraft({ room, languages, bells, contact, retentionDays }: RoomDraft, isFirst: boolean): SchoolRequest | string {
  const times = bells.split(/[\s,;]+/).filter((time) => time !== '').map((time) => time.padStart(5, '0'));
  const wrong = times.find((time) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(time));
  if (wrong !== undefined) return msg(str`“${wrong}” is no time. Write the ends of lessons like 09:50 10:50 11:50.`);
  const [first, second] = languages;
  if (room.trim() === '') return msg('Write the name of the room.');
  if (first === undefined) return msg('Choose a language.');
  const own = { room: room.trim(), languages: second === undefined ? [first] as [Language] : [first, second] as [Language, Language], bells: times };
  if (!isFirst) return own;
  if (contact.trim() === '') return msg('Write whom pupils, families and visitors can ask.');
  const days = Number(retentionDays);
  if (!Number.isInteger(days) || days < 1 || days > 365) return msg('Recordings are kept between 1 and 365 days.');
  return { ...own, contact: contact.trim(), retentionDays: days };
}

/** Names the room, and at first the contact and how long recordings stay; those are the practice lead's afterwards. */
export function roomForm(draft: RoomDraft, isFirst: boolean, change: (change: Partial<RoomDraft>) => void) {
  const field = (name: 'room' | 'bells' | 'contact' | 'retentionDays', words: string, most: number) => html`<label>${words}
    <input dir=${name === 'bells' ? 'ltr' : 'auto'} maxlength=${most} autocomplete="off" .value=${draft[name]} @input=${(event: InputEvent) => change({ [name]: (event.target as HTMLInputElement).value })}></label>`;
  const toggle = (language: Language): void => {
    const others = draft.languages.filter((one) => one !== language);
    change({ languages: others.length < draft.languages.length ? others : [...draft.languages, language].slice(-2) });
  };
  return html`<div class="fields">
    ${field('room', msg('Name of the room, as sign and kiosk say it'), 60)}
    ${field('bells', msg('When lessons end, like 09:50 10:50 11:50'), 300)}
    ${isFirst ? [field('contact', msg('Whom pupils, families and visitors can ask'), 120), field('retentionDays', msg('Days that a recording stays here, 365 at most'), 3)] : nothing}
    <div role="group" aria-labelledby="languages" class="row"><span id="languages">${msg('Languages of this room: one or two')}</span>
      ${(Object.entries(LANGUAGE_NAMES) as [Language, string][]).map(([language, name]) => html`<button lang=${language} aria-pressed=${draft.languages.includes(language)} @click=${() => toggle(language)}>${name}</button>`)}
    </div>
  </div>`;
}
