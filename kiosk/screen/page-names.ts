/** Which pages there are, and for whom. */
import type { TeacherName } from '../protocol.js';

/** Each with an element `<NAME-page>` in pages/. */
export type Page =
  // For anyone in the room.
  | { readonly page: 'code' | 'visitor' | 'leave-request' | 'set-up' | 'steward-sign-in' }
  /** With a paper code, for one name. */
  | { readonly page: 'enrol'; readonly teacher: TeacherName }
  // For the signed-in teacher.
  | { readonly page: 'welcome' | 'accept-code' | 'training' | 'prove-key' | 'account' | 'change-key' | 'unlock' | 'purposes' | 'propose' | 'requests' | 'lead' }
  // For the signed-in steward.
  | { readonly page: 'steward' };
export type PageName = Page['page'];

/** Whose sign-in this page of the browser holds. */
export type Who = 'nobody' | 'teacher' | 'steward';

/** Of whom a page asks that they are signed in. */
export const PAGE_OF: Record<PageName, Who> = {
  'code': 'nobody', 'visitor': 'nobody', 'leave-request': 'nobody', 'set-up': 'nobody', 'steward-sign-in': 'nobody', 'enrol': 'nobody',
  'welcome': 'teacher', 'accept-code': 'teacher', 'training': 'teacher', 'prove-key': 'teacher', 'account': 'teacher', 'change-key': 'teacher', 'unlock': 'teacher',
  'purposes': 'teacher', 'propose': 'teacher', 'requests': 'teacher', 'lead': 'teacher',
  'steward': 'steward',
};
