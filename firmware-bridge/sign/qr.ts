/** The visitors' page as a QR code. */
import { encode } from 'uqr';
import { TextDoesNotFit } from './text-does-not-fit.js';

export interface QrCode {
  /** Rows of modules; true is dark. No quiet zone. */
  readonly modules: readonly (readonly boolean[])[];
}

/** ISO/IEC 18004: four modules of white on each side. */
export const QUIET_MODULES = 4;

/** @throws TextDoesNotFit for an address that no QR code holds. */
export function qrCode(address: string): QrCode {
  try {
    return { modules: encode(address, { ecc: 'M', border: 0 }).data };
  } catch {
    throw new TextDoesNotFit(`the address “${address}” is too long for a QR code: shorten it`);
  }
}
