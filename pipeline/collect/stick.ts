/**
 * The stick: where it stands, and its way from plugged in to safe to pull. It is
 * looked at only while somebody asks, so that nothing happens on this machine
 * when a stick comes or goes by itself. What is on it is never listed.
 */
import { statfs } from 'node:fs/promises';
import { StickError, type StickFaultCode } from './faults.js';

export interface Seen {
  /** Another one each time that a stick is plugged in. */
  readonly id: string;
  readonly label: string;
  /** As the kernel calls it: vfat, exfat, ext4. */
  readonly fileSystem: string;
  /** Why it cannot be used. */
  readonly fault?: StickFaultCode;
}

/** What knows of sticks: udisks, or a folder that stands for one. All reject with StickError. */
export interface StickPort {
  look(): Promise<Seen | undefined>;
  /** @returns the folder. */
  mount(stick: Seen): Promise<string>;
  /** Synced, and not in the file tree any more. */
  unmount(stick: Seen): Promise<void>;
  powerOff(stick: Seen): Promise<void>;
  close(): void;
}

export type StickState =
  | { readonly kind: 'none' }
  | { readonly kind: 'seen' | 'mounting' | 'removing' | 'safe-to-pull'; readonly label: string }
  | { readonly kind: 'ready'; readonly label: string; readonly freeBytes: number; readonly fileSystem: string }
  | { readonly kind: 'trouble'; readonly fault: StickFaultCode };

type Standing =
  | { readonly is: 'away' }
  | { readonly is: 'mounting' | 'removing' | 'safe'; readonly stick: Seen }
  | { readonly is: 'mounted'; readonly stick: Seen; readonly folder: string };

export class Stick {
  readonly #port: StickPort;
  #standing: Standing = { is: 'away' };
  #users = 0;
  /** Mounted until it is removed; else only while somebody uses it. */
  #isOpen = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(port: StickPort) {
    this.#port = port;
  }

  /** Never rejects. */
  async state(): Promise<StickState> {
    const busy = this.#standing;
    if (busy.is === 'mounting' || busy.is === 'removing') return { kind: busy.is, label: busy.stick.label };
    try {
      const stick = await this.#port.look();
      const now = this.#standing;
      if (stick === undefined) {
        if (now.is === 'safe') return { kind: 'safe-to-pull', label: now.stick.label };
        if (now.is === 'mounted') this.#forget();
        return { kind: 'none' };
      }
      if (now.is === 'away' || now.stick.id !== stick.id) {
        if (now.is === 'mounted' || now.is === 'safe') this.#forget();
        return stick.fault === undefined ? { kind: 'seen', label: stick.label } : { kind: 'trouble', fault: stick.fault };
      }
      if (now.is !== 'mounted') return { kind: now.is === 'safe' ? 'safe-to-pull' : now.is, label: stick.label };
      const { bavail, bsize } = await statfs(now.folder);
      return { kind: 'ready', label: stick.label, freeBytes: bavail * bsize, fileSystem: stick.fileSystem };
    } catch (error) {
      return { kind: 'trouble', fault: error instanceof StickError ? error.code : 'STICK_MISSING' };
    }
  }

  /** Mounted from now on, until `remove`. @throws StickError (rejects) */
  async open(): Promise<void> {
    await this.#inTurn(() => this.#mount());
    this.#isOpen = true;
  }

  /** @throws StickError (rejects), and whatever `work` does. Where it was not open before, it is closed again: one may pull it then. */
  async during<T>(work: (folder: string) => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      return await work(await this.#inTurn(() => this.#mount()));
    } finally {
      this.#users -= 1;
      // In use by somebody else, it stays; and a stick that is gone needs no unmounting.
      await this.#inTurn(() => this.#unmountUnused()).catch(() => undefined);
    }
  }

  /** Synced, unmounted, without power. @throws StickError (rejects) STICK_IN_USE, STICK_MISSING */
  remove(): Promise<void> {
    return this.#inTurn(async () => {
      const now = this.#standing;
      const stick = now.is === 'mounted' ? now.stick : await this.#need();
      if (this.#users > 0) throw new StickError('STICK_IN_USE', 'something is read or written');
      this.#standing = { is: 'removing', stick };
      try {
        if (now.is === 'mounted') await this.#port.unmount(stick);
        await this.#port.powerOff(stick);
        this.#standing = { is: 'safe', stick };
        this.#isOpen = false;
      } catch (error) {
        this.#standing = now;
        throw error;
      }
    });
  }

  /** Nobody needs it open any more: as soon as it is not in use, one may pull it. */
  async letGo(): Promise<void> {
    this.#isOpen = false;
    await this.#inTurn(() => this.#unmountUnused()).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.letGo();
    this.#port.close();
  }

  async #mount(): Promise<string> {
    const stick = await this.#need();
    const now = this.#standing;
    if (now.is === 'mounted' && now.stick.id === stick.id) return now.folder;
    this.#forget();
    this.#standing = { is: 'mounting', stick };
    try {
      const folder = await this.#port.mount(stick);
      this.#standing = { is: 'mounted', stick, folder };
      return folder;
    } catch (error) {
      this.#standing = { is: 'away' };
      throw error;
    }
  }

  async #unmountUnused(): Promise<void> {
    const now = this.#standing;
    if (now.is !== 'mounted' || this.#isOpen || this.#users > 0) return;
    await this.#port.unmount(now.stick);
    this.#standing = { is: 'away' };
  }

  async #need(): Promise<Seen> {
    const stick = await this.#port.look();
    if (stick === undefined) throw new StickError('STICK_MISSING', 'none is plugged in');
    if (stick.fault !== undefined) throw new StickError(stick.fault, stick.fileSystem);
    return stick;
  }

  #forget(): void {
    this.#standing = { is: 'away' };
    this.#isOpen = false;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
