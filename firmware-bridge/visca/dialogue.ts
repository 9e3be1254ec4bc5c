/**
 * Who may speak when, and which answer belongs to what; pure. Times are
 * CLOCK_MONOTONIC milliseconds that the caller hands in.
 *
 * One message at a time waits for its first answer (ACK, error or inquiry
 * reply); up to two ACKed commands execute meanwhile in the camera's sockets
 * (EVI-H100S manual p.29). An answer that is late is still its own: answers
 * come in the order of sending, so the oldest unanswered message gets it. Only
 * an urgent one is sent past a late answer.
 */
import type { Monotonic } from '../../session/ports.js';
import type { Reply, ViscaError } from './replies.js';

export type Request = { readonly id: number; readonly bytes: Uint8Array } & (
  | { readonly kind: 'command'; readonly urgent: boolean; readonly completesWithinMs: number; readonly doneWhen: 'accepted' | 'completed' }
  | { readonly kind: 'inquiry' }
  | { readonly kind: 'broadcast'; readonly answer: 'addressed' | 'cleared' }
  /** Our own, to make room for an urgent command. */
  | { readonly kind: 'cancel'; readonly socket: number }
);

export type Outcome =
  /** Acknowledged, of a command that is done by that. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'completed' }
  /** Accepted, but the camera did not say in time that it is done. */
  | { readonly kind: 'overdue' }
  | { readonly kind: 'answered'; readonly payload: Uint8Array }
  | { readonly kind: 'refused'; readonly error: ViscaError }
  | { readonly kind: 'unanswered' };

interface Waiting {
  readonly request: Request;
  readonly askedAt: Monotonic;
}

interface Sent extends Waiting {
  readonly sentAt: Monotonic;
  /** When its first answer is given up. */
  readonly answerDueAt: Monotonic;
}

interface Executing extends Sent {
  readonly socket: number;
}

export interface Dialogue {
  /** Still to be sent, in this order. */
  readonly queue: readonly Waiting[];
  /** Sent, without a first answer yet; oldest first. */
  readonly unanswered: readonly Sent[];
  readonly executing: readonly Executing[];
  readonly mayWriteAt: Monotonic;
  /** This camera acknowledges, so a completion that fits none of its sockets is late or doubled, and stands for nothing. */
  readonly acknowledges: boolean;
}

export const FRESH_DIALOGUE: Dialogue = { queue: [], unanswered: [], executing: [], mayWriteAt: 0, acknowledges: false };

/** A camera takes one command in each vertical cycle (1/50 or 1/60 s): EVI-H100S manual p.29. */
export const PACE_MS = 20;
/** ACKs normally come within 16 to 35 ms; later than this, an urgent command does not wait. */
export const LATE_MS = 250;
/** "Command buffer full": both sockets are busy, so ask again a little later. */
export const BUFFER_FULL_MS = 100;
/** Until a first answer is given up. ACKs after 3.1 s were seen in the field, answers to inquiries never; many cameras know no broadcasts, and some no cancel. A stop is said again anyway. */
export const PATIENCE_MS = { command: 3200, urgent: 1000, inquiry: 1000, broadcast: 500, cancel: 250 } as const;

export type DialogueEvent =
  | { readonly kind: 'asked'; readonly request: Request }
  | { readonly kind: 'heard'; readonly reply: Reply }
  /** Nobody wants it any more: not sent, if it was not sent yet. */
  | { readonly kind: 'withdrawn'; readonly id: number }
  | { readonly kind: 'passed' };

export interface Turn {
  readonly dialogue: Dialogue;
  /** To be written now, in this order. */
  readonly writes: readonly Uint8Array[];
  readonly settled: readonly (readonly [id: number, Outcome])[];
  /** When to send `passed`, at the latest; undefined: nothing is waited for. */
  readonly wakeAt: Monotonic | undefined;
}

export function converse(dialogue: Dialogue, event: DialogueEvent, now: Monotonic): Turn {
  const settled: [number, Outcome][] = [];
  const settle = ({ request }: Sent, outcome: Outcome): void => void settled.push([request.id, outcome]);
  const next = speak(expire(take(dialogue, event, now, settle), now, settle), now);
  return { ...next, settled, wakeAt: wakeAt(next.dialogue) };
}

type Settle = (sent: Sent, outcome: Outcome) => void;

function take(dialogue: Dialogue, event: DialogueEvent, now: Monotonic, settle: Settle): Dialogue {
  switch (event.kind) {
    case 'asked': {
      const waiting = { request: event.request, askedAt: now };
      const before = isUrgent(waiting) ? dialogue.queue.findIndex((other) => !isUrgent(other)) : -1;
      return { ...dialogue, queue: dialogue.queue.toSpliced(before === -1 ? dialogue.queue.length : before, 0, waiting) };
    }
    case 'heard':
      return hear(dialogue, event.reply, now, settle);
    case 'withdrawn':
      return { ...dialogue, queue: dialogue.queue.filter(({ request }) => request.id !== event.id) };
    case 'passed':
      return dialogue;
  }
}

function hear(dialogue: Dialogue, reply: Reply, now: Monotonic, settle: Settle): Dialogue {
  switch (reply.kind) {
    case 'ack': {
      const sent = dialogue.unanswered.find(({ request }) => request.kind === 'command');
      if (sent === undefined) return { ...dialogue, acknowledges: true };
      // Some cameras (PTZOptics) use a socket again without having completed the first.
      for (const old of dialogue.executing) if (old.socket === reply.socket) settle(old, { kind: 'overdue' });
      const executing = dialogue.executing.filter(({ socket }) => socket !== reply.socket);
      // It stays in its socket until its completion has come, so that none takes that for its own.
      if (sent.request.kind === 'command' && sent.request.doneWhen === 'accepted') settle(sent, { kind: 'accepted' });
      return { ...without(dialogue, sent), executing: [...executing, { ...sent, socket: reply.socket }], acknowledges: true };
    }
    case 'completion': {
      // Some cameras complete without an ACK.
      const sent = inSocket(dialogue, reply.socket) ?? (dialogue.acknowledges ? undefined : dialogue.unanswered.find(({ request }) => request.kind === 'command'));
      return sent === undefined ? dialogue : finish(dialogue, sent, { kind: 'completed' }, settle);
    }
    case 'answer': {
      const sent = dialogue.unanswered.find(({ request }) => request.kind === 'inquiry');
      return sent === undefined ? dialogue : finish(dialogue, sent, { kind: 'answered', payload: reply.payload }, settle);
    }
    case 'addressed':
    case 'cleared': {
      const sent = dialogue.unanswered.find(({ request }) => request.kind === 'broadcast' && request.answer === reply.kind);
      if (sent === undefined) return dialogue;
      return finish(reply.kind === 'cleared' ? emptied(dialogue, settle) : dialogue, sent, { kind: 'completed' }, settle);
    }
    case 'error':
      return refuse(dialogue, reply, now, settle);
    case 'restarted':
    case 'irrelevant':
      return dialogue;
  }
}

/** IF_Clear empties the camera's command buffers: what was in them is not answered any more. */
function emptied(dialogue: Dialogue, settle: Settle): Dialogue {
  const commands = dialogue.unanswered.filter(({ request }) => request.kind === 'command');
  for (const sent of commands) settle(sent, { kind: 'unanswered' });
  for (const sent of dialogue.executing) settle(sent, { kind: 'overdue' });
  return [...commands, ...dialogue.executing].reduce(without, dialogue);
}

function refuse(dialogue: Dialogue, { error, socket }: Extract<Reply, { kind: 'error' }>, now: Monotonic, settle: Settle): Dialogue {
  // An error names a socket, but means the message that was not accepted yet, where there is one.
  const first = dialogue.unanswered.find(({ request }) => request.kind !== 'broadcast');
  const inIts = inSocket(dialogue, socket);
  switch (error) {
    case 'buffer full':
      if (first?.request.kind !== 'command') return dialogue;
      if (now - first.askedAt >= first.request.completesWithinMs) return finish(dialogue, first, { kind: 'refused', error }, settle);
      return { ...without(dialogue, first), queue: [...roomFor(dialogue, first, now), first, ...dialogue.queue], mayWriteAt: now + (first.request.urgent ? PACE_MS : BUFFER_FULL_MS) };
    case 'cancelled':
    case 'no socket': {
      const cancel = dialogue.unanswered.find(({ request }) => request.kind === 'cancel' && request.socket === socket);
      const answered = cancel === undefined ? dialogue : without(dialogue, cancel);
      return inIts === undefined ? answered : finish(answered, inIts, error === 'cancelled' ? { kind: 'refused', error } : { kind: 'overdue' }, settle);
    }
    case 'wrong length':
    case 'syntax':
    case 'not executable': {
      const sent = first ?? inIts;
      return sent === undefined ? dialogue : finish(dialogue, sent, { kind: 'refused', error }, settle);
    }
  }
}

/** An urgent command does not wait until a socket is free: whatever executes is cancelled. */
function roomFor({ executing }: Dialogue, { request }: Sent, now: Monotonic): Waiting[] {
  if (!isUrgent({ request, askedAt: now })) return [];
  return executing.map(({ socket }) => ({ askedAt: now, request: { id: -socket, kind: 'cancel', socket, bytes: Uint8Array.of(request.bytes[0] ?? 0x81, 0x20 | socket, 0xff) } }));
}

function expire(dialogue: Dialogue, now: Monotonic, settle: Settle): Dialogue {
  const silent = dialogue.unanswered.filter(({ answerDueAt }) => now >= answerDueAt);
  const overdue = dialogue.executing.filter((sent) => now >= completionDueAt(sent));
  for (const sent of silent) settle(sent, { kind: 'unanswered' });
  for (const sent of overdue) settle(sent, { kind: 'overdue' });
  return [...silent, ...overdue].reduce(without, dialogue);
}

function speak(dialogue: Dialogue, now: Monotonic): { dialogue: Dialogue; writes: Uint8Array[] } {
  const [head, ...queue] = dialogue.queue;
  if (head === undefined || now < speakAt(dialogue)) return { dialogue, writes: [] };
  return {
    dialogue: { ...dialogue, queue, unanswered: [...dialogue.unanswered, { ...head, sentAt: now, answerDueAt: now + patience(head, dialogue.unanswered.length > 0) }], mayWriteAt: now + PACE_MS },
    writes: [head.request.bytes],
  };
}

/** When the head of the queue may be sent as things are; Infinity: not before an answer. */
function speakAt({ queue, unanswered, mayWriteAt }: Dialogue): Monotonic {
  const last = unanswered.at(-1);
  if (last === undefined) return mayWriteAt;
  return queue[0] !== undefined && overtakes(queue[0]) ? Math.max(mayWriteAt, last.sentAt + LATE_MS) : Infinity;
}

function wakeAt(dialogue: Dialogue): Monotonic | undefined {
  const at = Math.min(
    dialogue.queue.length === 0 ? Infinity : speakAt(dialogue),
    ...dialogue.unanswered.map(({ answerDueAt }) => answerDueAt),
    ...dialogue.executing.map(completionDueAt),
  );
  return at === Infinity ? undefined : at;
}

const isUrgent = ({ request }: Waiting): boolean => request.kind === 'command' && request.urgent;
/** Past a late answer: the urgent, and what is answered in a form of its own. */
const overtakes = (waiting: Waiting): boolean => isUrgent(waiting) || waiting.request.kind === 'cancel' || waiting.request.kind === 'broadcast';
/** @param behind another message is waited for, and may be late. */
const patience = (waiting: Waiting, behind: boolean): number => PATIENCE_MS[isUrgent(waiting) && !behind ? 'urgent' : waiting.request.kind];
const completionDueAt = ({ request, sentAt }: Sent): Monotonic => sentAt + (request.kind === 'command' ? request.completesWithinMs : 0);
const inSocket = ({ executing }: Dialogue, number: number): Executing | undefined => executing.find(({ socket }) => socket === number);

function finish(dialogue: Dialogue, sent: Sent, outcome: Outcome, settle: Settle): Dialogue {
  settle(sent, outcome);
  return without(dialogue, sent);
}

function without(dialogue: Dialogue, sent: Sent): Dialogue {
  const others = <S extends Sent>(list: readonly S[]): S[] => list.filter(({ request }) => request.id !== sent.request.id);
  return { ...dialogue, unanswered: others(dialogue.unanswered), executing: others(dialogue.executing) };
}
