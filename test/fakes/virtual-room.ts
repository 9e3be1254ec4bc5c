/** One whole virtual school for a test file: short panel refreshes and a small picture, everything else as it is. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CameraEvent } from '../../hardware/virtual/camera/contract.js';
import { openVirtualSchool, type VirtualSchool, type VirtualSchoolOptions } from '../../tools/virtual-school.js';
import { KioskClient } from './kiosk-client.js';
import { freePort } from './free-port.js';

export const VIDEO = { width: 640, height: 360, framesPerSecond: 30 } as const;

export interface TestRoom {
  readonly school: VirtualSchool;
  readonly folder: string;
  readonly kiosk: KioskClient;
}

/**
 * @param refreshMs how long the panel takes (a real one about 4 s).
 * @param options `view` near where the camera parks, for tests that turn it often; `signs` where there are several.
 */
export async function openTestRoom(t: { teardown: (work: () => Promise<void>) => void }, refreshMs: number, options: Pick<VirtualSchoolOptions, 'view' | 'signs' | 'doorPort'> = {}): Promise<TestRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'lamplight-'));
  const school = await openVirtualSchool({
    folder, kioskPort: await freePort(), testHooks: true,
    classroom: { video: VIDEO, camera: { wakeMs: 200 }, sign: { refreshMs } },
    ...options,
  });
  const kiosk = new KioskClient(school.kioskUrl).follow();
  t.teardown(async () => {
    kiosk.close();
    await school.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { school, folder, kiosk };
}

/** Process id of the service's child that runs `program`. @throws where there is none. */
export async function childOf(service: number, program: string): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [stat, words] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8')]).catch(() => ['', '']);
    const parent = Number(/\) \S (\d+)/.exec(stat)?.[1]);
    if (parent === service && words.includes(program)) return Number(pid);
  }
  throw new Error(`the service runs no ${program}`);
}

/** When the camera was closed by its last reader, as the camera saw it. @throws Error where it is not within 10 s. */
export async function deviceClosed({ school: { classroom: { camera } }, kiosk }: TestRoom, after: number): Promise<number> {
  const isIt = (event: CameraEvent): boolean => event.what === 'device-closed' && event.readers === 0 && event.at >= after;
  const seen = camera.events.find(isIt);
  if (seen !== undefined) return seen.at;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the camera was not closed within 10 s; the room says ${JSON.stringify(kiosk.state)}`)), 10_000);
    camera.on('event', (event) => { if (isIt(event)) { clearTimeout(late); resolve(event.at); } });
  });
}

/** Files below a folder that hold one of these byte patterns. */
export function filesWith(folder: string, pattern: Buffer): string[] {
  const hex = [...pattern].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return execFileSync('grep', ['-rlaP', hex, folder], { env: { LC_ALL: 'C', PATH: process.env.PATH } }).toString().trim().split('\n');
  } catch {
    return []; // grep says 1 where it finds nothing
  }
}
