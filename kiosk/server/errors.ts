/** Everything that the kiosk's server itself refuses, once. Refusals of the heart and of the vault pass through as they are. */
import { filled } from '../protocol/filled.js';
import type { Refusal } from '../protocol.js';

interface Entry { readonly status: number; readonly sentence: string; readonly remedy: string }

const RELOAD = 'Use the kiosk’s own screen.';

export const ERRORS = {
  // Guards: these never meet a person who uses the kiosk's own page.
  WRONG_HOST: { status: 421, sentence: 'This address is not the kiosk’s.', remedy: RELOAD },
  WRONG_PEER: { status: 403, sentence: 'Only the kiosk’s own browser may ask.', remedy: RELOAD },
  WRONG_ORIGIN: { status: 403, sentence: 'Only the kiosk’s own page may ask.', remedy: RELOAD },
  WRONG_SITE: { status: 403, sentence: 'Another site may not look in here.', remedy: RELOAD },
  NOT_JSON: { status: 415, sentence: 'A request must be JSON.', remedy: RELOAD },
  TOO_FAST: { status: 429, sentence: 'That was a lot of taps at once.', remedy: 'Wait a second, then try again.' },
  // Requests.
  BAD_REQUEST: { status: 400, sentence: 'The recorder did not understand the request.', remedy: 'Try again; if it comes back, tell the technician.' },
  NOT_FOUND: { status: 404, sentence: 'There is nothing at this address.', remedy: RELOAD },
  NOT_SIGNED_IN: { status: 401, sentence: 'You are signed out.', remedy: 'Tap your name and sign in again.' },
  NOT_TEACHER: { status: 403, sentence: 'This is for teachers; you are signed in as a technician.', remedy: 'Sign out, then sign in under your name as a teacher.' },
  NOT_STEWARD: { status: 403, sentence: 'This is for technicians; you are signed in as a teacher.', remedy: 'Sign out, then tap “Technician”.' },
  ENROLMENT_OVER: { status: 403, sentence: 'This enrolment is over.', remedy: 'Begin again with your paper code; if it was used, ask the technician for a new one.' },
  BUSY: { status: 409, sentence: 'Not while a session is running.', remedy: 'Stop it, or wait until it ends.' },
  NOT_PAUSED: { status: 409, sentence: 'There is no paused recording any more.', remedy: 'Sign in to find it among your recordings.' },
  NO_PREVIEW: { status: 409, sentence: 'The picture is not on.', remedy: 'Tap “Look at the picture” first.' },
  NOT_RECORDING: { status: 409, sentence: 'Nothing is being recorded now.', remedy: 'Look at what the screen says.' },
  NO_MARK: { status: 409, sentence: 'Nothing is being recorded now.', remedy: 'A moment can be marked while the lamp is lit.' },
  NO_VIEW_CHOSEN: { status: 409, sentence: 'Covered areas belong to a saved view.', remedy: 'Save this view first, or choose another.' },
  NO_CLAP: { status: 409, sentence: 'No clap was heard.', remedy: 'Stand where the camera sees your hands, and clap once, loudly.' },
  BAD_TICKET: { status: 403, sentence: 'This look at the picture is over.', remedy: 'Tap “Look at the picture” again.' },
  NO_SUCH_PURPOSE: { status: 409, sentence: 'That purpose is no longer offered.', remedy: 'Choose another.' },
  FAILED: { status: 500, sentence: 'The recorder could not do that.', remedy: 'Try again; if it comes back, tell the technician.' },
} as const satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal on its way to the person. Routes and guards throw it; the app's one error handler answers with it. */
export class Refused extends Error {
  readonly refusal: Refusal;
  readonly status: number;

  constructor(refusal: Refusal, status: number) {
    super(`${refusal.code}: ${filled(refusal.sentence, refusal.values)}`);
    this.name = 'Refused';
    this.refusal = refusal;
    this.status = status;
  }
}

/** The server's own refusal with this code. */
export function refuse(code: ErrorCode): Refused {
  const { status, sentence, remedy } = ERRORS[code];
  return new Refused({ code, sentence, remedy }, status);
}

/** Of refusals that somebody else makes: which have a status of their own. */
const PASSED_ON: Readonly<Record<string, number>> = { NOT_LEAD: 403 };

/** Somebody else's refusal, passed on: 429 where it asks to wait, else 409. */
export function passOn({ code, sentence, values, remedy, waitSeconds, details }: Refusal): Refused {
  const refusal: Refusal = { code, sentence, ...(values && { values }), remedy, ...(waitSeconds !== undefined && { waitSeconds }), ...(details && { details }) };
  return new Refused(refusal, waitSeconds === undefined ? PASSED_ON[code] ?? 409 : 429);
}
