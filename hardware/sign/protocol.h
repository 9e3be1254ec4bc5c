/* The sign's own messages (PROTOCOL.md): sysex 0x0E. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SIGN_SYSEX 0x0E

/** Reads the key and takes the next boot id. */
void protocol_start(bool reset_by_watchdog);

/** Takes one message, unpacked: `message[0]` is its sub, `length` counts it and the body. */
void protocol_take(const uint8_t *message, uint8_t length);

/** Refuses a message that is not even one. */
void protocol_refuse_malformed(uint8_t sub);

/** Tells what is told unasked: BUTTON. */
void protocol_step(void);

/** Packs and queues one message, which begins with its sub; whole or, where there is no room, not at all. Returns whether it was queued. */
bool protocol_send(const void *message, uint8_t length);
