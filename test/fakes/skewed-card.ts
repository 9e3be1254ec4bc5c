/** A sound card with a clock of its own (skewed-card.c), built by gcc(1) against libasound2-dev, for programs that are started with its environment. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SoundSource } from '../../pipeline/sources.js';

export interface SkewedCard {
  readonly sound: SoundSource;
  /** Takes the place of every card of this machine. */
  readonly env: NodeJS.ProcessEnv;
  close(): void;
}

/** @param epoch CLOCK_MONOTONIC milliseconds at which a second, and with it a beep, begins. @throws Error where it cannot be built. */
export function skewedCard(ppm: number, epoch: number): SkewedCard {
  const folder = mkdtempSync(path.join(tmpdir(), 'card-'));
  const library = path.join(folder, 'skewed.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-DPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', library, 'test/fakes/skewed-card.c', '-lasound', '-lm']);
  const configuration = path.join(folder, 'asound.conf');
  writeFileSync(configuration, `pcm_type.skewed { lib "${library}" }\npcm.hw { @args [ CARD ] @args.CARD { type string } type skewed ppm ${ppm.toFixed(3)} epoch ${epoch.toFixed(3)} }\n`);
  return {
    sound: { kind: 'alsa', device: 'hw:CARD=Skewed', channels: 1 },
    env: { ...process.env, ALSA_CONFIG_PATH: configuration },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
