/** One part, recorded through a recorder process and opened again, for tests of sources and modes. */
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { monotonic } from '../../pipeline/monotonic.js';
import type { Level } from '../../pipeline/recorder-messages.js';
import type { SourceSettings } from '../../pipeline/sources.js';
import type { Mode, RecorderEvent } from '../../session/ports.js';
import { openPart, output, type TeacherKey } from './keys.js';
import { PLAN, vaultIn } from './recorded.js';

const PATIENCE_MS = 12_000;

export interface Taken { readonly plain: Buffer; readonly levels: Level[]; readonly fault: string | undefined; readonly endedAt: number }

/** Records through a recorder process; `then` says when it is to end. The test has a `testdir`. */
export async function take(t: Test, sources: SourceSettings, mode: Mode, then: (capturing: Promise<unknown>, ended: Promise<unknown>) => Promise<void>): Promise<Taken> {
  // Only now: the recorder's processes inherit what this one has when the module is loaded, and devices on PipeWire are found by that.
  const { ForkedRecorder } = await import('../../pipeline/recorder.js');
  const { vault, key } = await vaultIn(mkdtempSync(path.join(t.testdirName, 'vault-')));
  const levels: Level[] = [];
  const logged: string[] = [];
  const recorder = new ForkedRecorder({ sources, nextPart: () => vault.nextPart(), log: (...line) => void logged.push(line.join(' ')) });
  recorder.onLevel((level) => levels.push(level));
  const next = (kind: RecorderEvent['kind']): Promise<RecorderEvent & { at: number }> => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no "${kind}": ${logged.join('; ')}`)), PATIENCE_MS);
    recorder.onEvent((event) => { if (event.kind === kind) { clearTimeout(late); resolve({ ...event, at: monotonic() }); } });
  });
  recorder.onEvent(({ kind }) => { if (kind === 'ready') recorder.open(monotonic()); });
  const beats = setInterval(() => recorder.confirm(monotonic()), 250);
  t.teardown(() => { clearInterval(beats); return recorder.close(); });
  await vault.begin({ ...PLAN, mode });
  const folder = vault.folderOf(vault.current ?? '');
  const ended = next('ended');
  const capturing = next('capturing');
  recorder.prepare({ kind: 'part', plan: { ...PLAN, mode } });
  await then(Promise.race([capturing, ended]), ended);
  recorder.stop();
  const event = await ended;
  await vault.end();
  return { plain: await plainOf(key, folder), levels, fault: event.kind === 'ended' ? event.fault : undefined, endedAt: event.at };
}

const plainOf = async (key: TeacherKey, folder: string): Promise<Buffer> => (await openPart(key, path.join(folder, 'part-01.mp4.age'))).plain;
/** Ends it after so much media. */
export const seconds = (count: number) => async (capturing: Promise<unknown>): Promise<void> => { await capturing; await sleep(count * 1000); };

/** Of each track, as ffprobe(1) names them. */
export const codecs = async (plain: Buffer): Promise<string[]> =>
  (await output('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', 'pipe:0'], plain)).plain.toString().trim().split('\n');
