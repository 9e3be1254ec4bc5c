/** What a school says of its room, checked, and made into what is stored. */
import { isTechnician } from '../../config/school/stewards.js';
import { withChange } from '../../config/school/changes.js';
import { tidyName, whyNotName } from '../../config/school/names.js';
import type { School, Steward } from '../../config/state.js';
import type { Answer } from '../../kiosk/server/house.js';
import type { SchoolRequest } from '../../kiosk/protocol/school.js';
import { refusal } from '../practice/circumstances.js';

/** P1.5, where the school sets nothing. */
const KEPT_DAYS = 60;
const LONGEST = { room: 60, contact: 120 } as const;
const BAD_TEXT = {
  room: {
    unseen: 'The name of the room holds characters that cannot be seen, or that turn the direction of what follows.',
    empty: 'The name of the room is empty.',
    long: 'The name of the room has {length} characters; {longest} are the most.',
  },
  contact: {
    unseen: 'The line about whom people can ask holds characters that cannot be seen, or that turn the direction of what follows.',
    empty: 'The line about whom people can ask is empty.',
    long: 'The line about whom people can ask has {length} characters; {longest} are the most.',
  },
} as const;
const NOT_YOURS = refusal('NOT_YOURS_TO_SET', 'Whom people can ask, and how long recordings are kept, the practice lead sets.', 'Ask the practice lead; the rest can be saved without them.');

/** @returns why it cannot be saved, or null. */
export function whyNotSaved(before: School | null, wish: SchoolRequest): Exclude<Answer, { ok: true }> | null {
  if (before !== null && (wish.contact !== undefined || wish.retentionDays !== undefined)) return NOT_YOURS;
  for (const field of ['room', 'contact'] as const) {
    const text = wish[field];
    const why = text === undefined ? null : whyNotName(text, LONGEST[field], BAD_TEXT[field]);
    if (why !== null) return { ok: false, code: 'BAD_TEXT', ...why, remedy: 'Type it once more.' };
  }
  return null;
}

/** @param stewards who are there already: all but the first are told to whoever enrols. */
export function savedSchool(before: School | null, { room, languages, bells, contact, retentionDays }: SchoolRequest, stewards: readonly Steward[], today: string): School {
  const own = { room: tidyName(room), languages: [...new Set(languages)], bells: [...new Set(bells)].sort() };
  if (before !== null) return { ...before, ...own };
  const first: School = { ...own, contact: contact === undefined ? null : tidyName(contact), retentionDays: retentionDays ?? KEPT_DAYS, lead: null, changes: [] };
  return stewards.slice(1).reduce((school, { name }) => withChange(school, today, isTechnician(name)), first);
}
