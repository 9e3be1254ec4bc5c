#include "lease.h"

#include "button.h"
#include "clock.h"
#include "faces.h"
#include "lamp.h"
#include "panel.h"
#include "relay.h"

#define LEASE_MS 2000
#define RELAY_PROOF_MS 100
#define BETWEEN_TESTS_MS 4000 /* a lamp that is tried more often would look like a pulse */

static enum state actual = CHECKING, wanted = DARK;
static enum fault fault = NOT_ARMED;
static bool host_closes;
static uint32_t beat_at, failed_at, test_at;
static bool assumption_drawn;

static enum lamp_mode light_of(enum state state) {
  switch (state) {
    case RECORDING: return LAMP_STEADY;
    case CAMERA_ON:
    case PAUSED: return LAMP_PULSE;
    case ASSUME_RECORDING: return LAMP_ALARM;
    case DARK:
    case CHECKING:
    case OUT_OF_ORDER: return LAMP_OFF;
  }
  return LAMP_ALARM;
}

static void enter(enum state state) {
  actual = state;
  lamp_enter(light_of(state));
}

static void test_lamp(void) {
  test_at = now;
  lamp_begin_test();
}

/* The alarm begins with its lit half, so a lamp that was lit stays lit until the relay is proven open. */
static void fail(enum fault why) {
  fault = why;
  failed_at = now;
  host_closes = false;
  assumption_drawn = false;
  relay_command(false);
  enter(ASSUME_RECORDING);
}

static void follow(void) {
  if (now - beat_at >= LEASE_MS) fail(BEATS_LOST);
  else if (lamp_has_failed()) fail(lamp_is_lit() ? LAMP_IS_DARK : LAMP_IS_LIT);
  else if (relay_is_welded()) fail(RELAY_WELDED);
  else if (relay_does_not_close()) fail(RELAY_DOES_NOT_CLOSE);
  else relay_command(host_closes && (actual == CAMERA_ON || actual == RECORDING) && lamp_is_proven() && !button_bits());
}

static void assume(void) {
  if (now - failed_at <= RELAY_PROOF_MS) {
    if (!relay_is_proven_open()) return;
    enter(OUT_OF_ORDER);
    panel_want(FACE_OUT_OF_ORDER);
  } else if (!assumption_drawn) {
    assumption_drawn = true;
    panel_want(FACE_ASSUME_RECORDING);
  }
}

/* The relay closed by itself: the stronger thing is said, and it stays said. */
static void mistrust_relay(void) {
  if (!relay_is_welded()) return;
  fail(RELAY_WELDED);
  failed_at = now - RELAY_PROOF_MS - 1;
}

void lease_start(void) {
  enter(CHECKING);
  panel_want(FACE_CHECKING);
  test_lamp();
}

void lease_step(void) {
  if (lease_is_armed()) follow();
  switch (actual) {
    case DARK:
    case CAMERA_ON:
    case RECORDING:
    case PAUSED: return;
    case ASSUME_RECORDING: assume(); return;
    case CHECKING:
    case OUT_OF_ORDER: mistrust_relay(); return;
  }
}

enum arming lease_arm(void) {
  if (lamp_tested() == LAMP_BAD && relay_is_proven_open() && now - test_at >= BETWEEN_TESTS_MS) test_lamp();
  if (lamp_tested() != LAMP_GOOD || !relay_is_proven_open()) return SELF_TEST_FAILED;
  if (button_bits() & BUTTON_HELD) return STOP_HELD;
  button_release_latch();
  fault = NO_FAULT;
  wanted = DARK;
  host_closes = false;
  beat_at = now;
  enter(DARK);
  return ARMED;
}

bool lease_is_armed(void) {
  return actual <= PAUSED;
}

bool lease_was_armed(void) {
  return fault != NOT_ARMED;
}

void lease_beat(enum state asked, bool close_relay) {
  beat_at = now;
  wanted = asked;
  if (!lease_is_armed()) return;
  host_closes = close_relay;
  if (actual != asked) {
    relay_command(false);
    enter(asked);
  }
}

enum state lease_actual(void) {
  return actual;
}

enum state lease_wanted(void) {
  return wanted;
}

enum fault lease_fault(void) {
  return fault;
}
