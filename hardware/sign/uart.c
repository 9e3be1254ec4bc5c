#include "uart.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

/* Rings of 256 bytes, so that the 8-bit indices wrap by themselves. */
static volatile uint8_t received[256], received_end, received_start;
static volatile uint8_t sent[256], sent_end, sent_start;

/* A byte that finds the ring full is lost; what it belonged to then fails its MAC or CRC. */
ISR(USART_RX_vect) {
  uint8_t byte = UDR0;
  if ((uint8_t)(received_end + 1) != received_start) received[received_end++] = byte;
}

ISR(USART_UDRE_vect) {
  UDR0 = sent[sent_start++];
  if (sent_start == sent_end) UCSR0B &= ~_BV(UDRIE0);
}

/* ATmega328P datasheet, "USART Initialization" and "Examples of Baud Rate Setting": at 16 MHz with U2X0, UBRR 16 gives 117647 baud, +2.1 %. */
void uart_start(void) {
  UBRR0 = (F_CPU / 4 / BAUD - 1) / 2;
  UCSR0A = _BV(U2X0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

bool uart_take(uint8_t *byte) {
  if (received_start == received_end) return false;
  *byte = received[received_start++];
  return true;
}

bool uart_is_quiet(void) {
  return received_start == received_end;
}

uint8_t uart_room(void) {
  return 255 - (uint8_t)(sent_end - sent_start);
}

void uart_put(uint8_t byte) {
  sent[sent_end] = byte;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    sent_end++;
    UCSR0B |= _BV(UDRIE0);
  }
}
