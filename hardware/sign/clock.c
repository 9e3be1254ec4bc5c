#include "clock.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

uint32_t now;
static volatile uint32_t ticks;

ISR(TIMER1_COMPA_vect) {
  ticks++;
}

/* Timer 1, CTC mode, prescaler 64: 16 MHz / 64 / 250 = 1 kHz. ATmega328P datasheet, "16-bit Timer/Counter1 with PWM", "Clear Timer on Compare Match (CTC) Mode". */
void clock_start(void) {
  TCCR1B = _BV(WGM12) | _BV(CS11) | _BV(CS10);
  OCR1A = F_CPU / 64 / 1000 - 1;
  TIMSK1 = _BV(OCIE1A);
}

bool clock_turn(void) {
  uint32_t then = now;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    now = ticks;
  }
  return now != then;
}

bool clock_is_ahead(void) {
  return now != ticks;
}
