/* The board's own faces, for when no host can be believed: words only, as large as they fit. */
#pragma once

#include <stdint.h>

#define MAX_WIDTH 800

enum face { NO_FACE, FACE_CHECKING, FACE_ASSUME_RECORDING, FACE_OUT_OF_ORDER };

/** Lays the face out for a glass of this size in pixels. */
void faces_begin(enum face face, uint16_t width, uint16_t height);

/** One row of it, MSB left, 1 = white; good until the next is asked for. Up to 1.5 ms where the row differs from the last, else nothing. */
const uint8_t *faces_row(uint16_t y);
