#include "mac.h"

#include <string.h>

/* The AVR shifts one bit at a time, so a rotation is made of whole bytes, which are only moved, and at most three single bits. */
static inline uint64_t bytes_left(uint64_t v, uint8_t bytes) {
  union { uint64_t word; uint8_t byte[8]; } from = {v}, to;
  for (uint8_t i = 0; i < 8; i++) to.byte[(i + bytes) & 7] = from.byte[i];
  return to.word;
}

static uint64_t bit_left(uint64_t v) {
  uint32_t low = v, high = v >> 32;
  return (uint64_t)(high << 1 | low >> 31) << 32 | (uint32_t)(low << 1 | high >> 31);
}

static uint64_t bits_right_3(uint64_t v) {
  uint32_t low = v, high = v >> 32;
  for (uint8_t i = 0; i < 3; i++) {
    uint32_t carry = low & 1;
    low = low >> 1 | high << 31;
    high = high >> 1 | carry << 31;
  }
  return (uint64_t)high << 32 | low;
}

struct sip { uint64_t v0, v1, v2, v3; };

static void rounds(struct sip *s, uint8_t count) {
  while (count--) {
    s->v0 += s->v1;
    s->v1 = bits_right_3(bytes_left(s->v1, 2)) ^ s->v0; /* 13 = 16 - 3 */
    s->v0 = bytes_left(s->v0, 4);
    s->v2 += s->v3;
    s->v3 = bytes_left(s->v3, 2) ^ s->v2; /* 16 */
    s->v0 += s->v3;
    s->v3 = bits_right_3(bytes_left(s->v3, 3)) ^ s->v0; /* 21 = 24 - 3 */
    s->v2 += s->v1;
    s->v1 = bit_left(bytes_left(s->v1, 2)) ^ s->v2; /* 17 = 16 + 1 */
    s->v2 = bytes_left(s->v2, 4);
  }
}

static void absorb(struct sip *s, uint64_t word) {
  s->v3 ^= word;
  rounds(s, 2);
  s->v0 ^= word;
}

void mac(const uint8_t key[MAC_KEY_BYTES], const void *message, uint8_t length, uint8_t out[MAC_BYTES]) {
  const uint8_t *bytes = message;
  uint64_t k0, k1, word;
  memcpy(&k0, key, 8);
  memcpy(&k1, key + 8, 8);
  struct sip s = {k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573};
  uint8_t left = length;
  for (; left >= 8; left -= 8, bytes += 8) {
    memcpy(&word, bytes, 8);
    absorb(&s, word);
  }
  uint8_t last[8] = {0};
  memcpy(last, bytes, left);
  last[7] = length;
  memcpy(&word, last, 8);
  absorb(&s, word);
  s.v2 ^= 0xff;
  rounds(&s, 4);
  word = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
  memcpy(out, &word, 8);
}
