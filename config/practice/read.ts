/** Reads the school's code of practice and its training. A school edits these files: a mistake is named with its file and line, and nothing is taken half. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeInForce, Training } from '../../session/code.js';
import { parseFrontMatter, type FrontMatter } from './front-matter.js';
import { parseMarkdown, textOf, type Block, type Span } from './markdown.js';
import { parseQuestions } from './questions.js';
import { lineBreaksIn, PracticeFileRefused } from './refused.js';

export interface CodeOfPractice extends CodeInForce, FrontMatter {
  /** The whole file: what is different later is shown against it. */
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface TrainingPages extends Training {
  readonly pages: readonly (readonly Block[])[];
}

export interface Practice {
  readonly code: CodeOfPractice;
  readonly training: TrainingPages;
}

export const CODE_FILE = 'code-of-practice.md';
const TRAINING_FOLDER = 'training';
const QUESTIONS_FILE = 'training/questions.json';

/** Far more than anybody reads at a wall. */
const LARGEST_FILE = 65_536;
const MOST_PAGES = 12;
/** A page is read standing, and without scrolling. */
const WORDS_ON_A_PAGE = 120;

/** @param folder that holds code-of-practice.md and training/. @throws PracticeFileRefused */
export async function readPractice(folder: string): Promise<Practice> {
  const code = parseCode(await textIn(folder, CODE_FILE));
  const questions = parseQuestions(QUESTIONS_FILE, await textIn(folder, QUESTIONS_FILE));
  const pages: Block[][] = [];
  for (const name of await pagesIn(folder)) pages.push(parsePage(name, await textIn(folder, name)));
  return { code, training: { ...questions, pages } };
}

/** @param text of a code of practice; also of an earlier one. @throws PracticeFileRefused */
export function parseCode(text: string, file = CODE_FILE): CodeOfPractice {
  const { head, body, bodyLine } = parseFrontMatter(file, text);
  // Of what stands below the head: another contact, or a review that changed nothing, is not another code.
  return { ...head, digest: createHash('sha256').update(body.trim()).digest('hex'), text, blocks: titled(file, bodyLine, body, parseMarkdown(file, body, bodyLine)) };
}

/** @throws PracticeFileRefused */
export function parsePage(file: string, text: string): Block[] {
  const blocks = titled(file, 1, text, parseMarkdown(file, text));
  const words = wordsIn(blocks);
  if (words > WORDS_ON_A_PAGE) throw new PracticeFileRefused(file, null, `a page of the training has ${WORDS_ON_A_PAGE} words at most; this one has ${words}`);
  return blocks;
}

/** Every heading, paragraph and item, in their order. */
export const stretchesOf = (blocks: readonly Block[]): (readonly Span[])[] => blocks.flatMap((block) => (block.kind === 'list' ? block.items : [block.spans]));
export const wordsIn = (blocks: readonly Block[]): number => stretchesOf(blocks).reduce((sum, spans) => sum + (textOf(spans).match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0), 0);

function titled(file: string, line: number, text: string, blocks: Block[]): Block[] {
  const [first] = blocks;
  const blank = /^\s*/.exec(text)?.[0] ?? '';
  if (first?.kind !== 'heading' || first.level !== 1) throw new PracticeFileRefused(file, line + (first === undefined ? 0 : lineBreaksIn(blank)), 'the text begins with its title: a line with # before it');
  if (blocks.length === 1) throw new PracticeFileRefused(file, line + lineBreaksIn(blank), 'nothing stands below the title');
  return blocks;
}

async function pagesIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, TRAINING_FOLDER)).catch((error: unknown) => { throw new PracticeFileRefused(TRAINING_FOLDER, null, `the folder cannot be read (${(error as Error).message})`); });
  const pages = names.filter((name) => name.endsWith('.md')).sort().map((name) => `${TRAINING_FOLDER}/${name}`);
  if (pages.length === 0 || pages.length > MOST_PAGES) throw new PracticeFileRefused(TRAINING_FOLDER, null, `the training has between 1 and ${MOST_PAGES} pages (.md files); here are ${pages.length}`);
  return pages;
}

/** @returns the text as it would be on any system: no byte order mark, lines end with a line feed. */
async function textIn(folder: string, file: string): Promise<string> {
  const bytes = await readFile(join(folder, file)).catch((error: unknown) => { throw new PracticeFileRefused(file, null, `the file cannot be read (${(error as Error).message})`); });
  if (bytes.length > LARGEST_FILE) throw new PracticeFileRefused(file, null, `the file is larger than ${LARGEST_FILE / 1024} KB`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PracticeFileRefused(file, null, 'the file is not UTF-8: save it as such');
  }
  return text.replace(/\r\n?/g, '\n');
}
