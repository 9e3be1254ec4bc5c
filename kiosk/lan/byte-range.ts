/** The Range header (RFC 9110, 14): one range of bytes. Whatever else is asked for, the whole is a right answer. Pure. */

export type Range = { readonly kind: 'whole' } | { readonly kind: 'part'; readonly start: number; readonly end: number } | { readonly kind: 'outside' };

/** @param length of the whole. `end` is not in it any more. */
export function rangeOf(header: string | undefined, length: number): Range {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (from === '' && to === '') return { kind: 'whole' };
  const start = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const end = from === '' || to === '' ? length : Math.min(length, Number(to) + 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return { kind: 'whole' };
  return start >= length ? { kind: 'outside' } : { kind: 'part', start, end };
}

/** Which of the bytes were sent, however they were asked for. */
export class Coverage {
  #spans: (readonly [start: number, end: number])[] = [];

  add(start: number, end: number): void {
    let [from, to] = [start, end];
    this.#spans = this.#spans.filter(([a, b]) => {
      if (b < from || a > to) return true;
      [from, to] = [Math.min(a, from), Math.max(b, to)];
      return false;
    });
    if (to > from) this.#spans.push([from, to]);
  }

  get bytes(): number {
    return this.#spans.reduce((sum, [start, end]) => sum + end - start, 0);
  }
}

/** Says how long to wait before so many bytes, to keep to a rate. */
export class Rate {
  bytesPerSecond: number;
  readonly #now: () => number;
  #next = -Infinity;

  constructor(bytesPerSecond: number, now: () => number) {
    this.bytesPerSecond = bytesPerSecond;
    this.#now = now;
  }

  /** @returns milliseconds. What was not used for a moment is made up for, a tenth of a second at most. */
  wait(bytes: number): number {
    const now = this.#now();
    this.#next = Math.max(this.#next, now - 100);
    const wait = Math.max(0, this.#next - now);
    this.#next += bytes / this.bytesPerSecond * 1000;
    return wait;
  }
}
