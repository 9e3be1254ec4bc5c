/* What outlives a power cut: the boot counter and the pairing key, in EEPROM. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "mac.h"

/** CRC-16/MCRF4XX of `length` bytes (avr-libc's _crc_ccitt_update, from 0xFFFF). */
uint16_t crc16(const void *bytes, uint8_t length);

/** Raises the boot counter and returns it: never the same twice. Takes up to 25 ms. */
uint32_t memory_next_boot(void);

/** Reads the pairing key. Returns false where none was ever written. */
bool memory_read_key(uint8_t key[MAC_KEY_BYTES]);

/** Writes the pairing key. Takes up to 70 ms. */
void memory_write_key(const uint8_t key[MAC_KEY_BYTES]);
