/**
 * What the house can say to people: every sentence, remedy and name that the
 * server hands to a screen, for those who translate it.
 *
 *     node dist/tools/house-words.js    # prints a JSON array
 *
 * Found in the sources, so that nothing has to be kept in step by hand. A
 * sentence is translated by its text, so it must be a literal, with gaps where
 * values stand; `composed` tells of each that is not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PURPOSES } from '../config/purposes.js';
import { CLAIMED } from '../desks/recordings.js';
import { STANDARD_NAME } from '../desks/steering/views.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Whatever of the server speaks to people in the room. */
const FOLDERS = ['session', 'config', 'desks', 'pipeline', 'kiosk/server', 'kiosk/keys', 'firmware-bridge'];
/** Speak to whoever edits a file, on paper, on a stick, on the sign (in its own languages), or to a terminal; what of it comes to the kiosk is evidence, in a gap. */
const ELSEWHERE = /^(pipeline\/collect\/read-me|firmware-bridge\/sign\/words|config\/practice\/|config\/school\/paper-codes-page|pipeline\/sources-present|firmware-bridge\/probe)/;
const FIELDS = new Set(['sentence', 'remedy']);
/** Makers of refusals: which of their arguments are words. */
const MAKERS: Readonly<Record<string, readonly number[]>> = { refusal: [1, 2], weakPin: [0] };

export interface Composed { readonly file: string; readonly line: number; readonly text: string }
interface Found { readonly words: ReadonlySet<string>; readonly composed: readonly Composed[] }

/** As a sentence of ours looks: what is logged begins in lower case and has no full stop. */
const isSentence = (text: string): boolean => /^[\p{Lu}“{]\S*\s.*[.?]$/su.test(text);

/** @param text of one source file. */
export function wordsIn(file: string, text: string): Found {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const words = new Set<string>();
  const composed: Composed[] = [];
  const report = (node: ts.Node): void => void composed.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: node.getText() });
  /** Where words belong: a literal, one of two, or what was made elsewhere. */
  const word = (node: ts.Expression): void => {
    if (ts.isStringLiteralLike(node)) { if (node.text !== '') words.add(node.text); } else if (ts.isConditionalExpression(node)) {
      word(node.whenTrue);
      word(node.whenFalse);
    } else if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) report(node);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && FIELDS.has(node.name.text)) word(node.initializer);
    else if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      for (const at of MAKERS[node.expression.text] ?? []) if (node.arguments[at] !== undefined) word(node.arguments[at]);
    }
    if (ts.isStringLiteralLike(node) && isSentence(node.text)) words.add(node.text);
    if (ts.isTemplateExpression(node) && isSentence(node.getText().slice(1, -1).replaceAll(/\$\{[^}]*\}/g, 'Gap'))) report(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { words, composed };
}

const sources = (): string[] => FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts')).map((name) => `${folder}/${name}`)).filter((file) => !ELSEWHERE.test(file));
const inAll = (): Found[] => sources().map((file) => wordsIn(file, readFileSync(join(ROOT, file), 'utf8')));

/** @returns every text once, sorted; gaps are as in `There is no file {name} on the stick.` */
export function houseWords(): string[] {
  const names = [...PURPOSES.map(({ words }) => words), STANDARD_NAME, CLAIMED];
  return [...new Set([...inAll().flatMap(({ words }) => [...words]), ...names])].sort();
}

/** @returns sentences that are put together where they are said, and so would be found by nobody. */
export const composed = (): Composed[] => inAll().flatMap((found) => found.composed);

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(houseWords(), null, 1));
