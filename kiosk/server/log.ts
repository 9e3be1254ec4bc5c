/**
 * The log of the service. Requests are not logged at all, since what teachers
 * do is nobody's record (P2.7); and where an error brings a request along,
 * these paths are cut out of it (P10.2).
 */
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

const SECRET = ['pin', 'newPin', 'secret', 'token', 'ticket', 'authorization', 'sec-websocket-protocol', 'body'];

/** Secrets by name, up to three levels down: pino's redaction has no “anywhere”. */
const REDACTED = SECRET.flatMap((name) => ['', '*.', '*.*.'].map((depth) => (name.includes('-') ? `${depth.slice(0, -1)}["${name}"]` : `${depth}${name}`)));

/** Ids of sessions and accounts, which errors bring along in the paths of files (P2.7). */
const ID = /\b[0-9a-f]{32}\b/g;
const withoutIds = (error: Error): object =>
  Object.fromEntries(Object.entries(stdSerializers.err(error)).map(([name, value]: [string, unknown]) => [name, typeof value === 'string' ? value.replace(ID, '…') : value]));

/** @param destination where lines go; standard output by default */
export function makeLog(destination?: DestinationStream): Logger {
  const options = { redact: REDACTED, level: 'info', serializers: { err: withoutIds } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
