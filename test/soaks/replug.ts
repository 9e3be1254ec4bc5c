/**
 * The control cables of camera and microphone are pulled and put back, again and
 * again, while something else is wanted each time. Nothing may pile up in the
 * process, and no device may hear first what was wanted before, or is wanted
 * now, unless it is the safe state.
 */
import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemTimers, type Timers } from '../../firmware-bridge/serial/timers.js';
import { BROADCASTS, encode, moveTo } from '../../firmware-bridge/visca/commands.js';
import { GENERIC } from '../../firmware-bridge/visca/models.js';
import { hex } from '../../hardware/virtual/camera/visca/messages.js';
import { deviceRig, PARKING, type Rig } from '../fakes/device-rig.js';
import { sourcesOf, type Figures, type Soak } from './soak.js';

const CHUNK = 100;
/** Cycles before the first count. */
const WARM_UP = 10;
/** Waits of the adapters are shortened by so much; the virtual devices are quick by themselves. */
const FASTER = 4;
const BACK_WITHIN_MS = 10_000;
/** Until what is compiled and cached has its size; up to 1.2 MB were seen. */
const WARM_UP_BYTES = 1_500_000;
/** Two ports are opened in a cycle, and the vendor's native poller keeps one bound function and its emitter of each, about 2 KB (bindings-cpp 13, `new Poller`). */
const KEPT_IN_CYCLE_BYTES = 5000;

const quick: Timers = { now: () => systemTimers.now() * FASTER, after: (ms, work) => systemTimers.after(ms / FASTER, work) };

/** Messages that turn the camera, or set it going; a stop is none. */
const TURNS = /^81 01 (06 0[2345]|06 01 .. .. (?!03 03)|04 3F 02|04 47|04 07 (?!00))/;
const PARK = hex(encode(1, moveTo(PARKING, GENERIC)));
const GREETING = hex(encode(8, BROADCASTS.addressSet));
const WHERE = '81 09 06 12 FF';

interface Held {
  readonly descriptors: number;
  readonly listeners: number;
  readonly heapBytes: number;
}

/** Pulls both cables `cycles` times. @throws Error that says what was delivered stale, or what has grown. */
export async function replug(cycles: number): Promise<Figures> {
  const rig = await deviceRig({ timers: quick });
  try {
    let before = await held();
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      await oneCycle(rig, cycle);
      if (cycle === Math.min(WARM_UP, cycles - 1)) before = await held();
    }
    const after = await held();
    for (const what of ['descriptors', 'listeners'] as const) {
      if (after[what] > before[what]) throw new Error(`after ${cycles} cycles there are ${after[what]} ${what}, and ${before[what]} after the first ones`);
    }
    const grown = after.heapBytes - before.heapBytes;
    if (grown > WARM_UP_BYTES + cycles * KEPT_IN_CYCLE_BYTES) throw new Error(`the heap has grown by ${grown} bytes in ${cycles} cycles`);
    return { cycles, grownBytes: grown };
  } finally {
    await rig.close();
  }
}

async function oneCycle({ camera, microphone }: Rig, cycle: number): Promise<void> {
  const [pose, state] = cycle % 2 === 0 ? (['view', 'open'] as const) : (['aside', 'muted'] as const);
  await Promise.all([camera.reach(pose, BACK_WITHIN_MS), microphone.reach(state, BACK_WITHIN_MS)]);
  await Promise.all([camera.device.command({ do: 'unplug' }), microphone.device.command({ do: 'unplug' })]);
  // What is wanted while nobody can be told, and is overruled in part before the cable is back.
  camera.driver.want('view');
  microphone.driver.want('open');
  if (cycle % 3 === 0) {
    camera.driver.want('aside');
    microphone.driver.want('muted');
  }
  for (const { events } of [camera, microphone]) events.splice(0);
  await Promise.all([camera.device.command({ do: 'plug' }), microphone.device.command({ do: 'plug' })]);
  const [back, on] = cycle % 3 === 0 ? (['aside', 'muted'] as const) : (['view', 'open'] as const);
  await Promise.all([lostThen(camera, back), lostThen(microphone, on)]);

  const said = camera.events.flatMap((event) => (event.what === 'heard' ? [event.bytes] : []));
  const turnAt = said.findIndex((message) => TURNS.test(message));
  // One that stood aside when the cable was pulled need not be turned aside, but must be read to stand there.
  const safe = said[turnAt] === PARK || (pose === 'aside' && (turnAt === -1 || said.slice(0, turnAt).includes(WHERE)));
  if (!safe || said[0] !== GREETING) throw new Error(`cycle ${cycle}: the camera stood in ${pose} and was first told ${said.slice(0, turnAt + 1).join(', ')}; it must turn aside ${PARK}`);
  const mute = microphone.events.flatMap((event) => (event.what === 'heard' ? [event.line] : [])).find((line) => line.includes(' set mute '));
  if (mute !== 'Mic1 set mute 1 true') throw new Error(`cycle ${cycle}: the microphone was first told "${mute ?? 'nothing'}", and not to mute`);
}

/** A read-back of before the cable was pulled does not count: the device must have been heard of anew. */
async function lostThen<Wish>(half: { readonly told: { readonly kind: string } | undefined; readonly events: readonly unknown[]; reach(wish: Wish, withinMs: number): Promise<void> }, wish: Wish): Promise<void> {
  const patience = systemTimers.now() + BACK_WITHIN_MS;
  while (half.events.length < 2) {
    if (systemTimers.now() > patience) throw new Error('nothing was said to a device that was plugged in again');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await half.reach(wish, BACK_WITHIN_MS);
}

async function held(): Promise<Held> {
  // What was closed is given back some turns of the event loop later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  const listeners = process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0);
  return { descriptors: readdirSync('/proc/self/fd').length, listeners, heapBytes: process.memoryUsage().heapUsed };
}

export const soak: Soak = {
  claim: 'a cable that is pulled and put back leaves no descriptor and no listener behind, no memory but what the vendor’s poller keeps, and no device hears anything stale',
  size: 1000,
  unit: 'cycles of both devices',
  chunk: CHUNK,
  subject: () => `firmware-bridge ${sourcesOf('firmware-bridge/serial', 'firmware-bridge/visca', 'firmware-bridge/microphone', 'firmware-bridge/microphone/tesira').slice(0, 12)}`,
  run: () => replug(CHUNK),
};
