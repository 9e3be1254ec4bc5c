/** The download of one's own sealed recordings, as the kiosk's server sees it: a process for each link, one at a time. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { FromDownload, ToDownload } from '../kiosk/lan/download-process.js';
import type { DownloadLink, DownloadView } from '../kiosk/protocol/collect.js';
import type { Language } from '../kiosk/protocol/common.js';
import type { Download, Given } from '../kiosk/server/house.js';
import { filesIn, folderName } from '../pipeline/collect/collect.js';
import { READ_ME, readMe, VIEWER } from '../pipeline/collect/read-me.js';
import type { SealedVault } from '../pipeline/vault/vault.js';
import { endOf, newCode, newToken, type LanOptions } from './lan.js';
import { NOT_YOURS, STILL_OPEN, type No, type OwnRecord, type OwnRecords } from './recordings.js';

export interface DownloadParts extends LanOptions {
  readonly records: Pick<OwnRecords, 'sessionsOf' | 'recipientsOf'>;
  readonly vault: SealedVault;
  /** File of the page that opens recordings. */
  readonly viewer: string | undefined;
  readonly language: () => Language | undefined;
  /** Then it goes slowly: the recording comes first. */
  readonly isCapturing: () => boolean;
  readonly now: () => number;
}

export interface DownloadDesk extends Download {
  /** Of the link's process, while there is one: for tests. */
  readonly pid: number | undefined;
  /** Closes whoever's link there is. */
  end(): Promise<void>;
}

const MINUTES = 10;
/** 1 Gbit/s: what a school's network has. */
const AT_REST = 125_000_000;
/** A recording writes 2 MB/s at most (pipeline/launch-line.ts); this leaves the slowest disk the most of its time. */
const WHILE_CAPTURING = 8_000_000;
const LOOK_EVERY_MS = 500;
/** util-linux, which Debian always has. Class idle: only what nobody else wants of the disk. */
const IONICE = '/usr/bin/ionice';
const IN_USE: No = { ok: false, code: 'DOWNLOAD_IN_USE', sentence: 'Another download is going on.', remedy: 'Wait until it is done, or use a stick.' };

interface Link extends DownloadLink {
  readonly teacher: string;
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  readonly endsAt: number;
  stopWatching(): void;
  state: Exclude<FromDownload, { kind: 'listening' }> | { readonly kind: 'waiting' };
}

export function downloadDesk({ lan, minutes = MINUTES, records, vault, viewer, language, isCapturing, now }: DownloadParts): DownloadDesk {
  let current: Link | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const isOver = ({ state, child }: Link): boolean => state.kind === 'sent' || state.kind === 'expired' || child.exitCode !== null;

  async function end(): Promise<void> {
    const link = current;
    current = undefined;
    link?.stopWatching();
    link?.child.kill('SIGKILL');
    await link?.gone;
  }

  async function begin({ address, downloadPort }: NonNullable<LanOptions['lan']>, teacher: string, owned: readonly OwnRecord[]): Promise<DownloadLink | null> {
    const entries = (await Promise.all(owned.map(async ({ session, startedAt }) => {
      const folder = vault.folderOf(session);
      return (await filesIn(folder)).map(({ name }) => ({ name: `${folderName(startedAt, session)}/${name}`, path: path.join(folder, name) }));
    }))).flat();
    const beside = [...viewer === undefined ? [] : [{ name: VIEWER, path: viewer }], { name: READ_ME, text: readMe(language()) }];
    const recipients = records.recipientsOf(teacher);
    const child = fork(new URL('../kiosk/lan/download-process.js', import.meta.url), [], {
      env: {}, execPath: IONICE, execArgv: ['-c', '3', process.execPath], stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [token, code, gone] = [newToken(), newCode(), endOf(child)];
    const say = (message: ToDownload): void => void child.send(message, () => undefined); // where it is gone, `gone` tells
    const fileName = `lamplight-${owned[0]?.startedAt.slice(0, 10) ?? ''}.zip`;
    const rate = (): number => isCapturing() ? WHILE_CAPTURING : AT_REST;
    let told = rate();
    const host = await new Promise<string | undefined>((resolve) => {
      child.on('message', (message: FromDownload) => {
        if (message.kind === 'listening') return resolve(message.host);
        if (current?.child !== child) return;
        current.state = message;
        // Whether it arrived whole, nobody knows here: it is no reason to erase anything.
        if (message.kind === 'sent') for (const { session } of owned) vault.noteAfter(session, recipients, { kind: 'log', what: 'collected' }).catch(() => undefined);
      });
      void gone.then(() => resolve(undefined));
      say({ kind: 'serve', address, port: downloadPort ?? 0, token, code, language: language() ?? 'en', fileName, entries: [...entries, ...beside], date: owned[0]?.startedAt ?? '', bytesPerSecond: told, lifeMs: minutes * 60_000 });
    });
    if (host === undefined) return null; // the address is not this machine's, or the port is taken
    const watch = setInterval(() => {
      if (rate() === told) return;
      told = rate();
      say({ kind: 'rate', bytesPerSecond: told });
    }, LOOK_EVERY_MS);
    void gone.then(() => clearInterval(watch));
    const link = { url: `http://${host}/${token}`, code, minutes };
    current = { ...link, teacher, child, gone, endsAt: now() + minutes * 60_000, stopWatching: () => clearInterval(watch), state: { kind: 'waiting' } };
    return link;
  }

  return {
    open: ({ teacher }, recordings) => inTurn(async (): Promise<Given<DownloadLink | null>> => {
      const all = records.sessionsOf(teacher);
      const owned = recordings.flatMap((recording) => all.find(({ session }) => session === recording) ?? []);
      if (owned.length < recordings.length) return NOT_YOURS;
      if (recordings.includes(vault.current ?? '')) return STILL_OPEN;
      if (lan?.download !== true) return { ok: true, value: null };
      if (current !== undefined && current.teacher !== teacher && !isOver(current)) return IN_USE;
      await end();
      return begin(lan, teacher, owned).then((value) => ({ ok: true as const, value }), (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NOT_YOURS; // it has just gone
        throw error;
      });
    }),
    view({ teacher }): DownloadView {
      if (lan?.download !== true) return { kind: 'not-allowed' };
      if (current?.teacher !== teacher) return { kind: 'none' };
      const { state, url, code, endsAt } = current;
      if (state.kind !== 'waiting') return state.kind === 'running' ? { kind: 'running', sentBytes: state.sentBytes, totalBytes: state.totalBytes } : { kind: state.kind };
      return { kind: 'waiting', url, code, secondsLeft: Math.max(0, Math.ceil((endsAt - now()) / 1000)) };
    },
    close: ({ teacher }) => inTurn(async () => { if (current?.teacher === teacher) await end(); }),
    end: () => inTurn(end),
    get pid() {
      return current?.child.pid;
    },
  };
}
