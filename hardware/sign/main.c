/* The sign by the door. What it promises is in PROTOCOL.md; who does what is in README.md. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "button.h"
#include "clock.h"
#include "firmata.h"
#include "lamp.h"
#include "lease.h"
#include "panel.h"
#include "protocol.h"
#include "relay.h"
#include "transfer.h"
#include "uart.h"

/* Bytes from the line between two looks at the rest of the board: a flood must not keep it from the lamp. */
#define BYTES_A_TURN 32

/* Runs before main: after a watchdog reset the watchdog goes on with its shortest time-out until it is told otherwise.
   ATmega328P datasheet, "Watchdog Timer"; avr-libc manual, <avr/wdt.h>. */
static uint8_t reset_cause __attribute__((section(".noinit")));
static void take_watchdog(void) __attribute__((naked, used, section(".init3")));
static void take_watchdog(void) {
  reset_cause = MCUSR;
  MCUSR = 0;
  wdt_enable(WDTO_500MS);
}

static void sleep_until_interrupt(void) {
  cli();
  if (uart_is_quiet() && !clock_is_ahead()) {
    sleep_enable();
    sei(); /* the instruction after SEI runs before any interrupt: none is missed */
    sleep_cpu();
    sleep_disable();
  }
  sei();
}

int main(void) {
  relay_start();
  button_start();
  lamp_start();
  firmata_start();
  clock_start();
  panel_start();
  uart_start();
  set_sleep_mode(SLEEP_MODE_IDLE);
  sei();
  protocol_start(reset_cause & _BV(WDRF));
  lease_start();

  for (;;) {
    wdt_reset();
    if (clock_turn()) {
      button_step();
      relay_step();
      lamp_step();
      lease_step();
    }
    uint8_t byte;
    for (uint8_t i = 0; i < BYTES_A_TURN && uart_take(&byte); i++) firmata_take(byte);
    protocol_step();
    bool more = panel_step();
    more |= transfer_step();
    if (!more) sleep_until_interrupt();
  }
}
