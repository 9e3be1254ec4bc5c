/** CRC-16/MCRF4XX: reflected 0x1021, from 0xFFFF, no final xor, as avr-libc's _crc_ccitt_update reckons it. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) !== 0 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  return crc;
}
