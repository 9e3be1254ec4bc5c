/** Asks a Tesira and hears its lines: answers, news, and the banner of one that has begun anew. */
import { DeviceLost, DeviceRefused } from '../../serial/errors.js';
import { createLineReader } from '../../serial/lines.js';
import type { Link } from '../../serial/link.js';
import type { Timers } from '../../serial/timers.js';
import { asksForLogin, LOGIN_WANTED } from '../login.js';
import { createTurns } from '../turns.js';
import type { Command } from './commands.js';
import { meaningOf } from './complaints.js';
import { parseLine, type Line, type News } from './lines.js';

export interface Exchange {
  /** @throws DeviceRefused with the device's own words, and theirs meaning. @throws DeviceLost where the answer is missing, or belongs to something else. */
  ask<T>(command: Command<T>, signal: AbortSignal): Promise<T>;
}

export interface ExchangeListeners {
  /** The server has begun anew, and has forgotten the session. */
  readonly onBanner: () => void;
  readonly onNews: (news: News) => void;
}

/** The end of a line that is still to come: enough for a login prompt. */
const TAIL = 16;

export function createExchange(link: Link, timers: Timers, { onBanner, onNews }: ExchangeListeners): Exchange {
  const reader = createLineReader(hear);
  let tail = '';
  const turns = createTurns<Extract<Line, { kind: 'ok' | 'error' }>>(link, timers, '\n', () => {
    reader.reset();
    tail = '';
  });

  function hear(text: string): void {
    const line = parseLine(text, turns.underWay);
    switch (line.kind) {
      case 'ok':
      case 'error':
        return turns.answer(line);
      case 'banner':
        return onBanner();
      case 'news':
        return onNews(line);
      case 'other':
        return;
    }
  }

  link.onBytes((bytes) => {
    reader.push(bytes);
    tail = (tail + Buffer.from(bytes).toString('latin1')).slice(-TAIL);
    if (asksForLogin(tail)) link.drop(LOGIN_WANTED);
  });

  return {
    async ask(command, signal) {
      const answer = await turns.ask(command.text, signal);
      if (answer.kind === 'error') throw new DeviceRefused(`the microphone refused "${command.text}": ${answer.text}; ${meaningOf(answer.text)}`);
      const value = command.read(answer.value);
      if (value === undefined) throw new DeviceLost(`the microphone answered "${command.text}" with ${JSON.stringify(answer.value)}, which belongs to something else`);
      return value;
    },
  };
}
