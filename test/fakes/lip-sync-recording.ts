/** Records flashes and beeps through the real recorder process, sealed into a vault, and opens it again as its owner does. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { monotonic } from '../../pipeline/monotonic.js';
import { ForkedRecorder } from '../../pipeline/recorder.js';
import { age } from '../pipeline/keys.js';
import { PLAN, vaultIn } from '../pipeline/recorded.js';
import type { SourceSettings } from '../../pipeline/sources.js';

/** @param folder for key and vault. @param devices closed afterwards. @returns the first part in the clear. @throws Error where capture ends by itself. */
export async function recordFlashAndBeep(folder: string, ms: number, devices: { readonly sources: SourceSettings; close?(): Promise<void> }): Promise<Buffer> {
  const { vault, key } = await vaultIn(folder);
  await vault.begin(PLAN);
  const session = vault.folderOf(vault.current ?? '');
  const logged: string[] = [];
  const recorder = new ForkedRecorder({ sources: devices.sources, nextPart: () => vault.nextPart(), log: (...line) => void logged.push(line.join(' ')) });
  let beats: NodeJS.Timeout | undefined;
  const ended = new Promise<string | undefined>((resolve) => recorder.onEvent((event) => { if (event.kind === 'ended') resolve(event.fault); }));
  const capturing = new Promise<void>((resolve) => recorder.onEvent(({ kind }) => {
    if (kind === 'capturing') resolve();
    if (kind !== 'ready') return;
    recorder.open(monotonic());
    beats = setInterval(() => recorder.confirm(monotonic()), 250);
  }));
  const tooEarly = ended.then((fault) => { throw new Error(`capture ended by itself: ${fault}; ${logged.join('; ')}`); });
  tooEarly.catch(() => undefined);
  try {
    recorder.prepare({ kind: 'part', plan: PLAN });
    await Promise.race([capturing.then(() => sleep(ms)), tooEarly]);
  } finally {
    await recorder.close();
    clearInterval(beats);
    await vault.end();
    await devices.close?.();
  }
  const { plain, code } = await age(key, path.join(session, 'part-01.mp4.age'));
  if (code !== 0) throw new Error(`age(1) does not open it: ${code}`);
  return plain;
}
