/**
 * The camera's side of a VISCA conversation, pure but for its memory: messages
 * and the time in, answers out. Two sockets (VISCA: at most two commands
 * execute at once), inquiries beside them.
 */
import { doneAt, halted, powerAt, type Body, type Moment, type Part } from '../body.js';
import { COMMANDS, INQUIRIES, type Habits, type Refusal } from './commands.js';
import { pattern, type Fields } from './messages.js';

/** Address 1 answers as `90`, and a broadcast gives it that address. */
const FROM_US = 0x90;
const END = 0xff;
const reply = (...bytes: readonly number[]): Uint8Array => Uint8Array.of(FROM_US, ...bytes, END);

const REFUSALS = {
  syntax: () => reply(0x60, 0x02),
  'not-now': (socket: number) => reply(0x60 | socket, 0x41),
} as const satisfies Record<Refusal, (socket: number) => Uint8Array>;
const BUFFER_FULL = reply(0x60, 0x03);

const INTERFACE: readonly { says: (message: Uint8Array) => Fields | undefined; answer: Uint8Array }[] = [
  { says: pattern('88 30 01 FF'), answer: Uint8Array.of(0x88, 0x30, 0x02, END) }, // AddressSet: the next camera would be 2
  { says: pattern('88 01 00 01 FF'), answer: Uint8Array.of(0x88, 0x01, 0x00, 0x01, END) }, // IF_Clear to all
  { says: pattern('81 01 00 01 FF'), answer: reply(0x50) }, // IF_Clear to us
];
const IF_CLEAR = [pattern('88 01 00 01 FF'), pattern('81 01 00 01 FF')];
const CANCEL = pattern('81 2y FF');

interface Executing {
  readonly socket: 1 | 2;
  readonly part: Part;
  readonly until: Moment;
}

export class Dialogue {
  body: Body;
  readonly #habits: Habits;
  #executing: readonly Executing[] = [];

  constructor(body: Body, habits: Habits) {
    this.body = body;
    this.#habits = habits;
  }

  /** When `due` has something to say next; undefined where nothing executes. */
  get nextAt(): Moment | undefined {
    return this.#executing.length === 0 ? undefined : Math.min(...this.#executing.map(({ until }) => until));
  }

  /** @returns Completions of the commands that have been carried out by now. */
  due(now: Moment): Uint8Array[] {
    const done = this.#executing.filter(({ until }) => until <= now);
    this.#executing = this.#executing.filter(({ until }) => until > now);
    if (powerAt(this.body, now) === 'on') this.body = { ...this.body, power: { kind: 'on' } };
    return done.map(({ socket }) => reply(0x50 | socket));
  }

  /** @param message one whole message. @returns the answers, in order; none where it is for somebody else. */
  hear(message: Uint8Array, now: Moment): Uint8Array[] {
    if (message[0] !== 0x81 && message[0] !== 0x88) return [];
    const answers = this.due(now);
    for (const { says, answer } of INTERFACE) {
      if (says(message) === undefined) continue;
      if (IF_CLEAR.some((clears) => clears(message))) this.#executing = [];
      return [...answers, answer];
    }
    const cancelled = CANCEL(message);
    if (cancelled !== undefined) return [...answers, this.#cancel(cancelled['y'] ?? 0, now)];
    const inquiry = INQUIRIES.find(({ says }) => says(message));
    if (inquiry !== undefined) {
      const blind = this.#habits.blindInStandby && !inquiry.always && powerAt(this.body, now) !== 'on';
      return [...answers, blind ? REFUSALS['not-now'](0) : reply(0x50, ...inquiry.answer(this.body, now))];
    }
    return [...answers, ...this.#command(message, now)];
  }

  #command(message: Uint8Array, now: Moment): Uint8Array[] {
    for (const { says, part, completes, run } of COMMANDS) {
      const fields = says(message);
      if (fields === undefined) continue;
      const socket = ([1, 2] as const).find((n) => !this.#executing.some((one) => one.socket === n));
      if (socket === undefined) return [BUFFER_FULL];
      const before = this.body;
      const after = run(before, fields, now, this.#habits);
      if (typeof after === 'string') return [REFUSALS[after](socket)];
      this.body = after;
      // Taken over by this command, an earlier one for the same part is done; standby ends whatever moved.
      const isOver = (one: Executing): boolean => part !== 'none' && (one.part === part || part === 'power');
      this.#executing = this.#executing.map((one) => (isOver(one) ? { ...one, until: now } : one));
      const until = completes === 'at-once' ? now : Math.max(now, doneAt(after, part));
      this.#executing = [...this.#executing, { socket, part, until }];
      return [reply(0x40 | socket), ...this.due(now)];
    }
    return [REFUSALS.syntax()];
  }

  #cancel(socket: number, now: Moment): Uint8Array {
    const cancelled = this.#executing.find((one) => one.socket === socket);
    if (cancelled === undefined) return reply(0x60 | socket, 0x05);
    this.#executing = this.#executing.filter((one) => one !== cancelled);
    this.body = halted(this.body, cancelled.part, now);
    return reply(0x60 | socket, 0x04);
  }
}
