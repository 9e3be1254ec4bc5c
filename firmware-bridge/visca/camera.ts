/** A VISCA camera as the heart's Camera: turned aside and asleep unless it is wanted otherwise, and proven so. */
import type { Camera, CameraPose } from '../../session/ports.js';
import { DeviceRefused } from '../serial/errors.js';
import { openLink } from '../serial/link.js';
import type { Policy } from '../serial/supervision.js';
import { createSupervisor, type Log, type SupervisedDevice } from '../serial/supervisor.js';
import { pause, systemTimers, type Timers } from '../serial/timers.js';
import { BROADCASTS, COMMANDS, INQUIRIES, moveTo, recallPreset, zoomTo, type Position } from './commands.js';
import { createExchange, type Exchange } from './exchange.js';
import { GENERIC, modelFor, type Model } from './models.js';
import { isStill, poseOf, type Poses, type Sighting, type View } from './poses.js';

export interface ViscaCameraOptions {
  readonly path: string;
  /** 9600 or 38400 on most cameras, by switch or menu. */
  readonly baudRate: number;
  /** 1 to 7; 1 unless several cameras share the line. */
  readonly address?: number;
  /** Where the camera sees a wall only; in the camera's own units. */
  readonly parking: Position;
  readonly view: View;
  readonly recheckMs?: number;
  readonly timers?: Timers;
  readonly log?: Log;
}

export interface ViscaCamera extends Camera {
  close(): Promise<void>;
}

/** Opens the line and keeps the camera parked until something else is wanted. */
export function createViscaCamera(options: ViscaCameraOptions): ViscaCamera {
  const { path, baudRate, address = 1, recheckMs = 10_000, timers = systemTimers, log = () => undefined } = options;
  const link = openLink({ path, baudRate, raiseDtr: true, timers });
  const device = camera(createExchange(link, address, timers), options, timers, log);
  return createSupervisor<CameraPose>({ link, device, policy: { ...POLICY, recheckMs }, firstWish: 'parked', timers, log });
}

const POLICY: Omit<Policy<CameraPose>, 'recheckMs'> = {
  // Standby would blacken a recording that goes on, for the 20 s that a camera takes to wake: aside is safe enough.
  safeFirst: (wish) => (wish === 'parked' ? 'parked' : 'aside'),
  lostFault: 'CAMERA_LOST',
  astrayFault: (goal) => (goal === 'view' ? undefined : 'CAMERA_NOT_PARKED'),
};

const LOOK_EVERY_MS = 100;
/** Leaving standby takes some cameras 20 s; entering it, the time to turn to their own rest position. */
const POWER_WITHIN_MS = 20_000;
/** Across the whole range at the slowest speed that is still sensible. */
const TRAVEL_WITHIN_MS = 30_000;
/** A camera that stands still for so long, elsewhere, is not on its way. */
const STUCK_AFTER_MS = 2000;

function camera(exchange: Exchange, poses: Poses, timers: Timers, log: Log): SupervisedDevice<CameraPose> {
  let model: Model = GENERIC;
  /** Standby was entered by us from a position that was read back. A camera that is woken, moved and put back by a handset between two checks goes unseen. */
  let leftAside = false;

  async function greet(signal: AbortSignal): Promise<void> {
    leftAside = false;
    await exchange.broadcast(BROADCASTS.addressSet, signal);
    await exchange.broadcast(BROADCASTS.ifClear, signal);
    const version = await unlessRefused(exchange.ask(INQUIRIES.version, signal));
    model = version === undefined ? GENERIC : modelFor(version);
    await exchange.ask(INQUIRIES.power, signal);
    log(`camera answers: ${version === undefined ? 'it does not tell its model' : `vendor ${hex(version.vendor)}, model ${hex(version.model)}`}, spoken to as ${model.name}`);
  }

  async function command(goal: CameraPose, signal: AbortSignal): Promise<void> {
    const now = await read(signal);
    switch (goal) {
      case 'parked':
        if (now === 'parked') return;
        if (now !== 'aside') await turn('aside', signal);
        await sleep(signal);
        return;
      case 'aside':
      case 'view':
        if (now !== goal) await turn(goal, signal);
        return;
    }
  }

  async function read(signal: AbortSignal): Promise<CameraPose | undefined> {
    const first = await look(undefined, signal);
    if (first.power === 'standby') return poseOf(first, poses, model, leftAside);
    leftAside = false;
    await pause(timers, LOOK_EVERY_MS, signal);
    return poseOf(await look(first, signal), poses, model, leftAside);
  }

  async function turn(goal: 'aside' | 'view', signal: AbortSignal): Promise<void> {
    await wake(signal);
    await unlessRefused(exchange.command(COMMANDS.stopDrive, signal));
    const { view } = poses;
    if (goal === 'aside') await exchange.command(moveTo(poses.parking, model), signal);
    else if (view.kind === 'preset') await exchange.command(recallPreset(view.preset), signal);
    else {
      if (view.zoom !== undefined) await exchange.command(zoomTo(view.zoom), signal);
      await exchange.command(moveTo(view, model), signal);
    }
    await arrive(goal, signal);
  }

  /** Not all cameras complete a move only when it has ended, so they are watched until they stand. */
  async function arrive(goal: 'aside' | 'view', signal: AbortSignal): Promise<void> {
    const startedAt = timers.now();
    let movedAt = startedAt;
    let seen = await look(undefined, signal);
    while (poseOf(seen, poses, model, leftAside) !== goal) {
      const now = timers.now();
      if (!seen.still) movedAt = now;
      if (now - movedAt > STUCK_AFTER_MS || now - startedAt > TRAVEL_WITHIN_MS) {
        throw new DeviceRefused(`the camera stands at ${where(seen)} and not ${goal}; see that nothing blocks it, and check its positions in the settings`);
      }
      await pause(timers, LOOK_EVERY_MS, signal);
      seen = await look(seen, signal);
    }
  }

  async function wake(signal: AbortSignal): Promise<void> {
    leftAside = false;
    if ((await exchange.ask(INQUIRIES.power, signal)) === 'on') return;
    await exchange.command(COMMANDS.powerOn, signal);
    // On, and its motors with it: before, it refuses to be moved.
    await until('on', signal, ({ power, position }) => power === 'on' && position !== undefined);
  }

  async function sleep(signal: AbortSignal): Promise<void> {
    await exchange.command(COMMANDS.standby, signal);
    await until('in standby', signal, ({ power }) => power === 'standby');
    leftAside = true;
  }

  async function until(what: string, signal: AbortSignal, done: (seen: Sighting) => boolean): Promise<void> {
    const deadline = timers.now() + POWER_WITHIN_MS;
    for (let seen = await look(undefined, signal); !done(seen); seen = await look(undefined, signal)) {
      if (timers.now() > deadline) throw new DeviceRefused(`the camera is not ${what} after ${POWER_WITHIN_MS} ms (power ${seen.power}, ${where(seen)}); check its power`);
      await pause(timers, LOOK_EVERY_MS, signal);
    }
  }

  async function look(before: Sighting | undefined, signal: AbortSignal): Promise<Sighting> {
    const power = await exchange.ask(INQUIRIES.power, signal);
    // Many cameras do not tell while in standby, or while they wake.
    const position = await unlessRefused(exchange.ask(INQUIRIES.position, signal));
    return { power, position, still: isStill(before?.position, position, model) };
  }

  return { greet, command, read };
}

const where = ({ position }: Sighting): string => (position === undefined ? 'an unknown position' : `pan ${position.pan} tilt ${position.tilt}`);
const hex = (id: number): string => id.toString(16).padStart(4, '0');

/** For what the camera may decline: undefined then. */
async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof DeviceRefused) return undefined;
    throw error;
  }
}
