/**
 * Finds out what hangs on a serial port, for whoever sets a room up: asks in
 * each language that we speak, at its usual speeds, until something answers.
 * Only questions are asked; where a camera is silent it is also told to take
 * its address, as any controller does when it begins.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openPort } from './serial/link.js';
import { askTesira, askVaddio, type FoundMicrophone } from './probe-microphones.js';
import { askVisca, type FoundCamera } from './probe-cameras.js';

export type Found = FoundCamera | FoundMicrophone;

export interface Probed {
  /** One for each try, in plain words, oldest first. */
  readonly tried: readonly string[];
  /** Undefined where nothing answered as a device that we know. */
  readonly found: Found | undefined;
}

/** One open port: what was said on it since the last question. */
export interface Talk {
  /** Says `bytes` and looks at all that comes back until `look` finds something; undefined after the talk's patience. */
  ask<T>(bytes: Uint8Array, look: (heard: Buffer) => T | undefined): Promise<T | undefined>;
  /** Whether anything came at all since the port was opened. */
  readonly answered: boolean;
}

/** Speeds as the devices come from the factory; cameras have a switch for two. */
const TRIES: readonly { readonly name: string; readonly baudRate: number; readonly ask: (talk: Talk, baudRate: number) => Promise<Found | undefined> }[] = [
  { name: 'a VISCA camera', baudRate: 9600, ask: askVisca },
  { name: 'a VISCA camera', baudRate: 38_400, ask: askVisca },
  { name: 'a Vaddio mixer', baudRate: 38_400, ask: askVaddio },
  { name: 'a Biamp Tesira', baudRate: 115_200, ask: askTesira },
];

/** Answers of a camera under load took 3.1 s in the field, but a port is probed at rest. */
const PATIENCE_MS = 1000;

/**
 * Asks on `path` until a device answers that we know.
 * @throws Error naming the path and what to do, where it cannot be opened.
 */
export async function probePort(path: string, patienceMs = PATIENCE_MS): Promise<Probed> {
  const tried: string[] = [];
  for (const { name, baudRate, ask } of TRIES) {
    const port = await openPort(path, baudRate).catch((error: unknown) => { throw new Error(remedy(path, (error as Error).message), { cause: error }); });
    try {
      const talk = talkOn(port, patienceMs);
      const found = await ask(talk, baudRate);
      if (found !== undefined) return { tried: [...tried, `At ${baudRate} baud ${name} answers.`], found };
      tried.push(`At ${baudRate} baud ${talk.answered ? `something answers, but not as ${name}` : `no ${name.slice(2)} answers`}.`);
    } finally {
      await new Promise<void>((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
    }
  }
  return { tried, found: undefined };
}

function talkOn(port: Awaited<ReturnType<typeof openPort>>, patienceMs: number): Talk {
  let heard: Buffer = Buffer.alloc(0);
  let answered = false;
  let listen = (): void => undefined;
  port.on('data', (bytes: Buffer) => {
    answered = true;
    heard = Buffer.concat([heard, bytes]).subarray(-MOST_HEARD_BYTES);
    listen();
  });
  port.on('error', () => undefined); // an unplugged port falls silent, and that is what is said
  // Sony's VISCA IN expects its DSR input high (EVI-D70 manual, RS-232C); not every line has one.
  port.set({ dtr: true, rts: true }, () => undefined);
  return {
    async ask(bytes, look) {
      heard = Buffer.alloc(0);
      const late = new AbortController();
      const found = new Promise<ReturnType<typeof look>>((resolve) => {
        listen = () => {
          const seen = look(heard);
          if (seen !== undefined) resolve(seen);
        };
      });
      port.write(Buffer.from(bytes), () => undefined);
      const first = await Promise.race([found, sleep(patienceMs, undefined, { signal: late.signal }).catch(() => undefined)]);
      late.abort();
      listen = () => undefined;
      return first;
    },
    get answered() {
      return answered;
    },
  };
}

/** More than any answer here has; a line that babbles fills no memory. */
const MOST_HEARD_BYTES = 16_384;

function remedy(path: string, why: string): string {
  if (/no such file|ENOENT|ENODEV|no such device/i.test(why)) return `There is no port ${path}: plug its adapter in, and look below /dev/serial/by-id for its name.`;
  if (/permission denied|EACCES/i.test(why)) return `This user may not open ${path}: run this as root, or add the user to the group that owns it (often dialout).`;
  if (/lock|busy|temporarily/i.test(why)) return `Another program has ${path}, perhaps the recorder itself: stop it, and probe again.`;
  return `${path} is no port that can be opened (${why.replace(/^.*cannot be opened: /, '')}).`;
}
