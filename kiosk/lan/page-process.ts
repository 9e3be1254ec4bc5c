/** The one-use page's own process: what the school's network can reach shares no memory with the service. Ends with its page, or with the service. */
import type { AddressInfo } from 'node:net';
import { lanPage } from './server.js';

/** The first and only message to it. Not in its arguments, which everybody on the machine can list. */
export interface ToLanPage {
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly token: string;
  readonly code: string;
  readonly lifeMs: number;
}

export type FromLanPage =
  | { readonly kind: 'listening'; readonly host: string }
  | { readonly kind: 'recipient'; readonly recipient: string }
  | { readonly kind: 'expired' };

/** Used or expired, it says so for a while to whoever reloads it. */
const SAYS_SO_MS = 60_000;

const tell = (message: FromLanPage): Promise<void> => new Promise((resolve, reject) => {
  if (process.send === undefined) reject(new Error('nobody to tell'));
  else process.send(message, (error: Error | null) => error === null ? resolve() : reject(error));
});

process.once('message', ({ address, port, token, code, lifeMs }: ToLanPage) => {
  let host = '';
  const page = lanPage({
    host: () => host,
    token,
    code,
    now: () => performance.now(),
    onRecipient: async (recipient) => {
      await tell({ kind: 'recipient', recipient });
      later(SAYS_SO_MS, leave);
    },
  });
  /** Nothing else keeps the process: it ends by itself. */
  function leave(): void {
    page.server.close();
    page.server.closeAllConnections();
    if (process.connected) process.disconnect();
  }
  process.once('disconnect', leave);
  page.server.once('error', leave);
  page.server.listen(port, address, () => {
    host = `${address}:${(page.server.address() as AddressInfo).port}`;
    tell({ kind: 'listening', host }).catch(leave);
  });
  later(lifeMs, () => {
    page.expire();
    tell({ kind: 'expired' }).catch(leave);
    later(SAYS_SO_MS, leave);
  });
});

const later = (ms: number, work: () => void): void => void setTimeout(work, ms).unref();
