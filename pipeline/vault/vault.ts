/** The sessions on disk: the `Vault` port, and what an owner may know of sessions by their ids. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Plan, Vault } from '../../session/ports.js';
import { writeAbout, type Note } from './about.js';
import { checkVault } from './boot-check.js';
import type { SigningKey } from './device-key.js';
import { isSessionId } from './layout.js';
import { OpenSession, type Sealing } from './open-session.js';
import type { PartLog } from './part-log.js';
import { summaryOf, type SessionSummary } from './summary.js';

export interface VaultOptions {
  /** Folder of all sessions. */
  readonly root: string;
  readonly deviceKey: SigningKey;
  /** To whom this owner's sessions are sealed. @throws (rejects) where the owner is not enrolled. */
  readonly sealingFor: (owner: string) => Promise<Sealing>;
  /** The session exists: note whose it is. A rejection ends it again. */
  readonly onBegun?: (session: string, plan: Plan) => Promise<void>;
  readonly wall: () => Date;
  /** One line for the device log: what was found at the start, where that says nothing of sessions (P2.7). */
  readonly log?: (line: string) => void;
  /** Bytes of ciphertext at which a part ends and the next goes on; for tests. */
  readonly partLimit?: number;
}

export class SealedVault implements Vault {
  readonly #options: VaultOptions;
  #session: OpenSession | undefined;
  /** Begin and end run one after another. */
  #turn: Promise<void> = Promise.resolve();
  /** Settled once the latest begin is done. */
  #begun: Promise<void> = Promise.resolve();
  /** Settled once what was noted so far is on the disk, or could not be written. */
  #noted: Promise<unknown> = Promise.resolve();

  private constructor(options: VaultOptions) {
    this.#options = options;
  }

  /** Makes the folder where it is missing, and puts right what a power cut left. @throws NodeJS.ErrnoException (rejects) where the folder cannot be read. */
  static async open(options: VaultOptions): Promise<SealedVault> {
    await mkdir(options.root, { recursive: true, mode: 0o700 });
    const { wasOpenToOthers } = checkVault(options.root); // damage is for its owner to see
    if (wasOpenToOthers) options.log?.('the vault was open to other users of this machine; it is closed again');
    return new SealedVault(options);
  }

  /** Id of the session that is open. */
  get current(): string | undefined {
    return this.#session?.id;
  }

  /** Resolves once what was begun or ended so far is done. */
  get settled(): Promise<void> {
    return this.#turn;
  }

  begin(plan: Plan): Promise<void> {
    const begun = this.#next(async () => {
      if (this.#session !== undefined) throw new Error('a session is open already; end it first');
      const { root, deviceKey, sealingFor, onBegun, wall, partLimit } = this.#options;
      const session = await OpenSession.begin(root, plan, await sealingFor(plan.owner), deviceKey, wall, partLimit);
      try {
        await onBegun?.(session.id, plan);
        this.#session = session;
      } catch (error) {
        await session.end();
        throw error;
      }
    });
    this.#begun = begun.catch(() => undefined);
    return begun;
  }

  /** For the owner of the session that is open; a session that is being begun is waited for. Harmless where none is, and where the disk is full: no session ends for it. */
  note(note: Note): Promise<void> {
    const noted = this.#begun.then(() => this.#session?.note(note)).catch(() => undefined);
    this.#noted = Promise.all([this.#noted, noted]);
    return noted;
  }

  /** The same for a session that has ended. @param recipients of its owner. */
  async noteAfter(session: string, recipients: readonly string[], note: Note): Promise<void> {
    const at = this.#options.wall().toISOString();
    await writeAbout(this.folderOf(session), recipients, { ...note, v: 1, session, at }).catch(() => undefined);
  }

  end(): Promise<void> {
    return this.#next(async () => {
      await this.#noted;
      const session = this.#session;
      this.#session = undefined;
      try {
        await session?.end();
      } catch (error) {
        await session?.note({ kind: 'log', what: 'fault', fault: 'STORAGE_FAILED' }).catch(() => undefined);
        throw error;
      }
    });
  }

  /** For the recorder: where the next part goes. @throws Error (rejects) where no session is open. */
  nextPart(): Promise<PartLog> {
    const session = this.#session;
    return session === undefined ? Promise.reject(new Error('no session is open')) : session.nextPart();
  }

  /** What can be told of these sessions, in their order; damage in one never hides another. */
  read(ids: readonly string[]): Promise<SessionSummary[]> {
    return Promise.all(ids.map((id) => summaryOf(id, this.folderOf(id), id === this.current)));
  }

  /** @throws RangeError where `id` is no session id. */
  folderOf(id: string): string {
    if (!isSessionId(id)) throw new RangeError('not a session id');
    return path.join(this.#options.root, id);
  }

  #next(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
