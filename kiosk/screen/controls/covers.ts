import { msg, str } from '@lit/localize';
import { css, html, svg } from 'lit';
import { LampElement } from '../element.js';
import { ask } from '../ask.js';
import type { Cover } from '../../protocol.js';
import { cellAt, cellsOf, cellUnder, COLUMNS, coversOf, ROWS, type Cells } from '../covers.js';
import { base } from '../styles.js';

const MOVES: Readonly<Record<string, readonly [columns: number, rows: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What of the picture is not recorded, drawn over it. While `editing`, a finger or the arrow keys and the space bar cover and uncover cells. */
class Covers extends LampElement {
  static override properties = { covers: { attribute: false }, editing: { type: Boolean }, wanted: { state: true }, at: { state: true } };
  static override styles = [base, css`
    :host { display: block; position: absolute; inset: 0; padding: 0; height: auto; }
    svg { width: 100%; height: 100%; touch-action: none; outline: none; }
    .covered { fill: url(#hatch); stroke: #fff; stroke-width: 1; }
    .line { stroke: #fff; stroke-width: 1; stroke-dasharray: 3 3; vector-effect: non-scaling-stroke; opacity: 0.8; }
    .at { fill: none; stroke: none; }
    svg:focus-visible .at { stroke: var(--lamp); stroke-width: 4; }
  `];

  declare covers: readonly Cover[];
  declare editing: boolean;
  /** Asked for, and not confirmed yet. */
  declare wanted: Cells | null;
  declare at: number;
  #painting: 'cover' | 'uncover' | undefined;

  constructor() {
    super();
    this.covers = [];
    this.editing = false;
    this.wanted = null;
    this.at = 0;
  }

  override render() {
    const cells = this.#cells;
    return html`<svg viewBox="0 0 640 360" preserveAspectRatio="none" tabindex=${this.editing ? '0' : '-1'} role=${this.editing ? 'application' : 'img'}
      aria-label=${this.editing
        ? msg(str`Covered parts of the picture: ${cells.size} of ${COLUMNS * ROWS}. Arrow keys choose a part, the space bar covers or uncovers it.`)
        : msg(str`Covered parts of the picture: ${cells.size} of ${COLUMNS * ROWS}.`)}
      @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up} @keydown=${this.#key}>
      <defs><pattern id="hatch" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="14" height="14" fill="#15202b" /><rect width="4" height="14" fill="#414c57" /></pattern></defs>
      ${[...cells].map((cell) => box(cell, 'covered'))}
      ${this.editing ? [lines(), box(this.at, 'at')] : ''}
    </svg>`;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('covers')) this.wanted = null;
  }

  get #cells(): Cells {
    return this.wanted ?? cellsOf(this.covers);
  }

  readonly #down = (event: PointerEvent): void => {
    if (!this.editing || !(event.currentTarget instanceof SVGElement)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.at = this.#under(event);
    this.#painting = this.#cells.has(this.at) ? 'uncover' : 'cover';
    this.#paint();
  };

  readonly #move = (event: PointerEvent): void => {
    if (this.#painting === undefined) return;
    this.at = this.#under(event);
    this.#paint();
  };

  readonly #up = (): void => {
    if (this.#painting === undefined) return;
    this.#painting = undefined;
    this.#send();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (!this.editing) return;
    const move = MOVES[event.key];
    if (move !== undefined) {
      const [column, row] = [this.at % COLUMNS + move[0], Math.floor(this.at / COLUMNS) + move[1]];
      if (column >= 0 && column < COLUMNS && row >= 0 && row < ROWS) this.at = cellAt(column, row);
    } else if (event.key === ' ') {
      event.preventDefault();
      this.#painting = this.#cells.has(this.at) ? 'uncover' : 'cover';
      this.#paint();
      this.#up();
    }
  };

  #paint(): void {
    const cells = new Set(this.#cells);
    if (this.#painting === 'cover') cells.add(this.at);
    else cells.delete(this.at);
    this.wanted = cells;
  }

  /** What cannot be sent is taken back: a screen must not show covered what is recorded. */
  #send(): void {
    const covers = coversOf(this.#cells);
    if (covers === null) this.wanted = null;
    else ask(this, { ask: 'cover', covers });
    this.dispatchEvent(new Event(covers === null ? 'too-many' : 'asked'));
  }

  #under({ currentTarget, clientX, clientY }: PointerEvent): number {
    if (!(currentTarget instanceof SVGElement)) return this.at;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    return cellUnder((clientX - left) / width, (clientY - top) / height);
  }
}
customElements.define('lamp-covers', Covers);

const box = (cell: number, name: string) => svg`<rect class=${name} x=${(cell % COLUMNS) * 640 / COLUMNS} y=${Math.floor(cell / COLUMNS) * 360 / ROWS} width=${640 / COLUMNS} height=${360 / ROWS} />`;
const lines = () => [
  ...Array.from({ length: COLUMNS - 1 }, (_, i) => svg`<line class="line" x1=${(i + 1) * 640 / COLUMNS} x2=${(i + 1) * 640 / COLUMNS} y1="0" y2="360" />`),
  ...Array.from({ length: ROWS - 1 }, (_, i) => svg`<line class="line" x1="0" x2="640" y1=${(i + 1) * 360 / ROWS} y2=${(i + 1) * 360 / ROWS} />`),
];
