/** Which pages there are, and for whom. */
import { msg } from '@lit/localize';
import type { TeacherName } from '../protocol.js';

/** Each with an element `<NAME-page>` in pages/. */
export type Page =
  // For anyone in the room.
  | { readonly page: 'code' | 'visitor' | 'leave-request' | 'set-up' | 'steward-sign-in' }
  /** With a paper code, for one name. */
  | { readonly page: 'enrol'; readonly teacher: TeacherName }
  /** `lookOnStick`: the locked key was most likely put on the stick just now. */
  | { readonly page: 'prove-key'; readonly lookOnStick?: true }
  // For the signed-in teacher.
  | { readonly page: 'welcome' | 'accept-code' | 'training' | 'account' | 'change-key' | 'unlock' | 'purposes' | 'propose' | 'requests' | 'lead' }
  /** Its recordings are chosen to begin with. */
  | { readonly page: 'collect'; readonly recordings: readonly string[] }
  // For the signed-in steward.
  | { readonly page: 'steward' };
export type PageName = Page['page'];

/** Where each reason against a start is dealt with, and in which words that is offered; of the others, its sentence says what to do. */
export const MENDED: Readonly<Record<string, readonly [words: () => string, page: 'accept-code' | 'training' | 'change-key' | 'prove-key']>> = {
  CODE_NOT_ACCEPTED: [() => msg('Read the code'), 'accept-code'],
  CODE_RENEWED: [() => msg('See what is new'), 'accept-code'],
  NOT_TRAINED: [() => msg('Do the training'), 'training'],
  NO_KEY: [() => msg('Set up my key'), 'change-key'],
  KEY_NOT_PROVEN: [() => msg('Test my key'), 'prove-key'],
};

/** Whose sign-in this page of the browser holds. */
export type Who = 'nobody' | 'teacher' | 'steward';

/** Of whom a page asks that they are signed in. */
export const PAGE_OF: Record<PageName, Who> = {
  'code': 'nobody', 'visitor': 'nobody', 'leave-request': 'nobody', 'set-up': 'nobody', 'steward-sign-in': 'nobody', 'enrol': 'nobody',
  'welcome': 'teacher', 'accept-code': 'teacher', 'training': 'teacher', 'prove-key': 'teacher', 'account': 'teacher', 'change-key': 'teacher', 'unlock': 'teacher',
  'purposes': 'teacher', 'propose': 'teacher', 'requests': 'teacher', 'lead': 'teacher',
  'collect': 'teacher',
  'steward': 'steward',
};
