/** Areas that are not recorded: cells of a grid on the picture, and the few rectangles that they make. Pure. */
import type { Cover } from '../protocol.js';

export const COLUMNS = 8;
export const ROWS = 6;
/** As in the protocol. */
const MOST = 8;

/** A cell by its number, row by row from the top left. */
export type Cells = ReadonlySet<number>;

export const cellAt = (column: number, row: number): number => row * COLUMNS + column;

/** @param x, y fractions of the picture. */
export function cellUnder(x: number, y: number): number {
  const within = (along: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(along * count)));
  return cellAt(within(x, COLUMNS), within(y, ROWS));
}

/** The cells that these areas touch: one that is covered in part counts, so that nothing is uncovered by looking at it. */
export function cellsOf(covers: readonly Cover[]): Cells {
  const cells = new Set<number>();
  // Of a cell; areas that were made of cells end on their edges but for rounding.
  const HAIR = 1e-6;
  for (const { left, top, width, height } of covers) {
    for (let row = 0; row < ROWS; row += 1) {
      for (let column = 0; column < COLUMNS; column += 1) {
        const across = left * COLUMNS < column + 1 - HAIR && (left + width) * COLUMNS > column + HAIR;
        const down = top * ROWS < row + 1 - HAIR && (top + height) * ROWS > row + HAIR;
        if (across && down) cells.add(cellAt(column, row));
      }
    }
  }
  return cells;
}

interface Box { readonly column: number; readonly row: number; readonly columns: number; readonly rows: number }

/** The cells as rectangles; null where they would be more than may be sent. */
export function coversOf(cells: Cells): Cover[] | null {
  const upright = boxes(COLUMNS, ROWS, (along, across) => cells.has(cellAt(across, along)), (along, across, length, width) => ({ column: across, row: along, columns: width, rows: length }));
  const level = boxes(ROWS, COLUMNS, (along, across) => cells.has(cellAt(along, across)), (along, across, length, width) => ({ column: along, row: across, columns: length, rows: width }));
  const fewer = upright.length < level.length ? upright : level;
  if (fewer.length > MOST) return null;
  return fewer.map(({ column, row, columns, rows }) => ({ left: column / COLUMNS, top: row / ROWS, width: columns / COLUMNS, height: rows / ROWS }));
}

/** Lines of cells, each made wider while the next line has the very same. */
function boxes(lines: number, length: number, has: (along: number, across: number) => boolean, box: (along: number, across: number, length: number, width: number) => Box): Box[] {
  const done: Box[] = [];
  let open = new Map<string, { readonly from: number; readonly to: number; readonly since: number }>();
  for (let line = 0; line <= lines; line += 1) {
    const next: typeof open = new Map();
    for (const { from, to } of line < lines ? runs(length, (along) => has(along, line)) : []) {
      const name = `${from}-${to}`;
      next.set(name, open.get(name) ?? { from, to, since: line });
    }
    for (const [name, { from, to, since }] of open) if (!next.has(name)) done.push(box(from, since, to - from, line - since));
    open = next;
  }
  return done;
}

function runs(length: number, has: (along: number) => boolean): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let at = 0; at < length; at += 1) {
    if (!has(at)) continue;
    const last = found.at(-1);
    if (last?.to === at) last.to = at + 1;
    else found.push({ from: at, to: at + 1 });
  }
  return found;
}
