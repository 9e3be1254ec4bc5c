/* The wiring, once. ATmega328P on an Arduino Uno R3 or Nano: D0-D7 are port D, D8-D13 port B. */
#pragma once

#include <avr/io.h>

#define BUTTON_PIN PD2  /* D2: Stop button to ground, internal pull-up */
#define LAMP_PIN PD3    /* D3: gate of the lamp's MOSFET, pulled down */
#define LED_PIN PD4     /* D4: service LED inside the enclosure, the host's to use by Firmata */
#define RELAY_PIN PD5   /* D5: driver of the relay's coil, pulled down, so that no power means open */
#define MIRROR_PIN PD6  /* D6: the relay's NC mirror contact to +5 V, 470 ohms to ground: high = proven open, low = closed or its wire off */
#define BUSY_PIN PD7    /* D7: panel BUSY */
#define RST_PIN PB0     /* D8: panel RST, low resets */
#define DC_PIN PB1      /* D9: panel DC, low = command */
#define CS_PIN PB2      /* D10: panel CS; also SS, which must be an output for the SPI master to stay one */
#define MOSI_PIN PB3    /* D11 */
#define SCK_PIN PB5     /* D13 */
#define PHOTO_CHANNEL 0 /* A0: photodiode in the lamp's tube */
#define SHUNT_CHANNEL 1 /* A1: amplified voltage over the lamp's shunt */
