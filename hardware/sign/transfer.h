/* A face from the host: taken message by message, unpacked into the panel's memory, shown when it is complete. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define FACE_DATA 0x05
#define FACE_DATA_MAX 120

struct face_begin { uint8_t sub, transfer; uint16_t face_crc; };
/** As long as it can be: the data may be shorter, with the crc right behind it. */
struct face_data { uint8_t sub, transfer; uint16_t index; uint8_t data[FACE_DATA_MAX]; uint16_t crc; };
struct face_show { uint8_t sub, transfer; uint16_t face_crc; };
struct face_own { uint8_t sub, transfer, face; };

void transfer_begin(const void *face_begin);
void transfer_data(const uint8_t *face_data, uint8_t length);
void transfer_show(const void *face_show);

/** Orders a face of the board's own: PAUSED. */
void transfer_own(const void *face_own);

/** Relays a little of what waits, and answers. Returns whether there is more to do at once. */
bool transfer_step(void);
