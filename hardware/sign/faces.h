/* The faces that the board draws by itself, for when no host can be believed, and PAUSED: pictures in flash, made by tools/board-faces.ts. */
#pragma once

#include <stdint.h>

/* FACE_OWN names them by these numbers. */
enum face { NO_FACE = 0, FACE_CHECKING = 1, FACE_ASSUME_RECORDING = 2, FACE_OUT_OF_ORDER = 3, FACE_PAUSED = 4 };

void faces_begin(enum face face);

/** The next row of it as the controller takes it, 1 = white; good until the next is asked for. Up to 2.5 ms, and next to nothing for a row that is like the last. */
const uint8_t *faces_row(void);

/** CRC-16 of the whole picture. */
uint16_t faces_crc(enum face face);
