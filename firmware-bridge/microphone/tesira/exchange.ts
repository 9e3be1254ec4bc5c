/** One command in flight: a Tesira's answers carry no name, so nothing else tells whose they are. */
import { DeviceLost, DeviceRefused } from '../../serial/errors.js';
import { createLineReader } from '../../serial/lines.js';
import type { Link } from '../../serial/link.js';
import type { Timers } from '../../serial/timers.js';
import type { Command } from './commands.js';
import { parseLine, type Line } from './lines.js';

/** Answers normally take some ms; a busy server may be late. */
const ANSWER_WITHIN_MS = 2000;

type Answer = Extract<Line, { kind: 'ok' | 'error' }>;

interface Asked {
  readonly text: string;
  readonly signal: AbortSignal;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export interface Exchange {
  /**
   * Sends in the order of asking. A command that is aborted before its turn is
   * never sent; one that is on its way keeps its turn until it is answered.
   * @throws DeviceRefused with the device's own words. @throws DeviceLost where the answer is missing, or belongs to something else.
   */
  ask<T>(command: Command<T>, signal: AbortSignal): Promise<T>;
}

/** @param onBanner the server has begun anew, and has forgotten the session. */
export function createExchange(link: Link, timers: Timers, onBanner: () => void): Exchange {
  let queue: Asked[] = [];
  let inFlight: Asked | undefined;
  let cancelPatience = (): void => undefined;
  const reader = createLineReader(hear);

  function hear(text: string): void {
    const line = parseLine(text, inFlight?.text);
    switch (line.kind) {
      case 'ok':
      case 'error': {
        const asked = inFlight;
        inFlight = undefined;
        cancelPatience();
        asked?.resolve(line);
        return speak();
      }
      case 'banner':
        return onBanner();
      case 'news':
      case 'other':
        return;
    }
  }

  function speak(): void {
    if (inFlight !== undefined) return;
    const asked = queue.shift();
    if (asked === undefined) return;
    if (asked.signal.aborted) {
      asked.reject(asked.signal.reason as Error);
      return speak();
    }
    inFlight = asked;
    // Whatever comes after this can no longer be told apart, so the line is begun anew.
    cancelPatience = timers.after(ANSWER_WITHIN_MS, () => link.drop(silence(asked.text)));
    link.write(Buffer.from(`${asked.text}\n`));
  }

  function reset(why: string): void {
    cancelPatience();
    reader.reset();
    const forgotten = inFlight === undefined ? queue : [inFlight, ...queue];
    inFlight = undefined;
    queue = [];
    for (const { reject } of forgotten) reject(new DeviceLost(why));
  }

  link.onBytes((bytes) => reader.push(bytes));
  link.onState((state) => {
    switch (state.kind) {
      case 'opening':
        return;
      case 'open':
      case 'closed':
        return reset('the line to the microphone was closed');
      case 'lost':
        return reset(state.why);
    }
  });

  return {
    async ask(command, signal) {
      signal.throwIfAborted();
      if (link.state.kind !== 'open') throw new DeviceLost('the line to the microphone is not open; check its control cable');
      const answer = await new Promise<Answer>((resolve, reject) => {
        queue.push({ text: command.text, signal, resolve, reject });
        speak();
      });
      signal.throwIfAborted();
      if (answer.kind === 'error') throw new DeviceRefused(`the microphone refused "${command.text}": ${answer.text}; check tag and channel in the settings`);
      const value = command.read(answer.value);
      if (value === undefined) throw new DeviceLost(`the microphone answered "${command.text}" with ${JSON.stringify(answer.value)}, which belongs to something else`);
      return value;
    },
  };
}

const silence = (text: string): string => `the microphone did not answer "${text}"; check its power, cable and baud rate`;
