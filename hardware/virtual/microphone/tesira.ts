/** A Tesira's control line: the bytes around `ttp.ts`. */
import type { Console } from './console.js';
import { LineSplitter } from './lines.js';
import { Tesira, type TesiraOptions } from './ttp.js';

interface TesiraConsoleOptions extends TesiraOptions {
  /** Sends each command back before its answer. */
  readonly echo: boolean;
  readonly onCommand: (line: string) => void;
}

const BANNER = ['', 'Welcome to the Tesira Text Protocol Server', ''];

export function tesiraConsole({ echo, onCommand, ...options }: TesiraConsoleOptions): Console {
  let tesira = new Tesira(options);
  let splitter = new LineSplitter();

  function answer(command: string | undefined): string[] {
    if (command === undefined) return ['-GENERAL_FAILURE'];
    onCommand(command);
    const answers = tesira.hear(command);
    return echo ? [command, ...answers] : answers;
  }

  return {
    get channels() {
      return tesira.channels;
    },
    get led() {
      return tesira.led;
    },
    hear: (bytes) => splitter.push(bytes).map((command) => sent(answer(command))),
    press() {
      const news = tesira.press();
      return news.length === 0 ? [] : [sent(news)];
    },
    restart() {
      tesira = new Tesira(options);
      splitter = new LineSplitter();
      return [sent(BANNER)];
    },
  };
}

const sent = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');
