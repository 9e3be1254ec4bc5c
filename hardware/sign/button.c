#include "button.h"

#include "clock.h"
#include "pins.h"

#define DEBOUNCE_MS 20

static bool contact, held, latched, news;
static uint32_t contact_since;

void button_start(void) {
  PORTD |= _BV(BUTTON_PIN);
}

void button_step(void) {
  bool closed = !(PIND & _BV(BUTTON_PIN));
  if (closed != contact) {
    contact = closed;
    contact_since = now;
  }
  if (contact == held || now - contact_since < DEBOUNCE_MS) return;
  held = contact;
  if (held) latched = news = true;
}

uint8_t button_bits(void) {
  return (held ? BUTTON_HELD : 0) | (latched ? BUTTON_LATCHED : 0);
}

bool button_has_news(void) {
  return news;
}

void button_told(void) {
  news = false;
}

void button_release_latch(void) {
  latched = false;
}
