/* The sign's states, and the one rule: without beats, light and a relay that obeys, nothing is connected. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* `actual` on the wire; the first four are also `wanted`. */
enum state { DARK = 0, CAMERA_ON = 1, RECORDING = 2, PAUSED = 3, CHECKING = 4, ASSUME_RECORDING = 5, OUT_OF_ORDER = 6 };

/* `fault` on the wire. */
enum fault {
  NO_FAULT = 0,
  NOT_ARMED = 1,
  BEATS_LOST = 2,
  LAMP_IS_DARK = 3,
  LAMP_IS_LIT = 4,
  RELAY_WELDED = 5,
  RELAY_DOES_NOT_CLOSE = 6,
};

/* `result` of ARMED on the wire, as far as it is decided here. */
enum arming { ARMED = 0, SELF_TEST_FAILED = 5, STOP_HELD = 6 };

void lease_start(void);

/** Once a millisecond, after button, relay and lamp: acts on what they say. */
void lease_step(void);

/** The host asks to begin, or to leave a fault. */
enum arming lease_arm(void);

/** Whether beats are followed. */
bool lease_is_armed(void);

/** Whether an ARM was ever taken in this boot. */
bool lease_was_armed(void);

/** A valid beat: the lease goes on, and the sign does what it asks, if it is armed. */
void lease_beat(enum state wanted, bool close_relay);

enum state lease_actual(void);
enum state lease_wanted(void);
enum fault lease_fault(void);
