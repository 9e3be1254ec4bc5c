/** A small service for tests that kill it: records into the vault named on its command line, and says by IPC when media are on the disk. */
import { ForkedRecorder } from '../../pipeline/recorder.js';
import { monotonic } from '../../pipeline/monotonic.js';
import type { SourceSettings } from '../../pipeline/sources.js';
import { PLAN, vaultIn } from './recorded.js';

export interface Begun {
  readonly recorderPid: number;
  readonly folder: string;
  readonly keyFile: string;
  readonly deviceKeyFile: string;
}

const [folder = '', sources = ''] = process.argv.slice(2);
const { vault, key, deviceKeyFile } = await vaultIn(folder);
await vault.begin(PLAN);
let checkpoints = 0;
const recorder = new ForkedRecorder({
  sources: JSON.parse(sources) as SourceSettings,
  nextPart: async () => {
    const part = await vault.nextPart();
    return {
      ...part,
      checkpoint: async (checkpoint) => {
        await part.checkpoint(checkpoint);
        checkpoints += 1;
        if (checkpoints === 3) process.send?.({ recorderPid: recorder.pid ?? 0, folder: vault.folderOf(vault.current ?? ''), keyFile: key.file, deviceKeyFile } satisfies Begun);
      },
    };
  },
  log: () => undefined,
});
recorder.onEvent(({ kind }) => { if (kind === 'ready') recorder.open(monotonic()); });
recorder.prepare({ kind: 'part', plan: PLAN });
setInterval(() => recorder.confirm(monotonic()), 250);
