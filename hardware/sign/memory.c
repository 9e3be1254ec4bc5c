#include "memory.h"

#include <avr/eeprom.h>
#include <util/crc16.h>

/* The boot counter is kept twice and written in turn: a write that the power cut short leaves the older copy, and the
   number that was cut short was never told to anybody. */
struct count {
  uint32_t value;
  uint16_t crc;
};
struct pairing {
  uint8_t key[MAC_KEY_BYTES];
  uint16_t crc;
};
static struct count EEMEM stored_counts[2];
static struct pairing EEMEM stored_pairing;

uint16_t crc16(const void *bytes, uint8_t length) {
  uint16_t crc = 0xffff;
  for (const uint8_t *byte = bytes; length--; byte++) crc = _crc_ccitt_update(crc, *byte);
  return crc;
}

uint32_t memory_next_boot(void) {
  uint32_t highest = 0;
  for (uint8_t i = 0; i < 2; i++) {
    struct count count;
    eeprom_read_block(&count, &stored_counts[i], sizeof count);
    if (count.crc == crc16(&count.value, sizeof count.value) && count.value > highest) highest = count.value;
  }
  struct count next = {.value = highest + 1};
  next.crc = crc16(&next.value, sizeof next.value);
  eeprom_update_block(&next, &stored_counts[next.value & 1], sizeof next);
  eeprom_busy_wait();
  return next.value;
}

bool memory_read_key(uint8_t key[MAC_KEY_BYTES]) {
  struct pairing pairing;
  eeprom_read_block(&pairing, &stored_pairing, sizeof pairing);
  if (pairing.crc != crc16(pairing.key, MAC_KEY_BYTES)) return false; /* a blank EEPROM reads FF: its crc does not match */
  for (uint8_t i = 0; i < MAC_KEY_BYTES; i++) key[i] = pairing.key[i];
  return true;
}

void memory_write_key(const uint8_t key[MAC_KEY_BYTES]) {
  struct pairing pairing;
  for (uint8_t i = 0; i < MAC_KEY_BYTES; i++) pairing.key[i] = key[i];
  pairing.crc = crc16(key, MAC_KEY_BYTES);
  eeprom_update_block(&pairing, &stored_pairing, sizeof pairing);
  eeprom_busy_wait();
}
