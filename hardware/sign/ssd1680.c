/* 2.9" 296x128 black and white (Waveshare 2.9" V2, Good Display GDEM029T94): SSD1680. Its memory stands upright, 128 columns
   by 296 rows; the sign hangs on its side, and pictures travel turned (PROTOCOL.md, "Faces").
   Commands as in the SSD1680 datasheet, "Command Table"; their order as in its "Operation Flow". */
#include <avr/pgmspace.h>

#include "panel.h"

static const uint8_t RESTART[] PROGMEM = {1, 0x12, 0}; /* SW RESET: registers to their defaults, the memory stays */
static const uint8_t SETUP[] PROGMEM = {
    4, 0x01, 0x27, 0x01, 0x00, /* driver output control: 296 gates, from the first */
    2, 0x3c, 0x05,             /* border waveform: follows that of white */
    2, 0x18, 0x80,             /* temperature sensor: the one inside */
    3, 0x21, 0x40, 0x80,       /* display update control 1: the second memory (26) counts as empty; sources S8 to S167, where this glass begins */
    2, 0x11, 0x03,             /* data entry mode: along X, then along Y, both upwards */
    0,
};
static const uint8_t OLD_PICTURE[] PROGMEM = {0}; /* a full refresh does not ask what was there */
static const uint8_t NEW_PICTURE[] PROGMEM = {
    3, 0x44, 0x00, 0x0f,             /* RAM X window, in bytes */
    5, 0x45, 0x00, 0x00, 0x27, 0x01, /* RAM Y window */
    2, 0x4e, 0x00,                   /* RAM X counter */
    3, 0x4f, 0x00, 0x00,             /* RAM Y counter */
    1, 0x24,                         /* write RAM (black/white), 1 = white */
    0,
};
static const uint8_t WAKE[] PROGMEM = {0};
/* Display update control 2 and master activation. F7: clock and analog on, temperature and waveform loaded, display mode 1, analog and clock off. */
static const uint8_t REFRESH[] PROGMEM = {2, 0x22, 0xf7, 1, 0x20, 0};
static const uint8_t REST[] PROGMEM = {0}; /* no deep sleep (10): the next picture may lie in the memory already */

const struct controller controller = {
    .id = 3,
    .width = 296,
    .height = 128,
    .row_bytes = 16,
    .rows = 296,
    .busy_is_high = true,
    .restart = RESTART,
    .setup = SETUP,
    .old_picture = OLD_PICTURE,
    .new_picture = NEW_PICTURE,
    .wake = WAKE,
    .refresh = REFRESH,
    .rest = REST,
};
