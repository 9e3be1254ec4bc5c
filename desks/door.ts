/** The LAN page, as the service keeps it: a process that is told what everyone may see, each second and at each change, and is started again when it ends. */
import { fork, type ChildProcess } from 'node:child_process';
import { backOffMs, type Timers } from '../firmware-bridge/serial/timers.js';
import { BEAT_MS, type DoorFacts, type DoorLanguage, type DoorState, type FromDoor, type ToDoor } from '../kiosk/lan/door-facts.js';
import type { VisitorView } from '../kiosk/protocol/practice.js';
import type { PublicPhase } from '../kiosk/protocol.js';

export interface DoorDeskOptions {
  /** Of the settings; without it, no page is ever opened. */
  readonly listen?: { readonly address: string; readonly port: number };
  readonly languages: readonly DoorLanguage[];
  /** What is true now. */
  readonly look: () => DoorFacts;
  /** Returns the unsubscribe. */
  readonly onChange: (listener: () => void) => () => void;
  readonly timers: Timers;
  readonly log: (line: string, evidence?: unknown) => void;
}

export interface DoorDesk {
  /** Of the page's process, while there is one: for tests. */
  readonly pid: number | undefined;
  /** Host and port, while it listens. */
  readonly host: string | undefined;
  close(): Promise<void>;
}

const LONGEST_WAIT_MS = 60_000;
/** Whoever lived that long did not die of its start. */
const SOUND_AFTER_MS = 60_000;
/** So many beats without an answer: it hangs. They are counted, not timed, so that a service that stood still does not blame it. */
const UNANSWERED = 10;

/** @returns at once; whether it listens is told by `host` and in the log. */
export function doorDesk({ listen, languages, look, onChange, timers, log }: DoorDeskOptions): DoorDesk {
  if (listen === undefined) return { pid: undefined, host: undefined, close: () => Promise.resolve() };
  let child: ChildProcess | undefined;
  let host: string | undefined;
  let gone = Promise.resolve();
  let failures = 0;
  let unanswered = 0;
  let isClosed = false;
  let cancelStart = (): void => undefined;

  const send = (message: ToDoor): void => {
    if (child?.connected === true) child.send(message, () => undefined); // where it is gone, its end is heard on its own
  };
  const tell = (): void => send({ kind: 'facts', at: timers.now(), facts: look() });
  const beat = (): void => {
    if (child === undefined) return;
    if (unanswered >= UNANSWERED) return void child.kill('SIGKILL');
    unanswered += 1;
    tell();
  };

  function start(): void {
    const began = timers.now();
    // No environment, no arguments: everybody on the machine can list those.
    const door = fork(new URL('../kiosk/lan/door-process.js', import.meta.url), [], { env: {}, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child = door;
    unanswered = 0;
    door.on('message', (message: FromDoor) => {
      unanswered = 0;
      if (message.kind === 'heard') return;
      ({ host } = message);
      log('the LAN page listens', { host });
    });
    gone = new Promise((resolve) => {
      const over = (): void => {
        if (child !== door) return;
        [child, host] = [undefined, undefined];
        resolve();
        if (!isClosed) startLater(timers.now() - began);
      };
      door.once('exit', over);
      door.on('error', () => { if (door.pid === undefined) over(); }); // it never began, so it never exits
    });
    send({ kind: 'start', ...listen as NonNullable<typeof listen>, languages });
    tell();
  }

  function startLater(lifeMs: number): void {
    failures = lifeMs >= SOUND_AFTER_MS ? 1 : failures + 1;
    const waitMs = backOffMs(failures, LONGEST_WAIT_MS);
    log('the LAN page ended and is started again; where that goes on, see whether lan.address is this machine’s, and lan.doorPort free', { waitMs });
    cancelStart = timers.after(waitMs, start);
  }

  start();
  const unsubscribe = onChange(tell);
  const beats = setInterval(beat, BEAT_MS);
  return {
    get pid() { return child?.pid; },
    get host() { return host; },
    async close() {
      isClosed = true;
      clearInterval(beats);
      unsubscribe();
      cancelStart();
      child?.kill('SIGKILL');
      await gone;
    },
  };
}

/** What of the room and its practice goes out to the school's network. Each field by its name, so that nothing gets out by being near. */
export function doorFacts(phase: PublicPhase, { room, contact, retentionDays, codeVersion, lead }: VisitorView, { version, buildHash }: Pick<DoorFacts, 'version' | 'buildHash'>): DoorFacts {
  return { state: stateOf(phase), room, contact, retentionDays, codeVersion, lead, version, buildHash };
}

/** With the relay proven open, whatever camera and microphone do stays in them (P9.6). */
const ONLY_DEVICES = /^(CAMERA|MICROPHONE)_/;

function stateOf(phase: PublicPhase): DoorState {
  switch (phase.kind) {
    case 'checking': case 'stopping': return { kind: phase.kind };
    case 'idle': case 'waking': return { kind: 'not-recording' };
    case 'framing': return { kind: 'camera-on' };
    case 'announcing': case 'starting': return { kind: 'starting', session: sessionOf(phase.session) };
    case 'recording': case 'paused': return { kind: phase.kind, session: sessionOf(phase.session) };
    case 'blocked': return { kind: phase.reasons.every(({ code }) => ONLY_DEVICES.test(code)) ? 'out-of-order' : 'assume-recording' };
    // Nobody watches the sign any more.
    case 'gone': return { kind: 'assume-recording' };
  }
}

const sessionOf = ({ purpose, audience, mode }: Extract<PublicPhase, { kind: 'recording' }>['session']): Extract<DoorState, { session: unknown }>['session'] => ({ purpose, audience, mode });
