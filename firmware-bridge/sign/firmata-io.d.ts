/** The little of firmata-io 2.3.0 that the sign process uses; the package brings no types. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';
  import type { Duplex } from 'node:stream';

  class Firmata extends EventEmitter {
    /** @param options reportVersionTimeout: milliseconds to wait for the board to speak first. */
    constructor(transport: Duplex, options: { reportVersionTimeout: number });
    readonly isReady: boolean;
    /** What the board said of itself; empty before it is ready. */
    readonly firmware: { readonly name?: string };
    reportVersion(callback: () => void): void;
    queryFirmware(callback: () => void): void;
    /** @param message everything between F0 and F7. */
    sysexCommand(message: readonly number[]): this;
    /** Once a process: the handler is kept by the class. Its data lack F0, the command byte and F7. */
    sysexResponse(command: number, handler: (data: number[]) => void): this;
  }
}
