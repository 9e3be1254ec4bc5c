#include "firmata.h"

#include <stdbool.h>

#include "pins.h"
#include "protocol.h"
#include "transfer.h"
#include "uart.h"

#define PINS 20
#define LED 4 /* Arduino number of LED_PIN */
#define MODE_OUTPUT 1
#define MAJOR 2
#define MINOR 6

enum {
  START_SYSEX = 0xf0,
  SET_PIN_MODE = 0xf4,
  SET_PIN = 0xf5,
  END_SYSEX = 0xf7,
  REPORT_VERSION = 0xf9,
  WRITE_PORT_0 = 0x90,
};
enum {
  ANALOG_MAP_QUERY = 0x69,
  ANALOG_MAP = 0x6a,
  CAPABILITY_QUERY = 0x6b,
  CAPABILITIES = 0x6c,
  PIN_STATE_QUERY = 0x6d,
  PIN_STATE = 0x6e,
  FIRMWARE = 0x79,
};

static const char NAME[] = "LamplightSign";

/* The longest sysex is FACE_DATA: its id, its sub and the packed body. */
static uint8_t sysex[2 + (sizeof(struct face_data) - 1) * 8 / 7 + 1], sysex_length;
static bool in_sysex, sysex_too_long;
static uint8_t command, operands[2], operand_count;

static bool led_is_on(void) {
  return PORTD & _BV(LED_PIN);
}

static void set_led(bool on) {
  if (on) PORTD |= _BV(LED_PIN);
  else PORTD &= ~_BV(LED_PIN);
}

/* Answers that find no room are left out: the host asks again. */
static bool begin_answer(uint8_t sysex_id, uint8_t length) {
  if (uart_room() < length + 3) return false;
  uart_put(START_SYSEX);
  uart_put(sysex_id);
  return true;
}

static void report_version(void) {
  if (uart_room() < 3) return;
  uart_put(REPORT_VERSION);
  uart_put(MAJOR);
  uart_put(MINOR);
}

static void report_firmware(void) {
  if (!begin_answer(FIRMWARE, 2 + 2 * (sizeof NAME - 1))) return;
  uart_put(MAJOR);
  uart_put(MINOR);
  for (const char *c = NAME; *c; c++) {
    uart_put(*c & 0x7f);
    uart_put(0);
  }
  uart_put(END_SYSEX);
}

static void report_capabilities(void) {
  if (!begin_answer(CAPABILITIES, PINS + 2)) return;
  for (uint8_t pin = 0; pin < PINS; pin++) {
    if (pin == LED) {
      uart_put(MODE_OUTPUT);
      uart_put(1); /* bits of resolution */
    }
    uart_put(0x7f);
  }
  uart_put(END_SYSEX);
}

static void report_analog_map(void) {
  if (!begin_answer(ANALOG_MAP, PINS)) return;
  for (uint8_t pin = 0; pin < PINS; pin++) uart_put(0x7f);
  uart_put(END_SYSEX);
}

static void report_pin_state(uint8_t pin) {
  if (pin >= PINS || !begin_answer(PIN_STATE, 3)) return;
  uart_put(pin);
  uart_put(pin == LED ? MODE_OUTPUT : 0);
  uart_put(pin == LED && led_is_on());
  uart_put(END_SYSEX);
}

/** Unpacks the body in place: the unpacked bytes never overtake the packed ones. Returns how many they are. */
static uint8_t unpack(uint8_t *body, uint8_t length) {
  uint16_t bits = 0;
  uint8_t count = 0, unpacked = 0;
  for (uint8_t i = 0; i < length; i++) {
    bits |= (uint16_t)body[i] << count;
    count += 7;
    if (count < 8) continue;
    body[unpacked++] = bits;
    bits >>= 8;
    count -= 8;
  }
  return unpacked;
}

static void take_sysex(void) {
  if (sysex_length == 0) return;
  switch (sysex[0]) {
    case FIRMWARE: report_firmware(); return;
    case CAPABILITY_QUERY: report_capabilities(); return;
    case ANALOG_MAP_QUERY: report_analog_map(); return;
    case PIN_STATE_QUERY:
      if (sysex_length == 2) report_pin_state(sysex[1]);
      return;
    case SIGN_SYSEX:
      if (sysex_length == 1) return;
      if (sysex_too_long) protocol_refuse_malformed(sysex[1]);
      else protocol_take(sysex + 1, 1 + unpack(sysex + 2, sysex_length - 2));
      return;
  }
}

static void take_command(void) {
  switch (command) {
    case SET_PIN:
      if (operands[0] == LED) set_led(operands[1]);
      return;
    case WRITE_PORT_0: set_led(operands[0] & _BV(LED)); return;
    case SET_PIN_MODE: return; /* the one pin that there is has one mode */
  }
}

void firmata_start(void) {
  DDRD |= _BV(LED_PIN);
}

static void begin(uint8_t status) {
  in_sysex = status == START_SYSEX;
  sysex_length = 0;
  sysex_too_long = false;
  command = status;
  operand_count = 0;
  if (status == REPORT_VERSION) report_version();
}

void firmata_take(uint8_t byte) {
  if (byte == END_SYSEX && in_sysex) {
    in_sysex = false;
    take_sysex();
  } else if (byte >= 0x80) {
    begin(byte);
  } else if (in_sysex) {
    if (sysex_length < sizeof sysex) sysex[sysex_length++] = byte;
    else sysex_too_long = true;
  } else if (command != 0) {
    operands[operand_count++] = byte;
    if (operand_count < 2) return;
    take_command();
    command = 0;
  }
}
