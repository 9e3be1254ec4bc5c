/**
 * The camera's side of a VISCA conversation, pure but for its memory: messages
 * and the time in, answers out. Two sockets (VISCA: at most two commands
 * execute at once), inquiries beside them.
 */
import { doneAt, halted, powerAt, restarted, withMotor, type Body, type Moment, type Part } from '../body.js';
import { commandsOf, type Command, type Habits, type Refusal } from './commands.js';
import { HANDSET, type HandsetKey } from './handset.js';
import { inquiriesOf, type Inquiry } from './inquiries.js';
import { pattern, type Fields } from './messages.js';
import { REFUSALS, reply, replyToAll } from './replies.js';

const TO_US = 0x81;
const TO_ALL = 0x88;
const ADDRESS_SET = pattern('88 30 01 FF');
const INTERFACE: readonly { says: (message: Uint8Array) => Fields | undefined; clears: boolean; answer: Uint8Array }[] = [
  { says: ADDRESS_SET, clears: false, answer: replyToAll(0x30, 0x02) }, // the next camera would be 2
  { says: pattern('88 01 00 01 FF'), clears: true, answer: replyToAll(0x01, 0x00, 0x01) }, // IF_Clear to all
  { says: pattern('81 01 00 01 FF'), clears: true, answer: reply(0x50) }, // IF_Clear to us
];
const CANCEL = pattern('81 2y FF');

interface Executing {
  readonly socket: number;
  readonly part: Part;
  /** Infinity where the motor is blocked. */
  readonly until: Moment;
}

export class Dialogue {
  body: Body;
  readonly #habits: Habits;
  readonly #commands: readonly Command[];
  readonly #inquiries: readonly Inquiry[];
  #executing: readonly Executing[] = [];
  #hasAddress = true;
  /** How many commands more find both sockets taken. */
  #full = 0;
  #lastPosition: readonly number[] | undefined;

  constructor(body: Body, habits: Habits) {
    this.body = body;
    this.#habits = habits;
    this.#commands = commandsOf(body.model);
    this.#inquiries = inquiriesOf(body.model);
  }

  /** When `due` has something to say next; Infinity where nothing executes, or what executes is blocked. */
  get nextAt(): Moment {
    return Math.min(...this.#executing.map(({ until }) => until));
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
    const answers = this.due(now);
    const toAll = message[0] === TO_ALL;
    if (toAll ? this.body.model.dialect === 'oem' : message[0] !== TO_US || !this.#hasAddress) return answers;
    if (this.body.model.dialect === 'sony') {
      const said = INTERFACE.find(({ says }) => says(message) !== undefined);
      if (said !== undefined) return [...answers, this.#interface(said)];
      const cancelled = CANCEL(message);
      if (cancelled !== undefined) return [...answers, this.#cancel(cancelled['y'] ?? 0, now)];
    }
    if (toAll) return answers;
    const inquiry = this.#inquiries.find(({ says }) => says(message) !== undefined);
    return [...answers, ...(inquiry === undefined ? this.#command(message, now) : [this.#tell(inquiry, now)])];
  }

  /** Somebody presses a key of the handset: nothing happens where it is locked. @returns what the camera tells the host of it. */
  press(key: HandsetKey, now: Moment): Uint8Array[] {
    if (this.body.settings.irLocked) return [];
    const { part, run, tells } = HANDSET[key];
    const answers = this.#takeOver(part, now);
    const after = run(this.body, {}, now, this.#habits);
    if (typeof after !== 'string') this.body = after;
    return this.body.settings.irReturned ? [...answers, reply(0x07, 0x7d, 0x01, ...tells)] : answers;
  }

  /** Gets its power back. @returns the Network Change that it says then. */
  restart(power: 'on' | 'standby', now: Moment): Uint8Array[] {
    this.#executing = [];
    this.#full = 0;
    this.#hasAddress = true;
    this.#lastPosition = undefined;
    this.body = restarted(this.body, power, this.#habits.wakeMs, now);
    return this.body.model.dialect === 'sony' ? [reply(0x38)] : [];
  }

  /** The chain has changed: it has no address any more (an OEM camera keeps its 1), and says so. */
  loseAddress(from: 'camera' | 'all'): Uint8Array {
    this.#executing = [];
    this.#hasAddress = this.body.model.dialect === 'oem';
    return from === 'camera' ? reply(0x38) : replyToAll(0x38);
  }

  /** Something blocks the head, or lets it go. */
  hold(motor: Body['motor'], now: Moment): void {
    this.body = withMotor(this.body, motor, now);
    const turns = (part: Part): boolean => part === 'head' || (part === 'power' && this.body.power.kind === 'standby');
    this.#executing = this.#executing.map((one) => (turns(one.part) ? { ...one, until: doneAt(this.body, one.part) } : one));
  }

  /** The next commands find it full. */
  fill(times: number): void {
    this.#full = times;
  }

  #interface({ says, clears, answer }: (typeof INTERFACE)[number]): Uint8Array {
    if (says === ADDRESS_SET) this.#hasAddress = true;
    if (clears) this.#executing = [];
    return answer;
  }

  #tell({ always, asks, answer }: Inquiry, now: Moment): Uint8Array {
    const { inStandby, tellsPosition } = this.#habits;
    const sleeps = powerAt(this.body, now) !== 'on';
    if (sleeps && !always && inStandby === 'refuses') return this.#refuse('not-now', 0);
    if (asks === 'anything') return reply(0x50, ...answer(this.body, now));
    if (!tellsPosition) return this.#refuse('syntax', 0);
    const told = sleeps && inStandby === 'stale' ? (this.#lastPosition ?? answer(this.body, now)) : answer(this.body, now);
    this.#lastPosition = told;
    return reply(0x50, ...told);
  }

  #command(message: Uint8Array, now: Moment): Uint8Array[] {
    for (const { says, part, completes, run } of this.#commands) {
      const fields = says(message);
      if (fields === undefined) continue;
      const socket = this.#freeSocket();
      if (socket === undefined) return [this.#refuse('full', 0)];
      const after = run(this.body, fields, now, this.#habits);
      if (typeof after === 'string') return [this.#refuse(after, socket)];
      const over = this.#takeOver(part, now);
      this.body = after;
      const until = completes === 'at-once' ? now : Math.max(now, doneAt(after, part));
      this.#executing = [...this.#executing, { socket, part, until }];
      return [...(this.#habits.acknowledges ? [reply(0x40 | socket)] : []), ...over, ...this.due(now)];
    }
    const differs = this.body.model.complainsOfLength && this.#commands.some((one) => one.differsInLength(message));
    return [this.#refuse(differs ? 'length' : 'syntax', 0)];
  }

  /** An OEM camera knows one socket, and uses it again while it is taken. */
  #freeSocket(): number | undefined {
    if (this.#full > 0) {
      this.#full -= 1;
      return undefined;
    }
    return this.body.model.dialect === 'oem' ? 1 : [1, 2].find((n) => !this.#executing.some((one) => one.socket === n));
  }

  /** An earlier command for a part is done when a later one takes over; what power does ends whatever moved. @returns its Completion. */
  #takeOver(part: Part, now: Moment): Uint8Array[] {
    const isOver = (one: Executing): boolean => part !== 'none' && (one.part === part || part === 'power');
    this.#executing = this.#executing.map((one) => (isOver(one) ? { ...one, until: now } : one));
    return this.due(now);
  }

  #refuse(why: Refusal, socket: number): Uint8Array {
    return REFUSALS[this.body.model.dialect][why](socket);
  }

  #cancel(socket: number, now: Moment): Uint8Array {
    const cancelled = this.#executing.find((one) => one.socket === socket);
    if (cancelled === undefined) return reply(0x60 | socket, 0x05);
    this.#executing = this.#executing.filter((one) => one !== cancelled);
    this.body = halted(this.body, cancelled.part, now);
    return reply(0x60 | socket, 0x04);
  }
}
