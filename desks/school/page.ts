/** What a steward sees (P2.7): a pure function of the machine’s health and of what stewards themselves entered. */
import { codeUntil } from '../../config/school/paper-codes.js';
import { namesInOrder } from '../../config/school/staff-list.js';
import type { StoredState } from '../../config/state.js';
import type { StewardPage } from '../../kiosk/protocol/school.js';

/** How the machine is, at rest. */
export type Health = Pick<StewardPage, 'version' | 'buildHash' | 'troubles' | 'roomForOneSession' | 'clockTrusted'>;
/** All of the state that it looks at: no accounts, no records, no requests, no purposes. */
export type OfStewards = Pick<StoredState, 'school' | 'staff' | 'stewards' | 'code'>;

export function stewardPage(state: OfStewards, health: Health, wall: Date): StewardPage {
  const { school } = state;
  return {
    ...health,
    school: school === null ? null : { room: school.room, languages: school.languages, bells: school.bells, contact: school.contact, retentionDays: school.retentionDays },
    codeAdopted: state.code !== null,
    staff: namesInOrder(state).map((member) => ({ id: member.id, displayName: member.name, barred: member.barred, lead: member.id === school?.lead, codeUntil: codeUntil(member, wall) })),
    stewards: state.stewards.map(({ name }) => name),
  };
}
