/**
 * The log of the service. Requests are not logged at all, since what teachers
 * do is nobody's record (P2.7); and where an error brings a request along,
 * these paths are cut out of it (P10.2).
 */
import { pino, type DestinationStream, type Logger } from 'pino';

const SECRET = ['pin', 'newPin', 'secret', 'token', 'ticket', 'authorization', 'sec-websocket-protocol', 'body'];

/** Secrets by name, up to three levels down: pino's redaction has no “anywhere”. */
const REDACTED = SECRET.flatMap((name) => ['', '*.', '*.*.'].map((depth) => (name.includes('-') ? `${depth.slice(0, -1)}["${name}"]` : `${depth}${name}`)));

/** @param destination where lines go; standard output by default */
export function makeLog(destination?: DestinationStream): Logger {
  const options = { redact: REDACTED, level: 'info' };
  return destination === undefined ? pino(options) : pino(options, destination);
}
