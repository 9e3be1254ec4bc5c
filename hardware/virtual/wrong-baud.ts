/** What a UART takes down of bytes that were sent at another baud rate than its own, pure. */

const START = 0;
const IDLE = 1;
/** 8N1: where in a frame of its own bits the receiver looks again at the start bit, then at the data, and how long it is busy with one. */
const START_BIT = 0.5;
const FIRST_DATA_BIT = 1.5;
const FRAME_BITS = 9.5;
/** The receiver looks for a start bit 16 times in each of its bits, as a 16550 does. */
const LOOKS_PER_BIT = 16;

/**
 * @param bytes sent without a pause.
 * @param times how many bits the receiver counts in the time of one that is sent: 4 where 9600 is heard at 38400.
 * @returns what it makes of them; a frame without a stop bit is delivered all the same.
 */
export function misread(bytes: Uint8Array, times: number): Uint8Array {
  const sent = Array.from(bytes).flatMap((byte) => [START, ...Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1), IDLE]);
  /** @param at in the receiver's bits. */
  const level = (at: number): number => sent[Math.floor(at / times)] ?? IDLE;
  const end = sent.length * times;
  const heard: number[] = [];
  const look = 1 / LOOKS_PER_BIT;
  for (let at = 0; at < end; ) {
    if (level(at) === IDLE || level(at + START_BIT) === IDLE) {
      at += look;
      continue;
    }
    heard.push(Array.from({ length: 8 }, (_, bit) => level(at + FIRST_DATA_BIT + bit) << bit).reduce((byte, bit) => byte | bit, 0));
    at += FRAME_BITS;
    while (level(at) === START) at += look; // without a stop bit it waits for the line to rest
  }
  return Uint8Array.from(heard);
}
