#include "panel.h"

#include <avr/pgmspace.h>
#include <util/crc16.h>

#include "clock.h"
#include "pins.h"

#define RESET_MS 10     /* RST low; controllers ask for 0.1 to 10 ms */
#define SETTLE_MS 20    /* after RST */
#define BUSY_COMES_MS 200
#define ASK_BUSY_MS 2   /* after a command, before BUSY is believed */
#define WAKE_MS 1000
#define REFRESH_MS 10000
#define RETRY_MS 3000

enum { BIT_BUSY = 1, BIT_NO_ANSWER = 2, BIT_STUCK = 4, BIT_AUTONOMOUS = 8 };

static enum {
  RESET,
  SETTLE,
  RESTARTING,
  FILL_OLD,
  FREE,
  DRAWING,
  WAKING,
  REFRESH_ASKED,
  REFRESHING,
  RESTING,
  FAILED,
} state;
static uint32_t state_since;

static enum face wanted_face = NO_FACE, drawn_face = NO_FACE;
static uint16_t row; /* next to be drawn, or filled */
static enum author author;
static uint16_t crc, glass_crc, refreshes;
static uint32_t bytes_put;
static bool ordered; /* the board's own face in the memory was ordered by the host */
static bool glass_is_autonomous;
static enum outcome outcome = OUTCOME_PENDING;
static uint8_t trouble;

/* SPI master, mode 0, fosc/2 = 8 MHz. ATmega328P datasheet, "SPI - Serial Peripheral Interface"; SS is CS_PIN, an output. */
static void spi_start(void) {
  DDRB |= _BV(RST_PIN) | _BV(DC_PIN) | _BV(CS_PIN) | _BV(MOSI_PIN) | _BV(SCK_PIN);
  PORTB |= _BV(RST_PIN) | _BV(CS_PIN) | _BV(DC_PIN);
  PORTD |= _BV(BUSY_PIN); /* pull-up, so that a panel that is not there reads steady */
  SPCR = _BV(SPE) | _BV(MSTR);
  SPSR = _BV(SPI2X);
}

static inline void send(uint8_t byte) {
  PORTB &= ~_BV(CS_PIN);
  SPDR = byte;
  while (!(SPSR & _BV(SPIF))) continue;
  PORTB |= _BV(CS_PIN);
}

static void run(const uint8_t *script) {
  for (uint8_t count; (count = pgm_read_byte(script++)) != 0;) {
    PORTB &= ~_BV(DC_PIN);
    send(pgm_read_byte(script++));
    PORTB |= _BV(DC_PIN);
    while (--count) send(pgm_read_byte(script++));
  }
}

static bool is_empty(const uint8_t *script) {
  return pgm_read_byte(script) == 0;
}

static bool is_busy(void) {
  return ((PIND & _BV(BUSY_PIN)) != 0) == controller.busy_is_high;
}

static bool passed(uint16_t ms) {
  return now - state_since >= ms;
}

static void go(uint8_t next) {
  state = next;
  state_since = now;
}

static void fail(enum outcome how) {
  outcome = how;
  trouble = how == OUTCOME_STUCK ? BIT_STUCK : BIT_NO_ANSWER;
  if (author == BY_BOARD && !ordered && wanted_face == NO_FACE) wanted_face = drawn_face;
  author = BY_NOBODY;
  glass_crc = 0;
  go(FAILED);
}

static void begin_refresh(void) {
  outcome = OUTCOME_PENDING;
  glass_crc = 0;
  run(controller.wake);
  go(WAKING);
}

static void begin_picture(enum author by) {
  author = by;
  crc = 0xffff;
  bytes_put = 0;
  if (state != RESTING) run(controller.new_picture);
}

static void begin_face(void) {
  begin_picture(BY_BOARD);
  drawn_face = wanted_face;
  wanted_face = NO_FACE;
  ordered = false;
  faces_begin(drawn_face);
  row = 0;
  go(DRAWING);
}

static void draw_row(void) {
  panel_copy(faces_row(), controller.row_bytes);
  if (++row == controller.rows) begin_refresh();
}

/* One refresh fewer before the stronger thing is said. */
static void draw_other_face(void) {
  if (ordered) outcome = OUTCOME_REPLACED;
  begin_face();
}

static void fill_old_row(void) {
  for (uint8_t i = 0; i < controller.row_bytes; i++) send(0xff);
  if (++row == controller.rows) go(FREE);
}

static void set_up(void) {
  run(controller.setup);
  if (is_empty(controller.old_picture)) {
    go(FREE);
    return;
  }
  run(controller.old_picture);
  row = 0;
  go(FILL_OLD);
}

static void restart(void) {
  run(controller.restart);
  go(RESTARTING);
}

static void refreshed(void) {
  glass_crc = crc;
  glass_is_autonomous = author == BY_BOARD && !ordered;
  author = BY_NOBODY;
  outcome = OUTCOME_SHOWN;
  trouble = 0;
  refreshes++;
  run(controller.rest);
  go(RESTING);
}

static void be_free(void) {
  if (author == BY_HOST) run(controller.new_picture); /* begun while resting */
  go(FREE);
}

void panel_start(void) {
  spi_start();
  PORTB &= ~_BV(RST_PIN);
  go(RESET);
}

bool panel_step(void) {
  switch (state) {
    case RESET:
      if (!passed(RESET_MS)) return false;
      PORTB |= _BV(RST_PIN);
      go(SETTLE);
      return false;
    case SETTLE:
      if (!passed(SETTLE_MS)) return false;
      if (!is_busy()) restart();
      else if (passed(WAKE_MS)) fail(OUTCOME_STUCK);
      return false;
    case RESTARTING:
      if (!passed(ASK_BUSY_MS)) return false;
      if (!is_busy()) set_up();
      else if (passed(WAKE_MS)) fail(OUTCOME_STUCK);
      return state == FILL_OLD;
    case FILL_OLD:
      fill_old_row();
      return true;
    case FREE:
      if (wanted_face == NO_FACE) return false;
      begin_face();
      return true;
    case DRAWING:
      if (wanted_face != NO_FACE) draw_other_face();
      else draw_row();
      return true;
    case WAKING:
      if (!passed(ASK_BUSY_MS)) return false;
      if (!is_busy()) {
        run(controller.refresh);
        go(REFRESH_ASKED);
      } else if (passed(WAKE_MS)) {
        fail(OUTCOME_STUCK);
      }
      return false;
    case REFRESH_ASKED:
      if (is_busy()) go(REFRESHING);
      else if (passed(BUSY_COMES_MS)) fail(OUTCOME_NO_ANSWER);
      return false;
    case REFRESHING:
      if (!is_busy()) refreshed();
      else if (passed(REFRESH_MS)) fail(OUTCOME_STUCK);
      return false;
    case RESTING:
      if (passed(ASK_BUSY_MS) && !is_busy()) be_free();
      else if (passed(WAKE_MS)) fail(OUTCOME_STUCK);
      return false;
    case FAILED:
      if (!passed(RETRY_MS)) return false;
      PORTB &= ~_BV(RST_PIN);
      go(RESET);
      return false;
  }
  return false;
}

void panel_want(enum face face) {
  wanted_face = face;
}

bool panel_draw(enum face face) {
  if (state != FREE || wanted_face != NO_FACE) return false;
  outcome = OUTCOME_PENDING;
  wanted_face = face;
  begin_face();
  ordered = true;
  return true;
}

bool panel_begin_picture(void) {
  if ((state != FREE && state != RESTING) || wanted_face != NO_FACE) return false;
  begin_picture(BY_HOST);
  return true;
}

/* The CRC is computed while the byte is shifted out. */
static inline uint16_t put(uint16_t sum, uint8_t pixels) {
  SPDR = pixels;
  sum = _crc_ccitt_update(sum, pixels);
  while (!(SPSR & _BV(SPIF))) continue;
  return sum;
}

void panel_copy(const uint8_t *pixels, uint8_t count) {
  uint16_t sum = crc;
  bytes_put += count;
  PORTB &= ~_BV(CS_PIN);
  while (count--) sum = put(sum, *pixels++);
  PORTB |= _BV(CS_PIN);
  crc = sum;
}

void panel_repeat(uint8_t pixels, uint8_t count) {
  uint16_t sum = crc;
  bytes_put += count;
  PORTB &= ~_BV(CS_PIN);
  while (count--) sum = put(sum, pixels);
  PORTB |= _BV(CS_PIN);
  crc = sum;
}

enum author panel_author(void) {
  return author;
}

bool panel_show(uint16_t expected) {
  if (state != FREE || crc != expected || bytes_put != (uint32_t)controller.row_bytes * controller.rows) return false;
  begin_refresh();
  return true;
}

enum outcome panel_outcome(void) {
  return outcome;
}

bool panel_is_resting(void) {
  return state == RESTING;
}

uint16_t panel_glass_crc(void) {
  return glass_crc;
}

uint8_t panel_bits(void) {
  return (state == FREE ? 0 : BIT_BUSY) | trouble | (glass_is_autonomous ? BIT_AUTONOMOUS : 0);
}

uint16_t panel_refreshes(void) {
  return refreshes;
}
