/* The lamp: what it is told, and what photodiode and shunt say that it does. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* `lamp` on the wire. */
enum lamp_mode {
  LAMP_OFF = 0,
  LAMP_STEADY = 1,
  LAMP_PULSE = 2, /* 1 s lit, 1 s dark */
  LAMP_ALARM = 3, /* 250 ms lit, 250 ms dark */
};

/* Bits of `lampWorst` on the wire. */
#define LAMP_WAS_DARK 1
#define LAMP_WAS_LIT 2
#define LAMP_SENSORS_DISAGREE 4

enum lamp_test { LAMP_TESTING, LAMP_GOOD, LAMP_BAD };

void lamp_start(void);

/** Once a millisecond: drives the lamp and measures it 200 times a second. */
void lamp_step(void);

/** Enters a state of the sign: what the lamp does from now on, to be proven anew. */
void lamp_enter(enum lamp_mode mode);

/** Tries the lamp lit and dark, 100 ms each. */
void lamp_begin_test(void);

enum lamp_test lamp_tested(void);

/** Measured as commanded at least once since lamp_enter, and by the latest sample; and the light rose out of a dark that was measured. */
bool lamp_is_proven(void);

/** Three judged samples in a row were wrong. Never true during a test. */
bool lamp_has_failed(void);

/** What the lamp is told now: a test counts as steady or off. */
enum lamp_mode lamp_commanded(void);

/** Whether the output is on at this moment. */
bool lamp_is_lit(void);

/** The latest readings, top 8 bits of the ADC. */
uint8_t lamp_photo(void);
uint8_t lamp_shunt(void);

/** Worst of all samples, and how many there were, since this was last called. */
uint8_t lamp_take_worst(uint16_t *samples);
