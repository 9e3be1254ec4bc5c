/** A disk that takes its time (slow-sync.c, built by gcc(1)), for every process that is started after it, from here or from there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SlowSync {
  /** From now on each sync takes 5 s longer. */
  slow(): void;
  /** From now on none does; those that wait already do so to their end. */
  quick(): void;
}

/** @throws Error where it cannot be built. */
export function slowSync(t: { teardown: (work: () => void) => void }): SlowSync {
  const folder = mkdtempSync(path.join(tmpdir(), 'sync-'));
  const library = path.join(folder, 'slow-sync.so');
  const flag = path.join(folder, 'slow');
  execFileSync('gcc', ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', library, 'test/fakes/slow-sync.c', '-ldl']);
  Object.assign(process.env, { LD_PRELOAD: library, SLOW_SYNC_WHILE: flag });
  t.teardown(() => {
    delete process.env['LD_PRELOAD'];
    delete process.env['SLOW_SYNC_WHILE'];
    rmSync(folder, { recursive: true, force: true });
  });
  return { slow: () => writeFileSync(flag, ''), quick: () => rmSync(flag, { force: true }) };
}
