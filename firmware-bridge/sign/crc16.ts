/**
 * CRC-16/MCRF4XX: reflected polynomial 0x1021, start 0xFFFF, no final xor.
 * The same as avr-libc's `_crc_ccitt_update` (util/crc16.h), so that the board needs no table.
 */
export function crc16(bytes: Iterable<number>): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    let mixed = (byte ^ crc) & 0xff;
    mixed = (mixed ^ (mixed << 4)) & 0xff;
    crc = ((mixed << 8) | (crc >> 8)) ^ (mixed >> 4) ^ (mixed << 3);
  }
  return crc & 0xffff;
}
