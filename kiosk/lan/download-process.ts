/** The download's own process: what the school's network can reach shares no memory with the service. Ends with its link, or with the service. */
import type { AddressInfo } from 'node:net';
import { constants, setPriority } from 'node:os';
import { Rate } from './byte-range.js';
import type { DoorLanguage } from './door-facts.js';
import { downloadServer, type DownloadEntry } from './download-server.js';

/** The first message to it; not in its arguments, which everybody on the machine can list. After it, only `rate`. */
export type ToDownload =
  | {
    readonly kind: 'serve';
    readonly address: string;
    /** 0: any that is free. */
    readonly port: number;
    readonly token: string;
    readonly code: string;
    readonly language: DoorLanguage;
    readonly fileName: string;
    readonly entries: readonly DownloadEntry[];
    /** ISO 8601. */
    readonly date: string;
    readonly bytesPerSecond: number;
    /** Until somebody begins, and between two signs of life of whoever did. */
    readonly lifeMs: number;
  }
  | { readonly kind: 'rate'; readonly bytesPerSecond: number };

export type FromDownload =
  | { readonly kind: 'listening'; readonly host: string }
  | { readonly kind: 'running'; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly kind: 'sent' }
  | { readonly kind: 'expired' };

/** Used or expired, it says so for a while to whoever reloads it. */
const SAYS_SO_MS = 60_000;
const TELL_EVERY_MS = 500;

const tell = (message: FromDownload): void => void process.send?.(message, () => undefined); // where nobody is there any more, `disconnect` tells

// A recording comes first. Its I/O class is set by whoever forks it (ionice(1)).
setPriority(constants.priority.PRIORITY_LOW);

process.once('message', (first: ToDownload) => {
  if (first.kind !== 'serve') return process.disconnect();
  const { address, port, token, code, language, fileName, entries, date, bytesPerSecond, lifeMs } = first;
  let host = '';
  let toldAt = -Infinity;
  const rate = new Rate(bytesPerSecond, () => performance.now());
  process.on('message', (next: ToDownload) => { if (next.kind === 'rate') rate.bytesPerSecond = next.bytesPerSecond; });
  const life = setTimeout(() => {
    download.expire();
    tell({ kind: 'expired' });
    later(SAYS_SO_MS, leave);
  }, lifeMs);
  const download = downloadServer({
    host: () => host, token, code, language, fileName, entries, date: new Date(date), rate, now: () => performance.now(),
    onSent: (sentBytes, totalBytes) => {
      life.refresh();
      if (performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      tell({ kind: 'running', sentBytes, totalBytes });
    },
    onUsed: () => {
      clearTimeout(life);
      tell({ kind: 'sent' });
      later(SAYS_SO_MS, leave);
    },
  });
  /** Nothing else keeps the process: it ends by itself. */
  function leave(): void {
    clearTimeout(life);
    download.server.close();
    download.server.closeAllConnections();
    if (process.connected) process.disconnect();
  }
  process.once('disconnect', leave);
  download.server.once('error', leave);
  download.server.listen(port, address, () => {
    host = `${address}:${(download.server.address() as AddressInfo).port}`;
    tell({ kind: 'listening', host });
  });
});

const later = (ms: number, work: () => void): void => void setTimeout(work, ms).unref();
