/* The relay in the capture path: normally open, proven by its mirror contact (a contact forced to move with the main one). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Bits of `relay` on the wire. */
#define RELAY_COMMANDED 1
#define RELAY_CONTACT 2
#define RELAY_WAS_CLOSED 4
#define RELAY_WAS_OPEN 8

void relay_start(void);

/** Once a millisecond: reads the mirror contact. */
void relay_step(void);

void relay_command(bool close);

/** Commanded open, and the mirror contact has said open without bouncing for 5 ms. */
bool relay_is_proven_open(void);

/** Commanded open for 100 ms, yet the contact is closed. */
bool relay_is_welded(void);

/** Commanded closed for 100 ms, yet the contact is open. */
bool relay_does_not_close(void);

/** RELAY_COMMANDED and RELAY_CONTACT as they are now. */
uint8_t relay_bits(void);

/** RELAY_WAS_CLOSED and RELAY_WAS_OPEN since this was last called. */
uint8_t relay_take_history(void);
