/**
 * PackBits, as Apple's Technical Note TN1023 gives it: a header byte n of 0…127 is
 * followed by n + 1 bytes as they are, one of 129…255 by one byte that stands for
 * 257 - n of it; 128 is left unused.
 */

const LONGEST_RUN = 128;
/** A shorter repetition costs as much as it saves. */
const SHORTEST_RUN = 3;

/**
 * Packs a picture into pieces that can each be unpacked alone: no run crosses a piece.
 * @param limit bytes that a piece may have at most (2 or more).
 */
export function packBits(picture: Uint8Array, limit: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let piece: number[] = [];
  const close = (): void => {
    if (piece.length > 0) pieces.push(Uint8Array.from(piece));
    piece = [];
  };
  for (let at = 0; at < picture.length; ) {
    if (limit - piece.length < 2) close();
    const run = repeats(picture, at);
    if (run >= SHORTEST_RUN) {
      piece.push(257 - run, picture[at] as number);
      at += run;
      continue;
    }
    const room = Math.min(LONGEST_RUN, limit - piece.length - 1);
    let length = 1;
    while (length < room && at + length < picture.length && repeats(picture, at + length) < SHORTEST_RUN) length++;
    piece.push(length - 1, ...picture.subarray(at, at + length));
    at += length;
  }
  close();
  return pieces;
}

/** How often the byte at `at` stands there in a row, 128 at most. */
function repeats(picture: Uint8Array, at: number): number {
  let run = 1;
  while (run < LONGEST_RUN && at + run < picture.length && picture[at + run] === picture[at]) run++;
  return run;
}
