/** The service of the bench: recorder and vault in a process of its own, started and stopped by IPC, its event loop measured. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { existsSync, statSync } from 'node:fs';
import { monotonic } from '../../pipeline/monotonic.js';
import { ForkedRecorder } from '../../pipeline/recorder.js';
import type { SourceSettings } from '../../pipeline/sources.js';
import { PLAN, vaultIn } from '../pipeline/recorded.js';

export type Ask = 'start' | 'stop' | 'measure loop' | 'loop';
/** Times are CLOCK_MONOTONIC milliseconds. */
export type Told =
  | { readonly kind: 'up' }
  | { readonly kind: 'recording'; readonly pid: number; readonly confirmedAt: number; readonly writtenAt: number; readonly syncedAt: number; readonly file: string; readonly keyFile: string }
  | { readonly kind: 'stopping'; readonly at: number }
  | { readonly kind: 'ended'; readonly fault?: string }
  | { readonly kind: 'loop'; readonly p99Ms: number };

/** The header of an age file ends with a line of its MAC, and 16 bytes of nonce; what is longer than this has chunks. */
const BEYOND_HEADER = 4096;

const [folder = '', sources = ''] = process.argv.slice(2);
const tell = (told: Told): void => void process.send?.(told);
const { vault, key } = await vaultIn(folder);
// Each value holds the resolution itself too, so the finest.
const loop = monitorEventLoopDelay({ resolution: 1 });
let [confirmedAt, writtenAt, told] = [0, 0, false];

const recorder = new ForkedRecorder({
  sources: JSON.parse(sources) as SourceSettings,
  nextPart: async () => {
    const part = await vault.nextPart();
    const { path: file } = part.order;
    const watch = setInterval(() => {
      if (!existsSync(file) || statSync(file).size <= BEYOND_HEADER) return;
      writtenAt = monotonic();
      clearInterval(watch);
    }, 5);
    return {
      ...part,
      created: (header: string) => part.created(header),
      checkpoint: async (checkpoint) => {
        const syncedAt = monotonic();
        await part.checkpoint(checkpoint);
        if (told || checkpoint.moof === undefined) return;
        told = true;
        clearInterval(watch);
        if (writtenAt === 0) writtenAt = syncedAt; // synced before the next look
        tell({ kind: 'recording', pid: recorder.pid ?? 0, confirmedAt, writtenAt, syncedAt, file, keyFile: key.file });
      },
    };
  },
  log: (line, evidence) => console.error(line, evidence),
});
let beats: NodeJS.Timeout | undefined;
recorder.onEvent((event) => {
  if (event.kind === 'ready') {
    confirmedAt = monotonic();
    recorder.open(confirmedAt);
    beats = setInterval(() => recorder.confirm(monotonic()), 250);
  } else if (event.kind === 'ended') {
    clearInterval(beats);
    void vault.end().then(() => tell({ kind: 'ended', ...(event.fault === undefined ? {} : { fault: event.fault }) }));
  }
});

process.on('message', (ask: Ask) => {
  switch (ask) {
    case 'start':
      [writtenAt, told] = [0, false];
      void vault.begin(PLAN).then(() => recorder.prepare({ kind: 'part', plan: PLAN }));
      return;
    case 'stop':
      tell({ kind: 'stopping', at: monotonic() });
      return recorder.stop();
    case 'measure loop':
      loop.reset();
      loop.enable();
      return;
    case 'loop':
      return tell({ kind: 'loop', p99Ms: loop.percentile(99) / 1e6 });
  }
});
process.on('disconnect', () => process.exit());
tell({ kind: 'up' });
