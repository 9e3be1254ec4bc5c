/* The serial line to the host: 115200 8N1, interrupt-driven both ways. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

void uart_start(void);

/** Takes the oldest received byte. Returns false where there is none. */
bool uart_take(uint8_t *byte);

/** Whether nothing was received that has not been taken. To be called with interrupts off. */
bool uart_is_quiet(void);

/** How many bytes may be put now without waiting. */
uint8_t uart_room(void);

/** Queues one byte. The caller has asked for room. */
void uart_put(uint8_t byte);
