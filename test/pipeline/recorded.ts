/** A vault, and sessions written into it through the part writer, without devices. */
import path from 'node:path';
import type { Plan } from '../../session/ports.js';
import { HoldBack } from '../../pipeline/hold-back.js';
import { RollingWriter } from '../../pipeline/rolling-writer.js';
import type { PartLog } from '../../pipeline/vault/part-log.js';
import { loadDeviceKey } from '../../pipeline/vault/device-key.js';
import { SealedVault, type VaultOptions } from '../../pipeline/vault/vault.js';
import { teacherKey, type TeacherKey } from './keys.js';
import { fragment, init } from './mp4-samples.js';

export const PLAN: Plan = {
  owner: 'teacher-7', purpose: { id: 'coaching', version: 3, words: 'Coaching', audience: 'colleagues-i-choose' }, mode: 'picture-and-sound', lengthMs: 3_000_000,
};

export interface VaultScene {
  readonly vault: SealedVault;
  readonly key: TeacherKey;
  readonly devicePublicKey: Uint8Array;
  readonly deviceKeyFile: string;
}

export async function vaultIn(folder: string, more: Partial<VaultOptions> = {}): Promise<VaultScene> {
  const key = await teacherKey(folder);
  const deviceKeyFile = path.join(folder, 'device-key.pem');
  const deviceKey = await loadDeviceKey(deviceKeyFile);
  const vault = await SealedVault.open({
    root: path.join(folder, 'vault'), deviceKey, wall: () => new Date('2026-11-23T08:15:00Z'),
    sealingFor: () => Promise.resolve({ owner: key.recipient, recipients: [key.recipient], code: '2026-09', room: 'Room 12' }), ...more,
  });
  return { vault, key, devicePublicKey: deviceKey.publicKey, deviceKeyFile };
}

/** The writer of a part, told to `log` as the recorder's parent does; the next parts too, where a limit ends one. */
export function partWriting(log: PartLog, now: () => number) {
  const told: Promise<void>[] = [];
  let current = log;
  let next: PartLog | undefined;
  const writer = new RollingWriter(log.order, {
    created: (header) => void told.push(current.created(header)),
    checkpoint: (checkpoint) => void told.push(current.checkpoint(checkpoint)),
    filling: () => writer.goOnIn((next = current.next()).order),
    rolled: (figures) => {
      told.push(current.closed(figures));
      current = next ?? current;
      next = undefined;
    },
    storage: () => undefined,
    failed: (evidence) => { throw new Error(evidence); },
  }, now);
  return {
    writer,
    /** Once everything is told. @param how `crash` leaves it as SIGKILL would, `open` without any end. */
    close: async (how: 'in order' | 'crash' | 'open' = 'in order'): Promise<void> => {
      const figures = await writer.close();
      await Promise.all(told);
      if (how !== 'open') await current.closed(how === 'crash' ? undefined : figures);
      await next?.closed(undefined);
    },
  };
}

/**
 * `seconds` of media from one recorder, a checkpoint each second, told to `log` as the recorder's parent does: one part, or as many as the vault's limit makes of it.
 * `crash` leaves it as SIGKILL would.
 */
export async function writePart(log: PartLog, seconds: number, crash = false): Promise<void> {
  let now = 0;
  const { writer, close } = partWriting(log, () => now);
  const held = new HoldBack();
  held.push(init(), now);
  for (let second = 0; second < seconds; second += 1) {
    for (const step of [0, 250, 500, 750]) held.push(fragment({ picture: second * 1000 + step, sound: second * 1000 + step + 3 }, 20_000), now);
    now += 1000;
    writer.add(held.release(now));
    now += 1000;
    await writer.sync();
  }
  await close(crash ? 'crash' : 'in order');
}

/** A whole session. @returns its id. */
export async function record(vault: SealedVault, parts: readonly number[], ends = true): Promise<string> {
  await vault.begin(PLAN);
  const id = vault.current ?? '';
  for (const seconds of parts) await writePart(await vault.nextPart(), seconds);
  if (ends) await vault.end();
  return id;
}
