/* 7.5" 800x480 black and white (Waveshare 7.5" V2, Good Display GDEW075T7): UC8179, also sold as GD7965.
   Registers as in the UC8179 datasheet, "Command Table"; values as in the panel maker's example. */
#include <avr/pgmspace.h>

#include "panel.h"

static const uint8_t RESTART[] PROGMEM = {0};
static const uint8_t SETUP[] PROGMEM = {
    5, 0x01, 0x07, 0x07, 0x3f, 0x3f, /* PWR, power setting: VGH/VGL +-20 V, VDH/VDL +-15 V, from inside */
    2, 0x82, 0x24,                   /* VDCS, VCOM DC setting */
    5, 0x06, 0x27, 0x27, 0x2f, 0x17, /* BTST, booster soft start */
    2, 0x00, 0x1f,                   /* PSR, panel setting: black and white (KW), waveforms from OTP, scan up and right */
    5, 0x61, 0x03, 0x20, 0x01, 0xe0, /* TRES, resolution: 800 sources, 480 gates */
    2, 0x15, 0x00,                   /* DUSPI, dual SPI off */
    3, 0x50, 0x29, 0x07,             /* CDI, data interval: 1 = white, new data is copied to old after a refresh (N2OCP) */
    2, 0x60, 0x22,                   /* TCON, non-overlap of gate and source */
    5, 0x65, 0x00, 0x00, 0x00, 0x00, /* GSST, start at the first gate and source */
    0,
};
static const uint8_t OLD_PICTURE[] PROGMEM = {1, 0x10, 0}; /* DTM1 */
static const uint8_t NEW_PICTURE[] PROGMEM = {1, 0x13, 0}; /* DTM2 */
static const uint8_t WAKE[] PROGMEM = {1, 0x04, 0};        /* PON, power on */
static const uint8_t REFRESH[] PROGMEM = {1, 0x12, 0};     /* DRF, display refresh */
static const uint8_t REST[] PROGMEM = {1, 0x02, 0};        /* POF, power off: high voltage left on wears the glass; the memory stays */

const struct controller controller = {
    .id = 1,
    .width = 800,
    .height = 480,
    .row_bytes = 100,
    .rows = 480,
    .busy_is_high = false, /* BUSY_N */
    .restart = RESTART,
    .setup = SETUP,
    .old_picture = OLD_PICTURE,
    .new_picture = NEW_PICTURE,
    .wake = WAKE,
    .refresh = REFRESH,
    .rest = REST,
};
