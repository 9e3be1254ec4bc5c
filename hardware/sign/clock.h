/* Time since boot in milliseconds. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** Milliseconds since boot, the same through one turn of the main loop. Wraps after 49 days: compare differences only. */
extern uint32_t now;

void clock_start(void);

/** Moves `now` on. Returns whether it moved. */
bool clock_turn(void);

/** Whether the timer is ahead of `now`, so that there is something to do. To be called with interrupts off. */
bool clock_is_ahead(void);
