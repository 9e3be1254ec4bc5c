/** Noise on the sign's line: bits that flip and bytes that are lost, the same ones each time for one seed. */

export interface NoiseRates {
  /** One of so many bytes has one bit flipped, on average; 0 for none. */
  readonly bytesPerFlip: number;
  /** One of so many bytes is lost, on average; 0 for none. */
  readonly bytesPerDrop: number;
  readonly seed: number;
}

/** Of a host's beat and its answer, together some 100 bytes four times a second, one in three or so is hit. */
export const NOISE: NoiseRates = { bytesPerFlip: 400, bytesPerDrop: 800, seed: 1 };

/** One direction of the line. */
export class NoisyWire {
  readonly #rates: NoiseRates;
  #state: number;

  /** @param direction number of the wire, so that both ways of one line do not suffer alike. */
  constructor(rates: NoiseRates, direction: number) {
    this.#rates = rates;
    this.#state = (rates.seed * 2 + direction) >>> 0;
  }

  /** @returns what arrives of it. The draws depend on the count of bytes only, not on how they come together. */
  pass(bytes: Uint8Array): Uint8Array {
    const arrived: number[] = [];
    for (const byte of bytes) {
      const [drop, flip, bit] = [this.#draw(), this.#draw(), this.#draw()];
      if (hits(drop, this.#rates.bytesPerDrop)) continue;
      arrived.push(hits(flip, this.#rates.bytesPerFlip) ? byte ^ (1 << Math.floor(bit * 8)) : byte);
    }
    return Uint8Array.from(arrived);
  }

  /** Mulberry32 (Tommy Ettinger, public domain): from 0 up to, not including, 1. */
  #draw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }
}

/** @param draw from 0 up to, not including, 1. */
const hits = (draw: number, oneIn: number): boolean => oneIn > 0 && draw * oneIn < 1;
