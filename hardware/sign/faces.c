#include "faces.h"

#include <avr/pgmspace.h>
#include <stdbool.h>
#include <string.h>

#include "faces_data.h"

#define WIDTH (FACES_ROW_BYTES * 8U)

/* The row that was last unpacked. The next is unpacked over it, from the left: all that it still needs of the old one is to the right. */
static uint8_t row[FACES_ROW_BYTES];

/* What is still to be read of the byte before source, and behind it a 1 that tells its end. */
static const uint8_t *source;
static uint8_t bits;

static const uint8_t *rows_of(enum face face) {
  switch (face) {
    case FACE_ASSUME_RECORDING: return ASSUME_RECORDING_ROWS;
    case FACE_OUT_OF_ORDER: return OUT_OF_ORDER_ROWS;
    case FACE_PAUSED: return PAUSED_ROWS;
    case FACE_CHECKING:
    case NO_FACE: break;
  }
  return CHECKING_ROWS;
}

uint16_t faces_crc(enum face face) {
  switch (face) {
    case FACE_CHECKING: return CHECKING_CRC;
    case FACE_ASSUME_RECORDING: return ASSUME_RECORDING_CRC;
    case FACE_OUT_OF_ORDER: return OUT_OF_ORDER_CRC;
    case FACE_PAUSED: return PAUSED_CRC;
    case NO_FACE: break;
  }
  return 0;
}

void faces_begin(enum face face) {
  source = rows_of(face);
  bits = 0x80;
  memset(row, 0xff, sizeof row);
}

static inline bool bit(void) {
  bool is_set = bits & 0x80;
  bits <<= 1;
  if (bits != 0) return is_set;
  uint8_t byte = pgm_read_byte(source++);
  bits = byte << 1 | 1;
  return byte & 0x80;
}

/** Elias's gamma code, of a number from 0 on. */
static uint16_t number(void) {
  uint8_t digits = 0;
  while (!bit()) digits++;
  uint16_t value = 1;
  while (digits--) value = value << 1 | bit();
  return value - 1;
}

static const uint8_t FROM[] = {0xff, 0x7f, 0x3f, 0x1f, 0x0f, 0x07, 0x03, 0x01}; /* the pixels of a byte from this one on */

/** Where that colour is met first, from x on; WIDTH where it is not. */
static uint16_t find(bool white, uint16_t x) {
  uint8_t invert = white ? 0x00 : 0xff, at = x >> 3, mask = FROM[x & 7];
  for (; at < FACES_ROW_BYTES; at++, mask = 0xff) {
    uint8_t found = (row[at] ^ invert) & mask;
    if (found == 0) continue;
    uint8_t before = 0;
    for (; !(found & 0x80); found <<= 1) before++;
    return (uint16_t)at << 3 | before;
  }
  return WIDTH;
}

static void paint(uint8_t at, uint8_t mask, bool white) {
  if (white) row[at] |= mask;
  else row[at] &= ~mask;
}

static void fill(uint16_t from, uint16_t to, bool white) {
  uint8_t at = from >> 3, last = to >> 3, head = FROM[from & 7], tail = ~FROM[to & 7];
  if (at == last) {
    paint(at, head & tail, white);
    return;
  }
  paint(at++, head, white);
  while (at < last) row[at++] = white ? 0xff : 0x00;
  if (tail != 0) paint(at, tail, white);
}

enum { PASS = 100, HORIZONTAL = 101 };

/** The next mode (codes: tools/pack-rows.ts): by how much an edge has moved to the right, or one of the above. */
static int8_t mode(void) {
  if (bit()) return 0;
  if (bit()) return bit() ? 1 : -1;
  if (bit()) return HORIZONTAL;
  if (bit()) return PASS;
  int8_t far = bit() ? 2 : 3;
  return bit() ? far : -far;
}

/* ITU-T T.6, 2.2: a0 is where the row is known up to, b1 and b2 are edges of the row above. */
static void unpack_row(void) {
  bool white = true;
  uint16_t a0 = 0, b1 = find(false, 0);
  while (a0 < WIDTH) {
    int8_t how = mode();
    if (how == HORIZONTAL) {
      uint16_t a1 = a0 + number(), a2 = a1 + number();
      fill(a0, a1, white);
      fill(a1, a2, !white);
      a0 = a2;
    } else {
      uint16_t to = how == PASS ? find(white, b1) : b1 + how;
      fill(a0, to, white);
      a0 = to;
      if (how != PASS) white = !white;
    }
    if (a0 < WIDTH) b1 = find(!white, find(white, a0));
  }
}

const uint8_t *faces_row(void) {
  if (!bit()) unpack_row();
  return row;
}
