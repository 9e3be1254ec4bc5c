/** What we use of gstreamer-superficial 1.7.4, which comes without types (its README and *.cpp). */
declare module 'gstreamer-superficial' {
  export class Pipeline {
    /** @throws Error where GStreamer cannot parse the line. */
    constructor(launchLine: string);
    play(): void;
    stop(): void;
    /** Every call leaks a reference: once an element. */
    findChild(name: string): Element | undefined;
    /** Each message of the bus, until the pipeline is stopped. Holds a thread of libuv's pool. */
    pollBus(listener: (message: BusMessage) => void): void;
  }

  /** Its properties by name; numbers of 64 bits and arrays come as strings. */
  export interface Element {
    readonly [property: string]: unknown;
    /** Of an appsink: one buffer, or null at the end, after stop and where the start failed. Never two at once. Holds a thread of libuv's pool. */
    readonly pull: (callback: (bytes: Buffer | null) => void) => void;
  }

  /** The fields depend on the type; numbers of 64 bits and arrays come as strings. */
  export interface BusMessage {
    readonly type: string;
    readonly name?: string;
    readonly message?: string;
    readonly _src_element_name: string;
    readonly rms?: string;
    readonly peak?: string;
  }
}
