/**
 * Packs a picture for the board's flash (unpacked by hardware/sign/faces.c): each row as what is different from the row
 * above, by the modes of ITU-T T.6 (fax, "Group 4"), so that the board needs no memory but the row itself.
 */

/** Code of each mode. Vertical: an edge moved by so many pixels to the right. */
const ROW = { same: '1', other: '0' } as const;
const VERTICAL: Readonly<Record<number, string>> = { 0: '1', 1: '011', [-1]: '010', 2: '000011', [-2]: '000010', 3: '000001', [-3]: '000000' };
const PASS = '0001';
const HORIZONTAL = '001';

/** @param bits rows from the top, 1 = white; the row above the first is white. @returns the packed rows. */
export function packRows(bits: Uint8Array, rowBytes: number): Buffer {
  let above = pixelsOf(new Uint8Array(rowBytes).fill(0xff));
  let code = '';
  for (let at = 0; at < bits.length; at += rowBytes) {
    const row = pixelsOf(bits.subarray(at, at + rowBytes));
    code += row === above ? ROW.same : ROW.other + packRow(row, above);
    above = row;
  }
  return Buffer.from(code.match(/.{1,8}/gu)?.map((byte) => parseInt(byte.padEnd(8, '0'), 2)) ?? []);
}

/** As T.6 has it: a0 is where the row is known up to, a1 and a2 its next edges, b1 and b2 those of the row above. */
function packRow(row: string, above: string): string {
  let code = '';
  let colour = '1';
  let a0 = 0;
  for (let first = true; a0 < row.length; first = false) {
    const other = colour === '1' ? '0' : '1';
    const a1 = find(row, other, a0);
    const b1 = find(above, other, first ? 0 : find(above, colour, a0));
    const b2 = find(above, colour, b1);
    if (b2 < a1) {
      code += PASS;
      a0 = b2;
      continue;
    }
    const vertical = VERTICAL[a1 - b1];
    if (vertical !== undefined) {
      code += vertical;
      a0 = a1;
      colour = other;
      continue;
    }
    const a2 = find(row, colour, a1);
    code += HORIZONTAL + gamma(a1 - a0) + gamma(a2 - a1);
    a0 = a2;
  }
  return code;
}

/** Where that colour is met first, from `from` on; the width where it is not. */
function find(row: string, colour: string, from: number): number {
  const at = row.indexOf(colour, from);
  return at < 0 ? row.length : at;
}

/** Elias's gamma code of a number from 0 on: as many zeros as it has further digits, then value + 1. */
function gamma(value: number): string {
  const digits = (value + 1).toString(2);
  return '0'.repeat(digits.length - 1) + digits;
}

const pixelsOf = (row: Uint8Array): string => Array.from(row, (byte) => byte.toString(2).padStart(8, '0')).join('');
