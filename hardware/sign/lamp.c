#include "lamp.h"

#include "clock.h"
#include "pins.h"

#define PULSE_HALF_MS 1000
#define ALARM_HALF_MS 250
/* Nothing is ever faster than 2 Hz, whatever the states do: photosensitive people stand before this lamp (WCAG 2.2, 2.3.1: three flashes a second). */
#define BETWEEN_RISES_MS 500
#define TEST_MS 100
#define SAMPLE_MS 5
#define SETTLE_MS 50
/* As long as a dark that has just begun may wait to be measured. */
#define DARK_MEASURED_MS (SETTLE_MS + 3 * SAMPLE_MS)
#define WRONG_IN_A_ROW 3
#define PHOTO_LIT 64
#define SHUNT_LIT 32

static enum lamp_mode mode;
static bool bright_half = true;
static uint32_t half_since;

static bool lit;
static uint32_t edge_at, rose_at; /* before a reset it may have risen just now: the first rise waits, too */

static enum { NO_TEST, TEST_LIT, TEST_DARK } test;
static enum lamp_test tested = LAMP_TESTING;
static bool test_wrong;
static uint8_t test_seen;

static enum { RESTING, READING_PHOTO, READING_SHUNT } converter;
static uint32_t sample_at;
static uint8_t photo, shunt;

static uint8_t worst, wrong_run;
static uint16_t samples;
static bool proven;
/* The test before each start: the light that burns rose out of a dark that was measured, too. A sensor that always says light proves neither. */
static bool dark_measured, rose_from_dark;

/* AVCC as reference, result left-adjusted so that ADCH has the top 8 bits; prescaler 128: 125 kHz, a conversion takes 13 cycles = 104 us.
   ATmega328P datasheet, "Analog-to-Digital Converter", "Prescaling and Conversion Timing". */
static void convert(uint8_t channel) {
  ADMUX = _BV(REFS0) | _BV(ADLAR) | channel;
  ADCSRA |= _BV(ADSC);
}

void lamp_start(void) {
  DDRD |= _BV(LAMP_PIN);
  DIDR0 = _BV(PHOTO_CHANNEL) | _BV(SHUNT_CHANNEL);
  ADCSRA = _BV(ADEN) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
}

static uint16_t half_ms(void) {
  switch (mode) {
    case LAMP_PULSE: return PULSE_HALF_MS;
    case LAMP_ALARM: return ALARM_HALF_MS;
    case LAMP_OFF:
    case LAMP_STEADY: return 0;
  }
  return 0;
}

static bool should_be_lit(void) {
  if (test != NO_TEST) return test == TEST_LIT;
  return mode != LAMP_OFF && bright_half;
}

static void drive(void) {
  uint16_t half = half_ms();
  if (half != 0 && now - half_since >= half) {
    bright_half = !bright_half;
    half_since += half;
  }
  bool want = should_be_lit();
  if (want == lit || (want && now - rose_at <= BETWEEN_RISES_MS)) return; /* a tick more: an edge may come late in its own */
  if (want && !dark_measured && now - edge_at <= DARK_MEASURED_MS) return;
  lit = want;
  edge_at = now;
  if (lit) {
    rose_at = now;
    rose_from_dark = dark_measured;
    dark_measured = false;
    if (test == NO_TEST) half_since = now; /* a rise that was held back does not shorten the light */
    PORTD |= _BV(LAMP_PIN);
  } else {
    PORTD &= ~_BV(LAMP_PIN);
  }
}

static uint8_t faults_seen(void) {
  bool light = photo > PHOTO_LIT, current = shunt > SHUNT_LIT;
  uint8_t bits = light != current ? LAMP_SENSORS_DISAGREE : 0;
  if (lit && !(light && current)) bits |= LAMP_WAS_DARK;
  if (!lit && light && current) bits |= LAMP_WAS_LIT;
  return bits;
}

static void judge(void) {
  samples++;
  bool settled = now - edge_at >= SETTLE_MS;
  if (settled && !lit && faults_seen() == 0) dark_measured = true;
  if (test == NO_TEST && should_be_lit() && !lit) { /* held back by drive(): dark, but no fault of the lamp */
    worst |= LAMP_WAS_DARK;
    return;
  }
  if (!settled) return;
  uint8_t bits = faults_seen();
  worst |= bits;
  if (test != NO_TEST) {
    if (bits != 0) test_wrong = true;
    test_seen++;
    return;
  }
  if (bits == 0) {
    wrong_run = 0;
    proven = true;
    return;
  }
  proven = false;
  if (wrong_run < WRONG_IN_A_ROW) wrong_run++;
  if (wrong_run == WRONG_IN_A_ROW) tested = LAMP_BAD;
}

static void measure(void) {
  if (ADCSRA & _BV(ADSC)) return;
  switch (converter) {
    case RESTING:
      if (now - sample_at < SAMPLE_MS) return;
      sample_at += SAMPLE_MS;
      convert(PHOTO_CHANNEL);
      converter = READING_PHOTO;
      return;
    case READING_PHOTO:
      photo = ADCH;
      convert(SHUNT_CHANNEL);
      converter = READING_SHUNT;
      return;
    case READING_SHUNT:
      shunt = ADCH;
      converter = RESTING;
      judge();
      return;
  }
}

/* A half of the test counts from the edge that it waits for, and needs samples to judge: no samples, no verdict. */
static void go_on_with_test(void) {
  if (test == NO_TEST || lit != should_be_lit() || now - edge_at < TEST_MS || test_seen == 0) return;
  test_seen = 0;
  if (test == TEST_LIT) {
    test = TEST_DARK;
    return;
  }
  test = NO_TEST;
  tested = test_wrong ? LAMP_BAD : LAMP_GOOD;
}

void lamp_step(void) {
  drive();
  measure();
  go_on_with_test();
}

void lamp_enter(enum lamp_mode new_mode) {
  if (new_mode != mode) {
    mode = new_mode;
    bright_half = true;
    half_since = now;
  }
  proven = false;
  wrong_run = 0;
}

void lamp_begin_test(void) {
  test = TEST_LIT;
  tested = LAMP_TESTING;
  test_wrong = false;
  test_seen = 0;
}

enum lamp_test lamp_tested(void) {
  return tested;
}

bool lamp_is_proven(void) {
  return proven && rose_from_dark;
}

bool lamp_has_failed(void) {
  return wrong_run == WRONG_IN_A_ROW;
}

enum lamp_mode lamp_commanded(void) {
  switch (test) {
    case TEST_LIT: return LAMP_STEADY;
    case TEST_DARK: return LAMP_OFF;
    case NO_TEST: return mode;
  }
  return mode;
}

bool lamp_is_lit(void) {
  return lit;
}

uint8_t lamp_photo(void) {
  return photo;
}

uint8_t lamp_shunt(void) {
  return shunt;
}

uint8_t lamp_take_worst(uint16_t *count) {
  uint8_t taken = worst;
  *count = samples;
  worst = 0;
  samples = 0;
  return taken;
}
