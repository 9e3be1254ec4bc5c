/** Carries the dialogue over a link: promises on one side, bytes and time on the other. */
import { DeviceLost, DeviceRefused } from '../serial/errors.js';
import type { Link } from '../serial/link.js';
import type { Timers } from '../serial/timers.js';
import { encode, type Broadcast, type Command } from './commands.js';
import { converse, FRESH_DIALOGUE, type Dialogue, type DialogueEvent, type Outcome, type Request } from './dialogue.js';
import { frames, FRESH_FRAMING } from './frames.js';
import type { Inquiry } from './inquiries.js';
import { parseReply, type ViscaError } from './replies.js';

const ALL_CAMERAS = 8;

/** All of these reject with DeviceLost when nobody answers, and with the signal's reason when it aborts. */
export interface Exchange {
  /** Resolves when the camera says done (a drive: accepted), or has had its time: only a read-back proves it. @throws DeviceRefused */
  command(command: Command, signal: AbortSignal): Promise<void>;
  /** An answer that cannot be read counts as lost: we are out of step. @throws DeviceRefused */
  ask<T>(inquiry: Inquiry<T>, signal: AbortSignal): Promise<T>;
  /** Resolves also where no camera answers: many do not know broadcasts. */
  broadcast(broadcast: Broadcast, signal: AbortSignal): Promise<void>;
}

interface Asker {
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/** @param address of the camera, 1 to 7. */
export function createExchange(link: Link, address: number, timers: Timers): Exchange {
  const askers = new Map<number, Asker>();
  let dialogue: Dialogue = FRESH_DIALOGUE;
  let framing = FRESH_FRAMING;
  let nextId = 1;
  let cancelWake = (): void => undefined;

  function happen(event: DialogueEvent): void {
    const turn = converse(dialogue, event, timers.now());
    dialogue = turn.dialogue;
    cancelWake();
    if (turn.wakeAt !== undefined) cancelWake = timers.after(Math.max(1, turn.wakeAt - timers.now()), () => happen({ kind: 'passed' }));
    for (const [id, outcome] of turn.settled) take(id)?.resolve(outcome);
    for (const bytes of turn.writes) link.write(bytes);
  }

  function take(id: number): Asker | undefined {
    const asker = askers.get(id);
    askers.delete(id);
    return asker;
  }

  /** Nothing of one opening lives on in the next. */
  function reset(): void {
    cancelWake();
    dialogue = FRESH_DIALOGUE;
    framing = FRESH_FRAMING;
    const lost = new DeviceLost('the line to the camera was lost; check its control cable');
    for (const id of [...askers.keys()]) take(id)?.reject(lost);
  }

  function request(make: (id: number) => Request, signal: AbortSignal): Promise<Outcome> {
    signal.throwIfAborted();
    if (link.state.kind !== 'open') throw new DeviceLost('the line to the camera is not open; check its control cable');
    const id = nextId++;
    return new Promise<Outcome>((resolve, reject) => {
      const withdraw = (): void => {
        take(id)?.reject(signal.reason as Error);
        happen({ kind: 'withdrawn', id });
      };
      const settled = (): void => signal.removeEventListener('abort', withdraw);
      askers.set(id, {
        resolve: (outcome) => (settled(), resolve(outcome)),
        reject: (error) => (settled(), reject(error)),
      });
      signal.addEventListener('abort', withdraw, { once: true });
      happen({ kind: 'asked', request: make(id) });
    });
  }

  link.onState((state) => {
    if (state.kind !== 'opening') reset();
  });

  link.onBytes((bytes) => {
    const taken = frames(framing, bytes, timers.now());
    framing = taken.framing;
    for (const frame of taken.frames) {
      const reply = parseReply(frame);
      if (reply.kind === 'restarted') return link.drop('the camera was switched on, or its chain changed, and has forgotten us');
      happen({ kind: 'heard', reply });
    }
  });

  return {
    async command(command, signal) {
      const bytes = encode(address, command);
      const { urgent, completesWithinMs, doneWhen } = command;
      const outcome = await request((id) => ({ id, kind: 'command', bytes, urgent, completesWithinMs, doneWhen }), signal);
      if (outcome.kind === 'refused') throw refusal(command.name, bytes, outcome.error);
      if (outcome.kind === 'unanswered') throw silence(command.name, bytes);
    },
    async ask(inquiry, signal) {
      const bytes = encode(address, inquiry);
      const outcome = await request((id) => ({ id, kind: 'inquiry', bytes }), signal);
      if (outcome.kind === 'refused') throw refusal(inquiry.name, bytes, outcome.error);
      if (outcome.kind !== 'answered') throw silence(inquiry.name, bytes);
      const value = inquiry.read(outcome.payload);
      if (value === undefined) throw new DeviceLost(`the camera answered ${inquiry.name} ${hex(bytes)} with ${hex(outcome.payload)}, which makes no sense; check baud rate and cable`);
      return value;
    },
    async broadcast(broadcast, signal) {
      const bytes = encode(ALL_CAMERAS, broadcast);
      await request((id) => ({ id, kind: 'broadcast', bytes, answer: broadcast.answer }), signal);
    },
  };
}

const refusal = (name: string, bytes: Uint8Array, error: ViscaError): DeviceRefused =>
  new DeviceRefused(`the camera refused ${name} ${hex(bytes)}: ${error}; it may be in standby, in its menu, or of another model`);

const silence = (name: string, bytes: Uint8Array): DeviceLost =>
  new DeviceLost(`the camera did not answer ${name} ${hex(bytes)}; check its power, cable and baud rate`);

const hex = (bytes: Uint8Array): string => `[${Buffer.from(bytes).toString('hex').toUpperCase().replace(/..(?=.)/g, '$& ')}]`;
