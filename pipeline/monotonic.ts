import type { Monotonic } from '../session/ports.js';

/** CLOCK_MONOTONIC in milliseconds: libuv's hrtime reads that clock on Linux, and all processes of one boot share it. */
export const monotonic = (): Monotonic => Number(process.hrtime.bigint()) / 1e6;
