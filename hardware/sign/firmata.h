/* The Firmata 2.6 subset that Johnny-Five needs (https://github.com/firmata/protocol, protocol.md), and the frames of our own sysex. */
#pragma once

#include <stdint.h>

void firmata_start(void);

/** Takes the next byte from the line. Anything that is no message is passed over. */
void firmata_take(uint8_t byte);
