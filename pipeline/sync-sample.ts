/** Can decoding begin with this fragment? (ISO/IEC 14496-12, 8.8.3.1, 8.8.7, 8.8.8.) Pure. */
import { childrenOf } from './mp4-boxes.js';

const NON_SYNC = 0x10000;
const TFHD = { defaultFlags: 0x20 };
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400 };

/** @param fragment moof and mdat. @returns true also where the fragment does not say: then the default of the file counts, which we do not know. @throws MediaFormatError */
export function beginsWithSync(fragment: Buffer): boolean {
  const moof = fragment.subarray(0, fragment.readUInt32BE(0));
  for (const { type, bytes } of childrenOf(moof)) if (type === 'traf' && ((firstFlags(bytes) ?? 0) & NON_SYNC) !== 0) return false;
  return true;
}

/** Flags of the first sample of a track: its own, else those of the whole fragment. */
function firstFlags(traf: Buffer): number | undefined {
  let common: number | undefined;
  for (const { type, bytes } of childrenOf(traf)) {
    const has = bytes.length < 12 ? 0 : bytes.readUIntBE(9, 3);
    if (type === 'tfhd' && (has & TFHD.defaultFlags) !== 0) common = bytes.readUInt32BE(bytes.length - 4); // its last field
    if (type !== 'trun') continue;
    const first = 16 + ((has & TRUN.dataOffset) === 0 ? 0 : 4);
    if ((has & TRUN.firstFlags) !== 0) return bytes.readUInt32BE(first);
    if ((has & TRUN.flags) !== 0) return bytes.readUInt32BE(first + ((has & TRUN.duration) === 0 ? 0 : 4) + ((has & TRUN.size) === 0 ? 0 : 4));
    return common;
  }
  return common;
}
