/** The two boxes that sealing adds to an MP4 (ISO/IEC 14496-12): `free` for padding (8.1.2) and `uuid` for the binding (11.1). Pure. */
import { fromHex, joined, utf8 } from './bytes.js';

export const SMALLEST_BOX = 8;

/** @param size of the whole box: 8 bytes or more. */
export function freeBox(size: number): Uint8Array {
  return box('free', new Uint8Array(size - SMALLEST_BOX));
}

/** UUID version 5 (RFC 9562) of the name "lamplight/binding/v1" in the URL name space. */
const BINDING_UUID = fromHex('92ca68f7e31e54ceb82f339ee10bc7a9');

export const bindingBox = (content: Uint8Array): Uint8Array => box('uuid', joined(BINDING_UUID, content));

/** @param bytes a box of the type `uuid`. */
export const isBinding = (bytes: Uint8Array): boolean => BINDING_UUID.every((byte, i) => bytes[8 + i] === byte);

/** What the binding box holds, where `plain` (the beginning of a part) has one. */
export function bindingContent(plain: Uint8Array): Uint8Array | undefined {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  for (let at = 0; at + 24 <= plain.length;) {
    const size = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x75756964 && isBinding(plain.subarray(at))) // 'uuid'
      return at + size <= plain.length ? plain.subarray(at + 24, at + size) : undefined;
    if (size < SMALLEST_BOX) return undefined;
    at += size;
  }
  return undefined;
}

export function box(type: string, ...content: readonly Uint8Array[]): Uint8Array {
  const size = content.reduce((sum, { length }) => sum + length, SMALLEST_BOX);
  const head = new Uint8Array(SMALLEST_BOX);
  new DataView(head.buffer).setUint32(0, size);
  head.set(utf8(type), 4);
  return joined(head, ...content);
}
