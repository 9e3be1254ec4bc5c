/** Intel hex files, as far as avr-objcopy writes them for a chip of 32 KB: data (type 0) and end (type 1). */

/** Flash of an ATmega328P. */
const FLASH_BYTES = 0x8000;

/**
 * Reads a hex file's text into flash words; what it leaves out reads FFFF, as erased flash does.
 * @throws Error where a line is not what the format says, or lies beyond the flash.
 */
export function parseHex(text: string): Uint16Array {
  const flash = new Uint8Array(FLASH_BYTES).fill(0xff);
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const bytes = Buffer.from(line.slice(1), 'hex');
    const [length = 0, high = 0, low = 0, kind] = bytes;
    const at = high * 256 + low;
    const sum = bytes.reduce((total, byte) => total + byte, 0) & 0xff;
    if (!line.startsWith(':') || bytes.length !== length + 5 || sum !== 0) throw new Error(`line ${String(index + 1)} of the hex file is damaged: ${line}; build the firmware anew`);
    if (kind !== 0) continue;
    if (at + length > FLASH_BYTES) throw new Error(`line ${String(index + 1)} of the hex file lies beyond the chip's flash: ${line}`);
    flash.set(bytes.subarray(4, 4 + length), at);
  }
  return new Uint16Array(flash.buffer);
}
