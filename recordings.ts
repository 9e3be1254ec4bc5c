/** What an owner finds and collects: the owner's records and the vault's summaries, joined. Nobody else's can be named (P1.3). */
import type { Teachers } from './config/teachers.js';
import type { Recordings } from './kiosk/server/house.js';
import { collect, COLLECT_FAULTS, CollectError, folderName } from './pipeline/collect/collect.js';
import { JOURNAL } from './pipeline/vault/layout.js';
import type { SealedVault } from './pipeline/vault/vault.js';

/** @param stick the folder that a session is copied to. */
export function recordingsOf(teachers: Teachers, vault: SealedVault, stick: string): Recordings {
  return {
    async list({ teacher }) {
      const owned = teachers.sessionsOf(teacher);
      const summaries = await vault.read(owned.map(({ session }) => session));
      return owned.flatMap(({ session, purpose, startedAt }, at) => {
        const summary = summaries[at];
        if (summary === undefined || summary.state === 'gone') return [];
        const readable = summary.state !== 'damaged';
        return [{
          id: session, startedAt, purpose: purpose.words,
          lengthMs: readable ? summary.mediaMs : 0, bytes: readable ? summary.bytes : 0, complete: readable && summary.state === 'ended',
        }];
      });
    },
    async collect({ teacher }, recording, onProgress) {
      const owned = teachers.sessionsOf(teacher).find(({ session }) => session === recording);
      if (owned === undefined) return { ok: false, code: 'NOT_YOURS', sentence: 'There is no such recording of yours.', remedy: 'Choose one from the list.' };
      if (vault.current === recording) return { ok: false, code: 'STILL_OPEN', sentence: 'This recording is not finished yet.', remedy: 'Finish it first.' };
      try {
        let bytes = 0;
        const { sha256 } = await collect(vault.folderOf(recording), stick, folderName(owned.startedAt, recording), (done, total) => { bytes = total; onProgress(done, total); });
        return { ok: true, files: sha256.size, bytes, receipt: receiptOf(sha256.get(JOURNAL) ?? '') };
      } catch (error) {
        if (!(error instanceof CollectError)) throw error;
        return { ok: false, code: error.code, ...COLLECT_FAULTS[error.code] };
      }
    },
  };
}

/** Short enough to write down, long enough that no other journal has it: 64 bits of its SHA-256, in groups of four. */
const receiptOf = (sha256: string): string => (sha256.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
