/** JSON with line numbers. By hand, because JSON.parse names no line and lets a key that stands twice silently win; strings, numbers and words are still read by JSON.parse. */
import { lineBreaksIn, PracticeFileRefused } from './refused.js';

export interface LinedJson {
  readonly value: unknown;
  /** The line on which the value at a JSON pointer begins; where there is none, the nearest around it. */
  readonly lineOf: (pointer: string) => number;
}

const TOKEN = /\s*(?:("(?:[^"\\\n]|\\.)*"|[{}[\],:])|([^\s{}[\],:"]+|"))/y;

/** Far deeper than any file here, and far from the end of the stack. */
const DEEPEST = 20;

/** @throws PracticeFileRefused at the first mistake. */
export function parseJson(file: string, text: string): LinedJson {
  const lines = new Map<string, number>();
  const scan = new RegExp(TOKEN);
  let token = '';
  let line = 1;
  const refused = (sentence: string): PracticeFileRefused => new PracticeFileRefused(file, line, sentence);
  const next = (): string => {
    const from = scan.lastIndex;
    const found = scan.exec(text);
    const end = found === null ? text.length : scan.lastIndex;
    token = found?.[1] ?? found?.[2] ?? '';
    line += lineBreaksIn(text.slice(from, end));
    if (found === null) scan.lastIndex = end;
    return token;
  };
  const expect = (...wanted: string[]): void => {
    if (!wanted.includes(token)) throw refused(token === '' ? `the file ends where ${wanted.join(' or ')} should be` : `${wanted.join(' or ')} is missing before ${token}`);
  };
  const scalar = (): unknown => {
    try {
      return JSON.parse(token);
    } catch {
      throw refused(token === '' ? 'the file ends too early' : token === '"' ? 'a text is not closed with " on its line' : `${token} cannot stand here; texts stand between " and "`);
    }
  };
  /** Entries up to the closing bracket; a comma before it is a mistake. */
  const entries = (close: string, entry: () => void): void => {
    if (next() === close) return;
    for (;;) {
      entry();
      next();
      expect(',', close);
      if (token === close) return;
      next();
    }
  };
  const object = (pointer: string): unknown => {
    const found = new Map<string, unknown>();
    entries('}', () => {
      const key = scalar();
      if (typeof key !== 'string') throw refused(`${token} cannot be a name; names stand between " and "`);
      if (found.has(key)) throw refused(`"${key}" stands here twice`);
      next();
      expect(':');
      next();
      found.set(key, value(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
    });
    return Object.fromEntries(found);
  };
  const array = (pointer: string): unknown[] => {
    const found: unknown[] = [];
    entries(']', () => found.push(value(`${pointer}/${found.length}`)));
    return found;
  };
  function value(pointer: string): unknown {
    if (pointer.split('/').length > DEEPEST) throw refused('this is nested too deeply');
    lines.set(pointer, line);
    return token === '{' ? object(pointer) : token === '[' ? array(pointer) : scalar();
  }

  next();
  const whole = value('');
  if (next() !== '') throw refused(`${token} stands after the end`);
  const lineOf = (pointer: string): number => lines.get(pointer) ?? lineOf(pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  return { value: whole, lineOf };
}
