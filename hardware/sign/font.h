/* Capital letters, five by seven. */
#pragma once

#include <stdint.h>

#define FONT_WIDTH 5
#define FONT_HEIGHT 7

/** One column of a letter A to Z, bit 0 on top; nothing for any other. */
uint8_t font_column(char letter, uint8_t column);
