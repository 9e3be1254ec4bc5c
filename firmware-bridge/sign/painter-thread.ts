/** A thread that draws and packs: a face takes longer than the service's loop may stand still. */
import { parentPort } from 'node:worker_threads';
import type { Face } from '../../session/ports.js';
import { draw } from './draw.js';
import type { Place } from './faces.js';
import type { Panel } from './panels.js';
import { packBits } from './packbits.js';
import { FACE_DATA_BYTES } from './protocol.js';
import { scan } from './scan.js';
import type { PackedFace } from './transfer.js';

export interface PaintJob {
  readonly key: string;
  readonly face: Face;
  readonly panel: Panel;
  readonly place: Place;
}
export type PaintResult = { readonly key: string } & ({ readonly face: PackedFace } | { readonly refusal: string });

parentPort?.on('message', ({ key, face, panel, place }: PaintJob) => {
  parentPort?.postMessage(paint(key, face, panel, place));
});

function paint(key: string, face: Face, panel: Panel, place: Place): PaintResult {
  try {
    const { bits, crc } = draw(face, panel, place);
    return { key, face: { crc, pieces: packBits(scan(bits, panel), FACE_DATA_BYTES) } };
  } catch (error) {
    return { key, refusal: (error as Error).message };
  }
}
