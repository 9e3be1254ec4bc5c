/** A thread that draws and packs: a face takes longer than the service's loop may stand still. */
import { parentPort } from 'node:worker_threads';
import type { Face } from '../../session/ports.js';
import { draw } from './draw.js';
import type { Panel } from './layout.js';
import { packBits } from './packbits.js';
import { FACE_DATA_BYTES } from './protocol.js';
import type { PackedFace } from './transfer.js';

export interface PaintJob {
  readonly key: string;
  readonly face: Face;
  readonly panel: Panel;
}
export type PaintResult = { readonly key: string } & ({ readonly face: PackedFace } | { readonly refusal: string });

parentPort?.on('message', ({ key, face, panel }: PaintJob) => {
  parentPort?.postMessage(paint(key, face, panel));
});

function paint(key: string, face: Face, panel: Panel): PaintResult {
  try {
    const { bits, crc } = draw(face, panel);
    return { key, face: { crc, pieces: packBits(bits, FACE_DATA_BYTES) } };
  } catch (error) {
    return { key, refusal: (error as Error).message };
  }
}
