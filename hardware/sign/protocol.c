#include "protocol.h"

#include <string.h>

#include "button.h"
#include "faces.h"
#include "lamp.h"
#include "lease.h"
#include "mac.h"
#include "memory.h"
#include "panel.h"
#include "relay.h"
#include "transfer.h"
#include "uart.h"

#define PROTOCOL_VERSION 2

/* The AVR is little-endian and pads nothing: these are the bytes on the wire. */
struct arm { uint8_t sub; uint32_t seq, boot_id; uint8_t mac[MAC_BYTES]; };
struct beat { uint8_t sub; uint32_t seq, boot_id; uint8_t nonce[8], wanted, relay; uint16_t face_crc; uint8_t ack, mac[MAC_BYTES]; };
struct pair { uint8_t sub, key[MAC_KEY_BYTES]; uint16_t crc; };

struct board { uint8_t sub, version; uint32_t boot_id; uint8_t flags, panel; uint16_t width, height, checking_crc, assume_crc, out_of_order_crc, paused_crc; };
struct armed { uint8_t sub; uint32_t boot_id; uint8_t result; };
struct status {
  uint8_t sub, nonce[8], number;
  uint32_t boot_id;
  uint8_t actual, wanted, lamp, lamp_worst;
  uint16_t samples;
  uint8_t photo, shunt, relay, button;
  uint16_t glass_crc;
  uint8_t panel, fault;
  uint16_t refreshes;
  uint8_t mac[MAC_BYTES];
};
struct button { uint8_t sub; uint32_t boot_id; uint8_t button; };
struct paired { uint8_t sub, result; };
struct refused { uint8_t sub, which, reason; };

enum { BOARD = 0x41, ARM_RESULT = 0x42, STATUS = 0x43, BUTTON = 0x46, PAIR_RESULT = 0x47, REFUSED = 0x4f };
enum { FLAG_PAIRED = 1, FLAG_WATCHDOG = 2 };
enum { ARM_WRONG_BOOT = 1, ARM_BAD_MAC = 2, ARM_STALE_SEQ = 3, ARM_UNPAIRED = 4 };
enum { PAIR_WRITTEN = 0, PAIR_ALREADY = 1, PAIR_BUTTON_NOT_HELD = 2, PAIR_BAD_CRC = 3 };
enum refusal { ACCEPTED = 0, MALFORMED = 1, BAD_MAC = 2, WRONG_BOOT = 3, STALE_SEQ = 4, UNPAIRED = 5, NOT_YET_ARMED = 6 };

static uint32_t boot_id, last_seq;
static uint8_t key[MAC_KEY_BYTES];
static bool paired, watchdog;

/* What the host has not yet acknowledged (PROTOCOL.md, "Acknowledged windows"). */
static uint8_t number, joined_lamp, joined_relay;

static bool mac_is_good(const void *message, uint8_t length) {
  uint8_t right[MAC_BYTES], difference = 0;
  const uint8_t *given = (const uint8_t *)message + length - MAC_BYTES;
  mac(key, message, length - MAC_BYTES, right);
  for (uint8_t i = 0; i < MAC_BYTES; i++) difference |= right[i] ^ given[i]; /* takes equally long wherever they differ */
  return difference == 0;
}

/** MAC, boot and seq of an ARM or a BEAT. A seq is used up by the first message that carries it rightly. */
static enum refusal authenticate(const void *message, uint8_t length, uint32_t boot, uint32_t seq) {
  if (!paired) return UNPAIRED;
  if (!mac_is_good(message, length)) return BAD_MAC;
  if (boot != boot_id) return WRONG_BOOT;
  if (seq <= last_seq) return STALE_SEQ;
  last_seq = seq;
  return ACCEPTED;
}

static void refuse(uint8_t which, enum refusal reason) {
  struct refused answer = {REFUSED, which, reason};
  protocol_send(&answer, sizeof answer);
}

void protocol_refuse_malformed(uint8_t sub) {
  refuse(sub, MALFORMED);
}

static void on_hello(const void *message) {
  (void)message;
  struct board answer = {
      .sub = BOARD, .version = PROTOCOL_VERSION, .boot_id = boot_id,
      .flags = (paired ? FLAG_PAIRED : 0) | (watchdog ? FLAG_WATCHDOG : 0),
      .panel = controller.id, .width = controller.width, .height = controller.height,
      .checking_crc = faces_crc(FACE_CHECKING), .assume_crc = faces_crc(FACE_ASSUME_RECORDING),
      .out_of_order_crc = faces_crc(FACE_OUT_OF_ORDER), .paused_crc = faces_crc(FACE_PAUSED),
  };
  protocol_send(&answer, sizeof answer);
}

static uint8_t arm_result(const struct arm *arm) {
  switch (authenticate(arm, sizeof *arm, arm->boot_id, arm->seq)) {
    case UNPAIRED: return ARM_UNPAIRED;
    case BAD_MAC: return ARM_BAD_MAC;
    case WRONG_BOOT: return ARM_WRONG_BOOT;
    case STALE_SEQ: return ARM_STALE_SEQ;
    default: return lease_arm();
  }
}

/* What was before an ARM was said by refusing it, or in an earlier STATUS. */
static void begin_windows(void) {
  uint16_t samples;
  lamp_take_worst(&samples);
  relay_take_history();
  joined_lamp = joined_relay = 0;
}

static void on_arm(const void *message) {
  struct armed answer = {ARM_RESULT, boot_id, arm_result(message)};
  if (answer.result == ARMED) begin_windows();
  protocol_send(&answer, sizeof answer);
}

static void send_status(const struct beat *beat) {
  struct status status = {
      .sub = STATUS, .boot_id = boot_id,
      .actual = lease_actual(), .wanted = lease_wanted(), .lamp = lamp_commanded(),
      .photo = lamp_photo(), .shunt = lamp_shunt(), .button = button_bits(),
      .glass_crc = panel_glass_crc(), .panel = panel_bits(), .fault = lease_fault(), .refreshes = panel_refreshes(),
  };
  memcpy(status.nonce, beat->nonce, sizeof status.nonce);
  if (beat->ack == number) joined_lamp = joined_relay = 0;
  joined_lamp |= lamp_take_worst(&status.samples);
  joined_relay |= relay_take_history();
  status.lamp_worst = joined_lamp;
  status.relay = relay_bits() | joined_relay;
  status.number = ++number;
  mac(key, &status, sizeof status - MAC_BYTES, status.mac);
  protocol_send(&status, sizeof status);
}

static void on_beat(const void *message) {
  const struct beat *beat = message;
  if (beat->wanted > PAUSED || beat->relay > 1) {
    refuse(beat->sub, MALFORMED);
    return;
  }
  enum refusal refusal = authenticate(beat, sizeof *beat, beat->boot_id, beat->seq);
  if (refusal == ACCEPTED && !lease_was_armed()) refusal = NOT_YET_ARMED;
  if (refusal != ACCEPTED) {
    refuse(beat->sub, refusal);
    return;
  }
  lease_beat(beat->wanted, beat->relay);
  send_status(beat);
}

static uint8_t pair_result(const struct pair *pair) {
  if (paired) return PAIR_ALREADY;
  if (!(button_bits() & BUTTON_HELD)) return PAIR_BUTTON_NOT_HELD;
  if (pair->crc != crc16(pair->key, MAC_KEY_BYTES)) return PAIR_BAD_CRC;
  memory_write_key(pair->key);
  paired = memory_read_key(key);
  return paired ? PAIR_WRITTEN : PAIR_BAD_CRC;
}

static void on_pair(const void *message) {
  struct paired answer = {PAIR_RESULT, pair_result(message)};
  protocol_send(&answer, sizeof answer);
}

static const struct handler {
  uint8_t sub, length;
  void (*handle)(const void *message);
} handlers[] = {
    {0x01, 1, on_hello},
    {0x02, sizeof(struct arm), on_arm},
    {0x03, sizeof(struct beat), on_beat},
    {0x04, sizeof(struct face_begin), transfer_begin},
    {0x06, sizeof(struct face_show), transfer_show},
    {0x07, sizeof(struct pair), on_pair},
    {0x08, sizeof(struct face_own), transfer_own},
};

void protocol_start(bool reset_by_watchdog) {
  watchdog = reset_by_watchdog;
  boot_id = memory_next_boot();
  paired = memory_read_key(key);
}

void protocol_take(const uint8_t *message, uint8_t length) {
  if (message[0] == FACE_DATA) {
    transfer_data(message, length);
    return;
  }
  for (uint8_t i = 0; i < sizeof handlers / sizeof *handlers; i++) {
    if (handlers[i].sub != message[0] || handlers[i].length != length) continue;
    handlers[i].handle(message);
    return;
  }
  refuse(message[0], MALFORMED);
}

void protocol_step(void) {
  if (!button_has_news()) return;
  struct button news = {BUTTON, boot_id, button_bits()};
  if (protocol_send(&news, sizeof news)) button_told();
}

bool protocol_send(const void *message, uint8_t length) {
  const uint8_t *bytes = message;
  uint8_t packed = ((length - 1) * 8 + 6) / 7;
  if (uart_room() < packed + 4) return false;
  uart_put(0xf0);
  uart_put(SIGN_SYSEX);
  uart_put(bytes[0]);
  uint16_t bits = 0;
  uint8_t count = 0;
  for (uint8_t i = 1; i < length; i++) {
    bits |= (uint16_t)bytes[i] << count;
    for (count += 8; count >= 7; count -= 7, bits >>= 7) uart_put(bits & 0x7f);
  }
  if (count != 0) uart_put(bits);
  uart_put(0xf7);
  return true;
}
