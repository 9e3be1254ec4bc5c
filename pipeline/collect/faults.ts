/** What can be the matter with a stick and with a copy: each has its code, sentence and remedy. `{name}` is a gap that `values` fill. */
import { stickFaultOf } from './stick-errno.js';

interface Words { readonly sentence: string; readonly remedy: string }

/** What fills the gaps of a sentence. */
export type Values = Readonly<Record<string, string>>;

/** Of the stick itself, whatever it is wanted for. */
export const STICK_FAULTS = {
  STICK_MISSING: { sentence: 'The stick is not there.', remedy: 'Plug it in and try once more.' },
  TWO_STICKS: { sentence: 'More than one stick is plugged in.', remedy: 'Pull out those that you do not want to use.' },
  STICK_UNREADABLE: { sentence: 'This recorder cannot use the way in which the stick is formatted.', remedy: 'Take another stick, or have this one formatted as exFAT. That erases what is on it.' },
  STICK_READ_ONLY: { sentence: 'The stick cannot be written.', remedy: 'Move its small lock switch or take another one.' },
  STICK_IN_USE: { sentence: 'The stick is still in use.', remedy: 'Wait a minute and try once more. Do not pull it out yet.' },
  STICK_NOT_ALLOWED: { sentence: 'This recorder may not use sticks.', remedy: 'Tell the technician: the rule that allows it is missing (hardware/README.md).' },
  STICK_SERVICE: { sentence: 'What looks after sticks on this recorder does not answer.', remedy: 'Try once more. If it comes back, tell the technician.' },
} as const satisfies Record<string, Words>;
export type StickFaultCode = keyof typeof STICK_FAULTS;

/** Of a copy. */
export const COLLECT_FAULTS = {
  ...STICK_FAULTS,
  STICK_MISSING: { sentence: 'The stick is not there.', remedy: 'Plug it in again and try once more: the copy goes on where it was broken off. The recording is still safe here.' },
  STICK_FULL: { sentence: 'There is not enough room on the stick: {needed} are needed, {free} are free.', remedy: 'Make room on it or take another one. The recording is still safe here.' },
  STICK_READ_ONLY: { sentence: 'The stick cannot be written.', remedy: 'Move its small lock switch or take another one. The recording is still safe here.' },
  STICK_ERROR: { sentence: 'The stick stopped working under the copy.', remedy: 'Plug it in again and try once more: the copy goes on where it was broken off. If that does not help, take another one. The recording is still safe here.' },
  STICK_FAILED: { sentence: 'The copy on the stick is not the same as the recording.', remedy: 'Take another stick: this one is not reliable. The recording is still safe here.' },
  ALREADY_THERE: { sentence: 'Something else on the stick has the name of this recording.', remedy: 'Rename or remove the folder {folder} on the stick, then try once more. The recording is still safe here.' },
  RECORDING_UNREADABLE: { sentence: 'The recording could not be read.', remedy: 'Try again. If it comes back, tell the technician.' },
  CANCELLED: { sentence: 'The copy was cancelled.', remedy: 'Nothing half-done is left on the stick. The recording is still safe here.' },
  COPY_RUNNING: { sentence: 'A copy is going on.', remedy: 'Wait until it is done, or cancel it.' },
  NO_COPY: { sentence: 'No copy is going on.', remedy: 'Choose recordings and tap “Copy to the stick”.' },
  STICK_NOT_RELEASED: { sentence: 'The copy is complete, but the stick is still in use.', remedy: 'Do not pull it out yet. Wait a minute, then tap “Remove the stick”.' },
} as const satisfies Record<string, Words>;
export type CollectFault = keyof typeof COLLECT_FAULTS;

export class StickError extends Error {
  override readonly name = 'StickError';
  readonly code: StickFaultCode;

  constructor(code: StickFaultCode, evidence: string) {
    super(`${code} (${evidence})`);
    this.code = code;
  }
}

export class CollectError extends Error {
  override readonly name = 'CollectError';
  readonly code: CollectFault;
  readonly values: Values | undefined;

  constructor(code: CollectFault, evidence: string, values?: Values) {
    super(`${code} (${evidence})`);
    this.code = code;
    this.values = values;
  }
}

/** A number of the kernel's while the stick is read or written. EIO here is no comparison that failed: nothing was compared. */
export function whileOnStick(error: unknown): CollectError {
  if (error instanceof CollectError) return error;
  if (error instanceof StickError) return new CollectError(error.code, error.message);
  const fault = stickFaultOf(error);
  return new CollectError(fault === 'STICK_FAILED' ? 'STICK_ERROR' : fault, String(error));
}

export const full = (needed: number, free: number, evidence = `${needed} bytes are to be copied, ${free} are free`): CollectError =>
  new CollectError('STICK_FULL', evidence, { needed: sizeWords(needed), free: sizeWords(free) });

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** As sticks are sold: in steps of 1000. */
function sizeWords(bytes: number): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 1000 && unit < UNITS.length - 1; unit += 1) value /= 1000;
  return `${unit < 3 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ''}`;
}
