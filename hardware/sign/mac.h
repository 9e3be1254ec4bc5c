/* SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012). Plain C: compiles on any machine. */
#pragma once

#include <stdint.h>

#define MAC_KEY_BYTES 16
#define MAC_BYTES 8

/** The MAC of `length` bytes at `message`, little-endian. */
void mac(const uint8_t key[MAC_KEY_BYTES], const void *message, uint8_t length, uint8_t out[MAC_BYTES]);
