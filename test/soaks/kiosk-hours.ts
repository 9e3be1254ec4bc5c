/** Eight hours of a kiosk’s life in one page: a change of state each second, as fast as the page takes them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { PublicPhase } from '../../kiosk/protocol.js';
import { uidOfPeer } from '../../kiosk/server/peer.js';
import { freePort } from '../fakes/free-port.js';
import { scriptedApp, SESSION, TROUBLE } from '../kiosk/scripted-house.js';
import { launch } from '../fakes/chromium.js';
import { dice, type Figures, type Soak } from './soak.js';

const SCREEN = 'dist/screen';
const MB = 1e6;
const MOST_GROWN = 5 * MB;
/** Chromium’s own name for a task that a person notices (Long Tasks API). */
const LONG_TASK_MS = 50;
/** The first states bring code and fonts that stay. */
const WARMING_UP = 600;

const PHASES: readonly PublicPhase[] = [
  { kind: 'checking' }, { kind: 'idle' }, { kind: 'idle', lastFault: TROUBLE }, { kind: 'waking' }, { kind: 'blocked', reasons: [TROUBLE] }, { kind: 'framing', live: true, endsInMs: 300_000 },
  { kind: 'announcing', session: SESSION, countdownMs: 5000 }, { kind: 'starting', session: SESSION }, { kind: 'recording', session: SESSION, elapsedMs: 61_000, endsInMs: 2_939_000 },
  { kind: 'stopping', next: 'pause' }, { kind: 'paused', session: SESSION, why: { by: 'room' }, closesInMs: 120_000 }, { kind: 'paused', session: SESSION, why: { by: 'fault', fault: TROUBLE }, closesInMs: 120_000 },
];

/** Bytes in use once everything that nobody holds is gone. */
async function heap(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize;
}

export const soak: Soak = {
  claim: 'over eight hours of changes the kiosk’s page grows by less than 5 MB, and no task takes longer than 50 ms',
  size: 28_800,
  unit: 'changes of state',
  // One page lives through all of them.
  chunk: 28_800,
  subject() {
    const hash = createHash('sha256');
    for (const file of readdirSync(SCREEN, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js')).sort()) hash.update(readFileSync(`${SCREEN}/${file}`));
    return hash.digest('hex');
  },
  async run(number, amount): Promise<Figures> {
    const port = await freePort();
    const { app, house } = await scriptedApp(`${process.cwd()}/${SCREEN}`, {
      port, uidOfPeer, allowedUid: process.getuid?.() ?? 0,
      everySecond: (beat) => { const timer = setInterval(beat, 1000); return () => clearInterval(timer); },
    });
    await app.listen({ host: '127.0.0.1', port });
    const browser = await launch();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const complaints: string[] = [];
      page.on('pageerror', ({ message }) => complaints.push(message));
      await page.goto(`http://localhost:${port}/`);
      await page.getByText('Nothing records unless').waitFor();
      const roll = dice(number);
      const states = async (count: number): Promise<void> => {
        for (let at = 0; at < count; at += 1) {
          house.become(PHASES[roll(PHASES.length)] ?? { kind: 'idle' }, roll(4) === 0 ? [TROUBLE] : []);
          if (roll(2) === 0) house.level(-roll(60));
          // Each is drawn before the next comes.
          await page.evaluate('new Promise((done) => requestAnimationFrame(() => done()))');
        }
      };
      await states(WARMING_UP);
      const before = await heap(page);
      await page.evaluate('window.long = []; new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" })');
      await states(amount);
      const grown = await heap(page) - before;
      const long = await page.evaluate<number[]>('long');
      if (complaints.length > 0) throw new Error(`the page complained: ${complaints[0]}`);
      if (grown >= MOST_GROWN) throw new Error(`the page grew by ${(grown / MB).toFixed(1)} MB over ${amount} changes of state`);
      if (long.length > 0) throw new Error(`${long.length} tasks took longer than ${LONG_TASK_MS} ms, the longest ${Math.max(...long).toFixed(0)} ms`);
      return { changes: amount, grownKB: Math.round(grown / 1000), tasksOver50Ms: long.length };
    } finally {
      await browser.close();
      await app.close();
    }
  },
};
