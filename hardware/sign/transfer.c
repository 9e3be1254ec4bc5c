#include "transfer.h"

#include <string.h>

#include "lease.h"
#include "memory.h"
#include "panel.h"
#include "protocol.h"

#define WINDOW 2
/* Bytes of picture after which the rest of the board is looked at: with the run that exceeds it, at most 0.7 ms. */
#define SLICE 128
#define BEGIN_AGAIN 0xffff

enum { FACE_ACK = 0x44, SHOWN = 0x45 };
enum verdict { TAKEN = 0, BAD_CRC = 1, PANEL_BUSY = 3, WRONG_INDEX = 4, NOT_ARMED_NOW = 5 };
enum showing { SHOW_ON_GLASS = 0, SHOW_NO_ANSWER = 1, SHOW_STUCK = 2, SHOW_INCOMPLETE = 3, SHOW_NOT_ARMED = 5, SHOW_BUSY = 6, SHOW_PENDING };

struct face_ack { uint8_t sub, transfer, code; uint16_t next; };
struct shown { uint8_t sub, transfer, code; uint16_t glass_crc; };

static uint8_t transfer;
static uint16_t face_crc, next_index;
static uint32_t expected; /* bytes of picture in all messages taken so far */

/* What a SHOWN is owed for. */
static bool showing;
static uint8_t shown_transfer;
static enum showing shown_code;

/* Messages that were judged and wait to be relayed and answered, oldest first. */
static struct waiting {
  uint8_t verdict, length;
  uint16_t next;
  uint8_t data[FACE_DATA_MAX];
} queue[WINDOW];
static uint8_t oldest, count;

/* Where in the oldest message the relay is. */
static uint8_t at;

static uint32_t picture_bytes(void) {
  return (uint32_t)controller.row_bytes * controller.rows;
}

static bool answer(uint8_t verdict, uint16_t next) {
  struct face_ack ack = {FACE_ACK, transfer, verdict, next};
  return protocol_send(&ack, sizeof ack);
}

/* A PackBits header n (Apple Technical Note TN1023): 0..127 = n + 1 literal bytes follow; 129..255 = the next byte 257 - n times; 128 = nothing. */
static uint8_t run_length(uint8_t header) {
  return header < 128 ? header + 1 : header == 128 ? 0 : 257 - header;
}

/** How many bytes of picture a message makes, or 0 where a run crosses its end. */
static uint16_t unpacked_length(const uint8_t *data, uint8_t length) {
  uint16_t total = 0;
  for (uint16_t i = 0; i < length;) {
    uint8_t header = data[i], run = run_length(header);
    i += 1 + (header < 128 ? run : run == 0 ? 0 : 1);
    if (i > length) return 0;
    total += run;
  }
  return total;
}

void transfer_begin(const void *message) {
  const struct face_begin *begin = message;
  transfer = begin->transfer;
  face_crc = begin->face_crc;
  next_index = 0;
  expected = 0;
  count = 0;
  at = 0;
  if (!lease_is_armed()) {
    answer(NOT_ARMED_NOW, 0);
  } else if (!panel_begin_picture()) {
    answer(PANEL_BUSY, 0);
  } else {
    answer(TAKEN, 0);
  }
}

static uint8_t judge(const struct face_data *message, uint8_t length, uint8_t data_length) {
  uint16_t crc;
  memcpy(&crc, (const uint8_t *)message + length - sizeof crc, sizeof crc);
  if (crc != crc16(&message->transfer, length - 1 - sizeof crc)) return BAD_CRC;
  if (!lease_is_armed()) return NOT_ARMED_NOW;
  if (panel_author() != BY_HOST || message->transfer != transfer) return WRONG_INDEX;
  if (message->index != next_index) return WRONG_INDEX;
  uint16_t bytes = unpacked_length(message->data, data_length);
  if (bytes == 0 || expected + bytes > picture_bytes()) return BAD_CRC;
  expected += bytes;
  return TAKEN;
}

void transfer_data(const uint8_t *bytes, uint8_t length) {
  const struct face_data *message = (const struct face_data *)bytes;
  uint8_t around = sizeof *message - FACE_DATA_MAX;
  if (length <= around || length > sizeof *message) {
    protocol_refuse_malformed(FACE_DATA);
    return;
  }
  if (count == WINDOW) { /* the host sends more than it may: what it has sent comes first */
    answer(PANEL_BUSY, next_index);
    return;
  }
  struct waiting *slot = &queue[(oldest + count++) % WINDOW];
  slot->length = length - around;
  slot->verdict = judge(message, length, slot->length);
  if (slot->verdict == TAKEN) {
    next_index++;
    memcpy(slot->data, message->data, slot->length);
  } else {
    slot->length = 0;
  }
  slot->next = panel_author() == BY_HOST ? next_index : BEGIN_AGAIN;
}

/** Relays a slice of the message. Returns whether it is through. */
static bool relay(const struct waiting *message) {
  for (uint8_t relayed = 0; relayed < SLICE && at < message->length;) {
    uint8_t header = message->data[at++], run = run_length(header);
    if (header < 128) {
      panel_copy(&message->data[at], run);
      at += run;
    } else if (run != 0) {
      panel_repeat(message->data[at++], run);
    }
    relayed += run;
  }
  return at >= message->length;
}

static enum showing how_it_ended(void) {
  switch (panel_outcome()) {
    case OUTCOME_PENDING: break;
    case OUTCOME_SHOWN: return SHOW_ON_GLASS;
    case OUTCOME_NO_ANSWER: return SHOW_NO_ANSWER;
    case OUTCOME_STUCK: return SHOW_STUCK;
    case OUTCOME_REPLACED: return SHOW_NOT_ARMED;
  }
  return SHOW_PENDING;
}

/* What is owed while the line has no room is remembered: the panel goes on meanwhile. */
static void tell_shown(void) {
  if (!showing) return;
  if (shown_code == SHOW_PENDING) shown_code = how_it_ended();
  if (shown_code == SHOW_PENDING) return;
  struct shown shown = {SHOWN, shown_transfer, shown_code, panel_glass_crc()};
  showing = !protocol_send(&shown, sizeof shown);
}

static void owe_shown(uint8_t of) {
  showing = true;
  shown_transfer = of;
  shown_code = SHOW_PENDING;
}

bool transfer_step(void) {
  tell_shown();
  if (count == 0) return false;
  struct waiting *message = &queue[oldest];
  if (message->length != 0) {
    if (panel_author() != BY_HOST) { /* the board took the panel for a face of its own */
      message->length = 0;
      message->verdict = NOT_ARMED_NOW;
    } else if (panel_is_resting()) {
      return false;
    } else if (!relay(message)) {
      return true;
    }
  }
  if (!answer(message->verdict, message->next)) {
    at = message->length; /* relayed, only the answer is owed */
    return false;
  }
  at = 0;
  oldest = (oldest + 1) % WINDOW;
  count--;
  return count != 0;
}

void transfer_show(const void *message) {
  const struct face_show *show = message;
  struct shown refusal = {SHOWN, show->transfer, SHOW_INCOMPLETE, panel_glass_crc()};
  if (!lease_is_armed()) {
    refusal.code = SHOW_NOT_ARMED;
  } else if (count == 0 && show->transfer == transfer && show->face_crc == face_crc && panel_author() == BY_HOST && panel_show(face_crc)) {
    owe_shown(transfer);
    return;
  }
  protocol_send(&refusal, sizeof refusal);
}

void transfer_own(const void *message) {
  const struct face_own *own = message;
  struct shown refusal = {SHOWN, own->transfer, SHOW_BUSY, panel_glass_crc()};
  if (own->face != FACE_PAUSED) {
    refusal.code = SHOW_INCOMPLETE;
  } else if (!lease_is_armed()) {
    refusal.code = SHOW_NOT_ARMED;
  } else if (!showing && panel_draw(FACE_PAUSED)) {
    owe_shown(own->transfer);
    return;
  }
  protocol_send(&refusal, sizeof refusal);
}
