/** RFC 4180, with the semicolons and the byte order mark that spreadsheets write. By hand, since it is so little. */
import type { Said } from '../../session/said.js';

/** A row, and the line of the file that it begins in. */
export interface Row { readonly line: number; readonly cells: readonly string[] }
/** `{line}` in the sentence is the line. */
export interface Mistake extends Said { readonly line: number }

/** One cell with what ends it: in quotation marks, where two stand for one, or plain up to the next separator. */
const CELLS = { ',': /(?:"([^"]*(?:""[^"]*)*)"|([^"\r\n,]*))(\r\n|[\r\n,]|$)/y, ';': /(?:"([^"]*(?:""[^"]*)*)"|([^"\r\n;]*))(\r\n|[\r\n;]|$)/y } as const;
const QUOTED = /"[^"]*(?:""[^"]*)*"/g;
const STRAY = 'Line {line} has a quotation mark in the middle of a name. Put the whole name into quotation marks, and write two where one is meant.';
const UNCLOSED = 'Line {line} opens a quotation mark that is never closed.';

/** Rows without anything in them are left out. @returns the rows up to the first mistake of form: behind it nobody can say what is quoted. */
export function parseCsv(file: string): { readonly rows: Row[]; readonly mistakes: Mistake[] } {
  const text = file.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  const cell = CELLS[separator];
  const rows: Row[] = [];
  let cells: string[] = [];
  let line = 1;
  let began = 1;
  for (cell.lastIndex = 0; cell.lastIndex <= text.length;) {
    const from = cell.lastIndex;
    const found = cell.exec(text);
    if (found === null) return { rows, mistakes: [{ line, sentence: text.slice(from).search(QUOTED) === 0 || !text.startsWith('"', from) ? STRAY : UNCLOSED }] };
    const [whole, quoted, plain = '', end = ''] = found;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.match(/\r\n|[\r\n]/g)?.length ?? 0;
    if (end === separator) continue;
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: began, cells });
    [cells, began] = [[], line];
    if (end === '') break;
  }
  return { rows, mistakes: [] };
}

/** A spreadsheet that separates by semicolons does not quote commas, and the other way round: the first row that has anything in it tells. */
const separatorOf = (text: string): ',' | ';' => (/^.*$/m.exec(text.replaceAll(QUOTED, '').trimStart())?.[0].includes(';') === true ? ';' : ',');
