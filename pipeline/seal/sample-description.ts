/** Whether a decoder that was set up for one part can go on with another: sample descriptions without the bit rates that an encoder happened to have. Pure. */

/** In `btrt` (ISO/IEC 14496-12, 8.5.2.2): buffer size, greatest and average rate. */
const RATES_OF_BOX = 12;
/** The same in a DecoderConfigDescriptor (ISO/IEC 14496-1, 7.2.6.6), whose buffer size has 3 bytes. */
const RATES_OF_DESCRIPTOR = 11;
const TAG = { stream: 0x03, decoder: 0x04 };

/** @param stsd the box (8.5.2). @returns a copy with zeros in place of rates. */
export function withoutRates(stsd: Uint8Array): Uint8Array {
  const copy = new Uint8Array(stsd);
  const btrt = contentOf(copy, 'btrt');
  if (btrt !== undefined) copy.fill(0, btrt, btrt + RATES_OF_BOX);
  const esds = contentOf(copy, 'esds');
  if (esds === undefined) return copy;
  const stream = intoDescriptor(copy, esds + 4, TAG.stream);
  // Id and flags; flags would put more fields before the decoder's descriptor.
  const decoder = stream === undefined || copy[stream + 2] !== 0 ? undefined : intoDescriptor(copy, stream + 3, TAG.decoder);
  if (decoder !== undefined) copy.fill(0, decoder + 2, decoder + 2 + RATES_OF_DESCRIPTOR);
  return copy;
}

/** Where the content of the first box of this type begins, at whatever depth. */
function contentOf(bytes: Uint8Array, type: string): number | undefined {
  const at = String.fromCharCode(...bytes).indexOf(type);
  return at === -1 ? undefined : at + type.length;
}

/** Past tag and length, which has 7 bits a byte (ISO/IEC 14496-1, 8.3.3). */
function intoDescriptor(bytes: Uint8Array, at: number, tag: number): number | undefined {
  if (bytes[at] !== tag) return undefined;
  let end = at + 1;
  while (((bytes[end] ?? 0) & 0x80) !== 0) end += 1;
  return end + 1;
}
