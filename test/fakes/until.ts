/** Waiting for what another process, thread or page does in its own time. */
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
/** Seldom enough to leave the processor to whoever is waited for. */
const LOOK_EACH_MS = 5;

/** Looks again and again. @throws Error after 10 s. */
export async function until(isSo: () => boolean | Promise<boolean>, what = 'what was waited for'): Promise<void> {
  for (const late = performance.now() + PATIENCE_MS; !await isSo(); await sleep(LOOK_EACH_MS))
    if (performance.now() > late) throw new Error(`${what} did not happen within ${PATIENCE_MS / 1000} s`);
}
