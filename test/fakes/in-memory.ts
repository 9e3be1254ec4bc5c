/** A folder for files that no disk has to hold: a test that is not about the disk does not wait for it. */
import { mkdtempSync, rmSync } from 'node:fs';

/** Gone with the test. */
export function inMemory(t: { teardown: (work: () => void) => unknown }): string {
  const folder = mkdtempSync('/dev/shm/lamplight-');
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
