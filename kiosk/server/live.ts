/**
 * What goes out by itself: the room's state to anyone (server-sent events),
 * and the preview to the signed-in teacher (WebSocket). Both drop what a slow
 * reader does not take; neither lets one hold memory.
 */
import { PassThrough, type Readable } from 'node:stream';
import type { WebSocket } from '@fastify/websocket';
import type { Level, PublicState, SteeringMessage } from '../protocol.js';
import type { Preview, Room, Steering } from './house.js';

/** What a reader may leave unread before it is dropped; a state is about 500 bytes. */
const UNREAD_LIMIT_BYTES = 64 * 1024;

/** How soon a browser is to come back after a lost stream. */
const RETRY_MS = 500;

export interface StateStream {
  /** A new reader: the present state at once, then each change. */
  connect(): Readable;
  /** Tells everyone the present state under a new number. */
  publish(): void;
  /** How loud the room is that is recorded, in dBFS: a loudness, never the sound. */
  level(peakDb: number): void;
  /** A sign of life, with the number of the state that everyone should have. */
  beat(): void;
  close(): void;
}

/** `describe` gives the present state under the given number, as the JSON that goes out. */
export function stateStream(describe: (rev: PublicState['rev']) => string): StateStream {
  const readers = new Set<PassThrough>();
  let rev = 0;
  const send = (reader: PassThrough, text: string): void => {
    if (reader.writableLength + reader.readableLength > UNREAD_LIMIT_BYTES) reader.destroy();
    else reader.write(text);
  };
  const toAll = (text: string): void => { for (const reader of readers) send(reader, text); };
  const stateMessage = (): string => `event: state\nid: ${rev}\ndata: ${describe(rev)}\n\n`;
  return {
    connect() {
      const reader = new PassThrough();
      readers.add(reader);
      reader.once('close', () => readers.delete(reader));
      send(reader, `retry: ${RETRY_MS}\n${stateMessage()}`);
      return reader;
    },
    publish() {
      rev += 1;
      toAll(stateMessage());
    },
    level: (peakDb) => toAll(`event: level\ndata: ${Math.round(peakDb)}\n\n`),
    beat: () => toAll(`event: beat\ndata: ${rev}\n\n`),
    close() { for (const reader of readers) reader.end(); },
  };
}

/** A reader's socket, as far as the preview needs it. */
export type Viewer = Pick<WebSocket, 'send' | 'close' | 'bufferedAmount' | 'once'>;

/** WebSocket close codes, RFC 6455 section 7.4.1. */
const NORMAL_CLOSURE = 1000;
const POLICY_VIOLATION = 1008;

export interface PreviewLine {
  connect(viewer: Viewer): void;
  /** Ends every look; called when framing ends and when the teacher signs out. */
  hangUp(): void;
}

/** Shows pictures, levels and how the camera is steered to whoever is connected, and only then listens to the preview at all. */
export function previewLine(preview: Preview, steering: Pick<Steering, 'now' | 'onChange'>): PreviewLine {
  const viewers = new Map<Viewer, () => void>();
  const hangUp = (): void => {
    for (const [viewer, leave] of viewers) {
      leave();
      viewer.close(NORMAL_CLOSURE, 'the picture is off');
    }
  };
  return {
    connect(viewer) {
      // What the reader has not taken yet is in its buffer: a newer picture is better than a queue.
      const fresh = (data: Buffer | string): void => { if (viewer.bufferedAmount === 0) viewer.send(data); };
      // A change is told late rather than never.
      let owed = true;
      const settleUp = (): void => {
        if (!owed || viewer.bufferedAmount > 0) return;
        owed = false;
        viewer.send(JSON.stringify({ kind: 'steering', ...steering.now() } satisfies SteeringMessage));
      };
      settleUp();
      const unsubscribe = [
        steering.onChange(() => {
          owed = true;
          settleUp();
        }),
        preview.onLevel(settleUp),
        preview.onFrame(settleUp),
        preview.onFrame(fresh),
        preview.onLevel((peakDb) => fresh(JSON.stringify({ kind: 'level', peakDb } satisfies Level))),
      ];
      const leave = (): void => {
        viewers.delete(viewer);
        for (const stop of unsubscribe) stop();
      };
      viewers.set(viewer, leave);
      viewer.once('close', leave);
      // Nothing is to be said on this line; who talks is no screen of ours.
      viewer.once('message', () => viewer.close(POLICY_VIOLATION, 'this line only shows'));
    },
    hangUp,
  };
}

/** As often as a meter is read. */
const LEVEL_EACH_MS = 250;

/** Tells everyone how loud it is while the room is recorded. @returns what ends it. */
export function tellLevels(preview: Pick<Preview, 'onLevel'>, room: Room, stream: Pick<StateStream, 'level'>, now: () => number): () => void {
  let toldAt = -Infinity;
  return preview.onLevel((peakDb) => {
    if (now() - toldAt < LEVEL_EACH_MS || room.now().phase.kind !== 'recording') return;
    toldAt = now();
    stream.level(peakDb);
  });
}

/** Nothing runs that began with a teacher: the room belongs to nobody. */
export function isAtRest(room: Room): boolean {
  const { kind } = room.now().phase;
  return kind === 'idle' || kind === 'waking' || kind === 'blocked';
}

/** The preview is a look while framing; in every other phase there is nothing to look at. */
export const isFraming = (room: Room): boolean => room.now().phase.kind === 'framing';
