/** The one-use page for recipients, as the kiosk's server sees it: a process for each page, one at a time. */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { uniform } from '../kiosk/keys/random.js';
import { checkRecipient } from '../kiosk/keys/recipient.js';
import type { FromLanPage, ToLanPage } from '../kiosk/lan/page-process.js';
import type { Lan } from '../kiosk/server/house.js';

export interface LanOptions {
  /** Of the settings; without it, no page is ever opened. */
  readonly lan?: { readonly address: string; readonly port?: number; readonly download?: boolean; readonly downloadPort?: number } | undefined;
  readonly minutes?: number;
}

export interface LanDesk extends Lan {
  /** Of the page's process, while there is one: for tests. */
  readonly pid: number | undefined;
}

const MINUTES = 10;
/** 128 bits: found by nobody in ten minutes. */
const TOKEN_BYTES = 16;
/** No vowels, which make words, and at most one of those that are taken for each other. Four guard against mistakes only. */
const LETTERS = 'CDFGHJKMPQRTVWXY';
const CODE_LENGTH = 4;

interface Page {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  recipient: string | null;
}

export function lanDesk({ lan, minutes = MINUTES }: LanOptions): LanDesk {
  let current: Page | undefined;
  /** Called when a recipient came, or the page is over. */
  const waiting = new Set<() => void>();
  const wakeAll = (): void => { for (const wake of waiting) wake(); };
  /** Of opening and closing, so that two processes never want the same port. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function end(): Promise<void> {
    const page = current;
    current = undefined;
    wakeAll();
    page?.child.kill('SIGKILL');
    await page?.gone;
  }

  async function begin(settings: { readonly address: string; readonly port?: number }): ReturnType<Lan['open']> {
    const child = fork(new URL('../kiosk/lan/page-process.js', import.meta.url), [], { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const page: Page = { child, gone: endOf(child), recipient: null };
    const [token, code] = [newToken(), newCode()];
    const listening = new Promise<string | undefined>((resolve) => {
      child.on('message', (message: FromLanPage) => {
        if (message.kind === 'listening') resolve(message.host);
        else void taken(page, message).then(wakeAll);
      });
      void page.gone.then(() => resolve(undefined));
    });
    current = page;
    child.send({ address: settings.address, port: settings.port ?? 0, token, code, lifeMs: minutes * 60_000 } satisfies ToLanPage, () => undefined); // where it is gone, `gone` tells
    const host = await listening;
    if (host !== undefined) return { url: `http://${host}/${token}`, code, minutes };
    await end(); // the address is not this machine's, or the port is taken
    return null;
  }

  return {
    open: () => inTurn(async () => {
      await end();
      return lan === undefined ? null : begin(lan);
    }),
    wait(ms) {
      const page = current;
      if (page?.recipient != null) return Promise.resolve(page.recipient);
      return new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(late);
          waiting.delete(wake);
          resolve(page?.recipient ?? null);
        };
        // Where no page is open it takes its time all the same: whoever asks again and again does so in peace.
        const late = setTimeout(wake, ms);
        waiting.add(wake);
      });
    },
    close: () => inTurn(end),
    get pid() {
      return current?.child.pid;
    },
  };
}

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');
/** What kiosk and page both show. */
export const newCode = (): string => Array.from({ length: CODE_LENGTH }, () => LETTERS.charAt(uniform(LETTERS.length))).join('');

/** Read once more: that process is the one that strangers can reach. */
async function taken(page: Page, message: Exclude<FromLanPage, { kind: 'listening' }>): Promise<void> {
  if (message.kind === 'expired') return;
  const check = await checkRecipient(message.recipient);
  if (check.is === 'recipient') page.recipient = check.recipient;
}

export const endOf = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  child.once('exit', () => resolve());
  child.on('error', () => resolve()); // it could not be forked, or not be killed since it is gone
});
