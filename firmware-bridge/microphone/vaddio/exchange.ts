/** Asks a Vaddio and takes its answers, which it begins with our own words. */
import { DeviceLost, DeviceRefused } from '../../serial/errors.js';
import type { Link } from '../../serial/link.js';
import type { Timers } from '../../serial/timers.js';
import { LOGIN_WANTED } from '../login.js';
import { createTurns } from '../turns.js';
import { createAnswerReader } from './answers.js';
import type { Command } from './commands.js';

export interface Exchange {
  /** @throws DeviceRefused with the device's own words. @throws DeviceLost where the answer is missing, or belongs to something else. */
  ask<T>(command: Command<T>, signal: AbortSignal): Promise<T>;
}

const REFUSALS: readonly { readonly says: RegExp; readonly means: string }[] = [
  { says: /^Syntax error/i, means: 'it has no such input or command; check the input in the settings against what "audio ?" lists' },
  { says: /^ERROR\b/i, means: 'it cannot do that now; check the input in the settings' },
  { says: /^System error/i, means: 'its own program has failed; take its power away and give it back' },
];

/** @param onUnasked it spoke a whole answer that nobody had asked for. */
export function createExchange(link: Link, timers: Timers, onUnasked: () => void): Exchange {
  /** Whether it sends our words back; then an answer without them belongs to something else. */
  let echoes = false;
  /** What was answered last. */
  let answered: string | undefined;
  const reader = createAnswerReader({
    onAnswer: hear,
    onLogin: () => link.drop(LOGIN_WANTED),
    onFlood: () => link.drop('the microphone talks without end; check its baud rate'),
  });
  const turns = createTurns<readonly string[]>(link, timers, '\r', () => {
    reader.reset();
    [echoes, answered] = [false, undefined];
  });

  function hear(lines: readonly string[]): void {
    const first = lines[0] ?? '';
    const asked = turns.underWay;
    const at = asked === undefined ? -1 : lines.findLastIndex((line) => isEcho(line, asked));
    if (asked === undefined || (echoes && !isEcho(first, asked))) {
      // The line may carry an answer twice; anything else that does not begin with our words is news.
      if (answered === undefined || !isEcho(first, answered)) return onUnasked();
      if (at === -1) return;
    }
    echoes ||= at !== -1;
    const answer = lines.slice(at + 1);
    if (answer.length === 0) return; // only our words so far, and a prompt that was drawn anew
    answered = asked;
    turns.answer(answer);
  }

  link.onBytes((bytes) => reader.push(bytes));

  return {
    async ask(command, signal) {
      const lines = await turns.ask(command.text, signal);
      for (const { says, means } of REFUSALS) {
        const refusal = lines.find((line) => says.test(line));
        if (refusal !== undefined) throw new DeviceRefused(`the microphone refused "${plain(command.text)}": ${refusal}; ${means}`);
      }
      const value = command.read(lines);
      if (value === undefined) throw new DeviceLost(`the microphone answered "${plain(command.text)}" with ${JSON.stringify(lines)}, which belongs to something else`);
      return value;
    },
  };
}

/** It may stand behind a prompt, or behind what noise had begun. */
const isEcho = (line: string, asked: string): boolean => line.endsWith(plain(asked));
const plain = (text: string): string => text.replaceAll(/[\x00-\x1f]/g, '');
