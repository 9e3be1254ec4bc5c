#include "relay.h"

#include "clock.h"
#include "pins.h"

#define STEADY_MS 5      /* longer than a contact bounces */
#define OBEYS_WITHIN_MS 100

static bool commanded, contact;
static uint32_t changed_at;
static uint8_t history;

static bool steady_for(uint16_t ms) {
  return now - changed_at >= ms;
}

void relay_start(void) {
  DDRD |= _BV(RELAY_PIN);
  PORTD |= _BV(MIRROR_PIN);
}

void relay_step(void) {
  bool closed = !(PIND & _BV(MIRROR_PIN));
  if (closed != contact) {
    contact = closed;
    changed_at = now;
  }
  history |= contact ? RELAY_WAS_CLOSED : RELAY_WAS_OPEN;
}

void relay_command(bool close) {
  if (close == commanded) return;
  commanded = close;
  changed_at = now;
  if (close) PORTD |= _BV(RELAY_PIN);
  else PORTD &= ~_BV(RELAY_PIN);
}

bool relay_is_proven_open(void) {
  return !commanded && !contact && steady_for(STEADY_MS);
}

bool relay_is_welded(void) {
  return !commanded && contact && steady_for(OBEYS_WITHIN_MS);
}

bool relay_does_not_close(void) {
  return commanded && !contact && steady_for(OBEYS_WITHIN_MS);
}

uint8_t relay_bits(void) {
  return (commanded ? RELAY_COMMANDED : 0) | (contact ? RELAY_CONTACT : 0);
}

uint8_t relay_take_history(void) {
  uint8_t taken = history;
  history = 0;
  return taken;
}
