/** An owner's recordings on their way to the stick: one copy at a time, whoever watches. Of another's copy nothing is told but that the stick is in use (P1.3). */
import type { Answer, CollectAnswer, Collecting, SignedIn } from '../kiosk/server/house.js';
import type { CopyProgress, StickView, Verified } from '../kiosk/protocol/collect.js';
import type { Language } from '../kiosk/protocol/common.js';
import { collect, folderName, type Copy } from '../pipeline/collect/collect.js';
import { COLLECT_FAULTS, CollectError, STICK_FAULTS, StickError, whileOnStick } from '../pipeline/collect/faults.js';
import { READ_ME, readMe, VIEWER } from '../pipeline/collect/read-me.js';
import type { Stick } from '../pipeline/collect/stick.js';
import type { SealedVault } from '../pipeline/vault/vault.js';
import { NOT_YOURS, shortReceipt, STILL_OPEN, type OwnRecord, type OwnRecords } from './recordings.js';

export interface CollectingParts {
  readonly records: Pick<OwnRecords, 'sessionsOf' | 'recipientsOf'>;
  readonly vault: SealedVault;
  readonly stick: Stick;
  /** The school's default. */
  readonly language: () => Language | undefined;
  /** What opens recordings at home. */
  readonly page: Uint8Array | undefined;
  readonly now: () => number;
}

interface Running {
  readonly teacher: string;
  readonly abort: AbortController;
  progress: CopyProgress;
}

const NOTHING_YET: CopyProgress = { phase: 'copying', doneBytes: 0, totalBytes: 0, secondsLeft: null };

export function collectingDesk({ records, vault, stick, language, page, now }: CollectingParts): Collecting {
  let running: Running | undefined;

  /** @returns what came to lie on the stick, and why no more did. */
  async function copy(owned: readonly OwnRecord[], mine: Running, tell: (progress: CopyProgress) => void): Promise<{ copies: Copy[]; fault?: CollectError }> {
    const copies: Copy[] = [];
    const beside = [...page === undefined ? [] : [{ name: VIEWER, bytes: page }], { name: READ_ME, bytes: Buffer.from(readMe(language()), 'utf8') }];
    try {
      await stick.during((folder) => collect(owned.map(({ session, startedAt }) => ({ folder: vault.folderOf(session), name: folderName(startedAt, session) })), folder, {
        onProgress: tell, onVerified: (one) => copies.push(one), signal: mine.abort.signal, beside, now,
      }));
    } catch (error) {
      if (error instanceof CollectError || error instanceof StickError) return { copies, fault: whileOnStick(error) };
      throw error;
    }
    const { totalBytes } = mine.progress;
    tell({ phase: 'removing', doneBytes: totalBytes, totalBytes, secondsLeft: null });
    return stick.remove().then(() => ({ copies }), (error: unknown) => ({ copies, fault: new CollectError('STICK_NOT_RELEASED', String(error)) }));
  }

  return {
    async stick({ teacher }): Promise<StickView> {
      if (running !== undefined) {
        const { phase, ...progress } = running.progress;
        return running.teacher === teacher ? { kind: phase, ...progress } : { kind: 'in-use' };
      }
      const state = await stick.state();
      switch (state.kind) {
        case 'trouble': return { kind: 'trouble', code: state.fault, ...STICK_FAULTS[state.fault] };
        case 'removing': return { kind: 'removing', doneBytes: 0, totalBytes: 0, secondsLeft: null };
        case 'none': case 'ready': return state;
        case 'seen': case 'mounting': case 'safe-to-pull': return { kind: state.kind, label: state.label };
      }
    },
    open: () => done(stick.open()),
    async collect(owner, recordings, onProgress): Promise<CollectAnswer> {
      const all = records.sessionsOf(owner.teacher);
      const owned = recordings.flatMap((recording) => all.find(({ session }) => session === recording) ?? []);
      if (owned.length < recordings.length) return NOT_YOURS;
      if (recordings.includes(vault.current ?? '')) return STILL_OPEN;
      if (running !== undefined) return no(new CollectError('COPY_RUNNING', 'one at a time'));
      const recipients = records.recipientsOf(owner.teacher); // the owner may be signed out when it is done
      const mine: Running = { teacher: owner.teacher, abort: new AbortController(), progress: NOTHING_YET };
      running = mine;
      try {
        const { copies, fault } = await copy(owned, mine, (progress) => onProgress(mine.progress = progress));
        const verified = copies.map(({ journal }, i): Verified => ({ recording: owned[i]?.session ?? '', receipt: shortReceipt(journal) }));
        for (const { recording } of verified) await vault.noteAfter(recording, recipients, { kind: 'log', what: 'collected' });
        if (fault !== undefined) return { ...no(fault), ...(verified.length > 0 && { verified }) };
        const sum = (of: (copy: Copy) => number): number => copies.reduce((all, one) => all + of(one), 0);
        return { ok: true, files: sum(({ files }) => files), bytes: sum(({ bytes }) => bytes), receipt: verified[0]?.receipt ?? '', verified };
      } finally {
        running = undefined;
      }
    },
    cancel({ teacher }: SignedIn) {
      if (running?.teacher !== teacher) return Promise.resolve(no(new CollectError('NO_COPY', 'none of this teacher’s')));
      running.abort.abort();
      return Promise.resolve({ ok: true });
    },
    remove: () => running === undefined ? done(stick.remove()) : Promise.resolve(no(new CollectError('COPY_RUNNING', 'it ends by itself'))),
  };
}

function no({ code, values }: CollectError) {
  return { ok: false as const, code, ...COLLECT_FAULTS[code], ...(values && { values }) };
}

async function done(work: Promise<void>): Promise<Answer> {
  try {
    await work;
    return { ok: true };
  } catch (error) {
    if (!(error instanceof StickError)) throw error;
    return { ok: false, code: error.code, ...STICK_FAULTS[error.code] };
  }
}
