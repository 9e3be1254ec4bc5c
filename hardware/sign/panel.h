/* The e-ink glass: a driver that never waits, for any controller that a table describes. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "faces.h"

/**
 * One controller. Scripts lie in flash: each step is the count of bytes, the command and its data; a count of 0 ends them.
 * A script that is empty is passed over.
 */
struct controller {
  uint8_t id;             /* `panel` in BOARD */
  uint16_t width, height; /* of the picture as people see it */
  uint8_t row_bytes;      /* of the controller's own rows, in the order in which it takes them */
  uint16_t rows;
  bool busy_is_high;
  const uint8_t *restart;     /* after RST; BUSY until done */
  const uint8_t *setup;       /* after that */
  const uint8_t *old_picture; /* begins writing the picture that the glass is said to have had */
  const uint8_t *new_picture; /* begins writing the picture to come */
  const uint8_t *wake;        /* before a refresh; BUSY until ready */
  const uint8_t *refresh;     /* BUSY comes and, when the glass shows the picture, goes */
  const uint8_t *rest;        /* after a refresh; BUSY until at rest */
};
extern const struct controller controller;

enum author { BY_NOBODY, BY_BOARD, BY_HOST };
enum outcome { OUTCOME_PENDING, OUTCOME_SHOWN, OUTCOME_NO_ANSWER, OUTCOME_STUCK, OUTCOME_REPLACED };

void panel_start(void);

/** Goes on with what is under way. Returns whether there is more to do at once. */
bool panel_step(void);

/** Wants a face of the board's own on the glass, as soon as the panel is free. The last one wanted wins; one that is being drawn gives way to it. */
void panel_want(enum face face);

/** Draws a face of the board's own as the host orders it, and shows it. Returns false while the panel is busy or another such face waits. */
bool panel_draw(enum face face);

/** Begins a picture of the host's in the panel's memory. Returns false while the panel is busy or a face of the board's own waits. */
bool panel_begin_picture(void);

/**
 * The next pixels, eight a byte, in the controller's order, 1 = white: `count` different bytes, or one byte `count` times.
 * Only between panel_begin_picture and panel_show, and not while resting. A byte takes 2 to 3 us.
 */
void panel_copy(const uint8_t *pixels, uint8_t count);
void panel_repeat(uint8_t pixels, uint8_t count);

/** Whose picture is in the panel's memory, not yet shown. */
enum author panel_author(void);

/** Shows the picture if it is complete and has this CRC. Returns whether it does. */
bool panel_show(uint16_t crc);

/** How the latest panel_show or panel_draw ended. */
enum outcome panel_outcome(void);

/** Busy for a moment after a refresh: pixels can wait for it. */
bool panel_is_resting(void);

/** CRC of the picture on the glass, 0 while that is not known. */
uint16_t panel_glass_crc(void);

/** `panel` in STATUS. */
uint8_t panel_bits(void);

/** Refreshes since boot. */
uint16_t panel_refreshes(void);
