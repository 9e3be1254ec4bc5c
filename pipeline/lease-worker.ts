/** A thread that enforces the lease when the main thread cannot. It never loads GStreamer, so nothing in it can hang. */
import { parentPort, workerData } from 'node:worker_threads';
import { FORCE_AFTER_MS } from './lease.js';
import { monotonic } from './monotonic.js';
import { SharedDeadline } from './shared-deadline.js';

parentPort?.postMessage('watching');
new SharedDeadline(workerData as SharedArrayBuffer).waitUntilOver(FORCE_AFTER_MS, monotonic);
process.kill(process.pid, 'SIGKILL');
