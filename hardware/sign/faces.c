#include "faces.h"

#include <avr/pgmspace.h>
#include <stdbool.h>
#include <string.h>

#include "font.h"

#define MARGIN_PIXELS 20
#define GAP_ROWS 3 /* between two lines, in pixels of the font */
#define LINE_ROWS (FONT_HEIGHT + GAP_ROWS)

/* Lines of a face, separated by line feeds. */
static const char CHECKING_WORDS[] PROGMEM = "CHECKING";
static const char ASSUME_WORDS[] PROGMEM = "ASSUME\nRECORDING";
static const char OUT_OF_ORDER_WORDS[] PROGMEM = "OUT OF ORDER\nCAMERA AND\nMICROPHONE\nDISCONNECTED";

static const char *words;
static bool white_on_black;
static uint16_t width, top;
static uint8_t scale;
static uint8_t line_count;

/* The row that was last made: the rows of one pixel of the font are all the same. */
static uint8_t cached[MAX_WIDTH / 8];
static int16_t cached_row;

static const char *words_of(enum face face) {
  switch (face) {
    case FACE_CHECKING: return CHECKING_WORDS;
    case FACE_ASSUME_RECORDING: return ASSUME_WORDS;
    case FACE_OUT_OF_ORDER: return OUT_OF_ORDER_WORDS;
    case NO_FACE: break;
  }
  return PSTR("");
}

static uint8_t line_length(const char *line) {
  uint8_t length = 0;
  for (char c; (c = pgm_read_byte(line + length)) != '\0' && c != '\n';) length++;
  return length;
}

static const char *line_at(uint8_t number) {
  const char *line = words;
  while (number--) line += line_length(line) + 1;
  return line;
}

static uint16_t text_columns(uint8_t letters) {
  return letters * (FONT_WIDTH + 1) - 1;
}

void faces_begin(enum face face, uint16_t glass_width, uint16_t glass_height) {
  words = words_of(face);
  white_on_black = face == FACE_ASSUME_RECORDING;
  width = glass_width;
  uint8_t longest = 0;
  line_count = 0;
  for (const char *line = words;; line++) {
    uint8_t length = line_length(line);
    line_count++;
    if (length > longest) longest = length;
    line += length;
    if (pgm_read_byte(line) == '\0') break;
  }
  uint8_t rows = line_count * LINE_ROWS - GAP_ROWS;
  uint16_t by_width = (width - 2 * MARGIN_PIXELS) / text_columns(longest);
  uint16_t by_height = (glass_height - 2 * MARGIN_PIXELS) / rows;
  scale = by_width < by_height ? by_width : by_height;
  top = (glass_height - rows * scale) / 2;
  cached_row = -2;
}

static void paint(uint16_t x, uint8_t pixels) {
  for (; pixels--; x++) cached[x >> 3] ^= 0x80 >> (x & 7);
}

/** Makes row `row` of the text, in pixels of the font; -1 is above, beyond the last is below. */
static void make(int16_t row) {
  memset(cached, white_on_black ? 0x00 : 0xff, sizeof cached);
  if (row < 0 || row / LINE_ROWS >= line_count || row % LINE_ROWS >= FONT_HEIGHT) return;
  const char *line = line_at(row / LINE_ROWS);
  uint8_t letters = line_length(line), bit = 1 << row % LINE_ROWS;
  uint16_t x = (width - text_columns(letters) * scale) / 2;
  for (; letters--; line++, x += scale) {
    for (uint8_t column = 0; column < FONT_WIDTH; column++, x += scale) {
      if (font_column(pgm_read_byte(line), column) & bit) paint(x, scale);
    }
  }
}

const uint8_t *faces_row(uint16_t y) {
  int16_t row = y < top ? -1 : (int16_t)((y - top) / scale);
  if (row != cached_row) {
    make(row);
    cached_row = row;
  }
  return cached;
}
