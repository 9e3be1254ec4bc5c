/** Devices that are protected ask for a name before they answer anything, on a line that does not end. */

/** Takes the end of what was heard, as far as it is known. */
export const asksForLogin = (heard: string): boolean => /(^|[\r\n>\s])(login|password): ?$/i.test(heard);

export const LOGIN_WANTED =
  'the microphone asks for a name and a password on its control line; in its own software, allow the serial port without one';
