/* The Stop button: debounced and latched. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Bits of `button` on the wire. */
#define BUTTON_HELD 1
#define BUTTON_LATCHED 2

void button_start(void);

/** Once a millisecond. */
void button_step(void);

/** BUTTON_HELD and BUTTON_LATCHED, as they are now. */
uint8_t button_bits(void);

/** True once after each press, until it is taken back by button_told. */
bool button_has_news(void);
void button_told(void);

/** Forgets that Stop was pressed: for an ARM only. */
void button_release_latch(void);
